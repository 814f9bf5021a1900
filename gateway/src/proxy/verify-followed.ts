import type { Place } from '@epione/crypto'
import { windowPlace } from '@epione/protocol'
import type { AccessEvent, AccessRequest, EventStream, RequestedStream } from '@epione/protocol'
import type { FollowedWrap } from '@epione/protocol/api'
import { isLevelOf, isWriting, judgeAs, verifyDevice, verifyOpenWindow, verifyRecord } from '@epione/protocol/verify'
import type { VerifiedDevice, VerifiedDirectory, VerifiedWindow } from '@epione/protocol/verify'
import { isDeepStrictEqual } from 'node:util'
import { GatewayError } from '../errors.ts'
import { judged, unproven } from '../judge.ts'
import { requireLive } from '../records/require-live.ts'
import type { PermitContext } from './permit-context.ts'

/** A stream that a permit follows, its device and the segment at its head proven. */
export interface FollowedStream {
  readonly event: EventStream
  /** Organisation at which the segment at the head was registered: its device brings windows there. */
  readonly origin: string
  readonly device: VerifiedDevice
  /** What is decided on at a time (ms): a device that ended, or whose period is over, writes nothing. */
  requestedAt: (time: number) => RequestedStream
  /** @throws {GatewayError} RECORD_ENDED when the stream was erased meanwhile */
  requireKept: () => Promise<void>
}

/**
 * Proves what an event says of the stream to follow: as asked for, written by a device of this patient for that compartment, and its head
 * the last number of the segment that it names. Undefined of other permits.
 * @throws {GatewayError} STATEMENT_UNPROVEN, RECORD_ENDED
 */
export async function verifyFollowed (
  context: Pick<PermitContext, 'ledger' | 'reader' | 'requireKept'>,
  { eventId, patientId, stream }: AccessEvent,
  { stream: asked }: AccessRequest,
  directory: VerifiedDirectory
): Promise<FollowedStream | undefined> {
  const named = stream === undefined ? undefined : { stream: stream.stream, lastsMs: stream.lastsMs }
  if (!isDeepStrictEqual(named, asked)) throw unproven('event.not-its-request', 'the event names another stream than its signed request')
  if (stream === undefined) return undefined
  const { ledger, reader } = context
  const [state, device] = await Promise.all([
    ledger.getRecord(stream.stream, stream.version), ledger.getDevice(patientId, stream.deviceId)
  ])
  const head = await judged(async () => await verifyRecord(state, directory, { source: ledger, reader }))
  const proven = judged(() => verifyDevice(device, directory, reader))
  requireLive(state)
  await context.requireKept(state)
  const { author } = head.body
  const isHead = author.kind === 'device' && author.deviceId === proven.id && proven.id === stream.deviceId && head.segment?.last === stream.head
  if (!isHead || proven.body.label !== stream.label) {
    throw unproven('stream.not-its-device', `event ${eventId} does not describe the stream as its device's statements do`)
  }
  if (!isLevelOf(directory, stream)) throw unproven('record.level', `the event gives stream ${stream.stream} a level that its patient never did`)
  return {
    event: stream,
    origin: state.manifest.submittedBy,
    device: proven,
    requestedAt: (time) => ({ ...stream, ended: !isWriting(proven, time) }),
    requireKept: async () => { await context.requireKept(state) }
  }
}

/** A new window of a followed stream, with its wrap (hex) and the hash of that. */
export interface PermittedNewWindow { number: number, wrapHash: string, wrap: string, place: Place }

/** A window above the head of a followed stream, of whatever epoch, as its device signed it. @throws {GatewayError} WRAP_UNKNOWN */
export function proveFollowedWindow (
  { event: { stream, head }, device }: FollowedStream, networkId: Uint8Array, shown: FollowedWrap
): VerifiedWindow {
  return judgeAs(
    (refusal) => new GatewayError('WRAP_UNKNOWN', `none that the permit lets its reader follow: ${refusal.why}`, { cause: refusal }),
    () => verifyOpenWindow(shown, { stream, after: head }, device, networkId)
  )
}

/**
 * Windows above the head that the device of a followed stream signed, for the compartment and epoch that the permit is of.
 * @throws {GatewayError} WRAP_UNKNOWN; EPOCH_ENDED for one of a newer epoch
 */
export function requireFollowedWindows (
  followed: FollowedStream, networkId: Uint8Array, asked: readonly FollowedWrap[]
): PermittedNewWindow[] {
  const { epoch } = followed.event
  return asked.map((shown) => {
    const { body, wrapHash } = proveFollowedWindow(followed, networkId, shown)
    const { number, epoch: its } = body
    if (its > epoch) throw new GatewayError('EPOCH_ENDED', `window ${String(number)} is for epoch ${String(its)} of its compartment: ask anew to follow`)
    if (its < epoch) throw new GatewayError('WRAP_UNKNOWN', `window ${String(number)} is for an epoch before that of the permit`)
    return { number, wrapHash, wrap: shown.wrap, place: windowPlace(networkId, body) }
  })
}
