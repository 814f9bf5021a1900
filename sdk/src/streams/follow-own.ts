import { correctTimes, spanOf } from '@epione/protocol/streams'
import type { LastWindow, VerifiedDevice } from '@epione/protocol/verify'
import type { PatientContext } from '../context/context.ts'
import { authorizePatient } from '../context/session.ts'
import { isClientError } from '../errors.ts'
import { pause } from '../gateways/pause.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import type { OpenedWindow, ReadWindow } from './assemble-stream.ts'
import { requireInOrder } from './in-order.ts'
import { proveStored, readStored } from './stored-windows.ts'
import { readStreamSegments } from './stream-list.ts'
import type { NumberGap } from './stream-list.ts'
import { deviceOf, fetchSegment, openOfSegment, openStored, readDevice } from './stream-read.ts'

export interface OwnFollow {
  readonly stream: string
  /** Windows after this number; by default those that are stored from now on. */
  readonly after?: number
  /** How often hospitals are asked, ms. */
  readonly everyMs?: number
  /** Ends following. */
  readonly signal: AbortSignal
}

/** What a patient, or a practitioner under a permit, who follows is told. */
export type FollowedPart =
  /** Once, first: after which number windows are followed, or by which logged permit. */
  | { readonly type: 'begin', readonly after: number }
  | { readonly type: 'begin', readonly eventId: string }
  | { readonly type: 'window', readonly window: ReadWindow }
  /** Numbers that neither two hospitals nor a segment have. */
  | { readonly type: 'gap', readonly gap: NumberGap }
  /** Hospitals do not answer, or release nothing now; asked again. */
  | { readonly type: 'waiting', readonly code: string }
  /** Last, under a permit: how following ended. */
  | { readonly type: 'end', readonly end: string, readonly code: string, readonly detail: string }

const EVERY_MS = 2_000

/**
 * A patient follows an own stream: each window once and in order, as two hospitals have it, proven by its device's signature. What a
 * segment took over in between is read of it.
 * @throws {ClientError} NOT_FOUND, WINDOWS_INVALID, SEALED_WRONGLY
 */
export async function * followOwnStream (
  context: PatientContext, { stream, after, everyMs = EVERY_MS, signal }: OwnFollow
): AsyncGenerator<FollowedPart, void, void> {
  const segments = await readStreamSegments(context, context.patientId, stream)
  const head = segments.at(-1)?.segment.last ?? 0
  const stored = await readStored(context, stream, head)
  const directory = await readOwnDirectory(context)
  const device = await readDevice(context, directory, deviceOf(stream, segments, stored))
  const newest = Math.max(head, ...stored.flatMap(({ windows }) => windows.map(({ number }) => number)))
  let last: LastWindow = { number: after ?? newest }
  yield { type: 'begin', after: last.number }
  let isWaiting = false
  while (!signal.aborted) {
    try {
      for (const part of await readAfter(context, device, stream, last)) {
        if (part.type === 'window') last = part.last
        yield part.type === 'window' ? { type: 'window', window: part.window } : part
      }
      isWaiting = false
    } catch (error) {
      if (!isClientError(error, 'UNAVAILABLE')) throw error
      if (!isWaiting) yield { type: 'waiting', code: error.code }
      isWaiting = true
    }
    await pause(everyMs, signal)
  }
}

type Part = { readonly type: 'window', readonly window: ReadWindow, readonly last: LastWindow } | { readonly type: 'gap', readonly gap: NumberGap }

async function readAfter (context: PatientContext, device: VerifiedDevice, stream: string, last: LastWindow): Promise<Part[]> {
  const proven = proveStored(context, device, { stream, after: last.number }, await readStored(context, stream, last.number))
  // Without a window above it a segment may have taken over what was stored since; how far the ledger is tells, and is proven after.
  const before = proven[0]?.body.number ?? await headOf(context, stream) + 1
  const opened = before > last.number + 1 ? await readBetween(context, stream, last.number, before) : []
  for (const window of proven) opened.push({ ...await openStored(context, device, window), grade: 'stored' })
  return inOrder(device, stream, last, opened)
}

async function headOf (context: PatientContext, stream: string): Promise<number> {
  const { head } = await context.gateways.own.streams.getStream(stream, authorizePatient(context))
  return head?.last ?? 0
}

/** Windows of segments that were registered since. */
async function readBetween (context: PatientContext, stream: string, after: number, before: number): Promise<OpenedWindow[]> {
  const opened: OpenedWindow[] = []
  for (const segment of await readStreamSegments(context, context.patientId, stream)) {
    if (segment.segment.last <= after || segment.segment.first >= before || segment.end !== undefined) continue
    for (const window of await fetchSegment(context, segment)) {
      if (window.body.number > after && window.body.number < before) opened.push(await openOfSegment(context, segment, window))
    }
  }
  return opened
}

function inOrder (device: VerifiedDevice, stream: string, from: LastWindow, opened: readonly OpenedWindow[]): Part[] {
  const parts: Part[] = []
  let last = from
  for (const { window, content, times } of correctTimes(opened)) {
    const { number, id, previous, grade } = window
    const gap = requireInOrder(device, last, { stream, number, ...(previous !== undefined && { previous }) })
    if (gap !== undefined) parts.push({ type: 'gap', gap })
    last = { number, id }
    parts.push({ type: 'window', window: { number, grade, ...spanOf(content.series), times, series: content.series }, last })
  }
  return parts
}
