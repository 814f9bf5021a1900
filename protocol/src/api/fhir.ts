import { Type } from 'typebox'
import { EventId, Hash, RecordId, Version } from '../shapes/primitives.ts'
import { PUBLIC } from './common.ts'
import { CONSENTS } from './consents.ts'
import { ACCESS } from './access.ts'
import { defineOperation } from './operation.ts'
import type { FhirAnswer } from './operation.ts'
import { RECORDS } from './records.ts'

/** Whether an address speaks FHIR, refusals too. */
export const isFhir = (path: string): boolean => path.startsWith('/fhir/')

const tags = ['FHIR'] as const
/** A resource of FHIR R4: its own schema is the specification's. */
const answer = (type: string): FhirAnswer => ({
  description: `${type} of FHIR R4 (4.0.1)`,
  content: {
    'application/fhir+json': {
      schema: Type.Object({ resourceType: Type.Literal(type.split(' ')[0] ?? type) }, { additionalProperties: true })
    }
  }
})

const PatientReference = Type.String({ pattern: '^(Patient/)?[a-z2-7]{32}$', description: 'Patient/… or the id alone' })
const paging = {
  _count: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'at most so many at once' })),
  _cursor: Type.Optional(Type.String({ maxLength: 1024, description: 'the "next" of the page before has it' }))
}
/** `recordId.version`: it never changes. */
const VersionName = Type.String({ pattern: '^[0-9a-f]{32}\\.[1-9][0-9]{0,6}$' })
const RecordParams = Type.Object({ id: RecordId })

/** FHIR R4 of what a gateway knows: pseudonyms, signatures, ciphertext; plaintext is `epione fhir`'s (decision 0613). */
export const FHIR = {
  metadata: defineOperation({
    id: 'getFhirMetadata',
    method: 'GET',
    path: '/fhir/metadata',
    tags,
    summary: 'What this gateway serves of FHIR',
    answers: { 200: answer('CapabilityStatement') },
    access: PUBLIC
  }),

  readDocument: defineOperation({
    id: 'readFhirDocumentReference',
    method: 'GET',
    path: '/fhir/DocumentReference/:id',
    tags,
    summary: 'A record as a document, by its signed manifest: the newest version',
    params: RecordParams,
    answers: { 200: answer('DocumentReference') },
    access: RECORDS.get.access
  }),

  readDocumentVersion: defineOperation({
    id: 'readFhirDocumentReferenceVersion',
    method: 'GET',
    path: '/fhir/DocumentReference/:id/_history/:version',
    tags,
    summary: 'A version of a record as a document',
    params: Type.Object({ id: RecordId, version: Version }),
    answers: { 200: answer('DocumentReference') },
    access: RECORDS.get.access
  }),

  searchDocuments: defineOperation({
    id: 'searchFhirDocumentReferences',
    method: 'GET',
    path: '/fhir/DocumentReference',
    tags,
    summary: 'Record versions of a patient as documents, as far as the caller may see them',
    query: Type.Object({ patient: PatientReference, status: Type.Optional(Type.Enum(['current', 'superseded'])), ...paging }),
    answers: { 200: answer('Bundle (searchset)') },
    access: RECORDS.listOfPatient.access
  }),

  readBinary: defineOperation({
    id: 'readFhirBinary',
    method: 'GET',
    path: '/fhir/Binary/:id',
    tags,
    summary: 'The sealed bytes of a record version, under a permit (?event=) or by its patient',
    params: Type.Object({ id: VersionName }),
    query: Type.Object({ event: Type.Optional(EventId) }),
    answers: RECORDS.getContent.answers,
    access: RECORDS.getContent.access,
    stream: 'down'
  }),

  createBinary: defineOperation({
    id: 'createFhirBinary',
    method: 'POST',
    path: '/fhir/Binary',
    tags,
    summary: 'Stores a sealed content; anything else is refused',
    body: RECORDS.storeContent.body,
    answers: { 201: answer('Binary') },
    access: RECORDS.storeContent.access,
    stream: 'up'
  }),

  readConsent: defineOperation({
    id: 'readFhirConsent',
    method: 'GET',
    path: '/fhir/Consent/:id',
    tags,
    summary: 'A consent, in the profile of IHE PCF that its grade needs',
    params: Type.Object({ id: Hash }),
    answers: { 200: answer('Consent') },
    access: CONSENTS.get.access
  }),

  searchConsents: defineOperation({
    id: 'searchFhirConsents',
    method: 'GET',
    path: '/fhir/Consent',
    tags,
    summary: 'Consents of a patient: to the patient all, to a practitioner those granted to them',
    query: Type.Object({ patient: PatientReference, ...paging }),
    answers: { 200: answer('Bundle (searchset)') },
    access: {
      by: 'staff-or-patient',
      scopes: CONSENTS.listForSelf.access.scopes,
      who: 'the patient of all; a practitioner of those granted to them',
      representatives: true,
      stranger: { status: 200, when: 'with their own, if any' },
      trace: 'request log'
    }
  }),

  readAuditEvent: defineOperation({
    id: 'readFhirAuditEvent',
    method: 'GET',
    path: '/fhir/AuditEvent/:id',
    tags,
    summary: 'An access event in the pattern of IHE BALP; its id is that of the request',
    params: Type.Object({ id: Hash }),
    answers: { 200: answer('AuditEvent') },
    access: ACCESS.get.access
  }),

  searchAuditEvents: defineOperation({
    id: 'searchFhirAuditEvents',
    method: 'GET',
    path: '/fhir/AuditEvent',
    tags,
    summary: 'The access log as AuditEvents, newest first: permits and denials',
    query: Type.Object({
      patient: Type.Optional(PatientReference),
      outcome: Type.Optional(Type.Enum(['0', '8'], { description: '0 permitted, 8 denied' })),
      date: Type.Optional(Type.String({ maxLength: 40, description: 'ge or le with a date' })),
      ...paging
    }),
    answers: { 200: answer('Bundle (searchset)') },
    access: ACCESS.list.access
  }),

  readProvenance: defineOperation({
    id: 'readFhirProvenance',
    method: 'GET',
    path: '/fhir/Provenance/:id',
    tags,
    summary: 'Who signed a record version, with the signed manifest',
    params: Type.Object({ id: VersionName }),
    answers: { 200: answer('Provenance') },
    access: RECORDS.get.access
  })
} as const
