import { Refusal } from './refusal.ts'
import type { ProxyState, StoredStatement } from '../index.ts'
import type { ProvenStatement, StatementReader } from './statements.ts'

/** A proxy's signing keys, present and former: what it signed with either is its word. */
export type ProxySigner = Pick<ProxyState, 'mspId' | 'signingKey' | 'formerSigningKeys'>

type ProxyStatementType = 'CustodyConfirmation' | 'Destruction'

/** What a proxy said, or nothing: a peer's or gateway's invention must neither count nor keep others from counting. */
export function readOrLeave<T extends ProxyStatementType> (
  type: T,
  stored: StoredStatement,
  reader: StatementReader
): ProvenStatement<T>[] {
  try {
    return [reader.readStored(type, stored)]
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}

/** The keys whose word is that of an organisation's proxy. */
export function keysOf (proxies: readonly ProxySigner[]): (mspId: string) => string[] {
  return (mspId) => proxies.filter((p) => p.mspId === mspId).flatMap((p) => [p.signingKey, ...p.formerSigningKeys])
}
