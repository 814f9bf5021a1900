import { DEVICES_MAX, LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { directoryKeys } from '@epione/protocol/verify'
import { parseKey } from './directory-rules.ts'
import { requireSigners } from './statement-acceptance.ts'
import type { Device, DeviceEndEntry, DeviceState, StoredStatement } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { AcceptedStatement } from './statement-acceptance.ts'
import type { DeviceHead, DirectoryHead, StoredDevice } from './stored.ts'

export const deviceOf = ({ device: { statement: { body } } }: DeviceState): Device => JSON.parse(body) as Device

async function find (ctx: LedgerContext, patientId: string, deviceId: string): Promise<StoredDevice> {
  return await ctx.state.get<StoredDevice>(LEDGER_KEYS.device(patientId, deviceId)) ?? {}
}

export function isDevice (stored: StoredDevice): stored is DeviceState {
  return stored.device !== undefined
}

/** One of the patient's, with its end; undefined where there is none. */
export async function findDevice (ctx: LedgerContext, patientId: string, deviceId: string): Promise<DeviceState | undefined> {
  const stored = await find(ctx, patientId, deviceId)
  return isDevice(stored) ? stored : undefined
}

/** @throws {LedgerError} DEVICE_UNKNOWN */
export async function loadDevice (ctx: LedgerContext, patientId: string, deviceId: string): Promise<DeviceState> {
  const device = await findDevice(ctx, patientId, deviceId)
  if (device === undefined) throw new LedgerError('DEVICE_UNKNOWN', `Patient ${patientId} has or had no device ${deviceId}; add it first.`)
  return device
}

/** Whether nothing comes of a device any more at a time (ms). */
export function isOver (device: DeviceState, time: number): boolean {
  return device.end !== undefined || time > deviceOf(device).notAfter
}

/** A device that may write now. @throws {LedgerError} DEVICE_UNKNOWN, DEVICE_ENDED, DEVICE_NOT_IN_FORCE */
export async function requireDevice (ctx: LedgerContext, patientId: string, deviceId: string): Promise<Device> {
  const state = await loadDevice(ctx, patientId, deviceId)
  if (state.end !== undefined) throw ended(deviceId, state.end)
  const device = deviceOf(state)
  if (device.notBefore <= ctx.time && ctx.time <= device.notAfter) return device
  throw new LedgerError(
    'DEVICE_NOT_IN_FORCE',
    `Device ${deviceId} may write from ${String(device.notBefore)} to ${String(device.notAfter)} ms; its patient adds another one.`
  )
}

function ended (deviceId: string, { id }: StoredStatement): LedgerError {
  return new LedgerError('DEVICE_ENDED', `Device ${deviceId} was ended by statement ${id}: its patient adds another one.`)
}

/**
 * Adds a device that patient and device have signed; its key is its own, and no other's before or after.
 * @throws {LedgerError} STATEMENT_INVALID, COMPARTMENT_UNKNOWN, DEVICE_CONFLICT, DEVICE_ENDED, DEVICES_TOO_MANY
 */
export async function addDevice (
  ctx: LedgerContext, { id, body, stored }: AcceptedStatement<'Device'>, directory: DirectoryHead
): Promise<DeviceState> {
  const { patientId, key, label, notAfter } = body
  if (notAfter <= ctx.time) throw new LedgerError('STATEMENT_INVALID', 'Choose an end that is not in the past.')
  parseKey(key)
  if (directoryKeys(directory).includes(key)) {
    throw new LedgerError('STATEMENT_INVALID', 'Give the device a key of its own, none of the patient\'s.')
  }
  if (!directory.compartments.some((c) => c.label === label)) {
    throw new LedgerError('COMPARTMENT_UNKNOWN', `The patient's directory lists no compartment ${label}.`)
  }
  if (await ctx.state.get(LEDGER_KEYS.deviceKey(key)) !== undefined) {
    throw new LedgerError('DEVICE_CONFLICT', 'Make a new key on the device: this one is or was a device\'s.')
  }
  const { end } = await find(ctx, patientId, id)
  if (end !== undefined) throw ended(id, end)
  const living = (await readHead(ctx, patientId)).living.filter((d) => d.notAfter >= ctx.time)
  if (living.length >= DEVICES_MAX) {
    throw new LedgerError('DEVICES_TOO_MANY', `Patient ${patientId} has ${String(living.length)} devices: end one first.`)
  }
  const device: DeviceState = { device: stored }
  await ctx.state.put(LEDGER_KEYS.device(patientId, id), device)
  await ctx.state.put(LEDGER_KEYS.deviceKey(key), { deviceId: id })
  await ctx.state.put(LEDGER_KEYS.deviceHead(patientId), { living: [...living, { deviceId: id, notAfter }] } satisfies DeviceHead)
  return device
}

/**
 * By the patient, also of one that has not come yet, or by the device's own key. The latter reads what each of its segments writes, so that
 * nobody has an end endorsed, lets the device write, and orders the end then: what was written would be nobody's. The first end stays.
 * @throws {LedgerError} SIGNATURE_INVALID, DEVICE_UNKNOWN
 */
export async function endDevice (
  ctx: LedgerContext, accepted: AcceptedStatement<'DeviceEnd'>, { identityKey }: DirectoryHead
): Promise<{ entry: DeviceEndEntry, isFirst: boolean }> {
  const { body: { patientId, deviceId }, signers, stored } = accepted
  if (signers.join() !== identityKey) {
    const { key } = deviceOf(await loadDevice(ctx, patientId, deviceId))
    requireSigners(accepted, [key], 'the patient\'s identity key, or the device\'s own')
    await ctx.state.has(LEDGER_KEYS.deviceAct(patientId, deviceId))
  }
  const known = await find(ctx, patientId, deviceId)
  if (known.end !== undefined) return { entry: { patientId, deviceId, end: known.end }, isFirst: false }
  await ctx.state.put(LEDGER_KEYS.device(patientId, deviceId), { ...known, end: stored } satisfies StoredDevice)
  if (isDevice(known)) {
    const { living } = await readHead(ctx, patientId)
    await ctx.state.put(LEDGER_KEYS.deviceHead(patientId), { living: living.filter((d) => d.deviceId !== deviceId) } satisfies DeviceHead)
  }
  return { entry: { patientId, deviceId, end: stored }, isFirst: true }
}

async function readHead (ctx: LedgerContext, patientId: string): Promise<DeviceHead> {
  return await ctx.state.get<DeviceHead>(LEDGER_KEYS.deviceHead(patientId)) ?? { living: [] }
}
