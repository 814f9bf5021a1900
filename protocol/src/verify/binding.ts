import { canonicalize, PublicKey } from '@epione/crypto'
import { ORDER_TOLERANCE_MS } from '../shapes/limits.ts'
import { isPoint } from './directory-rules.ts'
import { Refusal } from './refusal.ts'
import { areSigners, findSoleSigner } from './signers.ts'
import type { BindingHistory, KeyBinding, SuspensionEntry } from '../index.ts'
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
    /** That brought it to the ledger. */ readonly txId: string
    /** Since when (ms) it counts, by the ledger. */ readonly time: number
  }>
  readonly newest: KeyBinding
  readonly receivingKey: PublicKey
  /** Oldest first. */
  readonly suspensions: readonly SuspensionEntry[]
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
    const fault = findBoundKeyFault(body)
    if (fault !== undefined) refuse('KEYS_UNFIT', `version ${String(body.version)} ${fault}`)
    versions.push({ id, body, time: stored.time, txId: stored.txId })
  }
  const newest = versions.at(-1)?.body ?? refuse('MISSING', 'it is empty')
  const suspensions = verifySuspensions(history, { mspId, staffId, versions }, reader, refuse)
  // Keys that sign are points.
  return { mspId, staffId, versions, newest, receivingKey: PublicKey.fromHex(newest.receivingKey), suspensions }
}

function findBoundKeyFault ({ requestKey, receivingKey, envelopeKey }: KeyBinding): string | undefined {
  if (new Set([requestKey, receivingKey, envelopeKey]).size < 3) return 'names one key for two uses'
  return envelopeKey === undefined || isPoint(envelopeKey) ? undefined : 'names an envelope key that is no point'
}

function verifySuspensions (
  { suspensions = [] }: BindingHistory,
  binding: Pick<VerifiedBinding, 'mspId' | 'staffId' | 'versions'>,
  reader: StatementReader,
  refuse: (code: RefusalCode, why: string) => never
): readonly SuspensionEntry[] {
  for (const entry of suspensions) verifySuspension(entry, binding, reader, refuse)
  return suspensions
}

/** What a person signed says what the entry says; a registrar's word is the hospital's, and made up it ends nothing but a release. */
function verifySuspension (
  { by, mspId, staffId, target, cause }: SuspensionEntry,
  binding: Pick<VerifiedBinding, 'mspId' | 'staffId' | 'versions'>,
  reader: StatementReader,
  refuse: (code: RefusalCode, why: string) => never
): void {
  if (mspId !== binding.mspId || staffId !== binding.staffId) refuse('FOREIGN', 'it shows a suspension of another person')
  if ('registrar' in by) return
  const { body, signers } = reader.readStored('Suspension', by.statement)
  const said = { mspId: body.mspId, staffId: body.staffId, target: body.target, cause: body.cause }
  if (canonicalize(said) !== canonicalize({ mspId, staffId, target, cause })) {
    refuse('FOREIGN', 'it shows a suspension that its statement does not say')
  }
  if (!binding.versions.some(({ body: { requestKey } }) => areSigners(signers, [requestKey]))) {
    refuse('SIGNER_WRONG', 'a suspension is not signed by a request key of the person alone')
  }
}

/** What ended the person, or one of these keys (hex); undefined when nothing did. */
export function findSuspension ({ suspensions }: Pick<VerifiedBinding, 'suspensions'>, keys: readonly string[]): SuspensionEntry | undefined {
  return suspensions.find(({ target }) => target.kind === 'person' || (target.kind === 'key' && keys.includes(target.key)))
}

/**
 * The request-signing key that was in force when the ledger accepted a statement (`time`, ms), when it alone signed it, and nothing had
 * ended it.
 */
export function practitionerSigner (
  { versions, suspensions }: Pick<VerifiedBinding, 'versions' | 'suspensions'>,
  signers: readonly string[],
  time: number
): string | undefined {
  const key = findSoleSigner(versions.map(({ body, time: since }) => ({ key: body.requestKey, since })), signers, time)
  if (key === undefined) return undefined
  const before = suspensions.filter((entry) => entry.time + ORDER_TOLERANCE_MS < time)
  return findSuspension({ suspensions: before }, [key]) === undefined ? key : undefined
}
