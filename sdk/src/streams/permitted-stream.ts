import type { EventStreamHead, Purpose } from '@epione/protocol'
import { RECORDS_PER_REQUEST } from '@epione/protocol'
import type { VerifiedDevice } from '@epione/protocol/verify'
import type { Liar } from '../access/accuse.ts'
import type { SilentProxy } from '../access/redeem.ts'
import type { OnEvidence } from '../access/window-keys.ts'
import type { PractitionerContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { assembleStream } from './assemble-stream.ts'
import type { OpenedWindow, StreamRead } from './assemble-stream.ts'
import { describeKeptBack, findKeptBack } from './kept-back.ts'
import type { KeptBack } from './kept-back.ts'
import type { VerifiedSegment } from './stream-list.ts'
import { openPermitted, requestSegments } from './permitted-segments.ts'
import { segmentsFrom } from './stream-read.ts'
import type { StreamWanted } from './stream-read.ts'

export interface PermittedStreamWanted extends StreamWanted {
  readonly patientId: string
  readonly purpose: Purpose
  readonly consentId?: string
  /** Given what `makeEvidence` needs when somebody lied: the permit that brought it is over in a minute. */
  readonly onEvidence?: OnEvidence
}

/** A stream as a practitioner reads it: what is on the ledger, under logged requests. */
export interface PermittedStreamRead extends StreamRead {
  readonly eventIds: readonly string[]
  readonly liars: readonly Liar[]
  readonly silent: readonly SilentProxy[]
  /** What of the stream's end was not shown. */
  readonly keptBack?: KeptBack
}

/**
 * A practitioner reads a patient's stream, or the part of it that was registered since `fromMs`: one logged request for up to 64
 * segments, each then proven whole and opened with answers of proxies that are judged like a record's. Segments that the ledger has after
 * these and the gateway does not show are named. @throws {ClientError}
 * ACCESS_DENIED, NOT_FOUND, WINDOWS_INVALID, PROXIES_LIED, PROXIES_INSUFFICIENT, SEALED_WRONGLY
 */
export async function readPermittedStream (context: PractitionerContext, wanted: PermittedStreamWanted): Promise<PermittedStreamRead> {
  const { patientId, stream, fromMs, toMs } = wanted
  const segments = await segmentsFrom(context, patientId, wanted)
  const live = segments.filter(({ end }) => end === undefined)
  if (live.length === 0) {
    throw new ClientError('NOT_FOUND', `Nothing of stream ${stream} of patient ${patientId} is shown to you: no consent of theirs covers it, or it has no segment on the ledger yet.`, { patientId, stream })
  }
  const reading: Reading = { windows: [], eventIds: [], liars: [], silent: [], warnings: [] }
  for (let from = 0; from < live.length; from += RECORDS_PER_REQUEST) {
    await readSome(context, wanted, live.slice(from, from + RECORDS_PER_REQUEST), reading)
  }
  const { windows, eventIds, liars, silent, warnings, device } = reading
  if (device === undefined) throw new TypeError('segments have a device')
  const read = assembleStream({ stream, patientId, device, segments, windows, fromMs, toMs })
  const keptBack = await findKeptBack(context, patientId, segments, reading.head)
  if (keptBack !== undefined) warnings.push(describeKeptBack(keptBack, context.gateways.own.info.mspId))
  return { ...read, warnings: [...read.warnings, ...warnings], eventIds, liars, silent, ...(keptBack && { keptBack }) }
}

interface Reading {
  readonly windows: OpenedWindow[]
  readonly eventIds: string[]
  readonly liars: Liar[]
  readonly silent: SilentProxy[]
  readonly warnings: string[]
  device?: VerifiedDevice
  /** The stream's newest segment as the last permit says. */
  head?: EventStreamHead | undefined
}

/** Asks for some segments, and opens what is permitted. */
async function readSome (
  context: PractitionerContext, wanted: PermittedStreamWanted, segments: readonly VerifiedSegment[], reading: Reading
): Promise<void> {
  const records = segments.map(({ body: { recordId, version } }) => ({ recordId, version }))
  const permit = await requestSegments(context, { ...wanted, records })
  const { permitted: { eventId }, facts, keys } = permit
  reading.eventIds.push(eventId)
  reading.head = facts.heads.find(({ stream }) => stream === wanted.stream)
  for await (const { device, windows } of openPermitted(context, permit)) {
    reading.device ??= device
    for (const window of windows) {
      reading.windows.push(window)
      wanted.onProgress?.(reading.windows.length)
    }
  }
  reading.liars.push(...keys.report.liars)
  reading.silent.push(...keys.report.silent)
  reading.warnings.push(...keys.report.warnings)
}
