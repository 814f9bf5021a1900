import { backupHash, fromHex, sealedShareHash, toHex } from '@epione/crypto'
import type { Guardians } from '@epione/protocol'
import type { VerifiedGuardians } from '@epione/protocol/verify'
import type { PatientContext } from '../context/context.ts'
import { ClientError, isClientError, messageOf } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import type { Escrow, KeptEscrow } from '@epione/protocol/api'
import { authorizePatient } from '../context/session.ts'

/** Whether a hospital keeps the very bytes that the patient signed for, none, or others. */
export type Held = 'held' | 'missing' | 'wrong'

/** What one hospital has of what a recovery needs. */
export interface HospitalCheck {
  mspId: string
  /** `outdated`: its ledger shows other guardians than the newest; `refused`: it answered, and its answer was refused or no help. */
  state: 'complete' | 'incomplete' | 'outdated' | 'away' | 'refused'
  backup?: Held
  /** In the guardians' order. */
  shares?: Held[]
  problem?: string
}

export interface LookedAt { check: HospitalCheck, /** The bytes as the hospital keeps them. */ kept?: KeptEscrow }

/**
 * A majority of the hospitals must keep an escrow: the ledger takes a recovery only while a majority is there, and any two
 * majorities have a hospital in common. So whenever a recovery can be asked for at all, one that can be reached keeps what it needs.
 */
export function holdersNeeded (hospitals: number): number {
  return Math.floor(hospitals / 2) + 1
}

/** Asks one hospital, as the patient, for all that it keeps, and compares each byte with the statement's hashes. */
export async function lookAtEscrow (context: PatientContext, gateway: GatewayApi, { id, body }: VerifiedGuardians): Promise<LookedAt> {
  const { mspId } = gateway.info
  try {
    const kept = await gateway.lifetime.getEscrow(context.patientId, authorizePatient(context))
    if (kept.statementId !== id) {
      return { check: { mspId, state: 'outdated', problem: `shows guardians of issue ${kept.issue}, statement ${kept.statementId}` } }
    }
    const [backup, shares] = [
      backupHeld(body, kept.backup),
      body.guardians.map((_guardian, index) => shareHeld(body, index, kept.shares[index] ?? null))
    ]
    const isComplete = backup === 'held' && shares.every((held) => held === 'held')
    return { check: { mspId, state: isComplete ? 'complete' : 'incomplete', backup, shares }, kept }
  } catch (error) {
    return { check: failed(gateway, error) }
  }
}

/** A hospital that could not be asked, or whose answer is of no use. @throws what is not a `ClientError` */
export function failed ({ info: { mspId } }: GatewayApi, error: unknown): HospitalCheck {
  if (!isClientError(error)) throw error
  return { mspId, state: isClientError(error, 'UNAVAILABLE') ? 'away' : 'refused', problem: messageOf(error) }
}

/**
 * Sealed bytes that a hospital handed out are those which the patient signed for. @throws {ClientError} SHARE_INVALID naming the hospital
 */
export function requireSealedShare ({ info: { mspId } }: GatewayApi, guardians: Guardians, index: number, sealed: string): void {
  if (isSealedShare(guardians, index, sealed)) return
  throw new ClientError('SHARE_INVALID', `${mspId} hands out another share of guardian ${index + 1} than the patient has signed for.`, {
    party: { kind: 'gateway', mspId },
    patientId: guardians.patientId,
    guardian: index + 1
  })
}

/** The whole escrow of what several hospitals keep, or `undefined` when a part of it is nowhere right. */
export function assembleEscrow ({ body }: VerifiedGuardians, looks: readonly LookedAt[]): Escrow | undefined {
  const find = (
    right: (kept: KeptEscrow) => string | null | undefined
  ): string | undefined => looks.flatMap(({ kept }) => kept === undefined ? [] : right(kept) ?? []).at(0)
  const backup = find((kept) => backupHeld(body, kept.backup) === 'held' ? kept.backup : null)
  const shares = body.guardians.flatMap((_guardian, index) =>
    find((kept) => shareHeld(body, index, kept.shares[index] ?? null) === 'held' ? kept.shares[index] : null) ?? [])
  return backup === undefined || shares.length !== body.guardians.length ? undefined : { backup, shares }
}

export function isSealedShare (guardians: Guardians, index: number, sealed: string): boolean {
  return shareHeld(guardians, index, sealed) === 'held'
}

function backupHeld ({ backupHash: committed }: Guardians, backup: string | null): Held {
  if (backup === null) return 'missing'
  return toHex(backupHash(fromHex(backup))) === committed ? 'held' : 'wrong'
}

function shareHeld ({ guardians }: Guardians, index: number, sealed: string | null): Held {
  if (sealed === null) return 'missing'
  return toHex(sealedShareHash(fromHex(sealed))) === guardians[index]?.sealedHash ? 'held' : 'wrong'
}
