import type { VerifiedDirectory } from '@epione/protocol/verify'
import { currentTime } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { ClientError, isClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { readDirectory } from './directory.ts'

/** What may stand in the way of a change that others will put in force. */
const HELD_OFF = ['REFUSED', 'CHANGE_PENDING', 'PATIENT_FROZEN', 'STATEMENT_NOT_COMMITTED', 'UNAVAILABLE', 'NOT_FOUND'] as const

export interface PutInForce { directory: VerifiedDirectory, written: { txId?: string, blockNumber?: number } }

/**
 * Asks one gateway after the other until two organisations show the waiting version in force, so that none holds it off: who refuses, is
 * silent or only says so has the next one asked. @throws {ClientError} REFUSED (CHANGE_PENDING, CHANGE_STOPPED, CHANGE_UNKNOWN),
 * STATEMENT_NOT_COMMITTED
 */
export async function activatePending (context: PatientContext, { pending }: VerifiedDirectory): Promise<PutInForce> {
  const { patientId, gateways } = context
  const { value } = await gateways.askUntilRight(async (gateway) => {
    const written = await activateAt(gateway, patientId, pending !== undefined)
    const directory = await readDirectory(context, patientId)
    if (pending === undefined || directory.versions.some(({ id }) => id === pending.id)) return { directory, written }
    const { mspId } = gateway.info
    const message = `${mspId} says that the new identity key is in force; two organisations do not show it.`
    throw new ClientError('STATEMENT_NOT_COMMITTED', message, { party: { kind: 'gateway', mspId }, patientId })
  })
  return value
}

/** The own directory with a change in force that has waited long enough, so that the former key counts no longer than it must. */
export async function activateDue (context: PatientContext, directory: VerifiedDirectory): Promise<VerifiedDirectory> {
  const { pending } = directory
  if (pending === undefined || pending.stopped || currentTime(context) < pending.activeFrom) return directory
  try {
    return (await activatePending(context, directory)).directory
  } catch (error) {
    // The key in force goes on: no hospital, or this device's clock, makes everything else wait for it.
    if (!isClientError(error, ...HELD_OFF)) throw error
    return directory
  }
}

async function activateAt (gateway: GatewayApi, patientId: string, isKnown: boolean): Promise<PutInForce['written']> {
  try {
    const { txId, blockNumber } = await gateway.lifetime.activateDirectory(patientId)
    return { txId, blockNumber }
  } catch (error) {
    // Somebody else was faster, or it lies: the directory tells.
    if (isKnown && isClientError(error) && error.details['gatewayCode'] === 'CHANGE_UNKNOWN') return {}
    throw error
  }
}
