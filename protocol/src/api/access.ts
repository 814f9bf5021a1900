import { Type } from 'typebox'
import { AccusationCase } from '../shapes/arguments.ts'
import { Between, LogExport, LogQuery } from '../shapes/log-export.ts'
import { REQUESTS_PER_BATCH } from '../shapes/limits.ts'
import { PolicyDocument } from '../shapes/policy.ts'
import { EventId, Hash, MspId, PatientId, RecordId, StaffId, Version } from '../shapes/primitives.ts'
import { AccessCase, AccessEvent, Accusation, Signed, StoredStatement } from '../shapes/state.ts'
import { AccessExplanation, AccessQuestion, PolicyPreview, RecordReaders, RequestExplanation } from './access-explanation.ts'
import { CollectedAnswers, LoggedAccessEvent, LoggedReading, RequestOutcome } from './access-shapes.ts'
import { EventAnchor } from './anchor-shapes.ts'
import { Committed, LogPageOf, PageQuery, StatementMessage, strict } from './common.ts'
import { defineOperation } from './operation.ts'
import type { RouteAccess } from './operation.ts'
import { SCOPES } from './scopes.ts'

/** Each consent costs reading its blocks and the decision for every certificate that rules tell apart. */
const READERS_PAGE_MAX = 20
/** As much as a proposal has. */
const POLICY_BYTES_MAX = 262_144
const EventParams = Type.Object({ eventId: EventId })
const READERS = [SCOPES.readAccessLog, SCOPES.readRecords] as const

const { eventId: _eventId, ...Evidence } = AccusationCase.properties
/** An answer for 256 wraps, with as many outlines: a lie about all of them must not be too long to be told. */
const ACCUSATION_BYTES_MAX = 262_144

const EVENT_ACCESS: RouteAccess = {
  by: 'staff-or-patient',
  scopes: READERS,
  who: 'the patient, the person who asked, an auditor within the scope',
  representatives: true,
  delegates: 'read-log',
  stranger: { status: 404, code: 'EVENT_UNKNOWN', when: 'for everybody else' },
  trace: 'request log'
}

