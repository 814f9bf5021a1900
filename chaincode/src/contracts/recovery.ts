import { Info, Returns, Transaction } from 'fabric-contract-api'
import { InPersonStop, LEDGER_EVENTS, LEDGER_KEYS, LedgerError, PatientId } from '@epione/protocol'
import { checkArgument, parseArgument } from './arguments.ts'
import { LedgerContext } from './context.ts'
import { isOfOthers, requireWhoMay } from './delegates.ts'
import { loadDirectory } from './directory-heads.ts'
import { parseKey } from './directory-rules.ts'
import { checkGuardians, findGuardians, loadGuardians, requireGuardians, requirePatientOrGuardians } from './guardians.ts'
import { checkStopTarget } from './identity-changes.ts'
import { LedgerContract } from './ledger-contract.ts'
import { completeSafety } from './patient-safety.ts'
import { addRecovery } from './recovery-requests.ts'
import { STOPPERS, findStop, putStop } from './recovery-stops.ts'
import { toResult } from './result.ts'
import { loadStanding, putStanding, refuseSucceeded, requireActive } from './standing.ts'
import { acceptStatement, requireSigners, storeReceipt } from './statement-acceptance.ts'
import type { StopEntry } from '@epione/protocol'
import type { AcceptedStatement } from './statement-acceptance.ts'
import type { GuardiansHead, StoredRecovery } from './stored.ts'

@Info({ title: 'Recovery', description: 'Guardians, recoveries and their stops, and freezes' })
export class RecoveryContract extends LedgerContract {
  constructor () {
    super('Recovery')
  }

