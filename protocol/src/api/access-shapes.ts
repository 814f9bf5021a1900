import { Type } from 'typebox'
import type { Static } from 'typebox'
import { LogReading } from '../shapes/log-notes.ts'
import { RECORDS_PER_REQUEST, WRAPS_PER_ANSWER } from '../shapes/limits.ts'
import { EventId, Hash, MspId, RecordId, TimeMs, Version } from '../shapes/primitives.ts'
import { AccessEvent, Reason } from '../shapes/state.ts'
import { Committed, Wrap } from './common.ts'

const said = { code: Type.String(), detail: Type.String() }

/** An event of the read model, with the block that carries it. */
export const LoggedAccessEvent = Type.Object({
  ...AccessEvent.properties,
  blockNumber: Committed.blockNumber,
  repeats: Type.Optional(Type.Integer({ description: 'of a denial: how often the same was asked again and refused unsubmitted, as far as noted' }))
})
export type LoggedAccessEvent = Static<typeof LoggedAccessEvent>

/** A reading of the log, with its place; to a patient it names nobody else's events. */
const { kind: _kind, patients, ...ReadingParts } = LogReading.properties
export const LoggedReading = Type.Object({
  readingId: Type.String(), mspId: MspId, ...ReadingParts, patients: Type.Optional(patients), time: TimeMs, ...Committed
})
export type LoggedReading = Static<typeof LoggedReading>

/** Members of the problem document that a denial is answered with, beside its own. */
export const AccessDenied = Type.Object({ eventId: EventId, reasons: Type.Array(Reason), ...Committed })

/** What became of one request of several: its event, permitted or denied, or why it is none. */
export const RequestOutcome = Type.Union([
  Type.Object({ event: AccessEvent, blockNumber: Committed.blockNumber }),
  Type.Object({ ...said, eventId: Type.Optional(EventId) })
])
export type RequestOutcome = Static<typeof RequestOutcome>

/**
 * A proxy's answer as it was passed on. Its inside is judged by crypto, not by a schema: a malformed one is evidence against
 * that proxy, and the other proxies' answers stay of use.
 */
export const PassedAnswer = Type.Object({
  body: Type.Object({
    eventId: Type.String(),
    wrapHashes: Type.Array(Type.String(), { maxItems: WRAPS_PER_ANSWER }),
    consentId: Type.String(),
    kfragId: Type.String(),
    receivingKey: Type.String(),
    cfrags: Type.String({ maxLength: 32_768 }),
    heads: Type.Optional(Type.Object({ label: Type.String(), writers: Type.Number(), root: Type.String() }))
  }),
  signature: Type.String({ maxLength: 256 })
})
export type PassedAnswer = Static<typeof PassedAnswer>

const named = { recordId: RecordId, version: Version }
export const CollectedAnswers = Type.Object({
  answers: Type.Array(Type.Object({ mspId: MspId, answer: PassedAnswer }), { maxItems: 4096 }),
  wraps: Type.Array(Type.Object({ ...named, wrap: Wrap, place: Hash }), {
    maxItems: RECORDS_PER_REQUEST,
    description: 'each with the place that its hash is of: a client computes it itself where it has the manifest'
  }),
  missing: Type.Array(Type.Object({ ...named, ...said }), {
    maxItems: RECORDS_PER_REQUEST,
    description: 'records for which no proxy was asked, as their wraps were not found'
  }),
  failures: Type.Array(Type.Object({
    mspId: MspId,
    ...said,
    rule: Type.Optional(Type.String({ description: 'the rule that the ledger\'s state breaks, by what that proxy found' })),
    records: Type.Optional(Type.Array(Type.Object(named), { description: 'for which it gave nothing, or nothing right; absent: for none that was asked' }))
  }))
})
export type CollectedAnswers = Static<typeof CollectedAnswers>
