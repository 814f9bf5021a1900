import type { DocumentReference, FhirResource, OperationOutcome } from 'fhir/r4.js'
import { auditEventOf, consentOf, outcomeOf } from '@epione/protocol/fhir'
import { isClientError, listAccessEvents, listGrantedConsents } from '@epione/sdk'
import type { RecordSummary } from '@epione/sdk'
import { SEALED_TYPES } from '../content.ts'
import { FhirError } from '../errors.ts'
import { pseudonymous } from '../patients.ts'
import type { PatientFinder } from '../patients.ts'
import { classify } from '../problems.ts'
import { provenanceOfRecord } from '../provenances.ts'
import { inPieces, nameOf } from '../record-reader.ts'
import type { RecordReader } from '../record-reader.ts'
import { isOfTypes, outcomeOfLeft } from '../record-search.ts'
import { resourcesOf } from '../sealed-resources.ts'
import type { ExportJob } from './jobs.ts'
import type { ExportedType, ExportWanted } from './parameters.ts'

/** Records that are opened by one request: of those before nothing is kept. */
const OPENED_AT_ONCE = 32
/** Access events of one patient, the newest. */
const EVENTS_MAX = 1_000

export interface ExportRun {
  readonly job: ExportJob
  readonly wanted: Pick<ExportWanted, 'types' | 'sinceMs'>
  /** Whose resources; found when it begins. */
  readonly patients: () => Promise<readonly string[]>
  /** A reader with a token that counts now. */
  readonly reader: () => Promise<RecordReader>
  readonly finder: PatientFinder
  /** Where this service is: addresses of attachments are absolute in files. */
  readonly base: string
}

/**
 * Writes what a caller may read of some patients to the files of a job, a piece after the other, each under logged requests. What could
 * not be read of one keeps nothing of another from being written: it is told in the file of errors.
 */
export async function runExport (run: ExportRun): Promise<void> {
  const { job } = run
  const patients = await run.patients()
  for (const [index, patientId] of patients.entries()) {
    job.signal.throwIfAborted()
    job.progress = `${String(index)} of ${String(patients.length)} patients, ${String(job.resources)} resources`
    try {
      await exportPatient(run, patientId)
    } catch (error) {
      if (job.signal.aborted || !isTold(error)) throw error
      await job.add(aboutPatient(patientId, outcomeOf({ ...classify(error), severity: 'error' })), 'OperationOutcome')
    }
  }
}

/* What concerns one patient; an export that is too large, or cannot be written, ends. */
const isTold = (error: unknown): boolean => isClientError(error) || (error instanceof FhirError && error.code !== 'EXPORT_TOO_LARGE')

function aboutPatient (patientId: string, outcome: OperationOutcome): OperationOutcome {
  return { ...outcome, issue: outcome.issue.map((issue) => ({ ...issue, diagnostics: `Patient/${patientId}: ${issue.diagnostics ?? ''}` })) }
}

async function exportPatient (run: ExportRun, patientId: string): Promise<void> {
  const { job, wanted: { types }, finder } = run
  const reader = await run.reader()
  if (types.has('Patient')) await job.add(await finder.find(patientId) ?? pseudonymous(patientId))
  if (types.has('Consent')) await addAll(run, (await listGrantedConsents(reader.context, patientId)).map(consentOf))
  if (types.has('AuditEvent')) await addAll(run, (await listAccessEvents(reader.context, { patientId, limit: EVENTS_MAX })).items.map(auditEventOf))
  const records = await listWanted(run, reader, patientId)
  for (const piece of inPieces(records, OPENED_AT_ONCE)) {
    job.signal.throwIfAborted()
    await exportRecords(run, patientId, piece)
  }
}

async function addAll ({ job, wanted: { sinceMs = 0 } }: ExportRun, resources: readonly FhirResource[]): Promise<void> {
  for (const resource of resources) {
    const { lastUpdated } = resource.meta ?? {}
    if (lastUpdated === undefined || Date.parse(lastUpdated) > sinceMs) await job.add(resource)
  }
}

async function listWanted (
  { wanted: { types, sinceMs = 0 } }: ExportRun, reader: RecordReader, patientId: string
): Promise<RecordSummary[]> {
  const isSealed = SEALED_TYPES.some((type) => types.has(type))
  if (!isSealed && !types.has('Provenance')) return []
  const listed = await reader.list(patientId, { withStreams: types.has('Observation') })
  // Whatever a record is, its Provenance alone may be wanted.
  const ofTypes = isSealed ? [...types] : ['DocumentReference']
  return listed.filter((record) => record.issuedAt > sinceMs && isOfTypes(record, ofTypes))
}

async function exportRecords (run: ExportRun, patientId: string, records: readonly RecordSummary[]): Promise<void> {
  const { job, wanted: { types }, base } = run
  const reader = await run.reader()
  if (SEALED_TYPES.some((type) => types.has(type))) {
    const { opened, left } = await reader.openAll(records)
    for (const record of records) {
      const found = opened.get(nameOf(record))
      for (const resource of found === undefined ? [] : resourcesOf(record, found)) {
        if (types.has(resource.resourceType as ExportedType)) await job.add(withAddresses(resource, base))
      }
    }
    const outcome = outcomeOfLeft(left)
    if (outcome !== undefined) await job.add(aboutPatient(patientId, outcome), 'OperationOutcome')
  }
  if (!types.has('Provenance')) return
  for (const record of records) {
    job.signal.throwIfAborted()
    if (record.segment === undefined) await job.add(await provenanceOfRecord(reader.context, record))
  }
}

/** A file has no address of its own from which a relative one would lead. */
function withAddresses (resource: FhirResource, base: string): FhirResource {
  if (resource.resourceType !== 'DocumentReference') return resource
  const content = resource.content.map((one): DocumentReference['content'][number] =>
    one.attachment.url === undefined ? one : { ...one, attachment: { ...one.attachment, url: `${base}/${one.attachment.url}` } })
  return { ...resource, content }
}
