import { Type } from 'typebox'
import type { Static } from 'typebox'
import { SignedAnswer } from '../shapes/answers.ts'
import { FOLLOW_ENDS } from '../shapes/statements/proxies.ts'
import { WINDOWS_PER_RECEIPT } from '../shapes/limits.ts'
import { Count, EventId, Hash, MspId, PatientId, RecordId, StreamId, TimeMs, Version } from '../shapes/primitives.ts'
import { Signed } from '../shapes/state.ts'
import { DeviceState } from '../shapes/stream-state.ts'
import { PassedAnswer } from './access.ts'
import { bySigned, Committed, PageOf, PageQuery, PatientParams, StatementMessage, strict, Wrap } from './common.ts'
import { defineOperation } from './operation.ts'
import type { RouteAccess } from './operation.ts'
import { SCOPES } from './scopes.ts'

/** Devices, the windows that they write, segments of these on the ledger, and whoever reads or follows them. */

const tags = ['streams'] as const
const said = { code: Type.String({ maxLength: 64 }), detail: Type.String({ maxLength: 512 }) }

/** Largest ciphertext of one window in bytes, and largest body of a call that sends or brings them: base64, with statements beside. */
export const WINDOW_BYTES_MAX = 262_144
const WINDOWS_BODY_MAX = 4_194_304

/** How safe a window is (docs/protocol.md, "Streams"): on disks of two hospitals, or under the root of a segment on the ledger, too. */
export const Grade = Type.Enum(['stored', 'on-ledger'])
export type Grade = Static<typeof Grade>

const Ciphertext = Type.String({
  maxLength: Math.ceil(WINDOW_BYTES_MAX / 3) * 4,
  pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
  description: 'sealed content (docs/protocol.md §5) in base64'
})
/** A window as it is sent and kept: signed, with its wrap and sealed content. */
export const SealedWindow = Type.Object({ statement: Signed, wrap: Wrap, ciphertext: Ciphertext }, strict)
export type SealedWindow = Static<typeof SealedWindow>
const Windows = Type.Array(SealedWindow, { minItems: 1, maxItems: WINDOWS_PER_RECEIPT })

/** What shows that a hospital has windows: its proxy's signed `WindowReceipt`. */
export const ShownReceipt = Type.Object({ mspId: MspId, receipt: Signed })
export const StoredWindows = Type.Object({
  receipts: Type.Array(ShownReceipt, { minItems: 2, maxItems: 2, description: 'of this hospital and of one more' }),
  numbers: Type.Array(Count, { minItems: 1, maxItems: WINDOWS_PER_RECEIPT }),
  /** This gateway's clock in ms, by which a device measures its own. */
  time: TimeMs,
  grade: Type.Literal('stored')
})
export type StoredWindows = Static<typeof StoredWindows>

export const RegisteredSegment = Type.Object({ recordId: RecordId, version: Version, manifestId: Hash, ...Committed, grade: Type.Literal('on-ledger') })
export type RegisteredSegment = Static<typeof RegisteredSegment>

/** The newest segment of a stream on the ledger. */
const StreamHead = Type.Object({ version: Version, manifestId: Hash, last: Count, ...Committed })
export const StreamState = Type.Object({
  stream: StreamId,
  deviceId: Hash,
  /** Absent before the first segment is on the ledger. */
  head: Type.Optional(StreamHead),
  /** The newest window that is stored here with its statement id: the next one names it. Absent before the first. */
  stored: Type.Optional(Type.Object({ number: Count, windowId: Hash })),
  time: TimeMs
})
export type StreamState = Static<typeof StreamState>

/** A window as a reader gets it; `path` where it is under a segment's root: sibling hashes from its leaf up. */
export const ReadWindow = Type.Object({
  number: Count,
  ...SealedWindow.properties,
  grade: Grade,
  path: Type.Optional(Type.Array(Hash, { maxItems: 32 })),
  /** Of a rewrapped segment: the path of the present wrap's hash to the rewrap's root. */
  wrapPath: Type.Optional(Type.Array(Hash, { maxItems: 32 }))
})
export type ReadWindow = Static<typeof ReadWindow>
const ReadWindows = PageOf(ReadWindow)

