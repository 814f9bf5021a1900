import { ORDER_TOLERANCE_MS } from '../shapes/limits.ts'
import { provenOrNone } from './refusal.ts'
import type { ProxyState, StoredStatement } from '../index.ts'
import type { ProvenStatement, StatementReader } from './statements.ts'

/** A proxy's signing keys, present and former. */
export type ProxySigner = Pick<ProxyState, 'mspId' | 'signingKey' | 'formerSigningKeys'>

/**
 * The keys that a proxy's word of a time (ms, by the ledger) may be signed with: its present one, and each former one until another took
 * its place. A former key that was stolen since says nothing.
 */
export function signingKeysAt ({ signingKey, formerSigningKeys }: Omit<ProxySigner, 'mspId'>, time: number): string[] {
  return [signingKey, ...formerSigningKeys.filter(({ until }) => time <= until + ORDER_TOLERANCE_MS).map(({ key }) => key)]
}

type ProxyStatementType = 'CustodyConfirmation' | 'Destruction'

/** What a proxy said, and when the ledger took it; or nothing: an invention must neither count nor keep others from counting. */
export function readOrLeave<T extends ProxyStatementType> (
  type: T,
  stored: StoredStatement,
  reader: StatementReader
): Array<ProvenStatement<T> & { time: number }> {
  return provenOrNone(() => ({ ...reader.readStored(type, stored), time: stored.time }))
}

/** The keys whose word of a time is that of an organisation's proxy. */
export function keysOf (proxies: readonly ProxySigner[]): (mspId: string, time: number) => string[] {
  return (mspId, time) => proxies.filter((p) => p.mspId === mspId).flatMap((p) => signingKeysAt(p, time))
}