  /** A new issue replaces the one before: its guardians and shares alone count from now on. */
  @Transaction()
  @Returns('string')
  async PublishGuardians (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Guardians', statement)
    const { body, id, stored } = accepted
    const { patientId, issue, threshold } = body
    const directory = await loadDirectory(ctx, patientId)
    requireSigners(accepted, [directory.identityKey], 'the patient\'s identity key')
    await requireActive(ctx, patientId)
    checkGuardians(body, await findGuardians(ctx, patientId), directory)
    const head: GuardiansHead = { issue, threshold, statementId: id, signingKeys: body.guardians.map((g) => g.signingKey) }
    await ctx.state.put(LEDGER_KEYS.guardians(patientId, issue), stored)
    await ctx.state.put(LEDGER_KEYS.guardiansHead(patientId), head)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.guardiansPublished, stored)
  }

  /** Guardians ask for the backup. It waits in public, also while the patient is frozen, so that it can be stopped (PROTOCOL §1). */
  @Transaction()
  @Returns('string')
  async Request (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'RecoveryRequest', statement)
    const { body: { patientId, issue, receivingKey }, id, stored } = accepted
    await loadDirectory(ctx, patientId)
    const guardians = await loadGuardians(ctx, patientId)
    if (issue < guardians.issue) {
      throw new LedgerError(
        'RECOVERY_OUTDATED',
        `Guardians of issue ${String(issue)} were replaced; issue ${String(guardians.issue)} counts.`
      )
    }
    if (issue > guardians.issue) {
      throw new LedgerError(
        'GUARDIANS_UNKNOWN',
        `Guardians of issue ${String(issue)} are not on the ledger; issue ${String(guardians.issue)} counts.`
      )
    }
    requireGuardians(accepted, guardians)
    parseKey(receivingKey)
    if (await findStop(ctx, patientId, id, STOPPERS.RecoveryRequest) !== undefined) {
      throw new LedgerError('RECOVERY_STOPPED', `Recovery ${id} was stopped before it arrived.`)
    }
    const { settings } = await ctx.network()
    const recovery: StoredRecovery = { request: stored, availableFrom: ctx.time + settings.recoveryDelaySeconds * 1000 }
    await addRecovery(ctx, patientId, issue, recovery)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.recoveryRequested, recovery)
  }

  /** Stops a recovery or a change of the identity key, also one that has not arrived yet. The first stop stays. */
  @Transaction()
  @Returns('string')
  async Stop (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'RecoveryStop', statement)
    const { body: { patientId, target }, stored } = accepted
    const directory = await loadDirectory(ctx, patientId)
    const what = await checkStopTarget(ctx, patientId, target)
    if (what === 'RecoveryRequest') requireSigners(accepted, [directory.identityKey], 'the patient\'s identity key')
    const by = await requirePatientOrGuardians(ctx, accepted, directory)
    const first = await findStop(ctx, patientId, target, what === undefined ? [by] : STOPPERS[what])
    await storeReceipt(ctx, accepted)
    if (first !== undefined) return toResult(first)
    const entry: StopEntry = { patientId, target, stop: { statement: stored } }
    await putStop(ctx, entry, by)
    return ctx.emit(LEDGER_EVENTS.recoveryStopped, entry)
  }

  /** A registrar says that the patient appeared in person and stops a recovery, seen or not. */
  @Transaction()
  @Returns('string')
  async StopInPerson (ctx: LedgerContext, stop: string): Promise<string> {
    const { patientId, target } = parseArgument(InPersonStop, stop, 'the stop')
    await loadDirectory(ctx, patientId)
    if (await checkStopTarget(ctx, patientId, target) === 'KeyDirectory') {
      throw new LedgerError(
        'ARGUMENT_INVALID',
        'A registrar stops recoveries; a change of the identity key is stopped by its patient or guardians.'
      )
    }
    const first = await findStop(ctx, patientId, target, STOPPERS.RecoveryRequest)
    if (first !== undefined) return toResult(first)
    const { mspId, staffId } = ctx.creator
    const entry: StopEntry = { patientId, target, stop: { inPerson: { mspId, staffId, txId: ctx.txId, time: ctx.time } } }
    await putStop(ctx, entry, 'registrar')
    return ctx.emit(LEDGER_EVENTS.recoveryStopped, entry)
  }

  /** The first freeze stays, but guardians' replaces the patient's: else whoever stole the phrase would freeze first, to unfreeze alone. */
  @Transaction()
  @Returns('string')
  async Freeze (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Freeze', statement)
    const { body: { patientId }, id, stored } = accepted
    const byPatient = !await isByGuardians(ctx, accepted)
    const standing = await loadStanding(ctx, patientId)
    refuseSucceeded(standing, patientId)
    await storeReceipt(ctx, accepted)
    const { freeze } = standing
    if (freeze !== undefined && (byPatient || !freeze.byPatient)) {
      return toResult(await ctx.state.get(LEDGER_KEYS.freeze(patientId, freeze.id)) ?? stored)
    }
    await ctx.state.put(LEDGER_KEYS.freeze(patientId, id), stored)
    await putStanding(ctx, patientId, { ...standing, freeze: { id, byPatient } })
    return ctx.emit(LEDGER_EVENTS.patientFrozen, stored)
  }

  @Transaction()
  @Returns('string')
  async Unfreeze (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Unfreeze', statement)
    const { body: { patientId, freezeId }, stored } = accepted
    const directory = await loadDirectory(ctx, patientId)
    const { freeze, ...rest } = await loadStanding(ctx, patientId)
    if (freeze?.id !== freezeId) {
      throw new LedgerError(
        'FREEZE_CONFLICT',
        freeze === undefined ? `Patient ${patientId} is not frozen.` : `Name the freeze in force: ${freeze.id}.`
      )
    }
    if (freeze.byPatient) await requirePatientOrGuardians(ctx, accepted, directory)
    else requireGuardians(accepted, await loadGuardians(ctx, patientId))
    await putStanding(ctx, patientId, rest)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.patientUnfrozen, stored)
  }

  @Transaction(false)
  @Returns('string')
  async GetPatient (ctx: LedgerContext, patientId: string): Promise<string> {
    await loadDirectory(ctx, checkArgument(PatientId, patientId, 'a patient id'))
    return toResult(await completeSafety(ctx, patientId))
  }
}

/** Whether guardians freeze; else the patient, or a representative or limited key, whose freeze counts as the patient's, who ends it. */
async function isByGuardians (ctx: LedgerContext, accepted: AcceptedStatement<'Freeze'>): Promise<boolean> {
  const directory = await loadDirectory(ctx, accepted.body.patientId)
  if (!await isOfOthers(ctx, accepted, directory)) return await requirePatientOrGuardians(ctx, accepted, directory) === 'guardians'
  await requireWhoMay(ctx, accepted, directory, 'freeze')
  return false
}
