import { Type } from 'typebox'
import { EventAnchor } from './anchor-shapes.ts'
import { Cid, EventId, Hash, MspId, RecordId, Version } from '../shapes/primitives.ts'
import { RecordOrder, RecordState } from '../shapes/state.ts'
import {
  bySigned, CIPHERTEXT, Committed, PageOf, PageQuery, PatientParams, REWRAP_ACCESS, SealedEntry, StatementMessage, strict,
  VersionParams, Wrap
} from './common.ts'
import { defineOperation } from './operation.ts'
import type { RouteAccess } from './operation.ts'
import { SCOPES } from './scopes.ts'

export const StoredContent = Type.Object({ cid: Cid, contentHash: Hash, sizeBytes: Type.Integer({ minimum: 0 }) })

const WrapMessage = Type.Object({ wrap: Wrap })
/** A permit of the caller's own that names the record. */
const EventQuery = Type.Object({ event: Type.Optional(EventId) })
/** `entry` exactly where the statement has `index`. */
const StatementWithWrap = Type.Object({ ...StatementMessage.properties, wrap: Wrap, entry: Type.Optional(SealedEntry) }, strict)

/** Where an order is on the ledger, and what it ended. */
const Ordered = Type.Object({ orderId: Hash, versions: Type.Array(Type.Object({ recordId: RecordId, version: Version })), ...Committed })

const BYTES_ACCESS: RouteAccess = {
  by: 'staff-or-patient',
  scopes: [SCOPES.readRecords],
  who: 'the patient or heir; the practitioner under a live permit',
  representatives: true,
  stranger: { status: 403, code: 'NOT_PERMITTED', when: 'without a permit' },
  trace: 'request log'
}

const ORDER_ACCESS: RouteAccess = {
  by: 'staff-or-patient',
  scopes: [SCOPES.readRecords, SCOPES.registerRecords],
  who: 'the patient or heir; of a withdrawal its author, too',
  representatives: true,
  stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for everybody else' },
  trace: 'request log'
}

