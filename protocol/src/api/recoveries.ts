import { Type } from 'typebox'
import { Hash, TimeMs, Version } from '../shapes/primitives.ts'
import { bySigned, Committed, PatientParams, StatementMessage } from './common.ts'
import { HandedBytes } from './guardians.ts'
import { defineOperation } from './operation.ts'
import { SCOPES } from './scopes.ts'

const RequestParams = Type.Object({ ...PatientParams.properties, requestId: Hash })
const tags = ['recovery'] as const

/** Recoveries and what stops them or a patient's keys. */
export const RECOVERIES = {
  freeze: defineOperation({
    id: 'freezePatient',
    method: 'POST',
    path: '/v1/patients/:patientId/freeze',
    tags,
    summary: 'Freezes a patient by the patient\'s or the guardians\' signed statement; `freezeId` is the freeze in force afterwards',
    params: PatientParams,
    body: StatementMessage,
    answers: { 201: Type.Object({ freezeId: Hash, statementId: Hash, ...Committed }) },
    access: bySigned('whoever brings the patient\'s or the guardians\' signed statement'),
    stops: true
  }),

  unfreeze: defineOperation({
    id: 'unfreezePatient',
    method: 'POST',
    path: '/v1/patients/:patientId/unfreeze',
    tags,
    summary: 'Ends the freeze in force by the guardians\' signed statement, or the patient\'s who made it',
    params: PatientParams,
    body: StatementMessage,
    answers: { 201: Type.Object({ statementId: Hash, ...Committed }) },
    access: bySigned(
      'whoever brings the guardians\' or the patient\'s signed statement',
      { status: 409, code: 'FREEZE_CONFLICT', when: 'for a freeze that is not in force; else 400 SIGNATURE_INVALID' }
    )
  }),

  request: defineOperation({
    id: 'requestRecovery',
    method: 'POST',
    path: '/v1/patients/:patientId/recoveries',
    tags,
    summary: 'Brings the guardians\' signed request for the backup to the ledger, where it waits in public; the statement authenticates itself',
    params: PatientParams,
    body: StatementMessage,
    answers: { 201: Type.Object({ requestId: Hash, availableFrom: TimeMs, ...Committed }) },
    access: bySigned(
      'whoever brings the guardians\' signed request',
      { status: 404, code: 'GUARDIANS_UNKNOWN', when: 'when the patient has no guardians' }
    )
  }),

  stop: defineOperation({
    id: 'stopRecovery',
    method: 'POST',
    path: '/v1/patients/:patientId/recoveries/stops',
    tags,
    summary: 'Stops a recovery or a change of the identity key, also one not yet seen; the statement authenticates itself',
    params: PatientParams,
    body: StatementMessage,
    answers: { 201: Type.Object({ target: Hash, statementId: Hash, ...Committed }) },
    access: bySigned('whoever brings the patient\'s or the guardians\' signed statement'),
    stops: true
  }),

  stopInPerson: defineOperation({
    id: 'stopRecoveryInPerson',
    method: 'POST',
    path: '/v1/patients/:patientId/recoveries/:requestId/stop-in-person',
    tags,
    summary: 'Stops a recovery for a patient who appeared in person, submitted by the registration desk',
    params: RequestParams,
    answers: { 201: Type.Object({ target: Hash, ...Committed }) },
    access: { by: 'staff', scopes: [SCOPES.registerPatients], enrolled: false, who: 'the registration desk', trace: 'ledger' },
    stops: true
  }),

  getBackup: defineOperation({
    id: 'getBackup',
    method: 'GET',
    path: '/v1/patients/:patientId/recoveries/:requestId/backup',
    tags,
    summary: 'The backup of a recovery that has waited unstopped, sealed to the key in the guardians\' request; before, 409 with `availableFrom`',
    params: RequestParams,
    answers: { 200: Type.Object({ issue: Version, backup: HandedBytes }) },
    access: {
      by: 'anyone',
      who: 'whoever knows the request, after the wait: the backup is sealed to the key that the guardians signed',
      stranger: { status: 404, code: 'RECOVERY_UNKNOWN', when: 'for a request that is on no ledger' },
      trace: 'request log'
    }
  })
} as const
