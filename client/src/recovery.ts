import { CryptoError, PublicKey, SecretKey, backupHash, fromHex, openHandedBackup, openSealedShare, openShare, recoverPhrase, sealShare, signStatement, toHex } from '@epione/crypto'
import type { GuardianShare } from '@epione/crypto'
import { networkIdHex } from './context.ts'
import type { ClientContext } from './context.ts'
import { ClientError, isClientError, messageOf } from './errors.ts'
import type { ErrorDetails } from './errors.ts'
import type { GuardianContext } from './guardian-key.ts'
import type { ApprovalFile, OpenedRequest, RequestFile } from './recovery-files.ts'
import { readSafety } from './safety.ts'
import type { VerifiedGuardians, VerifiedRecovery, VerifiedSafety } from './safety.ts'
import { draftStatement } from './statements.ts'
import { submitAnywhere } from './submit.ts'
import type { Done, Written } from './submit.ts'

export interface RecoveryBegun { requestId: string, patientId: string, issue: number, threshold: number, guardians: number, /** Read to each guardian. */ fingerprint: string, request: RequestFile, secret: SecretKey }

/** Drafts a recovery request to a fresh key of this device; nothing reaches the ledger before guardians have signed it. */
export async function beginRecovery (context: ClientContext, patientId: string): Promise<RecoveryBegun> {
  const guardians = requireGuardians(await readSafety(context, patientId))
  const secret = SecretKey.random()
  const { issue, threshold } = guardians.body
  const { id, text } = draftStatement(context, 'RecoveryRequest', { patientId, issue, receivingKey: secret.publicKey().toHex() })
  return { requestId: id, patientId, issue, threshold, guardians: guardians.body.guardians.length, fingerprint: secret.publicKey().fingerprint(), request: { type: 'epione/recovery-request', networkId: networkIdHex(context), body: text }, secret }
}

/** What a guardian is asked to agree to. */
export interface RecoveryShown { patientId: string, issue: number, fingerprint: string }
export interface Agreement { /** As the recovering person reads it. */ fingerprint?: string, approve?: (shown: RecoveryShown) => Promise<boolean> }

/**
 * Signs a recovery request as a guardian and seals the guardian's own share to the device that asks, after its fingerprint was
 * compared. @throws {ClientError} RECOVERY_OUTDATED, GUARDIAN_UNKNOWN, SHARE_INVALID, FINGERPRINT_MISMATCH, FINGERPRINT_REQUIRED
 */
export async function approveRecovery (context: GuardianContext, { id, body }: OpenedRequest, agreement: Agreement): Promise<ApprovalFile> {
  const { patientId, issue } = body
  const { body: present } = requireGuardians(await readSafety(context, patientId))
  if (present.issue !== issue) throw new ClientError('RECOVERY_OUTDATED', `The request is for issue ${issue} of the guardians; the patient has named issue ${present.issue} since.`, { patientId })
  const own = context.keys.guardian(patientId)
  const index = present.guardians.findIndex((g) => g.signingKey === own.signing.publicKey().toHex())
  const entry = present.guardians[index]
  if (entry === undefined) throw new ClientError('GUARDIAN_UNKNOWN', `You are no guardian of patient ${patientId} now.`, { patientId })
  await requireAgreement({ patientId, issue, fingerprint: PublicKey.fromHex(body.receivingKey).fingerprint() }, agreement)
  const { gateway, value } = await context.gateways.askUntilFound((gateway) => gateway.lifetime.getShare(patientId, index, issue))
  const share = refuseShare({ party: { kind: 'gateway', mspId: gateway.info.mspId } }, () => openShare(own.receiving, fromHex(value.sealed), { patientId, issue, index, shareHash: fromHex(entry.shareHash) }))
  const [signature] = signStatement({ type: 'RecoveryRequest', networkId: context.networkId, body, keys: [own.signing] }).signatures
  if (signature === undefined) throw new TypeError('a signed statement has a signature')
  return { type: 'epione/recovery-approval', requestId: id, index, signature, share: toHex(sealShare(share, PublicKey.fromHex(body.receivingKey))) }
}

async function requireAgreement (shown: RecoveryShown, { fingerprint, approve }: Agreement): Promise<void> {
  const digits = (text: string): string => text.toLowerCase().replaceAll(/[^0-9a-f]/g, '')
  if (fingerprint !== undefined) {
    if (digits(fingerprint) === digits(shown.fingerprint)) return
    throw new ClientError('FINGERPRINT_MISMATCH', `The request comes from a device with fingerprint ${shown.fingerprint}, not ${fingerprint}: nothing was signed.`, { ...shown })
  }
  if (approve === undefined) throw new ClientError('FINGERPRINT_REQUIRED', 'Say --fingerprint as the recovering person reads it to you; there is no terminal to ask on.', { ...shown })
  if (!await approve(shown)) throw new ClientError('GRANT_DECLINED', 'Nothing was signed.', { ...shown })
}

/** A recovery as the device keeps it: its request, its key, and what guardians gave. */
export interface OwnRecovery { request: OpenedRequest, secret: SecretKey, approvals: readonly ApprovalFile[] }
export interface RecoverySubmitted extends Written { requestId: string, patientId: string, /** From then (ms) on hospitals hand out the backup. */ availableFrom?: number }