/** A window to re-encrypt: its statement's canonical text, what proves it to be one of the segment, and its wrap. */
export const ProvenWrap = Type.Object({
  recordId: RecordId,
  version: Version,
  text: Type.String({ minLength: 2, maxLength: 4096 }),
  path: Type.Array(Hash, { maxItems: 32 }),
  wrapPath: Type.Optional(Type.Array(Hash, { maxItems: 32 })),
  wrap: Wrap
}, strict)
export type ProvenWrap = Static<typeof ProvenWrap>
const ProvenWraps = Type.Array(ProvenWrap, { minItems: 1, maxItems: WINDOWS_PER_RECEIPT })
const Refused = Type.Object({ recordId: RecordId, version: Version, number: Type.Optional(Count), ...said })

export const WindowAnswers = Type.Object({
  answers: Type.Array(Type.Object({ mspId: MspId, answer: PassedAnswer }), { maxItems: 4096 }),
  failures: Type.Array(Type.Object({
    mspId: MspId,
    ...said,
    rule: Type.Optional(Type.String({ description: 'the rule that the ledger\'s state breaks, by what that proxy found' })),
    windows: Type.Optional(Type.Array(Refused, { maxItems: WINDOWS_PER_RECEIPT }))
  }))
})
export type WindowAnswers = Static<typeof WindowAnswers>

/** One event of a followed stream, as server-sent events carry it. */
export const FollowedWindows = Type.Object({
  windows: Type.Array(Type.Object({ number: Count, ...SealedWindow.properties, grade: Grade }), { maxItems: WINDOWS_PER_RECEIPT }),
  answers: WindowAnswers.properties.answers,
  failures: WindowAnswers.properties.failures
})
export type FollowedWindows = Static<typeof FollowedWindows>
/** The last event of a followed stream. */
export const FollowEnd = Type.Object({ end: Type.Enum([...FOLLOW_ENDS]), ...said })
export type FollowEnd = Static<typeof FollowEnd>

const OWN_DEVICE: RouteAccess = {
  by: 'device',
  who: 'the stream\'s device',
  stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another device\'s session' },
  trace: 'request log'
}
const OWN_PERMIT: RouteAccess = {
  by: 'staff',
  scopes: [SCOPES.readRecords],
  who: 'the person whose live permit it is',
  stranger: { status: 403, code: 'EVENT_OF_ANOTHER', when: 'with another person\'s event' },
  trace: 'ledger'
}

