import type { CodeableConcept, FhirResource } from 'fhir/r4.js'
import { isCategory } from '@epione/protocol'
import type { Category } from '@epione/protocol'
import { SYSTEMS } from '@epione/protocol/fhir'

const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const DIAGNOSTIC_SECTION = 'http://terminology.hl7.org/CodeSystem/v2-0074'
const OBSERVATION = 'http://terminology.hl7.org/CodeSystem/observation-category'

/** The code of a category, or what it holds; of several the first row that fits counts, so that what is sensitive stands first. */
const ROWS: ReadonlyArray<readonly [system: string, codes: readonly string[], category: Category]> = [
  [ACT_CODE, ['PSY', 'ETH', 'ETHUD', 'OPIOIDUD', 'SUD'], 'mental-health'],
  [ACT_CODE, ['SEX', 'SDV', 'STD', 'HIV'], 'sexual-health'],
  [ACT_CODE, ['GDIS'], 'genetics'],
  [OBSERVATION, ['vital-signs'], 'vital-signs'],
  [OBSERVATION, ['laboratory'], 'laboratory'],
  [OBSERVATION, ['imaging'], 'imaging'],
  [DIAGNOSTIC_SECTION, ['BLB', 'CH', 'CP', 'HM', 'IMM', 'LAB', 'MB', 'MYC', 'PAT', 'SP', 'SR', 'TX', 'URN', 'VR'], 'laboratory'],
  [DIAGNOSTIC_SECTION, ['CT', 'CTH', 'CUS', 'NMR', 'NMS', 'OUS', 'RAD', 'RUS', 'RX', 'VUS', 'XRC'], 'imaging'],
  [SYSTEMS.loinc, ['11502-2', '26436-6', '18725-2'], 'laboratory'],
  [SYSTEMS.loinc, ['18748-4', '18726-0', '25045-6'], 'imaging'],
  [SYSTEMS.loinc, ['10160-0', '56445-0', '57833-6'], 'medication'],
  [SYSTEMS.loinc, ['11369-6', '82593-5'], 'immunizations'],
  [SYSTEMS.loinc, ['34117-2', '34108-1', '11488-4', '28570-0', '11506-3', '18842-5', '34746-8', '29299-5', '51847-2'], 'encounters'],
  [SYSTEMS.loinc, ['34133-9', '60591-5', '48764-5'], 'summary']
]

/**
 * The category of the patient's data that a resource belongs to: said by a coding of `urn:epione:category`, else by its sensitivity, its
 * category or its type; what fits none goes to the inbox, where the patient sorts it.
 */
export function categoryOf (resource: FhirResource): Category {
  const { security = [], tag = [] } = resource.meta ?? {}
  const codings = [...conceptsOf(resource).flatMap(({ coding = [] }) => coding), ...security, ...tag]
  const said = codings.find(({ system }) => system === SYSTEMS.category)?.code
  if (said !== undefined && isCategory(said)) return said
  const row = ROWS.find(([system, codes]) => codings.some((coding) => coding.system === system && codes.includes(coding.code ?? '')))
  return row?.[2] ?? OF_TYPE[resource.resourceType] ?? 'inbox'
}

/** Of types that say by themselves what they are. */
const OF_TYPE: Readonly<Partial<Record<FhirResource['resourceType'], Category>>> = {
  Encounter: 'encounters',
  EpisodeOfCare: 'encounters',
  ImagingStudy: 'imaging',
  Immunization: 'immunizations',
  MedicationAdministration: 'medication',
  MedicationDispense: 'medication',
  MedicationRequest: 'medication',
  MedicationStatement: 'medication',
  Specimen: 'laboratory'
}

function conceptsOf (resource: FhirResource): CodeableConcept[] {
  switch (resource.resourceType) {
    case 'DocumentReference': return [...resource.securityLabel ?? [], ...resource.category ?? [], resource.type ?? []].flat()
    // What comes out of other systems may lack what R4 requires.
    case 'Observation':
    case 'DiagnosticReport': return [...resource.category ?? [], (resource as Partial<typeof resource>).code ?? []].flat()
    case 'List': return [resource.code ?? []].flat()
    default: return []
  }
}
