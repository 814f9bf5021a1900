import { causeOf } from '../index.ts'
import type { Tally } from './erased-compartments.ts'
import { keysOf, readOrLeave } from './proxy-words.ts'
import type { Destruction, RecordOrder, StoredStatement } from '../index.ts'
import type { ProxySigner } from './proxy-words.ts'
import type { StatementReader } from './statements.ts'

/** What a hospital signed that it destroyed of an order, and when the ledger took that. */
export interface ProvenDestruction {
  readonly mspId: string
  /** From then on (ms) its backups hold nothing of it either. */
  readonly backupsGoneBy: number
  /** Of whole compartments: what the hospital found in its own blocks. Whoever knows the records and consents compares. */
  readonly wraps?: Tally
  readonly kfrags?: Tally
  readonly stored: StoredStatement
}

/**
 * Destructions of an order that are signed by the proxy of the hospital they name alone and name exactly what the order ended, or of whole
 * compartments their tallies, one of each hospital. What is shown beside that is somebody's invention and is left out, so that it keeps no
 * other from counting.
 */
export function provenDestructions (
  { order, versions, destructions }: RecordOrder,
  proxies: readonly ProxySigner[],
  reader: StatementReader
): ProvenDestruction[] {
  const cause = causeOf(order)
  const keys = keysOf(proxies)
  const proven = new Map<string, ProvenDestruction>()
  for (const stored of destructions) {
    const [statement] = readOrLeave('Destruction', stored, reader)
    if (statement === undefined) continue
    const { body, signers, time } = statement
    const { mspId, orderId, cause: said, backupsGoneBy } = body
    const isOwn = signers.length === 1 && keys(mspId, time).some((key) => signers.includes(key))
    if (!isOwn || orderId !== order.id || said !== cause) continue
    const named = namedBy(body, versions)
    if (named === undefined || backupsGoneBy === undefined || proven.has(mspId)) continue
    proven.set(mspId, { mspId, backupsGoneBy, ...named, stored })
  }
  return [...proven.values()].sort((a, b) => a.mspId < b.mspId ? -1 : 1)
}

/** Nothing more where it names exactly the wraps of these versions; the tallies where the order named compartments; undefined for else. */
function namedBy (
  { wrapHashes, wraps, kfrags }: Destruction, versions: RecordOrder['versions']
): Pick<ProvenDestruction, 'wraps' | 'kfrags'> | undefined {
  if (versions.length === 0) return wraps === undefined || kfrags === undefined ? undefined : { wraps, kfrags }
  return wrapHashes?.toSorted().join() === versions.map((v) => v.wrapHash).sort().join() ? {} : undefined
}
