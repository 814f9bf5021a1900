import { findSigner } from '@epione/chaincode/model'
import type { BindingHistory, KeyBinding } from '@epione/chaincode/model'
import { unproven } from './statement-reader.ts'
import type { StatementReader, VerifiedStatement } from './statement-reader.ts'

/** A member of staff's keys, each version signed by itself and by the one before. */
export interface VerifiedBinding {
  current: KeyBinding
  /** True when the request-signing key in force when the ledger accepted the statement (`storedAt`, ms) is among the signers. */
  hasSigned (statement: { signers: readonly string[] }, storedAt: number): boolean
}

/** Proves a binding history that a peer returned. @throws {GatewayError} STATEMENT_UNPROVEN */
export function verifyBinding (history: BindingHistory, person: { mspId: string, staffId: string }, reader: StatementReader): VerifiedBinding {
  const versions = history.versions.map((stored) => reader.readStored('KeyBinding', stored))
  versions.forEach((version, index) => checkVersion(version, versions[index - 1], person, index + 1))
  const newest = versions.at(-1)
  if (newest === undefined) throw unproven(`${person.mspId}/${person.staffId} has no key binding`)
  const requestKeys = history.versions.map(({ time }, index) => ({ key: versions[index]?.body.requestKey ?? '', since: time }))
  return { current: newest.body, hasSigned: ({ signers }, storedAt) => findSigner(requestKeys, signers, storedAt) !== undefined }
}

function checkVersion (version: VerifiedStatement<'KeyBinding'>, former: VerifiedStatement<'KeyBinding'> | undefined, person: { mspId: string, staffId: string }, number: number): void {
  const { body, signers } = version
  const name = `key binding ${number} of ${person.mspId}/${person.staffId}`
  if (body.mspId !== person.mspId || body.staffId !== person.staffId || body.version !== number) throw unproven(`${name} is another's`)
  if (body.requestKey === body.receivingKey) throw unproven(`${name} names one key for two uses`)
  const needed = [body.requestKey, body.receivingKey, ...(former === undefined ? [] : [former.body.requestKey])]
  if (!needed.every((key) => signers.includes(key))) throw unproven(`${name} lacks the signature of one of its keys`)
}
