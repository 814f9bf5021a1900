import type { FhirResource } from 'fhir/r4.js'
import { statementId } from '@epione/crypto'
import { formatRecordVersion, provenanceOf } from '@epione/protocol/fhir'
import type { PractitionerContext, RecordSummary } from '@epione/sdk'
import { FhirError } from './errors.ts'
import { factsOf } from './sealed-resources.ts'

/** The manifest of a record that was proven, as the ledger has it. @throws {FhirError} INTERNAL where the gateway shows another now */
export async function provenanceOfRecord ({ gateways: { own }, token }: PractitionerContext, record: RecordSummary): Promise<FhirResource> {
  const { manifest } = await own.getRecord(record.recordId, record.version, token.authorize)
  if (statementId(manifest.statement.body) !== record.manifestId) {
    throw new FhirError('INTERNAL', `the gateway shows another manifest of record ${formatRecordVersion(record)} than it did a moment before`)
  }
  return provenanceOf(factsOf(record), manifest)
}
