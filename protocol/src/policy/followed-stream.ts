import { DECISION_RULES as R } from '../shapes/codes.ts'
import type { EventStream } from '../shapes/event-streams.ts'
import type { Reason } from '../shapes/state.ts'
import type { AccessRequest } from '../shapes/statements.ts'
import type { DecidedRecord } from './consent-terms.ts'

/** A stream to follow that is the patient's, and whether its device may still write to it. */
export interface RequestedStream extends EventStream {
  /** The device ended, or its period is over. */
  ended: boolean
}

interface FollowCase { request: Pick<AccessRequest, 'stream'>, stream?: RequestedStream }

/** The windows to come as what is decided on: a signal of the stream's device, taken now. */
export function comingWindows ({ stream, time }: { stream?: RequestedStream, time: number }): DecidedRecord[] {
  if (stream === undefined) return []
  const { stream: recordId, version, label, epoch, level, deviceId } = stream
  return [{ recordId, version, label, epoch, level, mediaClass: 'signal', author: { kind: 'device', deviceId }, takenAt: time }]
}

/** A stream that is not there and one of another patient are told alike; nothing comes of a device that may not write. */
export function checkStream ({ request, stream }: FollowCase): Reason[] {
  if (request.stream === undefined) return []
  if (stream === undefined) return [{ rule: R.streamUnknown, facts: [request.stream.stream] }]
  return stream.ended ? [{ rule: R.deviceEnded, facts: [stream.deviceId] }] : []
}
