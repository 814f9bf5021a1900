import { DELEGATE_LIFE_MS, DELEGATES_KEPT_MAX, DELEGATES_MAX, LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { directoryKeys } from '@epione/protocol/verify'
import { parseKey } from './directory-rules.ts'
import { findOver, isOfRepresentative, isRepresentativeKey, requirePatientOrRepresentative } from './representations.ts'
import { loadStanding, refuseSucceeded, requireActive } from './standing.ts'
import { requireSigners } from './statement-acceptance.ts'
import type { Delegate, DelegatePower, DelegateState, StoredStatement } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { AcceptedStatement } from './statement-acceptance.ts'
import type { DirectoryHead } from './stored.ts'

type LimitedKey = NonNullable<Delegate['delegate']>
/** What names a limited key: whatever is kept does. */
const keyOf = ({ statement: { body } }: StoredStatement): LimitedKey => (JSON.parse(body) as { delegate: LimitedKey }).delegate

async function load (ctx: LedgerContext, patientId: string): Promise<StoredStatement[]> {
  return await ctx.state.get<StoredStatement[]>(LEDGER_KEYS.delegates(patientId)) ?? []
}

function findEnd (ctx: LedgerContext, patientId: string, id: string): Promise<StoredStatement | undefined> {
  return ctx.state.get<StoredStatement>(LEDGER_KEYS.delegateEnd(patientId, id))
}

/** A patient's limited keys, with the ends. */
export async function completeDelegates (ctx: LedgerContext, patientId: string): Promise<DelegateState[]> {
  const states: DelegateState[] = []
  for (const delegate of await load(ctx, patientId)) {
    const end = await findEnd(ctx, patientId, delegate.id)
    states.push({ delegate, ...(end !== undefined && { end }) })
  }
  return states
}

/** Whether a key is a limited key of the patient's: one that is represents nobody. */
export async function isDelegateKey (ctx: LedgerContext, patientId: string, key: string): Promise<boolean> {
  return (await load(ctx, patientId)).some((stored) => keyOf(stored).key === key)
}

/**
 * Names a limited key, ends one, also one that has not arrived yet, or does both: the patient's word. A limited key ends itself, and then
 * reads what each of its acts writes, so that none that was ordered before the end seems younger. The first end stays.
 * @returns what counts, and whether it is this statement
 * @throws {LedgerError} SIGNATURE_INVALID, DELEGATE_UNKNOWN, PATIENT_FROZEN, PATIENT_SUCCEEDED and what `addDelegate` throws
 */
export async function changeDelegates (
  ctx: LedgerContext, accepted: AcceptedStatement<'Delegate'>, directory: DirectoryHead
): Promise<{ counts: StoredStatement, isNew: boolean }> {
  const { body: { patientId, delegate, ends }, signers, stored } = accepted
  if (delegate === undefined && ends !== undefined && signers.join() !== directory.identityKey) {
    await requireOwnEnd(ctx, accepted, ends)
  } else requireSigners(accepted, [directory.identityKey], 'the patient\'s identity key')
  if (delegate !== undefined) {
    await requireActive(ctx, patientId)
    await addDelegate(ctx, { ...accepted, delegate }, directory)
  }
  const first = ends === undefined ? undefined : await findEnd(ctx, patientId, ends)
  if (ends !== undefined && first === undefined) await ctx.state.put(LEDGER_KEYS.delegateEnd(patientId, ends), stored)
  return delegate === undefined && first !== undefined ? { counts: first, isNew: false } : { counts: stored, isNew: true }
}

async function requireOwnEnd (ctx: LedgerContext, accepted: AcceptedStatement<'Delegate'>, ends: string): Promise<void> {
  const { patientId } = accepted.body
  const own = (await load(ctx, patientId)).find(({ id }) => id === ends)
  if (own === undefined) throw new LedgerError('DELEGATE_UNKNOWN', `Patient ${patientId} has no limited key ${ends}.`)
  requireSigners(accepted, [keyOf(own).key], 'the patient\'s identity key, or the limited key that it ends')
  await ctx.state.has(LEDGER_KEYS.delegateAct(patientId, ends))
}

/**
 * What is over and signed nothing is forgotten; what signed something stays, so that it can be told whose word that is.
 * @throws {LedgerError} STATEMENT_INVALID, DELEGATE_CONFLICT, DELEGATE_ENDED, DELEGATES_TOO_MANY
 */
async function addDelegate (
  ctx: LedgerContext, { id, body, stored, delegate }: AcceptedStatement<'Delegate'> & { delegate: LimitedKey }, directory: DirectoryHead
): Promise<void> {
  const { patientId, issuedAt, ends } = body
  const { key, notAfter } = delegate
  if (notAfter <= ctx.time || notAfter > issuedAt + DELEGATE_LIFE_MS) {
    throw new LedgerError('STATEMENT_INVALID', `Choose an end that is not in the past, and within ${String(DELEGATE_LIFE_MS)} ms.`)
  }
  parseKey(key)
  if (directoryKeys(directory).includes(key)) {
    throw new LedgerError('STATEMENT_INVALID', 'Make a key for this alone, none of the patient\'s.')
  }
  await refuseTaken(ctx, patientId, key)
  const all = await completeDelegates(ctx, patientId)
  if (await findEnd(ctx, patientId, id) !== undefined) throw new LedgerError('DELEGATE_ENDED', `Limited key ${id} was ended before it arrived.`)
  const { kept, inForce } = await keepNeeded(ctx, patientId, all, (state) =>
    state.delegate.id === ends || findKeyOver(state, directory.identityKey, ctx.time) !== undefined)
  if (inForce >= DELEGATES_MAX || kept.length >= DELEGATES_KEPT_MAX) {
    throw new LedgerError(
      'DELEGATES_TOO_MANY',
      `Patient ${patientId} has ${String(inForce)} limited keys, of at most ${String(DELEGATES_MAX)} at once: end one first. ` +
        `${String(kept.length)} of at most ${String(DELEGATES_KEPT_MAX)} are kept, as they count or signed something.`
    )
  }
  await ctx.state.put(LEDGER_KEYS.delegates(patientId), [...kept, stored])
}

/** One key has one use. @throws {LedgerError} DELEGATE_CONFLICT */
async function refuseTaken (ctx: LedgerContext, patientId: string, key: string): Promise<void> {
  const isTaken = await isDelegateKey(ctx, patientId, key) || await isRepresentativeKey(ctx, patientId, key) ||
    await ctx.state.get(LEDGER_KEYS.deviceKey(key)) !== undefined
  if (isTaken) throw new LedgerError('DELEGATE_CONFLICT', 'Make a new key: this one is or was a limited key, a representative\'s or a device\'s.')
}

/** Those that count or signed something, and how many count. */
async function keepNeeded (
  ctx: LedgerContext, patientId: string, all: readonly DelegateState[], isOver: (state: DelegateState) => boolean
): Promise<{ kept: StoredStatement[], inForce: number }> {
  const kept: StoredStatement[] = []
  for (const state of all) {
    const { delegate } = state
    if (!isOver(state) || await ctx.state.has(LEDGER_KEYS.delegateAct(patientId, delegate.id))) kept.push(delegate)
  }
  return { kept, inForce: all.filter((state) => !isOver(state)).length }
}

/** Why a limited key counts no more; undefined while it does. */
function findKeyOver (
  { delegate, end }: { delegate: StoredStatement, end?: StoredStatement | undefined }, identityKey: string, time: number
): string | undefined {
  return findOver(delegate, { notAfter: keyOf(delegate).notAfter, end, identityKey, time })
}

/**
 * Who says what takes away: the patient, a representative, or a limited key that is in force in this transaction and may. It reads the very
 * key that an end writes.
 * @throws {LedgerError} SIGNATURE_INVALID, REPRESENTATION_ENDED, DELEGATE_ENDED, DELEGATE_EXCEEDED, PATIENT_SUCCEEDED
 */
export async function requireWhoMay (
  ctx: LedgerContext, accepted: AcceptedStatement<'Revocation' | 'Freeze'>, directory: DirectoryHead, power: DelegatePower
): Promise<void> {
  const { body: { patientId }, signers } = accepted
  const own = await findDelegate(ctx, patientId, signers, directory)
  if (own === undefined) {
    await requirePatientOrRepresentative(ctx, accepted, patientId, directory)
    return
  }
  refuseSucceeded(await loadStanding(ctx, patientId), patientId)
  const over = findKeyOver({ delegate: own, end: await findEnd(ctx, patientId, own.id) }, directory.identityKey, ctx.time)
  if (over !== undefined) {
    throw new LedgerError('DELEGATE_ENDED', `Limited key ${own.id} ${over}: it signs nothing for patient ${patientId} any more.`)
  }
  if (!keyOf(own).powers.includes(power)) {
    throw new LedgerError('DELEGATE_EXCEEDED', `Limited key ${own.id} was not given the power to ${power}; sign with the patient's identity key.`)
  }
  await ctx.state.mark(LEDGER_KEYS.delegateAct(patientId, own.id))
}

/** The limited key that alone signed, of whichever time. */
async function findDelegate (
  ctx: LedgerContext, patientId: string, signers: readonly string[], { identityKey }: DirectoryHead
): Promise<StoredStatement | undefined> {
  const [signer] = signers
  if (signers.length !== 1 || signer === identityKey) return undefined
  return (await load(ctx, patientId)).find((stored) => keyOf(stored).key === signer)
}

/** Whether neither the patient nor guardians signed, but somebody whom the patient lets: a representative or a limited key. */
export async function isOfOthers (
  ctx: LedgerContext, { body, signers, stored }: AcceptedStatement<'Freeze'>, directory: DirectoryHead
): Promise<boolean> {
  if (signers.length !== 1) return false
  return await isOfRepresentative(ctx, body.patientId, stored) || await findDelegate(ctx, body.patientId, signers, directory) !== undefined
}
