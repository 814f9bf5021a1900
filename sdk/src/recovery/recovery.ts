import {
  CryptoError, SecretKey, backupHash, fromHex, openHandedBackup, openSealedShare, recoverPhrase, requireShares, toHex
} from '@epione/crypto'
import type { GuardianShare, RecoveryCase } from '@epione/crypto'
import type { VerifiedGuardians, VerifiedRecovery } from '@epione/protocol/verify'
import { networkIdHex } from '../context/context.ts'
import type { ClientContext } from '../context/context.ts'
import { ClientError, isClientError, messageOf } from '../errors.ts'
import type { ErrorDetails } from '../errors.ts'
import type { ApprovalFile, OpenedRequest, RequestFile } from './recovery-files.ts'
import { readSafety, requireGuardiansOf } from '../keys/safety.ts'
import { asShareError, refuseShare } from './own-share.ts'
import { draftStatement } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'

export interface RecoveryBegun {
  requestId: string
  patientId: string
  issue: number
  threshold: number
  guardians: number
  /** Read to each guardian. */ fingerprint: string
  request: RequestFile
  secret: SecretKey
}

/** Drafts a recovery request to a fresh key of this device; nothing reaches the ledger before guardians have signed it. */
export async function beginRecovery (context: ClientContext, patientId: string): Promise<RecoveryBegun> {
  const guardians = requireGuardiansOf(await readSafety(context, patientId))
  const secret = SecretKey.random()
  const { issue, threshold } = guardians.body
  const { id, text } = draftStatement(context, 'RecoveryRequest', { patientId, issue, receivingKey: secret.publicKey().toHex() })
  return {
    requestId: id,
    patientId,
    issue,
    threshold,
    guardians: guardians.body.guardians.length,
    fingerprint: secret.publicKey().fingerprint(),
    request: { type: 'epione/recovery-request', networkId: networkIdHex(context), body: text },
    secret
  }
}

/** A recovery as the device keeps it: its request, its key, and what guardians gave. */
export interface OwnRecovery { request: OpenedRequest, secret: SecretKey, approvals: readonly ApprovalFile[] }
export interface RecoverySubmitted extends Written {
  requestId: string
  patientId: string
  /** From then (ms) on hospitals hand out the backup. */ availableFrom?: number
}

/**
 * Puts the request on the ledger, signed by the guardians who approved. @throws {ClientError} SHARES_TOO_FEW, SHARE_INVALID,
 * RECOVERY_OUTDATED and others
 */