export const RECORDS = {
  storeContent: defineOperation({
    id: 'storeContent',
    method: 'POST',
    path: '/v1/contents',
    tags: ['records'],
    summary: 'Stores sealed content under its CID; durable when answered, and harmless to repeat',
    body: {
      content: {
        'application/octet-stream': {
          schema: Type.String({ format: 'binary', description: 'sealed content (ciphertext with its header)' })
        }
      }
    },
    answers: { 201: StoredContent },
    access: {
      by: 'staff-or-patient',
      scopes: [SCOPES.registerRecords],
      who: 'any author: ciphertext goes to nobody before a signed manifest names it',
      trace: 'request log'
    },
    stream: 'up'
  }),

  register: defineOperation({
    id: 'registerRecord',
    method: 'POST',
    path: '/v1/records',
    tags: ['records'],
    summary: 'Registers a sealed record that was stored before, and copies it to one more hospital',
    body: StatementWithWrap,
    answers: { 201: Type.Object({ recordId: RecordId, version: Version, manifestId: Hash, ...Committed, copies: Type.Array(MspId) }) },
    access: {
      by: 'staff-or-patient',
      scopes: [SCOPES.registerRecords],
      who: 'its author',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another author\'s manifest' },
      trace: 'ledger'
    },
    idempotent: true,
    underCaller: ['Records:Register']
  }),

  listOfPatient: defineOperation({
    id: 'listRecords',
    method: 'GET',
    path: '/v1/patients/:patientId/records',
    tags: ['records'],
    summary: 'Record versions of a patient, as far as the caller may see them',
    params: PatientParams,
    query: Type.Object(PageQuery),
    answers: { 200: PageOf(RecordState) },
    access: {
      by: 'staff-or-patient',
      scopes: [SCOPES.readRecords, SCOPES.registerRecords],
      who: 'the patient or heir; of the records they wrote or have an active consent to, the practitioner',
      representatives: true,
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'without a record to show' },
      trace: 'request log'
    }
  }),

  get: defineOperation({
    id: 'getRecord',
    method: 'GET',
    path: '/v1/records/:recordId',
    tags: ['records'],
    summary: 'The signed manifest of a record version with its newest rewrap, by default of the newest version',
    params: Type.Object({ recordId: RecordId }),
    query: Type.Object({ version: Type.Optional(Version), ...EventQuery.properties }),
    answers: { 200: RecordState },
    access: {
      by: 'staff-or-patient',
      scopes: [SCOPES.readRecords, SCOPES.registerRecords],
      who: 'the patient or heir, the author, the grantee of an active consent, whoever has a permit that names it',
      representatives: true,
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for everybody else' },
      trace: 'request log'
    }
  }),

  erase: defineOperation({
    id: 'eraseRecords',
    method: 'POST',
    path: '/v1/erasures',
    tags: ['records'],
    summary: 'Ends record versions by their patient\'s signed erasure: every hospital destroys wraps and ciphertext and says so on the ledger',
    body: StatementMessage,
    answers: { 201: Ordered },
    access: bySigned('whoever brings the patient\'s signed erasure'),
    stops: true
  }),

  withdraw: defineOperation({
    id: 'withdrawRecord',
    method: 'POST',
    path: '/v1/withdrawals',
    tags: ['records'],
    summary: 'Ends a record version that its author should never have written; it is destroyed like an erased one',
    body: StatementMessage,
    answers: { 201: Ordered },
    access: {
      by: 'staff-or-patient',
      scopes: [SCOPES.registerRecords],
      who: 'its author',
      stranger: { status: 403, code: 'NOT_AUTHORIZED', when: 'for anybody else' },
      trace: 'ledger'
    },
    idempotent: true,
    underCaller: ['Records:Withdraw']
  }),

  getOrder: defineOperation({
    id: 'getOrder',
    method: 'GET',
    path: '/v1/orders/:orderId',
    tags: ['records'],
    summary: 'An erasure or withdrawal, and what each hospital has signed that it destroyed',
    params: Type.Object({ orderId: Hash }),
    answers: { 200: RecordOrder },
    access: ORDER_ACCESS
  }),

  getOrderAnchors: defineOperation({
    id: 'getOrderAnchors',
    method: 'GET',
    path: '/v1/orders/:orderId/anchors',
    tags: ['records'],
    summary: 'What proves that an order, and then each destruction that it lists, is in the anchored log, as for an access event',
    params: Type.Object({ orderId: Hash }),
    answers: { 200: Type.Object({ items: Type.Array(EventAnchor) }) },
    access: ORDER_ACCESS
  }),

  getWrap: defineOperation({
    id: 'getWrap',
    method: 'GET',
    path: '/v1/records/:recordId/versions/:version/wrap',
    tags: ['records'],
    summary: 'The wrap of a record version: for its patient, or under a live permit',
    params: VersionParams,
    query: EventQuery,
    answers: { 200: WrapMessage },
    access: BYTES_ACCESS
  }),

  getContent: defineOperation({
    id: 'getContent',
    method: 'GET',
    path: '/v1/records/:recordId/versions/:version/content',
    tags: ['records'],
    summary: 'The ciphertext of a record version: for its patient, or under a live permit; ETag is its CID, Range and conditional requests are honoured',
    params: VersionParams,
    query: EventQuery,
    answers: {
      200: { description: 'ciphertext', ...CIPHERTEXT },
      206: { description: 'part of the ciphertext', ...CIPHERTEXT },
      304: { description: 'not modified', type: 'null' }
    },
    access: BYTES_ACCESS,
    stream: 'down'
  }),

  getContentOutline: defineOperation({
    id: 'getContentOutline',
    method: 'GET',
    path: '/v1/records/:recordId/versions/:version/content/outline',
    tags: ['records'],
    summary: 'What proves any part of a record version\'s ciphertext: its size, its header and the hash of each chunk, as docs/protocol.md §5 lays them out',
    params: VersionParams,
    query: EventQuery,
    answers: { 200: { description: 'outline of the ciphertext', ...CIPHERTEXT } },
    access: BYTES_ACCESS,
    stream: 'down'
  }),

  rewrap: defineOperation({
    id: 'rewrapRecord',
    method: 'POST',
    path: '/v1/records/:recordId/versions/:version/rewraps',
    tags: ['records'],
    summary: 'Replaces the wrap of a record version by its patient\'s signed rewrap, or their successor\'s; the content stays, the former wrap is deleted',
    params: VersionParams,
    body: StatementWithWrap,
    answers: { 201: Type.Object({ recordId: RecordId, version: Version, rewrapId: Hash, wrapHash: Hash, ...Committed }) },
    access: REWRAP_ACCESS,
    idempotent: true
  })
} as const
