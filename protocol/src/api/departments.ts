import { ENVELOPE_BYTES } from '@epione/crypto'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { DEPARTMENT_MEMBERS_MAX, FORMER_ENVELOPES_MAX } from '../shapes/limits.ts'
import { AttributeValue, Hash, Hex, MspId, PatientId, StaffId, Version } from '../shapes/primitives.ts'
import { DepartmentState } from '../shapes/state.ts'
import { Committed, PageOf, PageQuery, StatementMessage, strict } from './common.ts'
import { ShownConsent } from './consents.ts'
import { defineOperation } from './operation.ts'
import type { Refusal } from './operation.ts'
import { ANY_STAFF, ENROL_STAFF } from './scopes.ts'

const tags = ['departments'] as const
/** A statement of 64 KiB, escaped, and an envelope for each member. */
const MEMBERSHIP_BYTES_MAX = 262_144

/** A department's key, sealed to one member. */
export const Envelope = Type.Object({ staffId: StaffId, sealed: Hex(ENVELOPE_BYTES) }, strict)
export type Envelope = Static<typeof Envelope>

const MembershipMessage = Type.Object({
  ...StatementMessage.properties,
  envelopes: Type.Array(Envelope, { minItems: 1, maxItems: DEPARTMENT_MEMBERS_MAX })
}, strict)
const Changed = Type.Object({ mspId: MspId, department: AttributeValue, version: Version, statementId: Hash, ...Committed })
const ELSEWHERE: Refusal = { status: 403, code: 'NOT_PERMITTED', when: 'of another hospital' }

/** Departments of hospitals, and the envelopes of their keys. */
export const DEPARTMENTS = {
  found: defineOperation({
    id: 'foundDepartment',
    method: 'POST',
    path: '/v1/departments/foundings',
    tags,
    summary: 'Puts a department of this hospital in place that one of its members signed: the first time, or when no member is left',
    bodyLimit: MEMBERSHIP_BYTES_MAX,
    body: MembershipMessage,
    answers: { 201: Changed },
    access: {
      by: 'staff', scopes: ENROL_STAFF, enrolled: false, who: 'whoever enrols staff, for this hospital', stranger: ELSEWHERE, trace: 'ledger'
    }
  }),

  change: defineOperation({
    id: 'changeDepartment',
    method: 'POST',
    path: '/v1/departments/changes',
    tags,
    summary: 'Changes the members of the caller\'s department, with a new key whenever one leaves, under the caller\'s own certificate',
    bodyLimit: MEMBERSHIP_BYTES_MAX,
    body: MembershipMessage,
    answers: { 201: Changed },
    access: { by: 'staff', scopes: ANY_STAFF, who: 'a present member', stranger: ELSEWHERE, trace: 'ledger' },
    underCaller: ['Departments:Change']
  }),

  get: defineOperation({
    id: 'getDepartment',
    method: 'GET',
    path: '/v1/departments/:mspId/:department',
    tags,
    summary: 'A department at one version, by default its newest, signed by one of its members',
    params: Type.Object({ mspId: MspId, department: AttributeValue }),
    query: Type.Object({ version: Type.Optional(Version) }),
    answers: { 200: DepartmentState },
    access: {
      by: 'anyone',
      who: 'whoever knows the department\'s code',
      stranger: { status: 200, when: 'signed members, which prove themselves' },
      trace: 'request log'
    }
  }),

  getEnvelope: defineOperation({
    id: 'getEnvelope',
    method: 'GET',
    path: '/v1/practitioners/me/envelopes/:department',
    tags,
    summary: 'The present key of a department of this hospital, sealed to the caller\'s envelope key, and the former ones as they were sealed to them',
    params: Type.Object({ department: AttributeValue }),
    answers: {
      200: Type.Object({
        statementId: Hash,
        sealed: Hex(ENVELOPE_BYTES),
        /** Of versions before, newest first: emergency deposits are for the key of their day. */
        former: Type.Array(Hex(ENVELOPE_BYTES), { maxItems: FORMER_ENVELOPES_MAX })
      })
    },
    access: {
      by: 'staff',
      scopes: ANY_STAFF,
      who: 'each present member the own one',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for whoever is no member' },
      trace: 'request log'
    }
  }),

  listConsents: defineOperation({
    id: 'listConsentsForDepartment',
    method: 'GET',
    path: '/v1/practitioners/me/department-consents',
    tags,
    summary: 'Consents granted to the department as of which the caller is certified, for its present members',
    query: Type.Object({ patientId: Type.Optional(PatientId), ...PageQuery }),
    answers: { 200: PageOf(ShownConsent) },
    access: { by: 'staff', scopes: ANY_STAFF, who: 'each present member those of the own one', trace: 'request log' }
  })
} as const