/** Puts the request on the ledger, signed by the guardians who approved. @throws {ClientError} SHARES_TOO_FEW, SHARE_INVALID, RECOVERY_OUTDATED and others */
export async function submitRecovery (context: ClientContext, recovery: OwnRecovery): Promise<Done<RecoverySubmitted>> {
  const { request: { id, text, body }, approvals } = recovery
  const { patientId } = body
  requireApprovals(recovery, requireGuardians(await readSafety(context, patientId)))
  // Shares are tried now, while guardians can still be asked again.
  openShares(recovery)
  const signatures = [...new Map(approvals.map(({ signature }) => [signature.key, signature])).values()]
  const own = { requestId: id, patientId }
  const done = await submitAnywhere<RecoverySubmitted>(context, {
    statementId: id,
    send: async (gateway) => ({ ...own, ...await gateway.lifetime.requestRecovery(patientId, { body: text, signatures }, id) }),
    recover: (written) => ({ ...own, ...written })
  })
  const shown = await findRecovery(context, recovery.request)
  return { ...done, ...(shown === undefined ? {} : { availableFrom: shown.availableFrom }) }
}

/** The request as it stands on the ledger, or `undefined`. */
export async function findRecovery (context: ClientContext, { id, body: { patientId } }: OpenedRequest): Promise<VerifiedRecovery | undefined> {
  return (await readSafety(context, patientId)).recoveries.find((r) => r.id === id)
}

/**
 * The phrase again, once the wait is over: hospitals hand out the encrypted backup, the guardians' shares open it.
 * @throws {ClientError} RECOVERY_PENDING (`availableFrom`), RECOVERY_STOPPED, RECOVERY_OUTDATED, SHARE_INVALID, SHARE_OUTDATED, SHARES_TOO_FEW, BACKUP_INVALID
 */
export async function finishRecovery (context: ClientContext, recovery: OwnRecovery): Promise<string> {
  const { request: { id, body: { patientId } }, secret } = recovery
  const guardians = requireGuardians(await readSafety(context, patientId))
  requireApprovals(recovery, guardians)
  const shares = openShares(recovery)
  const { issue, threshold, guardians: entries } = guardians.body
  const { gateway, value } = await context.gateways.askUntilFound(async (gateway) => withAvailableFrom(gateway.lifetime.getBackup(patientId, id)))
  const details: ErrorDetails = { party: { kind: 'gateway', mspId: gateway.info.mspId }, patientId }
  const backup = refuseShare(details, () => openHandedBackup(secret, fromHex(value.backup), id))
  if (toHex(backupHash(backup)) !== guardians.body.backupHash) throw new ClientError('BACKUP_INVALID', `${gateway.info.mspId} hands out another backup than the patient has signed for.`, details)
  try {
    return await recoverPhrase({ patientId, issue, threshold, shareHashes: entries.map((g) => fromHex(g.shareHash)), shares, backup })
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
    throw new ClientError('RECOVERY_PENDING', error.message, { ...error.details, ...(typeof availableFrom === 'number' ? { availableFrom } : {}) }, { cause: error })
  }
}

function requireGuardians ({ guardians, directory: { patientId } }: VerifiedSafety): VerifiedGuardians {
  if (guardians === undefined) throw new ClientError('GUARDIAN_UNKNOWN', `Patient ${patientId} has named no guardians.`, { patientId })
  return guardians
}

function requireApprovals ({ request: { id, body }, approvals }: OwnRecovery, { body: { issue, threshold, guardians } }: VerifiedGuardians): void {
  const { patientId } = body
  if (body.issue !== issue) throw new ClientError('RECOVERY_OUTDATED', `The request is for issue ${body.issue} of the guardians; the patient has named issue ${issue} since: begin again.`, { patientId })
  const foreign = approvals.find((a) => a.requestId !== id)
  if (foreign !== undefined) throw new ClientError('USAGE', `An approval is of another request (${foreign.requestId}).`, { patientId })
  const signers = new Set(approvals.map((a) => a.signature.key).filter((key) => guardians.some((g) => g.signingKey === key)))
  if (signers.size < threshold) throw new ClientError('SHARES_TOO_FEW', `${threshold} guardians must approve, here are ${signers.size}.`, { patientId, threshold, approvals: signers.size })
}

function openShares ({ request: { body: { patientId, issue } }, secret, approvals }: OwnRecovery): GuardianShare[] {
  return approvals.map(({ share, index }) => refuseShare({ party: { kind: 'guardian' }, patientId, guardian: index }, () => openSealedShare(secret, fromHex(share), { patientId, issue })))
}

function refuseShare<T> (details: ErrorDetails, open: () => T): T {
  try {
    return open()
  } catch (error) {
    throw asShareError(error, details)
  }
}

function asShareError (error: unknown, details: ErrorDetails): unknown {
  if (!(error instanceof CryptoError)) return error
  const code = error.code === 'SHARE_OUTDATED' || error.code === 'SHARES_TOO_FEW' || error.code === 'BACKUP_INVALID' ? error.code : 'SHARE_INVALID'
  return new ClientError(code, `The recovery does not open: ${messageOf(error)}.`, details, { cause: error })
}
