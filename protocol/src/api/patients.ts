import { Type } from 'typebox'
import { Hash, PatientId, Version } from '../shapes/primitives.ts'
import { PatientDirectory } from '../shapes/patient-state.ts'
import { bySigned, Committed, PatientParams, StatementMessage } from './common.ts'
import { defineOperation } from './operation.ts'
import { SCOPES } from './scopes.ts'

const DirectoryWritten = Type.Object({ patientId: PatientId, version: Version, statementId: Hash, ...Committed })

/** A patient's keys, hand-over, representatives and limited keys. */
export const PATIENTS = {
  register: defineOperation({
    id: 'registerPatient',
    method: 'POST',
    path: '/v1/patients',
    tags: ['patients'],
    summary: 'Publishes a new patient\'s first key directory, submitted by the registration desk',
    body: StatementMessage,
    answers: { 201: DirectoryWritten },
    access: {
      by: 'staff',
      scopes: [SCOPES.registerPatients],
      enrolled: false,
      who: 'the registration desk',
      stranger: { status: 400, code: 'PATIENT_ID_MISMATCH', when: 'with a directory of another key than the patient id' },
      trace: 'ledger'
    },
    idempotent: true
  }),

  updateDirectory: defineOperation({
    id: 'updateDirectory',
    method: 'PUT',
    path: '/v1/patients/:patientId/directory',
    tags: ['patients'],
    summary: 'Publishes a later version of a patient\'s key directory, which waits when it brings a new identity key; the statement authenticates itself',
    params: PatientParams,
    body: StatementMessage,
    answers: { 200: DirectoryWritten },
    access: bySigned('whoever brings the patient\'s signed statement')
  }),

  getDirectory: defineOperation({
    id: 'getDirectory',
    method: 'GET',
    path: '/v1/patients/:patientId/directory',
    tags: ['patients'],
    summary: 'All versions of a patient\'s key directory, each signed: check them up to the patient id',
    params: PatientParams,
    answers: { 200: PatientDirectory },
    access: {
      by: 'anyone',
      who: 'whoever knows the patient id',
      stranger: { status: 200, when: 'signed keys, which prove themselves' },
      trace: 'request log'
    }
  }),

  activateDirectory: defineOperation({
    id: 'activateDirectory',
    method: 'POST',
    path: '/v1/patients/:patientId/directory/activation',
    tags: ['patients'],
    summary: 'Puts a directory version with a new identity key in force, once it has waited unstopped',
    params: PatientParams,
    answers: { 201: DirectoryWritten },
    access: {
      by: 'anyone',
      who: 'whoever knows the patient id, once the version has waited',
      stranger: { status: 404, code: 'CHANGE_UNKNOWN', when: 'when nothing waits' },
      trace: 'ledger'
    }
  }),

  succeed: defineOperation({
    id: 'succeedPatient',
    method: 'POST',
    path: '/v1/patients/:patientId/succession',
    tags: ['patients'],
    summary: 'Hands a patient id over to another one by a statement that both signed: its consents end, its records wait for the successor\'s rewraps',
    params: PatientParams,
    body: StatementMessage,
    answers: { 201: Type.Object({ patientId: PatientId, successor: PatientId, statementId: Hash, ...Committed }) },
    access: bySigned('whoever brings the statement that both ids signed')
  }),

  represent: defineOperation({
    id: 'confirmRepresentation',
    method: 'POST',
    path: '/v1/patients/:patientId/representations',
    tags: ['patients'],
    summary: 'Confirms before the registration desk that somebody acts for the patient; patient and representative signed the statement',
    params: PatientParams,
    body: StatementMessage,
    answers: { 201: Type.Object({ statementId: Hash, ...Committed }) },
    access: {
      by: 'staff',
      scopes: [SCOPES.registerPatients],
      enrolled: false,
      who: 'the registration desk',
      stranger: { status: 400, code: 'SIGNATURE_INVALID', when: 'with a statement of another key than it names' },
      trace: 'ledger'
    },
    idempotent: true
  }),

  endRepresentation: defineOperation({
    id: 'endRepresentation',
    method: 'POST',
    path: '/v1/patients/:patientId/representations/ends',
    tags: ['patients'],
    summary: 'Ends a representation by a statement of the patient or the representative',
    params: PatientParams,
    body: StatementMessage,
    answers: { 201: Type.Object({ statementId: Hash, ...Committed }) },
    access: bySigned('whoever brings the patient\'s or the representative\'s signed statement'),
    stops: true
  }),

  changeDelegates: defineOperation({
    id: 'changeDelegates',
    method: 'POST',
    path: '/v1/patients/:patientId/delegates',
    tags: ['patients'],
    summary: 'Names a limited key of a patient\'s, ends one, or both, by the patient\'s statement; such a key may end itself',
    params: PatientParams,
    body: StatementMessage,
    answers: { 201: Type.Object({ statementId: Hash, ...Committed }) },
    access: bySigned('whoever brings the patient\'s, or to end it the limited key\'s, signed statement'),
    stops: true
  }),

  endRepresentationInPerson: defineOperation({
    id: 'endRepresentationInPerson',
    method: 'POST',
    path: '/v1/patients/:patientId/representations/:representationId/end-in-person',
    tags: ['patients'],
    summary: 'Ends a representation that this hospital\'s registration desk confirmed, submitted by it',
    params: Type.Object({ patientId: PatientId, representationId: Hash }),
    answers: { 201: Type.Object({ representationId: Hash, ...Committed }) },
    access: {
      by: 'staff',
      scopes: [SCOPES.registerPatients],
      enrolled: false,
      who: 'the registration desk of the hospital that confirmed it',
      stranger: { status: 404, code: 'REPRESENTATION_UNKNOWN', when: 'for one that the patient does not have' },
      trace: 'ledger'
    },
    stops: true
  })
} as const
