import type { FhirResource } from 'fhir/r4.js'
import { Value } from 'typebox/value'
import { EventId, Hash, PatientId, RecordId } from '../shapes/primitives.ts'

/*
 * Which id of FHIR is which id of ours (decision 0611): Patient = patient id; DocumentReference, List, Observation = record id, with its
 * version as versionId; Binary and Provenance = recordId.version, which never change; Consent = consent id; AuditEvent = statement id of
 * the request, since an event's own id has more than 64 characters and the ledger finds the event by it.
 */

export const isPatientId = (text: string): boolean => Value.Check(PatientId, text)
export const isRecordId = (text: string): boolean => Value.Check(RecordId, text)
export const isStatementId = (text: string): boolean => Value.Check(Hash, text)
export const isEventId = (text: string): boolean => Value.Check(EventId, text)

/** A record version. */
export interface RecordVersionId { recordId: string, version: number }

/** Id of a Binary, and of a Provenance. */
export const formatRecordVersion = ({ recordId, version }: RecordVersionId): string => `${recordId}.${String(version)}`

/** `undefined` for what is none. */
export function parseRecordVersion (id: string): RecordVersionId | undefined {
  const [, recordId = '', version = ''] = /^([0-9a-f]{32})\.([1-9][0-9]{0,6})$/.exec(id) ?? []
  return recordId === '' ? undefined : { recordId, version: Number(version) }
}

/** `undefined` for what is no version that a record may have. */
export const parseVersion = (text: string): number | undefined => /^[1-9][0-9]{0,6}$/.test(text) ? Number(text) : undefined

export type ResourceType = FhirResource['resourceType']

/** A reference as `Patient/…`, relative or absolute, or with a version; `undefined` for any other. */
export function parseReference (reference: string): { type: string, id: string, version?: string } | undefined {
  const [, type = '', id = '', version] = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/([A-Za-z0-9.-]{1,64}))?$/.exec(reference) ?? []
  return type === '' ? undefined : { type, id, ...(version === undefined ? {} : { version }) }
}
