import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { deviceOf, findDevice, isOver } from './device-states.ts'
import { loadDirectory } from './directory-heads.ts'
import type { AccessRequest, EndedRecord, EventRecord, EventStream, EventStreamHead, RequestedStream } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { RecordHead } from './stored.ts'

/** What a request to follow asks for, as it is decided on and as its event says it; nothing where it is not the patient's. */
export interface FollowedStream { decided: { stream?: RequestedStream, ended?: EndedRecord[] }, event: { stream?: EventStream } }

/**
 * Its windows to come are of the newest epoch of the device's compartment, whatever the last segment was of. @throws {LedgerError}
 * PATIENT_UNKNOWN: there must be a patient who can see the denial
 */
export async function loadFollowed (ctx: LedgerContext, { patientId, stream: asked }: AccessRequest): Promise<FollowedStream> {
  const none: FollowedStream = { decided: {}, event: {} }
  if (asked === undefined) return none
  const { compartments } = await loadDirectory(ctx, patientId)
  const head = await ctx.state.get<RecordHead>(LEDGER_KEYS.recordHead(asked.stream))
  if (head?.segment === undefined || head.patientId !== patientId || head.author.kind !== 'device') return none
  const { author: { deviceId }, version } = head
  const device = await findDevice(ctx, patientId, deviceId)
  const compartment = device === undefined ? undefined : compartments.find((c) => c.label === deviceOf(device).label)
  if (device === undefined || compartment === undefined) return none
  const { label, epoch, level } = compartment
  const stream: EventStream = { ...asked, head: head.segment.last, version, label, epoch, level, deviceId }
  // A device withdraws nothing: what ended is erased.
  const ended: EndedRecord[] = head.ended === true ? [{ recordId: asked.stream, version, cause: 'erased' }] : []
  return { decided: { stream: { ...stream, ended: isOver(device, ctx.time) }, ended }, event: { stream } }
}

/** The newest segment of each stream that these records are segments of; nothing is read where none is. */
export async function readStreamHeads (ctx: LedgerContext, records: readonly EventRecord[]): Promise<{ streams?: EventStreamHead[] }> {
  const named = new Set(records.flatMap(({ segment }) => segment === undefined ? [] : [segment.stream]))
  if (named.size === 0) return {}
  const streams: EventStreamHead[] = []
  for (const stream of [...named].sort()) {
    const head = await ctx.state.get<RecordHead>(LEDGER_KEYS.recordHead(stream))
    if (head?.segment === undefined) throw new LedgerError('INTERNAL', `Stream ${stream} has segments and no head.`)
    streams.push({ stream, version: head.version, last: head.segment.last })
  }
  return { streams }
}
