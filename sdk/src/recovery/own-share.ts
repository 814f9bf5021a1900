import type { Guardians } from '@epione/protocol'
import { CryptoError, fromHex, openShare } from '@epione/crypto'
import type { GuardianKeys, GuardianShare, SecretKey } from '@epione/crypto'
import { ClientError, messageOf } from '../errors.ts'
import type { ErrorDetails } from '../errors.ts'
import { failed, isSealedShare, requireSealedShare } from './escrow.ts'
import type { Held } from './escrow.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { orNotFound } from '../gateways/gateways.ts'
import type { GuardianContext } from './guardian-key.ts'
import { readSafety, requireGuardiansOf } from '../keys/safety.ts'

/** A guardian's place in the patient's statement. @throws {ClientError} GUARDIAN_UNKNOWN */
export function placeOf ({ patientId, guardians }: Guardians, { signing }: GuardianKeys): number {
  const key = signing.publicKey().toHex()
  const index = guardians.findIndex((g) => g.signingKey === key)
  if (index < 0) throw new ClientError('GUARDIAN_UNKNOWN', `You are no guardian of patient ${patientId} now.`, { patientId })
  return index
}

/** A guardian's own share, from the first hospital that keeps the bytes which the patient signed for. */
export async function fetchShare (
  context: GuardianContext,
  guardians: Guardians,
  index: number,
  receiving: SecretKey
): Promise<{ share: GuardianShare, warnings: string[] }> {
  const { patientId, issue } = guardians
  const { value, passedOver } = await context.gateways.askUntilRight(async (gateway) => {
    const { sealed } = await gateway.lifetime.getShare(patientId, index, issue)
    requireSealedShare(gateway, guardians, index, sealed)
    return sealed
  })
  return { share: openOwnShare(guardians, index, receiving, value), warnings: passedOver.map(messageOf) }
}

/**
 * Opens a sealed share whose bytes the patient signed for: when it does not open, the patient sealed it so. @throws {ClientError}
 * SHARE_INVALID
 */
function openOwnShare ({ patientId, issue, guardians }: Guardians, index: number, receiving: SecretKey, sealed: string): GuardianShare {
  const shareHash = fromHex(guardians[index]?.shareHash ?? '')
  return refuseShare({
    party: { kind: 'patient', patientId }
  }, () => openShare(receiving, fromHex(sealed), { patientId, issue, index, shareHash }))
}

/** What a guardian finds of the own share. */
export interface ShareCheck {
  patientId: string
  issue: number
  /** The guardian's place in the patient's statement, counted from 1 as everywhere where people read it. */
  guardian: number
  threshold: number
  hospitals: Array<{ mspId: string, share: Held | 'away' | 'refused', problem?: string }>
  warnings?: string[]
}

/**
 * Fetches the own share from every hospital, and opens it. @throws {ClientError} GUARDIAN_UNKNOWN, SHARE_INVALID, RECOVERY_IMPOSSIBLE when
 * none keeps it
 */
export async function checkShare (context: GuardianContext, patientId: string): Promise<ShareCheck> {
  const { body } = requireGuardiansOf(await readSafety(context, patientId))
  const keys = context.keys.guardian(patientId)
  const guardian = placeOf(body, keys)
  const looks = await Promise.all(context.gateways.all.map((gateway) => lookAtShare(gateway, body, guardian)))
  const hospitals = looks.map((look) => look.hospital)
  const check = { patientId, issue: body.issue, guardian: guardian + 1, threshold: body.threshold, hospitals }
  const sealed = looks.find((look) => look.hospital.share === 'held')?.sealed
  if (sealed === undefined) {
    throw new ClientError(
      'RECOVERY_IMPOSSIBLE',
      'No hospital that can be reached keeps your share: tell the patient, who runs "epione patient guardians check --repair".',
      { ...check }
    )
  }
  openOwnShare(body, guardian, keys.receiving, sealed)
  const warnings = hospitals.flatMap((
    { mspId, share, problem }
  ) => share === 'held' ? [] : [`${mspId}: the share is ${share}${problem === undefined ? '' : ` (${problem})`}.`])
  return { ...check, ...(warnings.length === 0 ? {} : { warnings }) }
}

async function lookAtShare (
  gateway: GatewayApi,
  guardians: Guardians,
  index: number
): Promise<{ hospital: ShareCheck['hospitals'][number], sealed?: string }> {
  const { mspId } = gateway.info
  try {
    const kept = await orNotFound(gateway.lifetime.getShare(guardians.patientId, index, guardians.issue))
    if (kept === undefined) return { hospital: { mspId, share: 'missing' } }
    return isSealedShare(guardians, index, kept.sealed)
      ? { hospital: { mspId, share: 'held' }, sealed: kept.sealed }
      : { hospital: { mspId, share: 'wrong' } }
  } catch (error) {
    const { state, problem } = failed(gateway, error)
    return { hospital: { mspId, share: state === 'away' ? 'away' : 'refused', ...(problem === undefined ? {} : { problem }) } }
  }
}

export function refuseShare<T> (details: ErrorDetails, open: () => T): T {
  try {
    return open()
  } catch (error) {
    throw asShareError(error, details)
  }
}

export function asShareError (error: unknown, details: ErrorDetails): unknown {
  if (!(error instanceof CryptoError)) return error
  const code = error.code === 'SHARE_OUTDATED' || error.code === 'SHARES_TOO_FEW' || error.code === 'BACKUP_INVALID'
    ? error.code
    : 'SHARE_INVALID'
  return new ClientError(code, `The recovery does not open: ${messageOf(error)}.`, details, { cause: error })
}
