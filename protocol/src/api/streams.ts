import { Type } from 'typebox'
import type { Static, TString } from 'typebox'
import { WINDOWS_PER_RECEIPT, WINDOWS_PER_SEGMENT } from '../shapes/limits.ts'
import { Count, EventId, Hash, MspId, PatientId, RecordId, StreamId, TimeMs, Version } from '../shapes/primitives.ts'
import { Signed } from '../shapes/state.ts'
import { DeviceState } from '../shapes/stream-state.ts'
import {
  bySigned, Committed, PageOf, PageQuery, PatientParams, REWRAP_ACCESS, StatementMessage, strict, VersionParams, Wrap
} from './common.ts'
import { defineOperation } from './operation.ts'
import type { RouteAccess } from './operation.ts'
import { SCOPES } from './scopes.ts'

/** Devices of patients, the windows that they send, and the segments by which the ledger names these. */

const tags = ['streams'] as const

/** Most windows sent, or answered, at once; their bytes bound them, too. */
export const WINDOWS_MAX = WINDOWS_PER_RECEIPT
/** Most ciphertext bytes of one window: a minute of several channels at a high rate stays far below. */
export const WINDOW_CIPHERTEXT_BYTES_MAX = 393_216
/** Most ciphertext bytes of all windows of a request, and bytes with which an answer ends. */
export const WINDOWS_BYTES_MAX = 524_288
/** Largest body with windows: their ciphertext in base64, their statements and wraps. */
export const WINDOWS_BODY_BYTES = 1_310_720
/** Largest body with the wraps of all windows of a segment. */
export const WRAPS_BODY_BYTES = 1_572_864

/** Base64 with padding, of at most so many bytes. */
const Base64 = (bytes: number): TString => Type.String({
  minLength: 4,
  maxLength: Math.ceil(bytes / 3) * 4,
  pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$'
})

/** A window as it travels: its signed statement, its wrap (hex) and its ciphertext (base64). */
export const SentWindow = Type.Object({ statement: Signed, wrap: Wrap, ciphertext: Base64(WINDOW_CIPHERTEXT_BYTES_MAX) }, strict)
export type SentWindow = Static<typeof SentWindow>
export const Windows = Type.Array(SentWindow, { minItems: 1, maxItems: WINDOWS_MAX })

/** The two grades of I8: at two hospitals, which signed that they have it; or its segment is on the ledger, too. */
const Grade = Type.Union([Type.Literal('stored'), Type.Literal('on-ledger')])
export type Grade = Static<typeof Grade>

/** A `WindowReceipt`, signed by the proxy of the hospital that it names. */
const Receipt = Type.Object({ mspId: MspId, statement: Signed })

export const WindowsKept = Type.Object({
  grade: Type.Literal('stored'),
  /** Of two hospitals, the own first. */
  receipts: Type.Array(Receipt, { minItems: 2, maxItems: 2 }),
  numbers: Type.Array(Count, { minItems: 1, maxItems: WINDOWS_MAX }),
  /** The gateway's clock, ms: a device without a good one of its own sets itself by it. */
  time: TimeMs
})
export type WindowsKept = Static<typeof WindowsKept>

const SegmentKept = Type.Object({ grade: Type.Literal('on-ledger'), recordId: RecordId, version: Version, manifestId: Hash, ...Committed })

const StreamState = Type.Object({
  stream: StreamId,
  /** The newest segment on the ledger as this hospital's own peer shows it, and whether it was erased or withdrawn. */
  head: Type.Optional(Type.Object({
    grade: Type.Literal('on-ledger'), version: Version, manifestId: Hash, first: Count, last: Count, root: Hash, ended: Type.Boolean()
  })),
  /** Windows above the head that the device sent to this gateway: the last of them, and how many lie here. */
  stored: Type.Optional(Type.Object({
    grade: Type.Literal('stored'), last: Count, windowId: Hash, count: Type.Integer({ minimum: 1 })
  })),
  /** The number that this gateway takes next. */
  expected: Count,
  time: TimeMs
})
export type StreamState = Static<typeof StreamState>

const Path = Type.Array(Hash, { maxItems: 16 })
const ShownWindow = Type.Object({
  number: Count,
  ...SentWindow.properties,
  /** Of a window in a segment: sibling hashes from its leaf up to the segment's root. */
  path: Type.Optional(Path),
  /** Of a rewrapped segment: the same of the wrap's hash, up to the rewrap's root. */
  wrapPath: Type.Optional(Path)
})
export type ShownWindow = Static<typeof ShownWindow>
/** In order of number; `next` is the number after which the next page begins, absent on the last. */
export const WindowPage = Type.Object({
  grade: Grade, items: Type.Array(ShownWindow, { maxItems: WINDOWS_MAX }), next: Type.Optional(Count)
})
export type WindowPage = Static<typeof WindowPage>

const StreamParams = Type.Object({ stream: StreamId })
/** A page begins after this number. */
export const after = Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'windows with a higher number' }))

