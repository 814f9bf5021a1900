import { Type } from 'typebox'
import type { Static } from 'typebox'
import { FOLLOW_MS } from './limits.ts'
import { Count, Epoch, Hash, Level, StreamId, Version } from './primitives.ts'
import { Segment } from './statements/records.ts'

/**
 * A segment as events and orders name it: as its manifest does, and `wrapsRoot`, over the hashes of its windows' present wraps by number,
 * once it was rewrapped; before that each window's own statement names its wrap.
 */
export const EventSegment = Type.Object({ ...Segment.properties, wrapsRoot: Type.Optional(Hash) })
export type EventSegment = Static<typeof EventSegment>

/**
 * A stream to follow: windows above `head`, the last number that was registered, by version `version` of the record; `label`, `epoch` and
 * `level` are those of the compartment that its device writes to now.
 */
export const EventStream = Type.Object({
  stream: StreamId,
  head: Count,
  version: Version,
  lastsMs: Type.Integer(FOLLOW_MS),
  label: Hash,
  epoch: Epoch,
  level: Level,
  deviceId: Hash
})
export type EventStream = Static<typeof EventStream>

/** The newest segment of a stream of which a permit to read names some: who is shown no segment after theirs knows that there are more. */
export const EventStreamHead = Type.Object({ stream: StreamId, version: Version, last: Count })
export type EventStreamHead = Static<typeof EventStreamHead>
