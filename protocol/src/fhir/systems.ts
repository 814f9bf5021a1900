/** Code systems and identifier systems of FHIR resources made here. */
export const SYSTEMS = {
  /** Identifier: a patient id. */
  patient: 'urn:epione:patient',
  /** Identifier: `mspId/staffId`. */
  staff: 'urn:epione:staff',
  /** Identifier: an mspId. */
  organization: 'urn:epione:organization',
  /** Identifier: statement id of a device. */
  device: 'urn:epione:device',
  /** Begins identifiers of a hospital's existing systems: `:NAME` follows, and the value is `Type/id`. */
  source: 'urn:epione:source',
  /** Identifier: `recordId:version`. */
  record: 'urn:epione:record',
  /** Identifier: an access event. */
  event: 'urn:epione:event',
  /** Identifier: SHA-256 of a record version's content, sealed, as its manifest has it. */
  contentHash: 'urn:epione:content-hash',
  /** Codes: the consortium's categories of data. */
  category: 'urn:epione:category',
  /** Codes: problem codes of a gateway, and error codes of programs around the SDK. */
  problem: 'urn:epione:problem',
  /** Codes: rules of a decision. */
  rule: 'urn:epione:rule',
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  purpose: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  role: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
  dicom: 'http://dicom.nema.org/resources/ontology/DCM',
  loinc: 'http://loinc.org'
} as const

/** Extension of a consent's provision: `label/epoch` of a compartment that it opens. */
export const COMPARTMENT_EXTENSION = 'urn:epione:compartment'
