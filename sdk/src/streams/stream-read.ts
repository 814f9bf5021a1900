import { openWrapOriginal } from '@epione/crypto'
import { windowPlace } from '@epione/protocol'
import type { ShownWindow } from '@epione/protocol/api'
import { verifyDevice } from '@epione/protocol/verify'
import type { VerifiedDevice, VerifiedDirectory } from '@epione/protocol/verify'
import type { ClientContext, PatientContext, PractitionerContext } from '../context/context.ts'
import { judged } from '../context/judge.ts'
import { authorizeAs } from '../context/session.ts'
import { ClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { compartmentKey } from '../keys/own-keys.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { ledgerGrounds } from '../records/record-read.ts'
import { openWrap } from '../records/record-open.ts'
import { assembleStream } from './assemble-stream.ts'
import type { OpenedWindow, StreamRead } from './assemble-stream.ts'
import { proveStored, readHeads, readStored } from './stored-windows.ts'
import type { StoredPages, StreamHead } from './stored-windows.ts'
import { readStreamSegments } from './stream-list.ts'
import type { VerifiedSegment } from './stream-list.ts'
import { openWindow, proveSegment } from './stream-windows.ts'
import type { ProvenWindow } from './stream-windows.ts'

export interface StreamWanted {
  readonly stream: string
  /** Only what was measured in this time, ms; by default all. */
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
  /** Called with how many windows were opened. */
  readonly onProgress?: (windows: number) => void
}

/**
 * A patient reads an own stream: every segment proven and whole, in order, then what two hospitals have and no segment names yet.
 * @throws {ClientError} NOT_FOUND, WINDOWS_INVALID, SEALED_WRONGLY
 */
export async function readOwnStream (context: PatientContext, wanted: StreamWanted): Promise<StreamRead> {
  const directory = await readOwnDirectory(context)
  // Before the segments: what is registered in between is no fault of whoever lists them.
  const heads = await readHeads(context, wanted.stream)
  const segments = await segmentsFrom(context, context.patientId, wanted)
  requireAny(wanted.stream, segments, heads)
  const head = segments.at(-1)?.segment.last ?? 0
  const stored = await readStored(context, wanted.stream, head)
  const device = await readDevice(context, directory, deviceOf(wanted.stream, segments, stored))
  const windows: OpenedWindow[] = []
  for (const segment of segments.filter(({ end }) => end === undefined)) {
    for (const window of await fetchSegment(context, segment)) {
      windows.push(await openOfSegment(context, segment, window))
      wanted.onProgress?.(windows.length)
    }
  }
  for (const window of proveStored(context, device, { stream: wanted.stream, after: head }, stored)) {
    windows.push({ ...await openStored(context, device, window), grade: 'stored' })
    wanted.onProgress?.(windows.length)
  }
  const { stream, fromMs, toMs } = wanted
  return assembleStream({ stream, patientId: context.patientId, device, segments, heads, windows, fromMs, toMs })
}

/** @throws {ClientError} MANIFEST_INVALID when segments of a stream were listed to nobody, and another organisation knows of some */
function requireAny (stream: string, segments: readonly VerifiedSegment[], [head]: readonly StreamHead[]): void {
  if (head === undefined || segments.length > 0) return
  throw new ClientError('MANIFEST_INVALID', `No segment of stream ${stream} was listed, and ${head.mspId} knows ${head.version}: do it again, or through another gateway.`, {
    party: { kind: 'gateway' }, stream, version: head.version
  })
}

/** Segments that may have what was measured since `fromMs`: nothing is registered before it was measured. None of a stream without any. */
export async function segmentsFrom (
  context: PatientContext | PractitionerContext, patientId: string, { stream, fromMs = 0 }: Pick<StreamWanted, 'stream' | 'fromMs'>
): Promise<VerifiedSegment[]> {
  return (await readStreamSegments(context, patientId, stream)).filter(({ takenAt }, i, all) => takenAt >= fromMs || i === all.length - 1)
}

/** Which device a stream is said to be of: by its segments, or before the first one by what hospitals have of it. */
export function deviceOf (stream: string, segments: readonly VerifiedSegment[], stored: readonly StoredPages[]): string {
  const author = segments[0]?.body.author
  if (author?.kind === 'device') return author.deviceId
  const [window] = stored.flatMap(({ windows }) => windows)
  const body: unknown = window === undefined ? undefined : JSON.parse(window.statement.body)
  if (typeof body === 'object' && body !== null && 'deviceId' in body && typeof body.deviceId === 'string') return body.deviceId
  throw new ClientError('NOT_FOUND', `You have no stream ${stream}, neither on the ledger nor at two hospitals.`, { stream })
}

/** A patient's device, as two organisations show it. @throws {ClientError} NOT_FOUND */
export async function readDevice (context: ClientContext, directory: VerifiedDirectory, deviceId: string): Promise<VerifiedDevice> {
  const { source, reader } = ledgerGrounds(context)
  const state = await source.getDevice(directory.patientId, deviceId)
  return judged({ kind: 'organizations' }, () => verifyDevice(state, directory, reader))
}

/** All windows of a segment, from the first gateway that serves them right. @throws {ClientError} WINDOWS_INVALID */
export async function fetchSegment (
  context: PatientContext | PractitionerContext, segment: VerifiedSegment, event?: string
): Promise<ProvenWindow[]> {
  const gateways = context.role === 'patient' ? context.gateways.all : [context.gateways.own]
  return context.gateways.serveInTurn(gateways, async (gateway) =>
    proveSegment(context.networkId, segment, await readWindowPages(context, gateway, segment, event), gateway.info.mspId))
}

async function readWindowPages (
  context: PatientContext | PractitionerContext, gateway: GatewayApi, record: VerifiedSegment, event?: string
): Promise<ShownWindow[]> {
  const { body: { recordId, version }, segment } = record
  const shown: ShownWindow[] = []
  let after: number | undefined
  do {
    const page = await gateway.streams.listWindows({ recordId, version }, { event, after }, authorizeAs(context))
    shown.push(...page.items)
    // A page that goes on and gives nothing, or more than there is, would never end.
    if (page.items.length === 0 || shown.length > segment.last - segment.first + 1) break
    after = page.next
  } while (after !== undefined)
  return shown
}

export async function openOfSegment (context: PatientContext, segment: VerifiedSegment, window: ProvenWindow): Promise<OpenedWindow> {
  const { label, epoch, body: { version } } = segment
  const place = windowPlace(context.networkId, window.body)
  const contentKey = openWrap(segment, () => openWrapOriginal(window.wrap, place, keyOf(context, label, epoch)))
  return { ...await shownOf(window, contentKey), grade: 'on-ledger', version }
}

export async function openStored (context: PatientContext, { body: { label } }: VerifiedDevice, window: ProvenWindow): Promise<Omit<OpenedWindow, 'grade'>> {
  const place = windowPlace(context.networkId, window.body)
  return shownOf(window, openWrapOriginal(window.wrap, place, keyOf(context, label, window.body.epoch)))
}

/** A window with what is in it. */
export async function shownOf (window: ProvenWindow, contentKey: Uint8Array): Promise<Omit<OpenedWindow, 'grade'>> {
  const { id, body: { number, previous } } = window
  return { number, id, ...(previous === undefined ? {} : { previous }), content: await openWindow(window, contentKey) }
}

function keyOf (context: PatientContext, label: string, epoch: number): ReturnType<typeof compartmentKey> {
  const category = categoryOfLabel(context.keys, label)
  if (category !== undefined) return compartmentKey(context.keys, context.patientId, category, epoch)
  throw new ClientError('NOT_FOUND', 'The stream lies in a compartment whose category this program does not know.', { label })
}
