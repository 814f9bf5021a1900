import { PublicKey, sealShare, signStatement, toHex } from '@epione/crypto'
import type { GuardianContext } from './guardian-key.ts'
import { ClientError } from '../errors.ts'
import { fetchShare, placeOf } from './own-share.ts'
import type { ApprovalFile, OpenedRequest } from './recovery-files.ts'
import { readSafety, requireGuardiansOf } from '../keys/safety.ts'

/** What a guardian is asked to agree to. */
export interface RecoveryShown { patientId: string, issue: number, fingerprint: string }
export interface Agreement {
  /** As the recovering person reads it. */ fingerprint?: string
  approve?: (shown: RecoveryShown) => Promise<boolean>
}

/**
 * Signs a recovery request as a guardian and seals the guardian's own share to the device that asks, after its fingerprint was
 * compared. @throws {ClientError} RECOVERY_OUTDATED, GUARDIAN_UNKNOWN, SHARE_INVALID, FINGERPRINT_MISMATCH, FINGERPRINT_REQUIRED
 */
export async function approveRecovery (
  context: GuardianContext,
  { id, body }: OpenedRequest,
  agreement: Agreement
): Promise<{ approval: ApprovalFile, warnings: string[] }> {
  const { patientId, issue } = body
  const { body: present } = requireGuardiansOf(await readSafety(context, patientId))
  if (present.issue !== issue) {
    throw new ClientError(
      'RECOVERY_OUTDATED',
      `The request is for issue ${issue} of the guardians; the patient has named issue ${present.issue} since.`,
      { patientId }
    )
  }
  const own = context.keys.guardian(patientId)
  const index = placeOf(present, own)
  await requireAgreement({ patientId, issue, fingerprint: PublicKey.fromHex(body.receivingKey).fingerprint() }, agreement)
  const { share, warnings } = await fetchShare(context, present, index, own.receiving)
  const [signature] = signStatement({ type: 'RecoveryRequest', networkId: context.networkId, body, keys: [own.signing] }).signatures
  if (signature === undefined) throw new TypeError('a signed statement has a signature')
  return {
    approval: {
      type: 'epione/recovery-approval',
      requestId: id,
      index,
      signature,
      share: toHex(sealShare(share, PublicKey.fromHex(body.receivingKey)))
    },
    warnings
  }
}

async function requireAgreement (shown: RecoveryShown, { fingerprint, approve }: Agreement): Promise<void> {
  const digits = (text: string): string => text.toLowerCase().replaceAll(/[^0-9a-f]/g, '')
  if (fingerprint !== undefined) {
    if (digits(fingerprint) === digits(shown.fingerprint)) return
    throw new ClientError(
      'FINGERPRINT_MISMATCH',
      `The request comes from a device with fingerprint ${shown.fingerprint}, not ${fingerprint}: nothing was signed. Compare it once more with who recovers, in person.`,
      { ...shown }
    )
  }
  if (approve === undefined) {
    throw new ClientError(
      'FINGERPRINT_REQUIRED',
      'Say --fingerprint as the recovering person reads it to you; there is no terminal to ask on.',
      { ...shown }
    )
  }
  if (!await approve(shown)) throw new ClientError('DECLINED', 'Nothing was signed.', { ...shown })
}
