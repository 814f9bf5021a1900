import type { FhirResource, Reference } from 'fhir/r4.js'
import { mapReferences } from '@epione/fhir/sealing'
import { parseReference, patientReference, SYSTEMS } from '@epione/protocol/fhir'
import { Left } from './errors.ts'

/** Types that are moved: what is said of one patient in their care. Each resource is a record (decision 0631). */
export const MOVED_TYPES = [
  'AllergyIntolerance', 'CarePlan', 'CareTeam', 'ClinicalImpression', 'Communication', 'Composition', 'Condition', 'DetectedIssue',
  'DiagnosticReport', 'DocumentReference', 'Encounter', 'EpisodeOfCare', 'FamilyMemberHistory', 'Flag', 'Goal', 'ImagingStudy',
  'Immunization', 'List', 'Media', 'MedicationAdministration', 'MedicationDispense', 'MedicationRequest', 'MedicationStatement',
  'NutritionOrder', 'Observation', 'Procedure', 'QuestionnaireResponse', 'RiskAssessment', 'ServiceRequest', 'Specimen', 'VisionPrescription'
] as const
export type MovedType = (typeof MOVED_TYPES)[number]
export const isMovedType = (type: string): type is MovedType => MOVED_TYPES.some((known) => known === type)

/** Of `Patient/1204`, as the source calls the patient of a resource. @throws {Left} PATIENT_MISSING, PATIENT_UNMATCHED */
export function sourcePatientOf (resource: FhirResource, base?: string): string {
  const { reference } = subjectOf(resource) ?? {}
  if (typeof reference !== 'string') throw new Left('PATIENT_MISSING', 'it refers to no patient')
  const parsed = parseReference(reference)
  if (parsed?.type !== 'Patient') throw new Left('PATIENT_MISSING', 'its subject is no patient')
  if (!isOwn(reference, parsed, base)) throw new Left('PATIENT_UNMATCHED', `its patient is another server's: ${reference.slice(0, 120)}`)
  return parsed.id
}

function subjectOf (resource: FhirResource): Reference | undefined {
  const { subject, patient } = resource as { subject?: unknown, patient?: unknown }
  const named = subject ?? patient
  return typeof named === 'object' && named !== null && !Array.isArray(named) ? named : undefined
}

/** Of the source itself: another server, or another tenant of the same one, has others by the same ids. */
function isOwn (reference: string, { type, id }: { type: string, id: string }, base: string | undefined): boolean {
  const named = `${type}/${id}`
  const relative = base !== undefined && reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference
  return relative === named || relative.startsWith(`${named}/_history/`)
}

export interface SealableOf {
  /** What the hospital calls this system. */
  readonly system: string
  readonly patientId: string
  /** The patient's id in the source. */
  readonly sourcePatient: string
  /** Address of the source, before which its absolute references begin. */
  readonly base?: string | undefined
}

/**
 * The resource as it is sealed: its patient by the pseudonym. Other references point into a system that nobody else has, and at another
 * server the same id is somebody else: they become identifiers of that system. What the source's server says of itself is left out.
 */
export function sealable (resource: FhirResource, { system, patientId, sourcePatient, base }: SealableOf): FhirResource {
  const { id = '', meta = {}, ...rest } = resource
  const { versionId: _, lastUpdated: __, source: ___, ...kept } = meta
  const detached = detachReferences(rest, (reference) => {
    const parsed = parseReference(reference)
    const own = parsed !== undefined && isOwn(reference, parsed, base) ? parsed : undefined
    if (own?.type === 'Patient' && own.id === sourcePatient) return patientReference(patientId)
    return { identifier: { system: sourceSystem(system), value: own === undefined ? reference : `${own.type}/${own.id}` } }
  })
  const named = { ...detached, meta: { ...kept, source: `${sourceSystem(system)}:${resource.resourceType}/${id}` } } as FhirResource
  return { ...named, [patientMember(named)]: { ...subjectOf(named), ...patientReference(patientId), identifier: undefined } }
}

/** Which member of a resource says whose it is. */
export const patientMember = (resource: object): 'patient' | 'subject' => 'patient' in resource && !('subject' in resource) ? 'patient' : 'subject'

/** Identifiers by which a system of a hospital knows its own. */
const sourceSystem = (system: string): string => `${SYSTEMS.source}:${system}`

/** The same value in which each literal reference is what `instead` gives for it; those within a resource stay. */
export function detachReferences<T> (value: T, instead: (reference: string) => Partial<Reference>): T {
  return mapReferences(value, ({ reference, ...others }) => {
    if (reference.startsWith('#')) return { reference, ...others }
    const type = parseReference(reference)?.type
    return { ...(type === undefined ? {} : { type }), ...instead(reference), ...others }
  })
}
