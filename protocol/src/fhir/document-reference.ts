import type { DocumentReference, Reference } from 'fhir/r4.js'
import type { Level, MediaClass } from '../shapes/primitives.ts'
import type { RecordManifest } from '../shapes/statements.ts'
import { formatRecordVersion } from './ids.ts'
import { instantOf, levelCoding, patientReference, staffReference } from './references.ts'
import { SYSTEMS } from './systems.ts'

/** What the ledger knows of a record version: nothing of what is sealed in it. */
export interface RecordFacts {
  recordId: string
  version: number
  patientId: string
  author: RecordManifest['author']
  issuedAt: number
  level: Level
  mediaClass: MediaClass
  relatesTo?: RecordManifest['relatesTo'] | undefined
  /** Whether a later version follows it. */
  isFormer?: boolean
}

export function authorReference ({ author, patientId }: Pick<RecordFacts, 'author' | 'patientId'>): Reference {
  if (author.kind === 'practitioner') return staffReference(author)
  return author.kind === 'patient' ? patientReference(patientId) : { type: 'Device', identifier: { system: SYSTEMS.device, value: author.deviceId } }
}

/** `meta` of a resource that is, or stands for, a record version. */
export function metaOf ({ version, issuedAt, level }: Pick<RecordFacts, 'version' | 'issuedAt' | 'level'>): NonNullable<DocumentReference['meta']> {
  return { versionId: String(version), lastUpdated: instantOf(issuedAt), security: [levelCoding(level)] }
}

/** A record version as a document, by what the ledger knows; `attachment` says what more is known of its content. */
export function documentOf (facts: RecordFacts, attachment: DocumentReference['content'][number]['attachment'] = {}): DocumentReference {
  const { recordId, version, patientId, issuedAt, level, relatesTo, isFormer = false } = facts
  return {
    resourceType: 'DocumentReference',
    id: recordId,
    meta: metaOf(facts),
    masterIdentifier: { system: SYSTEMS.record, value: `${recordId}:${String(version)}` },
    status: isFormer ? 'superseded' : 'current',
    subject: patientReference(patientId),
    date: instantOf(issuedAt),
    author: [authorReference(facts)],
    ...relationsOf(relatesTo),
    securityLabel: [{ coding: [levelCoding(level)] }],
    content: [{ attachment: { ...attachment, url: `Binary/${formatRecordVersion(facts)}` } }]
  }
}

/** What its author says of other records of the patient, in the words that are FHIR's own. */
export function relationsOf (relatesTo: RecordFacts['relatesTo']): Partial<Pick<DocumentReference, 'relatesTo'>> {
  if (relatesTo === undefined) return {}
  return {
    relatesTo: relatesTo.map(({ relation, recordId, version }) => ({
      code: relation, target: { reference: `DocumentReference/${recordId}/_history/${String(version)}` }
    }))
  }
}
