import { KFRAG_BYTES, SEALED_OVERHEAD_BYTES } from '@epione/crypto'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Hash, Hex, MspId, PatientId } from '../shapes/primitives.ts'
import { StandingState } from '../shapes/patient-state.ts'
import { ConsentState, ConsentStatus } from '../shapes/state.ts'
import { bySigned, Committed, PageOf, PageQuery, PatientParams, StatementMessage, strict } from './common.ts'
import { defineOperation } from './operation.ts'
import { ANY_STAFF, SCOPES } from './scopes.ts'

/** A kfrag sealed to a proxy's encryption key. */
const SEALED_KFRAG_BYTES = KFRAG_BYTES + SEALED_OVERHEAD_BYTES
/** 64 compartments with 64 shares each would not fit a statement of 64 KiB anyway. */
const KFRAGS_MAX = 512
/** A statement of 64 KiB, escaped, and so many sealed kfrags in hex. */
const GRANT_BYTES_MAX = 655_360

export const SealedKfrag = Type.Object({ kfragId: Hash, sealed: Hex(SEALED_KFRAG_BYTES) }, strict)
export type SealedKfrag = Static<typeof SealedKfrag>

/**
 * A consent as the ledger has it, and its status by this gateway's clock. `ending`: this hospital keeps to an end of it, mostly a
 * revocation that it took, which the ledger does not show yet.
 */
export const ShownConsent = Type.Object({ ...ConsentState.properties, status: ConsentStatus, ending: Type.Boolean() })
export type ShownConsent = Static<typeof ShownConsent>

export const CONSENTS = {
  grant: defineOperation({
    id: 'grantConsent',
    method: 'POST',
    path: '/v1/consents',
    tags: ['consents'],
    summary: 'Brings a patient\'s signed consent to the ledger and its sealed kfrags to the proxies; the statement authenticates itself',
    bodyLimit: GRANT_BYTES_MAX,
    body: Type.Object({
      ...StatementMessage.properties,
      kfrags: Type.Array(Type.Object({ mspId: MspId, ...SealedKfrag.properties }, strict), { minItems: 1, maxItems: KFRAGS_MAX })
    }, strict),
    answers: { 201: Type.Object({ consentId: Hash, status: ConsentStatus, custody: Type.Array(MspId), ...Committed }) },
    access: bySigned('whoever brings the patient\'s signed consent')
  }),

  get: defineOperation({
    id: 'getConsent',
    method: 'GET',
    path: '/v1/consents/:consentId',
    tags: ['consents'],
    summary: 'A consent with its custody and end, for its patient and its grantee',
    params: Type.Object({ consentId: Hash }),
    answers: { 200: ShownConsent },
    access: {
      by: 'staff-or-patient',
      scopes: [SCOPES.readRecords],
      who: 'its patient and its grantee',
      representatives: true,
      delegates: 'revoke',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for everybody else' },
      trace: 'request log'
    }
  }),

  listOfPatient: defineOperation({
    id: 'listConsentsOfPatient',
    method: 'GET',
    path: '/v1/patients/:patientId/consents',
    tags: ['consents'],
    summary: 'All consents of the patient whose session it is',
    params: PatientParams,
    query: Type.Object(PageQuery),
    answers: { 200: PageOf(ShownConsent) },
    access: {
      by: 'patient',
      who: 'the patient',
      representatives: true,
      delegates: 'revoke',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for another patient' },
      trace: 'request log'
    }
  }),

  listForSelf: defineOperation({
    id: 'listConsentsForSelf',
    method: 'GET',
    path: '/v1/practitioners/me/consents',
    tags: ['consents'],
    summary: 'Consents granted to the caller',
    query: Type.Object({ patientId: Type.Optional(PatientId), ...PageQuery }),
    answers: { 200: PageOf(ShownConsent) },
    access: { by: 'staff', scopes: ANY_STAFF, who: 'each those granted to themself', trace: 'request log' }
  }),

  revoke: defineOperation({
    id: 'revokeConsent',
    method: 'POST',
    path: '/v1/revocations',
    tags: ['consents'],
    summary: 'Ends a consent by its patient\'s signed revocation, which authenticates itself; this hospital\'s proxy stops at once',
    body: StatementMessage,
    answers: { 201: Type.Object({ consentId: Hash, statementId: Hash, ...Committed }) },
    access: bySigned('whoever brings the patient\'s signed revocation'),
    stops: true
  }),

  forbid: defineOperation({
    id: 'forbidAccess',
    method: 'POST',
    path: '/v1/patients/:patientId/prohibitions',
    tags: ['consents'],
    summary: 'Forbids, whatever consents say, or ends an earlier prohibition, by the patient\'s signed statement, which authenticates itself',
    params: PatientParams,
    body: StatementMessage,
    answers: { 201: Type.Object({ prohibitionId: Hash, ...Committed }) },
    access: bySigned('whoever brings the patient\'s signed prohibition'),
    stops: true
  }),

  listProhibitions: defineOperation({
    id: 'listProhibitions',
    method: 'GET',
    path: '/v1/patients/:patientId/prohibitions',
    tags: ['consents'],
    summary: 'The prohibitions in force of the patient whose session it is, oldest first',
    params: PatientParams,
    answers: { 200: Type.Object({ items: StandingState.properties.prohibitions }) },
    access: {
      by: 'patient',
      who: 'the patient',
      representatives: true,
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for another patient' },
      trace: 'request log'
    }
  })
} as const
