import type { SentWindow, WindowsKept } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { catchUp, CATCH_UP_MS } from '../catch-up.ts'
import { erasedRefusal, isAnyErased } from '../records/erased-compartments.ts'
import { checkWindows } from './check-windows.ts'
import type { CheckedWindow } from './check-windows.ts'
import type { DeviceCaller } from './devices.ts'
import { conflict, judgeWindows } from './judge-windows.ts'
import type { Batch } from './judge-windows.ts'
import { requireNext } from './next-window.ts'
import { signReceipt } from './window-receipts.ts'
import { findKnown, keepWindows } from './windows.ts'
import type { Bringer } from './windows.ts'

/** What the own peer may not know yet of what its neighbour committed a moment ago. */
const LATE = ['DEVICE_UNKNOWN', 'COMPARTMENT_OUTDATED', 'PATIENT_UNKNOWN']

/**
 * Takes windows from the device that made them: in the order of their stream, kept here and at a second hospital, and both say so under
 * their proxies' keys (I8, first grade). Sent again they are answered again.
 * @throws {GatewayError} WINDOW_OUT_OF_ORDER with the number expected, WINDOW_CONFLICT, RECORD_ENDED, TOO_MANY_REQUESTS, QUOTA_EXCEEDED,
 * COPY_UNAVAILABLE, and what is wrong with a window @throws {LedgerError} DEVICE_ENDED, COMPARTMENT_OUTDATED and others
 */
export async function takeWindows (
  app: FastifyInstance,
  { patientId, deviceId }: DeviceCaller,
  stream: string,
  { windows: sent, gap = false }: { windows: readonly SentWindow[], gap?: boolean }
): Promise<WindowsKept> {
  const { clock } = app.ports
  const windows = checkWindows(sent, app.networkId)
  const batch = requireBatch(windows)
  if (batch.stream !== stream) throw new GatewayError('REQUEST_INVALID', 'the windows are of another stream')
  if (batch.deviceId !== deviceId) throw new GatewayError('NOT_PERMITTED', 'the windows are of another device')
  const ids = windows.map(({ id }) => id)
  const copy = await app.windows.turns.take(stream, async () => {
    const device = await app.windows.devices.find(patientId, deviceId)
    const { next, registered } = await judgeWindows(app, batch, device)
    if (next.length > 0) await requireNext(app.store.db, { stream, registered }, next, gap)
    // The copy first: what lies here as acknowledged is at two hospitals, whenever this process dies.
    const copy = await app.windows.copies.copy(sent, ids)
    await store(app, { ...batch, label: device.label }, { owner: `device:${deviceId}`, isAcknowledged: true })
    return copy
  })
  app.windows.tell({ stream, number: windows.at(-1)?.body.number ?? 0 })
  const own = signReceipt(app.proxy.context, ids)
  return {
    grade: 'stored',
    receipts: [{ mspId: app.config.mspId, statement: own }, copy],
    numbers: windows.map(({ body }) => body.number),
    time: clock()
  }
}

/**
 * Takes copies that another hospital's gateway brings, of any streams; in which order they come is none of this one's business. Each stream
 * is judged alone: returns the windows of those that are taken. @throws {GatewayError} and @throws {LedgerError} of the first stream where
 * none is
 */
export async function takeCopies (app: FastifyInstance, caller: string, sent: readonly SentWindow[]): Promise<readonly CheckedWindow[]> {
  const streams = Map.groupBy(sent, ({ statement: { body } }) => streamOf(body))
  const outcomes = await Promise.allSettled([...streams.values()].map(async (windows) => await takeCopy(app, caller, windows)))
  const taken = outcomes.flatMap((outcome) => outcome.status === 'fulfilled' ? outcome.value : [])
  const [failed] = outcomes.filter((outcome) => outcome.status === 'rejected')
  if (failed !== undefined && taken.length === 0) throw failed.reason
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') app.log.warn({ err: outcome.reason as unknown, caller }, 'copies of a stream\'s windows were refused')
  }
  return taken
}

/** The stream of which a window says that it is; nothing of it is proven. */
function streamOf (text: string): unknown {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && 'stream' in body ? body.stream : undefined
  } catch {
    // No statement: that is told with its code where it is checked.
    return undefined
  }
}

async function takeCopy (app: FastifyInstance, caller: string, sent: readonly SentWindow[]): Promise<readonly CheckedWindow[]> {
  const windows = checkWindows(sent, app.networkId)
  const batch = requireBatch(windows)
  await app.windows.turns.take(batch.stream, async () => {
    const { label } = await catchUp(LATE, CATCH_UP_MS, async () => {
      const device = await app.windows.devices.find(batch.patientId, batch.deviceId)
      await judgeWindows(app, batch, device)
      return device
    })
    await store(app, { ...batch, label }, { owner: `peer:${caller}`, isAcknowledged: false })
  })
  app.windows.tell({ stream: batch.stream, number: windows.at(-1)?.body.number ?? 0 })
  return windows
}

function requireBatch (windows: readonly CheckedWindow[]): Batch {
  const [first] = windows
  if (first === undefined) throw new GatewayError('REQUEST_INVALID', 'send at least one window')
  const { stream, patientId, deviceId } = first.body
  return { stream, patientId, deviceId, windows }
}

/** @throws {GatewayError} WINDOW_CONFLICT, QUOTA_EXCEEDED, STORAGE_FULL, COMPARTMENT_ERASED */
async function store (app: FastifyInstance, batch: Batch & { label: string }, bringer: Bringer): Promise<void> {
  const { stream, windows, patientId, label } = batch
  const now = app.ports.clock()
  await app.windows.room.take(batch, bringer)
  // Its compartment may have been erased since it was judged: a copy may take long, and nothing destroys what comes after.
  const places = windows.map(({ body: { epoch } }) => ({ label, epoch }))
  const conflicts = await app.store.commits.run(async (trx) =>
    await isAnyErased(trx, patientId, places) ? undefined : await keepWindows(trx, windows, bringer, now))
  if (conflicts === undefined) {
    throw await erasedRefusal(app, patientId, places) ?? new Error('a compartment was erased by an order that is not there')
  }
  const [number] = conflicts
  if (number !== undefined) throw conflict(number, (await findKnown(app.store.db, stream, [number])).get(number)?.statement_id)
}
