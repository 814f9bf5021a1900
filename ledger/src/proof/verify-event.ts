import { Type } from 'typebox'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { canonicalize, CryptoError, fromHex, sha256 } from '@epione/crypto'
import type { ItemsRoot } from '@epione/crypto'
import { EventId, LEDGER_EVENTS, parseEventId, RecordOrder, StoredStatement } from '@epione/protocol'
import type { AccessEvent } from '@epione/protocol'
import { BlockError, isCanonicalEnvelope, parseEventPayload, readEnvelope } from '../blocks/index.ts'
import type { EnvelopeContents } from '../blocks/index.ts'
import { VerificationError } from '../errors.ts'
import type { Proof, ProofItem } from './proof-schema.ts'
import { verifyItemPath } from './verify-paths.ts'

/** Fabric's code of a transaction that took effect. */
const VALID = 0
const NamedEvent = Type.Object({ eventId: EventId, txId: Type.String() })

/** What a proof is of: an access event, an order that ended records, or what one hospital says that it destroyed of them. */
export interface ProvenEvents { access: AccessEvent, order: RecordOrder, destruction: StoredStatement }
export type ProvenKind = keyof ProvenEvents

/** The chaincode event's name, its form, and where it names its own transaction. */
interface Kind<E> { name: string, what: string, form: TSchema, txIdsOf: (event: E) => (string | undefined)[] }
const KINDS: { [K in ProvenKind]: Kind<ProvenEvents[K]> } = {
  access: {
    name: LEDGER_EVENTS.accessDecided,
    what: 'access event',
    form: NamedEvent,
    txIdsOf: ({ txId, eventId }) => [txId, parseEventId(eventId)?.txId]
  },
  order: { name: LEDGER_EVENTS.recordsEnded, what: 'erasure or withdrawal', form: RecordOrder, txIdsOf: ({ order: { txId } }) => [txId] },
  destruction: { name: LEDGER_EVENTS.wrapsDestroyed, what: 'destruction', form: StoredStatement, txIdsOf: ({ txId }) => [txId] }
}

/** The event that was shown to be the transaction's, what its leaf commits to, and where it comes from. */
export interface ProvenEvent<K extends ProvenKind> {
  event: ProvenEvents[K]
  channel: string
  chaincode: string
  envelopeHash: Uint8Array
  items?: ItemsRoot
}

/**
 * Takes the event from the transaction's envelope, or, an access event, from its place in the transaction's list, never from what stands
 * beside it, and refuses a transaction that the ledger rejected. @throws {VerificationError} PROOF_MALFORMED, ENVELOPE_MALFORMED,
 * EVENT_MISMATCH, EVENT_NOT_VALID
 */
export function verifyEvent<K extends ProvenKind> (
  { event, envelope, item, transaction }: Pick<Proof, 'event' | 'envelope' | 'item' | 'transaction'>,
  kind: K
): ProvenEvent<K> {
  const proven = item === undefined ? verifyEnvelope(event, decodeBase64(envelope ?? ''), kind) : verifyItem(event, item, kind)
  if (transaction.code !== VALID) {
    throw new VerificationError(
      'EVENT_NOT_VALID',
      `The ledger rejected this transaction (validation code ${transaction.code}): it is no event.`
    )
  }
  return proven
}

function verifyEnvelope<K extends ProvenKind> (event: Proof['event'], envelope: Uint8Array, kind: K): ProvenEvent<K> {
  if (!isCanonicalEnvelope(envelope)) {
    throw new VerificationError('ENVELOPE_MALFORMED', 'The envelope does not re-encode to its own bytes: what it is of is not certain.')
  }
  const contents = openEnvelope(envelope)
  // Events of several patients are in leaves of another form, which their own items prove.
  if (contents?.event?.name !== KINDS[kind].name) {
    throw new VerificationError('EVENT_MISMATCH', `The envelope is not of one ${KINDS[kind].what}.`)
  }
  const emitted = requireEvent(parsePayload(contents.event.payload), kind)
  if (KINDS[kind].txIdsOf(emitted).some((txId) => txId !== contents.txId)) {
    throw new VerificationError('EVENT_MISMATCH', 'The event names another transaction than the one that holds it.')
  }
  if (canonicalOf(event) !== canonicalOf(emitted)) {
    throw new VerificationError('EVENT_MISMATCH', 'The event shown is not the one in the envelope: believe the envelope alone.')
  }
  return { event: emitted, channel: contents.channel, chaincode: contents.event.chaincode, envelopeHash: sha256(envelope) }
}

/** Witnesses take the transaction's id from the envelope, so that it is the event's own word which is held against it here. */
function verifyItem<K extends ProvenKind> (shown: Proof['event'], item: ProofItem, kind: K): ProvenEvent<K> {
  if (kind !== 'access') throw new VerificationError('EVENT_MISMATCH', `No list holds an ${KINDS[kind].what}.`)
  const event = requireEvent(shown, kind)
  const { channel, chaincode, envelopeHash } = item
  const [txId, named] = KINDS[kind].txIdsOf(event)
  if (txId === undefined || named !== txId) {
    throw new VerificationError('EVENT_MISMATCH', 'The event names another transaction than the one that holds it.')
  }
  const items = verifyItemPath(item, canonicalOf({ channel, chaincode, txId, event }))
  return { event, channel, chaincode, envelopeHash: fromHex(envelopeHash, 32), items }
}

function openEnvelope (envelope: Uint8Array): EnvelopeContents | undefined {
  try {
    return readEnvelope(envelope)
  } catch (error) {
    if (error instanceof BlockError) throw new VerificationError('ENVELOPE_MALFORMED', error.message, { cause: error })
    throw error
  }
}

function parsePayload (payload: Uint8Array): unknown {
  try {
    return parseEventPayload(payload)
  } catch (error) {
    throw new VerificationError('EVENT_MISMATCH', 'The envelope\'s event is no JSON.', { cause: error })
  }
}

/** What calls itself such an event. The witnesses signed the rest of it as it is. */
function requireEvent<K extends ProvenKind> (value: unknown, kind: K): ProvenEvents[K] {
  if (Value.Check(KINDS[kind].form, value)) return value as ProvenEvents[K]
  throw new VerificationError('EVENT_MISMATCH', `What is shown is no ${KINDS[kind].what} of Epione.`)
}

function canonicalOf (event: object): string {
  try {
    return canonicalize(event)
  } catch (error) {
    if (error instanceof CryptoError) {
      throw new VerificationError('EVENT_MISMATCH', 'The event shown has no canonical form.', { cause: error })
    }
    throw error
  }
}

function decodeBase64 (text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch (error) {
    throw new VerificationError(
      'PROOF_MALFORMED',
      'The envelope is not base64: take the file that `epione audit proof` wrote.',
      { cause: error }
    )
  }
}
