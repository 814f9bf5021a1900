import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Between } from '../shapes/log-export.ts'
import { SignedAdminStatement } from '../shapes/network-document.ts'
import { EventId, Hash, MspId, PatientId, RecordId, StaffId, TimeMs, Version } from '../shapes/primitives.ts'
import { EmergencyCase, StoredAdminStatement } from '../shapes/state.ts'
import { EMERGENCY_REASONS, REVIEW_FINDINGS } from '../shapes/statements/access.ts'
import { Action } from '../shapes/statements/parts.ts'
import { bySigned, Committed, LogPageOf, PageOf, PageQuery, StatementMessage, strict } from './common.ts'
import { ShownConsent } from './consents.ts'
import { defineOperation } from './operation.ts'
import { SCOPES } from './scopes.ts'

const tags = ['emergencies']
const OrganizationParams = Type.Object({ mspId: MspId })
const BoxParams = Type.Object({ eventId: EventId })
/** `open`: until its last moment or its closing; `due` and `overdue`: over and not reviewed; `reviewed`. */
export const EMERGENCY_STATES = ['open', 'due', 'overdue', 'reviewed'] as const

/** Requests of a box that are named. */
export const OPENED_MAX = 100

/** A box of the read model: who opened it for whom, and what became of it. Each can be checked against its events. */
export const ShownEmergency = Type.Object({
  eventId: EventId,
  patientId: PatientId,
  mspId: MspId,
  staffId: StaffId,
  second: Type.Optional(StaffId),
  reason: Type.Enum([...EMERGENCY_REASONS]),
  state: Type.Enum([...EMERGENCY_STATES]),
  time: TimeMs,
  openUntil: TimeMs,
  reviewBy: TimeMs,
  closedAt: Type.Optional(TimeMs),
  /** What was permitted in it, oldest first: record versions, or none of a search. */
  opened: Type.Array(Type.Object({
    eventId: EventId, time: TimeMs, action: Action, records: Type.Array(Type.Object({ recordId: RecordId, version: Version }))
  }), { maxItems: OPENED_MAX }),
  review: Type.Optional(Type.Object({
    mspId: MspId, staffId: StaffId, finding: Type.Enum([...REVIEW_FINDINGS]), time: TimeMs, statementId: Hash
  })),
  blockNumber: Committed.blockNumber
})
export type ShownEmergency = Static<typeof ShownEmergency>

const OFFICERS = 'the patient, whoever opened it, privacy officers of every hospital, auditors within their scope'

/** Break-glass: keys of organisations, boxes, their closing and review. Requests are access requests. */
export const EMERGENCIES = {
  publishKeys: defineOperation({
    id: 'publishEmergencyKeys',
    method: 'POST',
    path: '/v1/organizations/:mspId/emergency-keys',
    tags,
    summary: 'Brings an organisation\'s next emergency key to the ledger, signed by its admin; older deposits are then to be topped up',
    params: OrganizationParams,
    body: Type.Object({ statement: SignedAdminStatement }, strict),
    answers: { 201: Type.Object({ mspId: MspId, version: Version, statementId: Hash, ...Committed }) },
    access: bySigned('whoever brings the statement that the organisation\'s admin signed')
  }),

  getKeys: defineOperation({
    id: 'getEmergencyKeys',
    method: 'GET',
    path: '/v1/organizations/:mspId/emergency-keys',
    tags,
    summary: 'The newest emergency key of an organisation, as its admin signed it',
    params: OrganizationParams,
    answers: { 200: StoredAdminStatement },
    access: {
      by: 'anyone',
      who: 'anyone',
      stranger: { status: 404, code: 'EMERGENCY_KEY_UNKNOWN', when: 'for an organisation that has published none' },
      trace: 'request log'
    }
  }),

  listDeposits: defineOperation({
    id: 'listEmergencyConsents',
    method: 'GET',
    path: '/v1/practitioners/me/emergency-consents',
    tags,
    summary: 'Emergency consents of a patient to the caller\'s hospital: what an emergency can name',
    query: Type.Object({ patientId: PatientId, ...PageQuery }),
    answers: { 200: PageOf(ShownConsent) },
    access: { by: 'staff', scopes: [SCOPES.readRecords], who: 'staff of the hospital, each patient by name', trace: 'request log' }
  }),

  list: defineOperation({
    id: 'listEmergencies',
    method: 'GET',
    path: '/v1/emergencies',
    tags,
    summary: 'Boxes that were opened, newest first: open, to be reviewed, overdue or reviewed',
    query: Type.Object({
      state: Type.Optional(Type.Enum([...EMERGENCY_STATES])),
      patientId: Type.Optional(PatientId),
      mspId: Type.Optional(MspId),
      staffId: Type.Optional(StaffId),
      ...Between,
      ...PageQuery
    }),
    answers: { 200: LogPageOf(ShownEmergency) },
    access: {
      by: 'staff-or-patient',
      scopes: [SCOPES.readAccessLog, SCOPES.readRecords],
      who: OFFICERS,
      representatives: true,
      delegates: 'read-log',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'when asking for another patient\'s' },
      trace: 'request log'
    }
  }),

  get: defineOperation({
    id: 'getEmergency',
    method: 'GET',
    path: '/v1/emergencies/:eventId',
    tags,
    summary: 'A box from the ledger itself, with its closing and review',
    params: BoxParams,
    answers: { 200: EmergencyCase },
    access: {
      by: 'staff-or-patient',
      scopes: [SCOPES.readAccessLog, SCOPES.readRecords],
      who: OFFICERS,
      representatives: true,
      delegates: 'read-log',
      stranger: { status: 404, code: 'EVENT_UNKNOWN', when: 'for everybody else' },
      trace: 'request log'
    }
  }),

  close: defineOperation({
    id: 'closeEmergency',
    method: 'POST',
    path: '/v1/emergencies/closings',
    tags,
    summary: 'Ends a box before its time, in a transaction under the certificate of whoever opened it',
    body: StatementMessage,
    answers: { 201: Type.Object({ eventId: EventId, statementId: Hash, ...Committed }) },
    access: {
      by: 'staff',
      scopes: [SCOPES.readRecords],
      who: 'whoever opened it',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another person\'s statement' },
      trace: 'ledger'
    },
    idempotent: true,
    underCaller: ['Emergencies:Close']
  }),

  review: defineOperation({
    id: 'reviewEmergency',
    method: 'POST',
    path: '/v1/emergencies/reviews',
    tags,
    summary: 'Says what an officer of another organisation found of a box, in a transaction under their certificate',
    body: StatementMessage,
    answers: { 201: Type.Object({ eventId: EventId, statementId: Hash, ...Committed }) },
    access: {
      by: 'staff',
      scopes: [SCOPES.readAccessLog, SCOPES.readRecords],
      who: 'a privacy officer of another organisation than the one that opened it',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another person\'s statement' },
      trace: 'ledger'
    },
    idempotent: true,
    underCaller: ['Emergencies:Review']
  })
} as const
