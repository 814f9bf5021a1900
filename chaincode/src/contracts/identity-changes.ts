import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { STOPPERS, findStop } from './recovery-stops.ts'
import { findReceipt } from './statement-acceptance.ts'
import type { PatientDirectory, StoredStatement } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { AcceptedStatement } from './statement-acceptance.ts'
import type { PendingDirectory } from './stored.ts'

/** The directory version with a new identity key that waits, when there is one: whatever the head became meanwhile, it follows it. */
function findPending (ctx: LedgerContext, patientId: string): Promise<PendingDirectory | undefined> {
  return ctx.state.get<PendingDirectory>(LEDGER_KEYS.pendingDirectory(patientId))
}

/** What `Directory:GetPatient` shows of it. */
export async function describePending (ctx: LedgerContext, patientId: string): Promise<PatientDirectory['pending']> {
  const pending = await findPending(ctx, patientId)
  if (pending === undefined) return undefined
  const entry = await findStop(ctx, patientId, pending.directory.id, STOPPERS.KeyDirectory)
  return { ...pending, ...(entry !== undefined && { stop: entry.stop }) }
}

/** Lets a version with a new identity key wait, in which time it can be stopped (PROTOCOL §1). */
export async function proposeChange (
  ctx: LedgerContext,
  { id, body: { patientId }, stored }: AcceptedStatement<'KeyDirectory'>
): Promise<void> {
  const isStopped = async (target: string): Promise<boolean> => await findStop(ctx, patientId, target, STOPPERS.KeyDirectory) !== undefined
  if (await isStopped(id)) throw new LedgerError('CHANGE_STOPPED', `Change ${id} was stopped before it arrived.`)
  const former = await findPending(ctx, patientId)
  if (former !== undefined && !await isStopped(former.directory.id)) {
    throw new LedgerError('CHANGE_PENDING', `Change ${former.directory.id} waits until ${String(former.activeFrom)}; stop it first.`)
  }
  const { settings } = await ctx.network()
  const pending: PendingDirectory = { directory: stored, activeFrom: ctx.time + settings.identityDelaySeconds * 1000 }
  await ctx.state.put(LEDGER_KEYS.pendingDirectory(patientId), pending)
}

/** The waiting version as it comes into force: with transaction and time of this moment, since which its identity key counts. */
export async function takePending (ctx: LedgerContext, patientId: string): Promise<StoredStatement> {
  const pending = await describePending(ctx, patientId)
  if (pending === undefined) {
    throw new LedgerError(
      'CHANGE_UNKNOWN',
      `No change of patient ${patientId}'s identity key waits; a version published meanwhile makes it obsolete.`
    )
  }
  const { directory, activeFrom, stop } = pending
  if (stop !== undefined) throw new LedgerError('CHANGE_STOPPED', `Change ${directory.id} was stopped.`)
  if (ctx.time < activeFrom) {
    throw new LedgerError('CHANGE_PENDING', `Change ${directory.id} can be activated from ${String(activeFrom)} on.`)
  }
  return { ...directory, txId: ctx.txId, time: ctx.time, submittedBy: ctx.creator.mspId }
}

/** What a stop names, as far as the ledger has it. @throws {LedgerError} CHANGE_UNKNOWN, STATEMENT_INVALID */
export async function checkStopTarget (ctx: LedgerContext, patientId: string, target: string): Promise<keyof typeof STOPPERS | undefined> {
  const receipt = await findReceipt(ctx, target)
  if (receipt === undefined) return undefined
  const { type } = receipt
  if (type === 'RecoveryRequest') return type
  if (type !== 'KeyDirectory') {
    throw new LedgerError('STATEMENT_INVALID', `Name a recovery request or a change of the identity key to stop; ${target} is a ${type}.`)
  }
  const pending = await findPending(ctx, patientId)
  if (pending?.directory.id !== target) {
    throw new LedgerError('CHANGE_UNKNOWN', `Directory version ${target} does not wait; it is in force or obsolete.`)
  }
  return type
}
