import { Type } from 'typebox'
import type { Static, TString } from 'typebox'
import { Hash, PatientId, Version } from '../shapes/primitives.ts'
import { PatientSafety } from '../shapes/patient-state.ts'
import { bySigned, Committed, PatientParams, StatementMessage, strict } from './common.ts'
import { defineOperation } from './operation.ts'

/** Hex of bytes of bounded length. */
const Ciphertext = (bytesMax: number): TString => Type.String({ pattern: '^([0-9a-f]{2})+$', maxLength: 2 * bytesMax })
/** The entropy of 24 words with its tag, with room for a longer secret; a share and what sealing adds. */
const [BACKUP_BYTES_MAX, SHARE_BYTES_MAX] = [256, 256]
const GUARDIANS_MAX = 16
const [Backup, Share] = [Ciphertext(BACKUP_BYTES_MAX), Ciphertext(SHARE_BYTES_MAX)]
/** Bytes of bounded length in hex: what hospitals hand out of an escrow. */
export const HandedBytes = Type.String({ pattern: '^([0-9a-f]{2}){1,1024}$' })

/**
 * What lies with the hospitals for a recovery, in hex: the phrase's entropy encrypted under a key that only enough guardians together have,
 * and their sealed shares in the statement's order.
 */
const Escrow = Type.Object({ backup: Backup, shares: Type.Array(Share, { minItems: 1, maxItems: GUARDIANS_MAX }) }, strict)
export type Escrow = Static<typeof Escrow>

/** As it lies there, damaged or not; null where nothing lies. */
const Kept = Type.Union([Type.String({ pattern: '^([0-9a-f]{2}){0,1024}$' }), Type.Null()])
const KeptEscrow = Type.Object({ statementId: Hash, issue: Version, backup: Kept, shares: Type.Array(Kept, { maxItems: GUARDIANS_MAX }) })
export type KeptEscrow = Static<typeof KeptEscrow>

const EscrowMessage = Type.Object({ ...StatementMessage.properties, escrow: Escrow }, strict)
const Issue = { patientId: PatientId, issue: Version, statementId: Hash }

const tags = ['recovery'] as const

/** Guardians of a patient's keys, and what hospitals keep for them. */
export const GUARDIANS = {
  getSafety: defineOperation({
    id: 'getRecovery',
    method: 'GET',
    path: '/v1/patients/:patientId/recovery',
    tags,
    summary: 'A patient\'s guardians, freeze, recoveries and representatives, each signed: check them up to the patient id',
    params: PatientParams,
    answers: { 200: PatientSafety },
    access: {
      by: 'anyone',
      who: 'whoever knows the patient id',
      stranger: { status: 200, when: 'signed statements, which prove themselves' },
      trace: 'request log'
    }
  }),

  // No stored answer stands for it: each repeat keeps the escrow anew, also where the store lost it.
  publish: defineOperation({
    id: 'publishGuardians',
    method: 'PUT',
    path: '/v1/patients/:patientId/guardians',
    tags,
    summary: 'Keeps a patient\'s encrypted backup and the guardians\' sealed shares, and brings the signed statement to the ledger; send it to every hospital',
    params: PatientParams,
    body: EscrowMessage,
    answers: { 200: Type.Object({ ...Issue, ...Committed }) },
    access: bySigned(
      'whoever brings the patient\'s signed statement',
      { status: 400, code: 'STATEMENT_INVALID', when: 'with a stranger\'s signature' }
    )
  }),

  depositEscrow: defineOperation({
    id: 'depositEscrow',
    method: 'PUT',
    path: '/v1/patients/:patientId/guardians/escrow',
    tags,
    summary: 'Keeps backup and sealed shares of the next issue before the ledger has its statement, so that a majority keeps them when it counts; the issue in force stays as it is',
    params: PatientParams,
    body: EscrowMessage,
    answers: { 200: Type.Object(Issue) },
    access: {
      by: 'anyone',
      who: 'whoever brings the patient\'s signed statement',
      stranger: { status: 400, code: 'SIGNATURE_INVALID', when: 'with a stranger\'s signature' },
      trace: 'request log'
    }
  }),

  getEscrow: defineOperation({
    id: 'getEscrow',
    method: 'GET',
    path: '/v1/patients/:patientId/recovery/escrow',
    tags,
    summary: 'All that this hospital keeps for a recovery, exactly as it lies there, for the patient alone to compare with the statement; null where nothing lies',
    params: PatientParams,
    answers: { 200: KeptEscrow },
    access: {
      by: 'patient',
      who: 'the patient',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for another patient' },
      trace: 'request log'
    }
  }),

  getShare: defineOperation({
    id: 'getGuardianShare',
    method: 'GET',
    path: '/v1/patients/:patientId/recovery/shares/:index',
    tags,
    summary: 'One guardian\'s share, sealed to that guardian\'s own key; `issue` refuses an issue that was replaced',
    params: Type.Object({ ...PatientParams.properties, index: Type.Integer({ minimum: 0, maximum: GUARDIANS_MAX - 1 }) }),
    query: Type.Object({ issue: Type.Optional(Version) }),
    answers: { 200: Type.Object({ issue: Version, sealed: HandedBytes }) },
    access: {
      by: 'anyone',
      who: 'whoever knows the patient id: a share is sealed to its guardian',
      stranger: { status: 404, code: 'BACKUP_UNKNOWN', when: 'when the patient has no guardians' },
      trace: 'request log'
    }
  })
} as const
