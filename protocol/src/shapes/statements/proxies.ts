import { Type } from 'typebox'
import { RECORDS_PER_REQUEST } from '../limits.ts'
import { EventId, Hash, MspId, TimeMs } from '../primitives.ts'
import { WindowRange, bounded, hasAny, rule, strict } from './parts.ts'

export const CustodyConfirmationBody = strict({
  type: Type.Literal('CustodyConfirmation'),
  ...bounded,
  mspId: MspId,
  consentId: Hash,
  kfragIds: Type.Array(Hash, { minItems: 1, maxItems: 64 })
})

const WrapHashes = Type.Array(Hash, { minItems: 1, maxItems: RECORDS_PER_REQUEST })

/** How following ended: by its reader, with its permit's time, or as a proxy would no longer permit it. */
export const FOLLOW_ENDS = ['ended', 'expired', 'refused'] as const

/**
 * What was released for an event, by wraps, of a segment's windows by its root. While a stream is followed: once a minute the numbers since
 * the last time, and how it ended.
 */
const Release = rule(strict({
  eventId: EventId,
  wrapHashes: Type.Optional(WrapHashes),
  windows: Type.Optional(WindowRange),
  end: Type.Optional(Type.Enum([...FOLLOW_ENDS]))
}), (release) =>
  'wrapHashes' in release ? !hasAny(release, 'windows', 'end') : hasAny(release, 'windows', 'end'), 'names wraps, or numbers or the end of a stream')

export const ReleaseReceiptBody = strict({
  type: Type.Literal('ReleaseReceipt'),
  ...bounded,
  mspId: MspId,
  releases: Type.Array(Release, { minItems: 1, maxItems: 100 })
})

/** How many there were, and the root of a tree (docs/protocol.md §7) over them. */
const Tally = strict({ count: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), root: Hash })

export const DestructionBody = rule(strict({
  type: Type.Literal('Destruction'),
  ...bounded,
  mspId: MspId,
  consentId: Type.Optional(Hash),
  kfragIds: Type.Optional(Type.Array(Hash, { minItems: 1, maxItems: 64 })),
  cause: Type.Enum(['revoked', 'expired', 'void', 'erased', 'withdrawn']),
  /** Statement id of the `Erasure` or `Withdrawal`. */
  orderId: Type.Optional(Hash),
  /** Wraps deleted with their ciphertext and index entries, of a segment its root, in place of kfrags. */
  wrapHashes: Type.Optional(WrapHashes),
  /** Of whole compartments, in place of wraps: all record versions that ended with their wraps, and all kfrags of this hospital. */
  wraps: Type.Optional(Tally),
  kfrags: Type.Optional(Tally),
  /** From this time on (ms) no backup holds what was destroyed either. */
  backupsGoneBy: Type.Optional(TimeMs)
}), (body) =>
  isOrdered(body) ? namesOne(body) : 'consentId' in body && 'kfragIds' in body && !hasAny(body, 'orderId', 'wrapHashes', 'wraps', 'kfrags'),
'names a consent with its kfrags; what is erased or withdrawn names its order, backupsGoneBy, and wraps, tallies of wraps and kfrags, or a consent of which nothing is left')

function isOrdered (body: Readonly<Record<string, unknown>>): boolean {
  return body['cause'] === 'erased' || body['cause'] === 'withdrawn'
}

function namesOne (body: Readonly<Record<string, unknown>>): boolean {
  if (!('orderId' in body && 'backupsGoneBy' in body)) return false
  const named = [['consentId', 'kfragIds'], ['wrapHashes'], ['wraps', 'kfrags']].filter((names) => hasAny(body, ...names))
  const [only = []] = named
  return named.length === 1 && only.every((name) => name in body) && ('wrapHashes' in body || body['cause'] === 'erased')
}
