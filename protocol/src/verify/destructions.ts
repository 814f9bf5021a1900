import { causeOf } from '../index.ts'
import { keysOf, readOrLeave } from './proxy-words.ts'
import type { RecordOrder, StoredStatement } from '../index.ts'
import type { ProxySigner } from './proxy-words.ts'
import type { StatementReader } from './statements.ts'

/** What a hospital signed that it destroyed of an order, and when the ledger took that. */
export interface ProvenDestruction {
  readonly mspId: string
  /** From then on (ms) its backups hold nothing of it either. */
  readonly backupsGoneBy: number
  readonly stored: StoredStatement
}

/**
 * Destructions of an order that are signed by the proxy of the hospital they name alone and name exactly what the order ended, one of
 * each hospital. What is shown beside that is somebody's invention and is left out, so that it keeps no other from counting.
 */
export function provenDestructions (
  { order, versions, destructions }: RecordOrder,
  proxies: readonly ProxySigner[],
  reader: StatementReader
): ProvenDestruction[] {
  const wraps = versions.map((v) => v.wrapHash).sort().join()
  const cause = causeOf(order)
  const keys = keysOf(proxies)
  const proven = new Map<string, ProvenDestruction>()
  for (const stored of destructions) {
    const [statement] = readOrLeave('Destruction', stored, reader)
    if (statement === undefined) continue
    const { body: { mspId, orderId, wrapHashes = [], cause: said, backupsGoneBy }, signers, time } = statement
    const isOwn = signers.length === 1 && keys(mspId, time).some((key) => signers.includes(key))
    if (!isOwn || orderId !== order.id || said !== cause || [...wrapHashes].sort().join() !== wraps) continue
    if (backupsGoneBy !== undefined && !proven.has(mspId)) proven.set(mspId, { mspId, backupsGoneBy, stored })
  }
  return [...proven.values()].sort((a, b) => a.mspId < b.mspId ? -1 : 1)
}
