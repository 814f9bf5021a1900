import { Type } from 'typebox'
import { AttributeValue, Hash, MspId, StaffId, TimeMs, Version } from '../shapes/primitives.ts'
import { BindingHistory } from '../shapes/state.ts'
import { SuspensionCause, SuspensionTarget } from '../shapes/statements/people.ts'
import { bySigned, Committed, StatementMessage, strict } from './common.ts'
import { defineOperation } from './operation.ts'
import { ANY_STAFF, ENROL_STAFF } from './scopes.ts'

const tags = ['practitioners'] as const
/** A member of staff by organisation and opaque id. */
const PersonId = { mspId: MspId, staffId: StaffId }
/** What a person's certificate says, as the hospital enrols them. */
const Attributes = { role: AttributeValue, department: Type.Optional(AttributeValue) }
/**
 * Where the key of a person's certificate is: sealed at the hospital's gateway, or at their own device alone. Then the end of the
 * certificate is 0 until the device has one.
 */
const KeysAt = Type.Enum(['gateway', 'device'])
/** PEM of a PKCS #10 request for a key of P-256, its common name the staff id. */
const CertificateRequest = Type.String({
  maxLength: 2_048, pattern: '^-----BEGIN CERTIFICATE REQUEST-----\\n[A-Za-z0-9+/=\\n]+-----END CERTIFICATE REQUEST-----\\n?$'
})
const Pem = Type.String({ maxLength: 16_384 })
/** Name of a person at the hospital's identity provider. */
const Subject = Type.String({ minLength: 1, maxLength: 255 })

/** Staff of a hospital, and their keys. */
export const PRACTITIONERS = {
  enrol: defineOperation({
    id: 'enrolPractitioner',
    method: 'POST',
    path: '/v1/practitioners',
    tags,
    summary: 'Enrols a member of staff with the hospital\'s CA under an opaque id',
    body: Type.Object({ subject: Subject, ...Attributes, keys: Type.Optional(KeysAt) }, strict),
    answers: { 201: Type.Object({ ...PersonId, ...Attributes, keys: KeysAt, certificateNotAfter: TimeMs }) },
    access: { by: 'staff', scopes: ENROL_STAFF, enrolled: false, who: 'whoever enrols staff, or a program of the hospital that does', trace: 'request log' },
    idempotent: true
  }),

  getSelf: defineOperation({
    id: 'getSelf',
    method: 'GET',
    path: '/v1/practitioners/me',
    tags,
    summary: 'Who the token\'s subject is on the ledger',
    answers: { 200: Type.Object({ subject: Subject, ...PersonId, ...Attributes }) },
    access: { by: 'staff', scopes: ANY_STAFF, who: 'each about themself', trace: 'request log' }
  }),

  getCertificate: defineOperation({
    id: 'getCertificate',
    method: 'GET',
    path: '/v1/practitioners/me/certificate',
    tags,
    summary: 'Where the key of the caller\'s certificate is, and the certificate itself where that is the caller\'s device',
    answers: { 200: Type.Object({ keys: KeysAt, certificate: Type.Optional(Pem), certificateNotAfter: TimeMs }) },
    access: { by: 'staff', scopes: ANY_STAFF, who: 'each about themself', trace: 'request log' }
  }),

  certify: defineOperation({
    id: 'certifyDevice',
    method: 'POST',
    path: '/v1/practitioners/me/certificate',
    tags,
    summary: 'Has the hospital\'s CA certify a key of the caller\'s own device; a key that the gateway kept for the caller ends',
    body: Type.Object({ request: CertificateRequest }, strict),
    answers: { 201: Type.Object({ ...PersonId, ...Attributes, certificate: Pem, certificateNotAfter: TimeMs }) },
    access: { by: 'staff', scopes: ANY_STAFF, who: 'each for themself', trace: 'request log' }
  }),

  bindKeys: defineOperation({
    id: 'bindKeys',
    method: 'POST',
    path: '/v1/practitioners/me/keys',
    tags,
    summary: 'Binds the caller\'s request-signing and receiving key, in a transaction under the caller\'s own certificate',
    body: StatementMessage,
    answers: { 201: Type.Object({ ...PersonId, version: Version, statementId: Hash, ...Committed }) },
    access: {
      by: 'staff',
      scopes: ANY_STAFF,
      who: 'each for themself',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another person\'s binding' },
      trace: 'ledger'
    },
    idempotent: true,
    underCaller: ['Directory:Bind']
  }),

  suspend: defineOperation({
    id: 'suspendSelf',
    method: 'POST',
    path: '/v1/practitioners/:mspId/:staffId/suspensions',
    tags,
    summary: 'Ends a person, a certificate or a key by the person\'s own signed statement, for good; the statement authenticates itself',
    params: Type.Object(PersonId),
    body: StatementMessage,
    answers: { 201: Type.Object({ ...PersonId, statementId: Hash, ...Committed }) },
    access: bySigned('whoever brings the person\'s signed statement'),
    stops: true
  }),

  suspendStaff: defineOperation({
    id: 'suspendStaff',
    method: 'POST',
    path: '/v1/practitioners/:mspId/:staffId/suspensions/by-hospital',
    tags,
    summary: 'Ends a member of the hospital\'s own staff, a certificate or a key of theirs, for good',
    params: Type.Object(PersonId),
    body: Type.Object({ target: SuspensionTarget, cause: SuspensionCause }, strict),
    answers: { 201: Type.Object({ ...PersonId, target: SuspensionTarget, cause: SuspensionCause, time: TimeMs, ...Committed }) },
    access: {
      by: 'staff',
      scopes: ENROL_STAFF,
      enrolled: false,
      who: 'whoever enrols staff, for staff of this hospital',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for staff of another hospital' },
      trace: 'ledger'
    },
    stops: true
  }),

  getBinding: defineOperation({
    id: 'getBinding',
    method: 'GET',
    path: '/v1/practitioners/:mspId/:staffId/keys',
    tags,
    summary: 'All key bindings of a member of staff, each signed with the keys it binds',
    params: Type.Object(PersonId),
    answers: { 200: BindingHistory },
    access: {
      by: 'anyone',
      who: 'whoever knows the staff id',
      stranger: { status: 200, when: 'signed keys, which prove themselves' },
      trace: 'request log'
    }
  })
} as const
