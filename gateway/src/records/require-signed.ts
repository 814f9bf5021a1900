import { patientSigner, practitionerSigner, verifyBinding, verifyDirectory } from '@epione/protocol/verify'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { checkTimes } from '../http/admission.ts'
import { judged } from '../judge.ts'
import { catchUp, CATCH_UP_MS } from '../catch-up.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import { currentRecord, requireOwnerOrHeir } from './read-grounds.ts'
import type { CurrentRecord } from './read-grounds.ts'

/** What the own peer may not know yet of what its neighbour committed a moment ago. */
const LATE = ['BINDING_MISSING', 'PATIENT_UNKNOWN', 'RECORD_UNKNOWN', 'SIGNATURE_INVALID']

/**
 * The author that a manifest names signed it, with the key in force now: seen before anything is kept or copied for it.
 * @throws {GatewayError} STATEMENT_EXPIRED, STATEMENT_NOT_YET_VALID, SIGNATURE_INVALID @throws {LedgerError} BINDING_MISSING,
 * PATIENT_UNKNOWN
 */
export async function requireAuthorSigned (app: FastifyInstance, manifest: CheckedStatement<'RecordManifest'>): Promise<void> {
  await requireTimely(app, manifest)
  const { ledger, reader, clock } = app.proxy.context
  const { body: { author, patientId }, signers } = manifest
  await catchUp(LATE, CATCH_UP_MS, async () => {
    const key = await judged(async () => author.kind === 'practitioner'
      ? practitionerSigner(verifyBinding(await ledger.getBinding(author.mspId, author.staffId), author, reader), signers, clock())
      : patientSigner(verifyDirectory(await ledger.getDirectory(patientId), patientId, reader), signers, clock()))
    if (key === undefined) throw new GatewayError('SIGNATURE_INVALID', 'the manifest is not signed by the author it names')
  })
}

/**
 * The patient that a rewrap names signed it, and owns the record version, which it returns. @throws {GatewayError} STATEMENT_EXPIRED,
 * STATEMENT_NOT_YET_VALID, SIGNATURE_INVALID, NOT_PERMITTED @throws {LedgerError} RECORD_UNKNOWN
 */
export async function requireOwnerSigned (app: FastifyInstance, rewrap: CheckedStatement<'Rewrap'>): Promise<CurrentRecord> {
  await requireTimely(app, rewrap)
  const { body: { patientId, recordId, version }, signers } = rewrap
  const { ledger, reader, clock } = app.proxy.context
  return await catchUp(LATE, CATCH_UP_MS, async () => {
    const directory = await judged(async () => verifyDirectory(await ledger.getDirectory(patientId), patientId, reader))
    if (patientSigner(directory, signers, clock()) === undefined) {
      throw new GatewayError('SIGNATURE_INVALID', 'the rewrap is not signed by the patient it names')
    }
    const current = currentRecord(await ledger.getRecord(recordId, version))
    await requireOwnerOrHeir(app, patientId, current.owner)
    return current
  })
}

/**
 * The patient whose search keys these are signed them. @throws {GatewayError} STATEMENT_EXPIRED, STATEMENT_NOT_YET_VALID,
 * SIGNATURE_INVALID @throws {LedgerError} PATIENT_UNKNOWN
 */
export async function requirePatientSigned (app: FastifyInstance, keys: CheckedStatement<'SearchKeys'>): Promise<void> {
  await requireTimely(app, keys)
  const { body: { patientId }, signers } = keys
  const { ledger, reader, clock } = app.proxy.context
  await catchUp(LATE, CATCH_UP_MS, async () => {
    const directory = await judged(async () => verifyDirectory(await ledger.getDirectory(patientId), patientId, reader))
    if (patientSigner(directory, signers, clock()) !== undefined) return
    throw new GatewayError('SIGNATURE_INVALID', 'the search keys are not signed by the patient they name')
  })
}

/** The ledger may still take the statement, or has it: nothing is kept for one that it can only refuse. */
async function requireTimely (
  { ports: { clock }, ledger: { gateway: ledger } }: FastifyInstance,
  { id, body }: CheckedStatement<'RecordManifest' | 'Rewrap' | 'SearchKeys'>
): Promise<void> {
  if (!checkTimes(body, clock()) || await ledger.findStatement(id) !== undefined) return
  throw new GatewayError('STATEMENT_EXPIRED', `the statement could be submitted until ${String(body.submitBefore)}: sign a new one`)
}
