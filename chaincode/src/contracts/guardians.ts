import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { findGuardianFault } from '@epione/protocol/verify'
import { parseKey } from './directory-rules.ts'
import { requireSigners } from './statement-acceptance.ts'
import type { Guardians, StatementType } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { AcceptedStatement } from './statement-acceptance.ts'
import type { DirectoryHead, GuardiansHead } from './stored.ts'

export function findGuardians (ctx: LedgerContext, patientId: string): Promise<GuardiansHead | undefined> {
  return ctx.state.get<GuardiansHead>(LEDGER_KEYS.guardiansHead(patientId))
}

/** The patient's present guardians. @throws {LedgerError} GUARDIANS_UNKNOWN */
export async function loadGuardians (ctx: LedgerContext, patientId: string): Promise<GuardiansHead> {
  const head = await findGuardians(ctx, patientId)
  if (head === undefined) throw new LedgerError('GUARDIANS_UNKNOWN', `Patient ${patientId} has no guardians on the ledger.`)
  return head
}

/** Rules that an issue keeps: it follows the one before, and every guardian has two keys that serve nothing else here. */
export function checkGuardians (
  { issue, previous, threshold, guardians }: Guardians,
  head: GuardiansHead | undefined,
  { identityKey }: DirectoryHead
): void {
  if (issue !== (head?.issue ?? 0) + 1 || previous !== head?.statementId) {
    throw new LedgerError(
      'GUARDIANS_CONFLICT',
      head === undefined
        ? 'Begin with issue 1, which has no previous one.'
        : `Follow issue ${String(head.issue)}, statement ${head.statementId}.`
    )
  }
  if (threshold > guardians.length) {
    throw new LedgerError('STATEMENT_INVALID', `Choose a threshold of at most the ${String(guardians.length)} guardians.`)
  }
  const keys = guardians.flatMap((g) => [g.signingKey, g.receivingKey])
  keys.forEach((key) => { parseKey(key) })
  // A key that counts twice would be two guardians in one hand; the patient's own would be a guardian that a thief of the phrase has.
  if (new Set([identityKey, ...keys]).size !== keys.length + 1) {
    throw new LedgerError('STATEMENT_INVALID', 'Give each guardian two keys of their own, none of them the patient\'s.')
  }
}

/**
 * Refuses a statement that is not signed by `threshold` guardians and by nobody else. @throws {LedgerError} SIGNATURE_INVALID,
 * GUARDIANS_TOO_FEW
 */
export function requireGuardians (
  { type, signers }: AcceptedStatement<StatementType>,
  { signingKeys, threshold, issue }: GuardiansHead
): void {
  const fault = findGuardianFault(signers, { signingKeys, threshold })
  if (fault === 'stranger') {
    throw new LedgerError(
      'SIGNATURE_INVALID',
      `Sign this ${type} with keys of the patient's guardians of issue ${String(issue)}, and with no other key.`
    )
  }
  if (fault === 'too few') {
    throw new LedgerError('GUARDIANS_TOO_FEW', `${String(threshold)} guardians sign this ${type}; ${String(signers.length)} did.`)
  }
}

/** Who says it: the patient's identity key alone, or enough guardians. */
export async function requirePatientOrGuardians (
  ctx: LedgerContext,
  accepted: AcceptedStatement<'Freeze' | 'Unfreeze' | 'RecoveryStop'>,
  { identityKey }: DirectoryHead
): Promise<'identity' | 'guardians'> {
  if (accepted.signers.join() === identityKey) return 'identity'
  const guardians = await findGuardians(ctx, accepted.body.patientId)
  if (guardians === undefined) requireSigners(accepted, [identityKey], 'the patient\'s identity key')
  else requireGuardians(accepted, guardians)
  return 'guardians'
}
