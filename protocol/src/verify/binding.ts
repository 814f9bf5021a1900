import { PublicKey } from '@epione/crypto'
import { Refusal } from './refusal.ts'
import { areSigners, findSoleSigner } from './signers.ts'
import type { BindingHistory, KeyBinding } from '../index.ts'
import type { RefusalCode, Subject } from './refusal.ts'
import type { StatementReader } from './statements.ts'

export interface PersonId { mspId: string, staffId: string }

/** A practitioner's keys as bound on the ledger; only `verifyBinding` makes one. */
export interface VerifiedBinding {
  readonly mspId: string
  readonly staffId: string
  /** Oldest first. */
  readonly versions: ReadonlyArray<{
    readonly id: string
    readonly body: KeyBinding
    /** Since when (ms) it counts, by the ledger. */ readonly time: number
  }>
  readonly newest: KeyBinding
  readonly receivingKey: PublicKey
}

/**
 * Proves that each binding is signed by both keys it names and, from the second on, by the request key before. The first one
 * trusts the hospital (PROTOCOL §1): hence fingerprints. @throws {Refusal}
 */
export function verifyBinding (history: BindingHistory, { mspId, staffId }: PersonId, reader: StatementReader): VerifiedBinding {
  const subject: Subject = { kind: 'binding', name: `${mspId}/${staffId}` }
  const refuse = (code: RefusalCode, why: string): never => { throw new Refusal(code, subject, why) }
  const versions: Array<VerifiedBinding['versions'][number]> = []
  for (const stored of history.versions) {
    const { id, body, signers } = reader.readStored('KeyBinding', stored, subject)
    const former = versions.at(-1)?.body
    if (body.mspId !== mspId || body.staffId !== staffId) refuse('FOREIGN', 'it is of another person')
    if (body.version !== versions.length + 1) refuse('CHAIN_BROKEN', `version ${String(body.version)} does not follow the one before`)
    if (!areSigners(signers, [body.requestKey, body.receivingKey, ...(former === undefined ? [] : [former.requestKey])])) {
      refuse('SIGNER_WRONG', `version ${String(body.version)} is not signed by the keys it names and the request key before alone`)
    }
    if (body.requestKey === body.receivingKey) refuse('KEYS_UNFIT', `version ${String(body.version)} names one key for two uses`)
    versions.push({ id, body, time: stored.time })
  }
  const newest = versions.at(-1)?.body ?? refuse('MISSING', 'it is empty')
  // Both keys are points: each has signed.
  return { mspId, staffId, versions, newest, receivingKey: PublicKey.fromHex(newest.receivingKey) }
}

/** The request-signing key that was in force when the ledger accepted a statement (`time`, ms), when it alone signed it. */
export function practitionerSigner (
  { versions }: Pick<VerifiedBinding, 'versions'>,
  signers: readonly string[],
  time: number
): string | undefined {
  return findSoleSigner(versions.map(({ body, time: since }) => ({ key: body.requestKey, since })), signers, time)
}