/** New wraps of all windows of a segment, by number, with the rewrap that signs their root. */
const Wraps = Type.Array(Wrap, { minItems: 1, maxItems: WINDOWS_PER_SEGMENT })
export const SegmentWraps = Type.Object({ ...StatementMessage.properties, wraps: Wraps }, strict)

const DEVICE = {
  by: 'device',
  who: 'the device that writes the stream',
  stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for another device' }
} as const

const OF_DEVICES: RouteAccess = {
  by: 'anyone',
  who: 'whoever knows the patient id',
  stranger: { status: 200, when: 'signed statements, which prove themselves' },
  trace: 'request log'
}

export const STREAMS = {
  addDevice: defineOperation({
    id: 'addDevice',
    method: 'POST',
    path: '/v1/devices',
    tags,
    summary: 'Introduces a device by a statement that the patient and the device\'s own key signed',
    body: StatementMessage,
    answers: { 201: Type.Object({ deviceId: Hash, ...Committed }) },
    access: bySigned('whoever brings the statement of a patient and their device')
  }),

  endDevice: defineOperation({
    id: 'endDevice',
    method: 'POST',
    path: '/v1/device-ends',
    tags,
    summary: 'Ends a device at once, by the patient\'s signature or the device\'s own',
    body: StatementMessage,
    answers: { 201: Type.Object({ deviceId: Hash, ...Committed }) },
    access: bySigned('whoever brings the statement of a patient or their device'),
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
    access: OF_DEVICES
  }),

  getDevice: defineOperation({
    id: 'getDevice',
    method: 'GET',
    path: '/v1/patients/:patientId/devices/:deviceId',
    tags,
    summary: 'One device of a patient, by which its segments are judged',
    params: Type.Object({ patientId: PatientId, deviceId: Hash }),
    answers: { 200: DeviceState },
    access: OF_DEVICES
  }),

  putWindows: defineOperation({
    id: 'putWindows',
    method: 'POST',
    path: '/v1/streams/:stream/windows',
    tags,
    summary: 'Takes windows of a stream, in order, and copies them to a second hospital; harmless to repeat',
    params: StreamParams,
    body: Type.Object({
      windows: Windows,
      gap: Type.Optional(Type.Boolean({ description: 'true: the device has no window between the last that this gateway has and these' }))
    }, strict),
    bodyLimit: WINDOWS_BODY_BYTES,
    answers: { 202: WindowsKept },
    access: { ...DEVICE, trace: 'request log' }
  }),

  closeSegment: defineOperation({
    id: 'closeSegment',
    method: 'POST',
    path: '/v1/streams/:stream/segments',
    tags,
    summary: 'Registers a segment of windows that this gateway has, together with segments of other devices; answered when it is on the ledger',
    params: StreamParams,
    body: StatementMessage,
    answers: { 201: SegmentKept },
    access: { ...DEVICE, trace: 'ledger' }
  }),

  getStream: defineOperation({
    id: 'getStream',
    method: 'GET',
    path: '/v1/streams/:stream',
    tags,
    summary: 'How far a stream is on the ledger, and how far beyond that windows lie here',
    params: StreamParams,
    answers: { 200: StreamState },
    access: {
      by: 'patient',
      who: 'the device that writes it; its patient or heir',
      devices: true,
      representatives: true,
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for another patient' },
      trace: 'request log'
    }
  }),

  listStored: defineOperation({
    id: 'listStoredWindows',
    method: 'GET',
    path: '/v1/streams/:stream/windows',
    tags,
    summary: 'Windows that lie here and in no segment yet',
    params: StreamParams,
    query: Type.Object({ after }),
    answers: { 200: WindowPage },
    access: {
      by: 'patient',
      who: 'the patient or heir',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for another patient' },
      trace: 'request log'
    }
  }),

  listWindows: defineOperation({
    id: 'listSegmentWindows',
    method: 'GET',
    path: '/v1/records/:recordId/versions/:version/windows',
    tags,
    summary: 'The windows of a segment, in order: for its patient, or under a live permit',
    params: VersionParams,
    query: Type.Object({
      event: Type.Optional(EventId),
      after,
      paths: Type.Optional(Type.Literal('none', { description: 'for whoever takes the whole segment, and needs no way of each window to its root' }))
    }),
    answers: { 200: WindowPage },
    access: {
      by: 'staff-or-patient',
      scopes: [SCOPES.readRecords],
      who: 'the patient or heir; the practitioner under a live permit',
      representatives: true,
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'without a permit' },
      trace: 'request log'
    }
  }),

  rewrapSegment: defineOperation({
    id: 'rewrapSegment',
    method: 'POST',
    path: '/v1/records/:recordId/versions/:version/window-rewraps',
    tags,
    summary: 'Replaces the wraps of all windows of a segment by its patient\'s signed rewrap, or their successor\'s',
    params: VersionParams,
    body: SegmentWraps,
    bodyLimit: WRAPS_BODY_BYTES,
    answers: { 201: Type.Object({ recordId: RecordId, version: Version, rewrapId: Hash, root: Hash, ...Committed }) },
    access: REWRAP_ACCESS,
    idempotent: true
  })
} as const
