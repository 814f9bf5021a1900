import { toHex } from '@epione/crypto'
import { ClientError, getRecord, isClientError } from '@epione/sdk'
import type { PractitionerContext, RecordSummary } from '@epione/sdk'
import { FhirError } from './errors.ts'

/** Records that were made by one condition and withdrawn again, one after the other, before it is not tried any more. */
const ATTEMPTS_MAX = 16

/** What is to be made once: for whom, of which type, and by which condition. */
export interface Wanted { readonly patientId: string, readonly type: string, readonly condition: string }

/** The id under which it is made; with the version that there is, where it was made before. */
export interface Created { readonly recordId: string, readonly version?: number }

/**
 * Where a conditional create finds what it made, or makes it: an id of author, patient, type and identifier, so that the same asked again
 * finds the same record, also after a restart. What its author withdrew, as a transaction that failed is, is not there: it is made anew,
 * under the next id.
 * @throws {FhirError} REQUEST_INVALID, RECORD_CONFLICT
 * @throws {ClientError} RECORD_ENDED for what the patient erased: it is not brought back
 */
export async function findCreated (context: PractitionerContext, { patientId, type, condition }: Wanted): Promise<Created> {
  const value = identifierOf(condition)
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const recordId = toHex(context.keys.namedRecordId(`fhir/${patientId}/${type}/${String(attempt)}/${value}`))
    const record = await findOwn(context, recordId)
    if (record === undefined) return { recordId }
    const version = await newestLive(context, record)
    if (version !== undefined) return { recordId, version }
    if (record.state === 'erased') throw new ClientError('RECORD_ENDED', `The patient erased what was made by this condition, record ${recordId}: it is not made again.`, { recordId })
  }
  throw new FhirError('RECORD_CONFLICT', `what this condition makes was withdrawn ${String(ATTEMPTS_MAX)} times: choose another identifier`)
}

/** A record of the own hand, or `undefined`: of one that is not there a gateway says the same as of one that is not shown. */
export async function findOwn (context: PractitionerContext, recordId: string, version?: number): Promise<RecordSummary | undefined> {
  try {
    return (await getRecord(context, { recordId, ...(version === undefined ? {} : { version }) })).record
  } catch (error) {
    if (isClientError(error, 'NOT_FOUND') || (isClientError(error, 'REFUSED') && error.details['gatewayCode'] === 'NOT_PERMITTED')) return undefined
    throw error
  }
}

/** Whether a version was not registered because there is one, by whomever: another came first, or its own answer was lost. */
export const isRegistered = (error: unknown): boolean =>
  isClientError(error, 'RECORD_CONFLICT') || (isClientError(error, 'REFUSED') && error.details['gatewayCode'] === 'RECORD_EXISTS')

/** The newest version that has not ended; where the newest has, those before it may be there still. */
async function newestLive (context: PractitionerContext, newest: RecordSummary): Promise<number | undefined> {
  let record: RecordSummary | undefined = newest
  while (record?.end !== undefined && record.version > 1) record = await findOwn(context, newest.recordId, record.version - 1)
  return record?.end === undefined ? record?.version : undefined
}

function identifierOf (condition: string): string {
  const [[name, value] = ['', ''], ...others] = [...new URLSearchParams(condition.replace(/^[A-Za-z]*\?/, ''))]
  if (name === 'identifier' && value !== '' && others.length === 0) return value
  throw new FhirError('REQUEST_INVALID', 'If-None-Exist names one identifier, as identifier=urn:oid:1.2.3|42: nothing else is known of what others sealed', { issue: 'not-supported' })
}