export const STREAMS = {
  addDevice: defineOperation({
    id: 'addDevice',
    method: 'POST',
    path: '/v1/devices',
    tags,
    summary: 'Introduces a device that writes for a patient, by their signed Device',
    body: StatementMessage,
    answers: { 201: Type.Object({ deviceId: Hash, ...Committed }) },
    access: bySigned('whoever brings a Device signed by patient and device')
  }),

  endDevice: defineOperation({
    id: 'endDevice',
    method: 'POST',
    path: '/v1/device-ends',
    tags,
    summary: 'Ends a device at once, by the patient\'s key or the device\'s own: it writes nothing any more',
    body: StatementMessage,
    answers: { 201: Type.Object({ deviceId: Hash, ...Committed }) },
    access: bySigned('whoever brings a DeviceEnd signed by patient or device'),
    stops: true
  }),

  listDevices: defineOperation({
    id: 'listDevices',
    method: 'GET',
    path: '/v1/patients/:patientId/devices',
    tags,
    summary: 'A patient\'s devices, with the ends of those that ended',
    params: PatientParams,
    query: Type.Object(PageQuery),
    answers: { 200: PageOf(DeviceState) },
    access: {
      by: 'anyone',
      who: 'whoever knows the patient id',
      stranger: { status: 200, when: 'signed statements, which prove themselves' },
      trace: 'request log'
    }
  }),

  getDevice: defineOperation({
    id: 'getDevice',
    method: 'GET',
    path: '/v1/patients/:patientId/devices/:deviceId',
    tags,
    summary: 'One device of a patient, by which its segments are judged',
    params: Type.Object({ patientId: PatientId, deviceId: Hash }),
    answers: { 200: DeviceState },
    access: {
      by: 'anyone',
      who: 'whoever knows the patient id',
      stranger: { status: 200, when: 'signed statements, which prove themselves' },
      trace: 'request log'
    }
  }),

  storeWindows: defineOperation({
    id: 'storeWindows',
    method: 'POST',
    path: '/v1/streams/:stream/windows',
    tags,
    summary: 'Stores windows here and at one more hospital; harmless to repeat, and no segment yet',
    params: Type.Object({ stream: StreamId }),
    body: Type.Object({ windows: Windows }, strict),
    bodyLimit: WINDOWS_BODY_MAX,
    answers: { 202: StoredWindows },
    access: OWN_DEVICE
  }),

  registerSegment: defineOperation({
    id: 'registerSegment',
    method: 'POST',
    path: '/v1/streams/:stream/segments',
    tags,
    summary: 'Registers a segment whose windows are stored here; answered once it is on the ledger, with segments of other devices',
    params: Type.Object({ stream: StreamId }),
    body: StatementMessage,
    answers: { 201: RegisteredSegment },
    access: { ...OWN_DEVICE, trace: 'ledger' }
  }),

  getState: defineOperation({
    id: 'getStream',
    method: 'GET',
    path: '/v1/streams/:stream',
    tags,
    summary: 'How far a stream is stored here and on the ledger, by this gateway\'s own peer',
    params: Type.Object({ stream: StreamId }),
    answers: { 200: StreamState },
    access: OWN_DEVICE
  }),

  listWindows: defineOperation({
    id: 'listWindows',
    method: 'GET',
    path: '/v1/records/:recordId/versions/:version/windows',
    tags,
    summary: 'The windows of a segment, by number, with what proves them to be its own',
    params: Type.Object({ recordId: RecordId, version: Version }),
    query: Type.Object({ event: Type.Optional(EventId), ...PageQuery }),
    answers: { 200: ReadWindows },
    access: {
      by: 'staff-or-patient',
      scopes: [SCOPES.readRecords],
      who: 'the patient or heir; the practitioner under a live permit',
      representatives: true,
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'without a permit' },
      trace: 'request log'
    }
  }),

  listStoredWindows: defineOperation({
    id: 'listStoredWindows',
    method: 'GET',
    path: '/v1/streams/:stream/windows',
    tags,
    summary: 'Windows of a stream that are stored and in no segment yet, after a number where one is given',
    params: Type.Object({ stream: StreamId }),
    query: Type.Object({ after: Type.Optional(Count), limit: PageQuery.limit }),
    answers: { 200: ReadWindows },
    access: {
      by: 'patient',
      who: 'the patient',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for another patient\'s stream' },
      trace: 'request log'
    }
  }),

  collectWindows: defineOperation({
    id: 'collectWindowAnswers',
    method: 'POST',
    path: '/v1/access-events/:eventId/window-answers',
    tags,
    summary: 'Asks proxies of a permit\'s consent to re-encrypt windows of its segments, and passes their signed answers on',
    params: Type.Object({ eventId: EventId }),
    body: Type.Object({ windows: ProvenWraps }, strict),
    answers: { 200: WindowAnswers },
    access: OWN_PERMIT
  }),

  follow: defineOperation({
    id: 'followStream',
    method: 'GET',
    path: '/v1/access-events/:eventId/stream',
    tags,
    summary: 'Windows of a followed stream as they are stored, with proxies\' answers, as server-sent events until it ends',
    params: Type.Object({ eventId: EventId }),
    query: Type.Object({ after: Type.Optional(Count) }),
    answers: { 200: { description: 'events `windows` and at last one `end`', content: { 'text/event-stream': { schema: FollowedWindows } } } },
    access: OWN_PERMIT
  }),

  reencryptWindows: defineOperation({
    id: 'reencryptWindows',
    method: 'POST',
    path: '/v1/peer/window-reencryptions',
    tags: ['between gateways'],
    summary: 'Re-encrypts windows of segments, or of a followed stream, that a live permit of the calling organisation names',
    body: Type.Object({ eventId: EventId, windows: ProvenWraps }, strict),
    answers: {
      200: Type.Object({
        answers: Type.Array(SignedAnswer, { maxItems: WINDOWS_PER_RECEIPT }), refused: Type.Array(Refused, { maxItems: WINDOWS_PER_RECEIPT })
      })
    },
    access: {
      by: 'gateway',
      who: 'the gateway of the person whose live permit it is',
      stranger: { status: 403, code: 'EVENT_OF_ANOTHER', when: 'for another hospital\'s gateway' },
      trace: 'ledger'
    }
  })
} as const
