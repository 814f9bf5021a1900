import type { DeviceState } from '@epione/protocol'
import type { ClientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'

/** What two organisations show of a patient's device, not yet proven. @throws {ClientError} NOT_FOUND */
export async function readShownDevice (context: ClientContext, patientId: string, deviceId: string): Promise<DeviceState> {
  const shown = await context.gateways.askTwo(`device ${deviceId}`,
    (gateway) => gateway.getDevice(patientId, deviceId),
    ({ device, end }) => [device.id, device.statement.body, end?.id ?? '', end?.statement.body ?? ''])
  if (shown !== undefined) return shown
  throw new ClientError('NOT_FOUND', `Patient ${patientId} has no device ${deviceId}.`, { patientId, deviceId })
}
