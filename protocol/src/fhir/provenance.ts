import type { Provenance } from 'fhir/r4.js'
import { authorReference } from './document-reference.ts'
import type { RecordFacts } from './document-reference.ts'
import { formatRecordVersion } from './ids.ts'
import { instantOf, levelCoding, organizationReference } from './references.ts'
import type { StoredStatement } from '../shapes/state.ts'

/** Who signed a record version, when, through which hospital: the signature is over the manifest's bytes, which stand in `data`. */
export function provenanceOf (facts: RecordFacts, manifest: StoredStatement): Provenance {
  const { recordId, version, issuedAt, level } = facts
  const who = authorReference(facts)
  const { statement, time, submittedBy } = manifest
  return {
    resourceType: 'Provenance',
    id: formatRecordVersion(facts),
    meta: { versionId: '1', lastUpdated: instantOf(time), security: [levelCoding(level)] },
    target: [{ reference: `DocumentReference/${recordId}/_history/${String(version)}` }],
    occurredDateTime: instantOf(issuedAt),
    recorded: instantOf(time),
    activity: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-DataOperation', code: version === 1 ? 'CREATE' : 'UPDATE' }] },
    agent: [
      { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'author' }] }, who },
      { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'custodian' }] }, who: organizationReference(submittedBy) }
    ],
    signature: statement.signatures.map(() => ({
      type: [{ system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.1', display: 'Author\'s Signature' }],
      when: instantOf(issuedAt),
      who,
      targetFormat: 'application/json',
      sigFormat: 'application/json',
      data: toBase64(JSON.stringify(statement))
    }))
  }
}

/** UTF-8 in base64. */
export function toBase64 (text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