export const ACCESS = {
  list: defineOperation({
    id: 'listAccessEvents',
    method: 'GET',
    path: '/v1/access-events',
    tags: ['access log'],
    summary: 'The access log, newest first: an auditor\'s scope, a patient\'s own record, or a practitioner\'s own requests',
    query: Type.Object({ ...LogQuery.properties, ...PageQuery }),
    answers: { 200: LogPageOf(LoggedAccessEvent) },
    access: {
      by: 'staff-or-patient',
      scopes: READERS,
      who: 'the patient about themself, staff about their own requests, an auditor within the scope',
      representatives: true,
      delegates: 'read-log',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'when asking for others' },
      trace: 'request log'
    }
  }),

  listReadings: defineOperation({
    id: 'listLogReadings',
    method: 'GET',
    path: '/v1/access-log-readings',
    tags: ['access log'],
    summary: 'Who read the access log, newest first: an auditor\'s scope, of a patient\'s own events, or a practitioner\'s own readings',
    query: Type.Object({
      patientId: Type.Optional(PatientId),
      mspId: Type.Optional(MspId),
      staffId: Type.Optional(StaffId),
      ...Between,
      ...PageQuery
    }),
    answers: { 200: LogPageOf(LoggedReading) },
    access: {
      by: 'staff-or-patient',
      scopes: READERS,
      who: 'the patient about their own events, staff about their own readings, an auditor within the scope',
      representatives: true,
      delegates: 'read-log',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'when asking for others' },
      trace: 'request log'
    }
  }),

  attestExport: defineOperation({
    id: 'attestLogExport',
    method: 'POST',
    path: '/v1/access-log-exports',
    tags: ['access log'],
    summary: 'Notes that the caller takes a file of the access log away, and signs what this hospital itself finds for its query',
    body: Type.Object({
      query: LogQuery,
      format: LogExport.properties.format,
      fileHash: Hash,
      sizeBytes: LogExport.properties.sizeBytes,
      throughBlock: LogExport.properties.throughBlock
    }, strict),
    answers: {
      201: Type.Object({
        statement: Signed,
        registration: Type.Optional(Type.String({
          description: 'base64: the transaction, signed by the organisation\'s admin, that registered the key which signed the statement'
        }))
      })
    },
    access: {
      by: 'staff-or-patient',
      scopes: READERS,
      who: 'the patient about themself, staff about their own requests, an auditor within the scope',
      representatives: true,
      delegates: 'read-log',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'when asking for others' },
      trace: 'ledger'
    }
  }),

  get: defineOperation({
    id: 'getAccessEvent',
    method: 'GET',
    path: '/v1/access-events/:eventId',
    tags: ['access log'],
    summary: 'An access event from the ledger itself, with the signed request, the receipts of proxies and accusations',
    params: EventParams,
    answers: {
      200: Type.Object({
        ...AccessCase.properties,
        releases: Type.Array(StoredStatement),
        accusations: Type.Array(Accusation),
        blockNumber: Committed.blockNumber
      })
    },
    access: EVENT_ACCESS
  }),

  explain: defineOperation({
    id: 'explainAccessEvent',
    method: 'GET',
    path: '/v1/access-events/:eventId/explanation',
    tags: ['access log'],
    summary: 'Why an access event was permitted or denied, on what the ledger held then: rules, facts, what was lacking, and what can be judged as of now alone',
    params: EventParams,
    answers: { 200: AccessExplanation },
    access: EVENT_ACCESS
  }),

  explainRequest: defineOperation({
    id: 'explainAccessRequest',
    method: 'POST',
    path: '/v1/explain',
    tags: ['access log'],
    summary: 'What would be decided of a request that nobody made, if it came now, and why: to read records, or to search compartments',
    body: AccessQuestion,
    answers: { 200: RequestExplanation },
    access: {
      by: 'staff-or-patient',
      scopes: READERS,
      who: 'the patient, an auditor of the consortium; of a requester to whom the patient gave a consent, that person and their hospital\'s auditors',
      representatives: true,
      stranger: { status: 404, code: 'PATIENT_UNKNOWN', when: 'for everybody else' },
      trace: 'request log'
    }
  }),

  listReaders: defineOperation({
    id: 'listRecordReaders',
    method: 'GET',
    path: '/v1/records/:recordId/readers',
    tags: ['access log'],
    summary: 'Who can read a record version now, or could when a block was the newest: page by page the patient\'s consents, each with what its person would get',
    params: Type.Object({ recordId: RecordId }),
    query: Type.Object({
      version: Type.Optional(Version),
      block: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'the last block that counts; without it, all' })),
      cursor: PageQuery.cursor,
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: READERS_PAGE_MAX, default: READERS_PAGE_MAX, description: 'consents in a page' }))
    }),
    answers: { 200: RecordReaders },
    access: {
      by: 'staff-or-patient',
      scopes: [SCOPES.readAccessLog],
      who: 'the patient, an auditor of the consortium',
      representatives: true,
      stranger: { status: 404, code: 'RECORD_UNKNOWN', when: 'for everybody else' },
      trace: 'request log'
    }
  }),

  previewPolicy: defineOperation({
    id: 'previewPolicy',
    method: 'POST',
    path: '/v1/policy-preview',
    tags: ['access log'],
    summary: 'Who would gain and who would lose by a policy in place of the one in force: page by page all record versions and the consents to them',
    body: Type.Object({ policy: PolicyDocument }, strict),
    bodyLimit: POLICY_BYTES_MAX,
    query: Type.Object({
      cursor: PageQuery.cursor,
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: READERS_PAGE_MAX, default: READERS_PAGE_MAX, description: 'consents judged in a page' }))
    }),
    answers: { 200: PolicyPreview },
    access: {
      by: 'staff',
      scopes: [SCOPES.readAccessLog],
      who: 'an auditor of the consortium',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for everybody else' },
      trace: 'request log'
    }
  }),

  getAnchor: defineOperation({
    id: 'getEventAnchor',
    method: 'GET',
    path: '/v1/access-events/:eventId/anchor',
    tags: ['access log'],
    summary: 'What a proof bundle of an access event is made of: its envelope, the paths to its block and batch, the witnesses\' signatures, the EVM transaction',
    params: EventParams,
    answers: { 200: EventAnchor },
    access: EVENT_ACCESS
  }),

  request: defineOperation({
    id: 'requestAccess',
    method: 'POST',
    path: '/v1/access-requests',
    tags: ['access'],
    summary: 'Submits a practitioner\'s signed request under that person\'s certificate; permitted or denied, it is logged',
    body: StatementMessage,
    answers: { 201: Type.Object({ event: AccessEvent, ...Committed }) },
    access: {
      by: 'staff',
      scopes: [SCOPES.readRecords],
      who: 'the person who signed the request',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another person\'s request' },
      trace: 'access event'
    },
    idempotent: true,
    underCaller: ['Access:Request']
  }),

  requestAll: defineOperation({
    id: 'requestAccessOfAll',
    method: 'POST',
    path: '/v1/access-requests/of-all',
    tags: ['access'],
    summary: 'Submits a practitioner\'s signed requests for several patients in one transaction; each is decided, logged or refused alone',
    body: Type.Object({ statements: Type.Array(Signed, { minItems: 1, maxItems: REQUESTS_PER_BATCH }) }, strict),
    answers: { 200: Type.Object({ items: Type.Array(RequestOutcome, { description: 'one for each request, in their order' }) }) },
    access: {
      by: 'staff',
      scopes: [SCOPES.readRecords],
      who: 'the person who signed the requests',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another person\'s request among them' },
      trace: 'access event'
    },
    idempotent: true,
    underCaller: ['Access:RequestAll', 'Access:Request']
  }),

  collectCfrags: defineOperation({
    id: 'collectCfrags',
    method: 'POST',
    path: '/v1/access-events/:eventId/cfrags',
    tags: ['access'],
    summary: 'Asks every proxy of a permitted event\'s consent and passes their signed answers on, one for each compartment, false ones too: the client is the judge',
    params: EventParams,
    answers: { 200: CollectedAnswers },
    access: {
      by: 'staff',
      scopes: [SCOPES.readRecords],
      who: 'the person whose live permit it is; receipts of proxies follow on the ledger',
      stranger: { status: 403, code: 'EVENT_OF_ANOTHER', when: 'with another person\'s event' },
      trace: 'ledger'
    }
  }),

  accuse: defineOperation({
    id: 'accuseProxy',
    method: 'POST',
    path: '/v1/access-events/:eventId/accusations',
    tags: ['access'],
    summary: 'Puts a proxy\'s signed false answer on the ledger, which checks it and refuses an accusation of a good one',
    params: EventParams,
    body: Type.Object(Evidence, strict),
    bodyLimit: ACCUSATION_BYTES_MAX,
    answers: { 201: Type.Object({ ...Accusation.properties, ...Committed }) },
    access: {
      by: 'staff',
      scopes: [SCOPES.readRecords],
      who: 'the person who asked',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another person\'s event' },
      trace: 'ledger'
    },
    idempotent: true
  })
} as const
