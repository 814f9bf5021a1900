import { LedgerError, TIMESTAMP_TOLERANCE_MS } from '@epione/protocol'
import { WINDOWS_MAX } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { checkTimes } from '../http/admission.ts'
import { erasedRefusal } from '../records/erased-compartments.ts'
import type { CheckedWindow } from './check-windows.ts'
import { requireInPeriod } from './devices.ts'
import type { KnownDevice } from './devices.ts'
import { findHead, findKnown } from './windows.ts'

/** Windows of one stream as they came in one request. */
export interface Batch { stream: string, patientId: string, deviceId: string, windows: readonly CheckedWindow[] }

/** Those that are to be taken, after the last number that a segment has (0 before the first). */
export interface JudgedWindows { registered: number, next: CheckedWindow[] }

/** Seconds after which a device that is ahead of the time may send again. */
const RETRY_AFTER_SECONDS = 60

/**
 * Whether they may lie here: of this device, signed by it alone, in time, for the newest epoch, of a stream that is not ended. Returns
 * those that were not acknowledged here yet, and are in no segment, and the last number that a segment has.
 * @throws {GatewayError} SIGNATURE_INVALID, WINDOW_CONFLICT, RECORD_ENDED, STATEMENT_EXPIRED, TOO_MANY_REQUESTS, COMPARTMENT_ERASED with
 * the patient's order @throws {LedgerError} DEVICE_NOT_IN_FORCE, COMPARTMENT_OUTDATED
 */
export async function judgeWindows (app: FastifyInstance, batch: Batch, device: KnownDevice): Promise<JudgedWindows> {
  const { store: { db }, ports: { clock } } = app
  const { windows } = batch
  for (const window of windows) requireOfDevice(window, device)
  const registered = await requireLiveStream(app, batch)
  const known = await findKnown(db, batch.stream, windows.map(({ body }) => body.number))
  for (const { id, body } of windows) {
    const there = known.get(body.number)
    if (there === undefined) await requireTakeable(app, body, device, { registered, now: clock() })
    else if (there.statement_id !== id) throw conflict(body.number, there.statement_id)
  }
  return { registered, next: windows.filter(({ body: { number } }) => number > registered && known.get(number)?.acknowledged !== 1) }
}

function requireOfDevice ({ body, signers }: CheckedWindow, { patientId, key }: KnownDevice): void {
  if (body.patientId !== patientId) throw new GatewayError('REQUEST_INVALID', 'the device is another patient\'s')
  if (signers.join() !== key) throw new GatewayError('SIGNATURE_INVALID', 'the window is not signed by its device alone')
}

/** The last number that a segment of it has, 0 before the first. @throws {GatewayError} RECORD_ENDED */
async function requireLiveStream ({ store: { db } }: FastifyInstance, { stream }: Batch): Promise<number> {
  const head = await findHead(db, stream)
  if (head?.ended === 1) {
    throw new GatewayError('RECORD_ENDED', `stream ${stream} was ended: nothing of it is kept or given, begin another`)
  }
  return head?.last_number ?? 0
}

async function requireTakeable (
  app: FastifyInstance, body: CheckedWindow['body'], device: KnownDevice, { registered, now }: { registered: number, now: number }
): Promise<void> {
  if (body.number <= registered) {
    throw new GatewayError('WINDOW_CONFLICT', `the ledger has windows up to ${String(registered)} already: go on after them`, {
      extensions: { expected: registered + 1 }
    })
  }
  requireInPeriod(device, now)
  const { patientId, label, epoch } = device
  // Before its times: what was erased is never taken, and may be older than it may be sent.
  if (body.epoch !== epoch) {
    throw await erasedRefusal(app, patientId, [{ label, epoch: body.epoch }]) ??
      new LedgerError('COMPARTMENT_OUTDATED', `the newest epoch of compartment ${label} is ${String(epoch)}: seal for that one`)
  }
  if (checkTimes(body, now)) {
    throw new GatewayError('STATEMENT_EXPIRED', `window ${String(body.number)} could be sent until ${String(body.submitBefore)}: sign it anew`)
  }
  requirePossible(body.number, device, now)
}

/** A device cannot have measured more windows than time has passed. @throws {GatewayError} TOO_MANY_REQUESTS */
function requirePossible (number: number, { notBefore, shortestWindowMs }: KnownDevice, now: number): void {
  const most = Math.floor((now + TIMESTAMP_TOLERANCE_MS - notBefore) / shortestWindowMs) + WINDOWS_MAX
  if (number <= most) return
  const detail = `the device's windows have at least ${String(shortestWindowMs)} ms: number ${String(number)} is none yet`
  throw new GatewayError('TOO_MANY_REQUESTS', detail, { retryAfterSeconds: RETRY_AFTER_SECONDS })
}

/** `windowId`: of the one that lies here, so that a device which signed it twice takes up the first. */
export function conflict (number: number, windowId?: string): GatewayError {
  const detail = `another window ${String(number)} of this stream lies here: one device writes a stream, and each number once`
  return new GatewayError('WINDOW_CONFLICT', detail, { extensions: { number, ...(windowId !== undefined && { windowId }) } })
}