export async function submitRecovery (context: ClientContext, recovery: OwnRecovery): Promise<Done<RecoverySubmitted>> {
  const { request: { id, text, body }, approvals } = recovery
  const { patientId } = body
  // Shares are tried now, while guardians can still be asked again.
  openShares(recovery, requireGuardiansOf(await readSafety(context, patientId)))
  const signatures = [...new Map(approvals.map(({ signature }) => [signature.key, signature])).values()]
  const own = { requestId: id, patientId }
  const done = await submitAnywhere<RecoverySubmitted>(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.lifetime.requestRecovery(patientId, { body: text, signatures }, id), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
  const shown = await findRecovery(context, recovery.request)
  return { ...done, ...(shown === undefined ? {} : { availableFrom: shown.availableFrom }) }
}

/** The request as it stands on the ledger, or `undefined`. */
export async function findRecovery (
  context: ClientContext,
  { id, body: { patientId } }: OpenedRequest
): Promise<VerifiedRecovery | undefined> {
  return (await readSafety(context, patientId)).recoveries.find((r) => r.id === id)
}

/**
 * The phrase again, once the wait is over: hospitals hand out the encrypted backup, the guardians' shares open it.
 * @throws {ClientError} RECOVERY_PENDING (`availableFrom`), RECOVERY_STOPPED, RECOVERY_OUTDATED, SHARE_INVALID, SHARE_OUTDATED,
 * SHARES_TOO_FEW, BACKUP_INVALID
 */
export async function finishRecovery (context: ClientContext, recovery: OwnRecovery): Promise<{ phrase: string, warnings: string[] }> {
  const { request: { id, body: { patientId } }, secret } = recovery
  const guardians = requireGuardiansOf(await readSafety(context, patientId))
  const { shares, place } = openShares(recovery, guardians)
  const { value: backup, passedOver } = await context.gateways.askUntilRight(async (gateway) => {
    const { mspId } = gateway.info
    const details: ErrorDetails = { party: { kind: 'gateway', mspId }, patientId }
    const handed = await withAvailableFrom(gateway.lifetime.getBackup(patientId, id))
    const backup = refuseBackup(details, () => openHandedBackup(secret, fromHex(handed.backup), id))
    if (toHex(backupHash(backup)) !== guardians.body.backupHash) {
      throw new ClientError('BACKUP_INVALID', `${mspId} hands out another backup than the patient has signed for.`, details)
    }
    return backup
  })
  try {
    return { phrase: await recoverPhrase({ ...place, shares, backup }), warnings: passedOver.map(messageOf) }
  } catch (error) {
    throw asShareError(error, { patientId })
  }
}

/** The ledger's time of release, where the gateway tells it, among the details of the refusal. */
async function withAvailableFrom<T> (answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (!isClientError(error, 'RECOVERY_PENDING')) throw error
    const problem = error.details['problem']
    const availableFrom = typeof problem === 'object' && problem !== null && 'availableFrom' in problem ? problem.availableFrom : undefined
    throw new ClientError('RECOVERY_PENDING', error.message, {
      ...error.details,
      ...(typeof availableFrom === 'number' ? { availableFrom } : {})
    }, { cause: error })
  }
}

function requireApprovals (
  { request: { id, body }, approvals }: OwnRecovery,
  { body: { issue, threshold, guardians } }: VerifiedGuardians
): void {
  const { patientId } = body
  if (body.issue !== issue) {
    throw new ClientError(
      'RECOVERY_OUTDATED',
      `The request is for issue ${body.issue} of the guardians; the patient has named issue ${issue} since: begin again.`,
      { patientId }
    )
  }
  const foreign = approvals.find((a) => a.requestId !== id)
  if (foreign !== undefined) throw new ClientError('USAGE', `An approval is of another request (${foreign.requestId}).`, { patientId })
  const signers = new Set(approvals.map((a) => a.signature.key).filter((key) => guardians.some((g) => g.signingKey === key)))
  if (signers.size < threshold) {
    throw new ClientError('SHARES_TOO_FEW', `${threshold} guardians must approve, here are ${signers.size}.`, {
      patientId,
      threshold,
      approvals: signers.size
    })
  }
}

type Place = Pick<RecoveryCase, 'patientId' | 'issue' | 'threshold' | 'shareHashes'>

/** The guardians' shares, each the one that the patient's statement commits to, and enough of them. */
function openShares (recovery: OwnRecovery, guardians: VerifiedGuardians): { shares: GuardianShare[], place: Place } {
  requireApprovals(recovery, guardians)
  const { patientId, issue, threshold, guardians: entries } = guardians.body
  const place = { patientId, issue, threshold, shareHashes: entries.map((g) => fromHex(g.shareHash)) }
  const opened = recovery.approvals.map(({ share, index }) =>
    refuseShare({
      party: { kind: 'guardian' },
      patientId,
      guardian: index + 1
    }, () => openSealedShare(recovery.secret, fromHex(share), { patientId, issue })))
  return { shares: refuseShare({ party: { kind: 'guardian' }, patientId }, () => requireShares({ ...place, shares: opened })), place }
}

function refuseBackup<T> (details: ErrorDetails, open: () => T): T {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw new ClientError('BACKUP_INVALID', `The backup does not open: ${messageOf(error)}.`, details, { cause: error })
  }
}
