import type { Consent as FhirConsent, ConsentProvision, ConsentProvisionData, Reference } from 'fhir/r4.js'
import type { Consent } from '../shapes/statements.ts'
import type { ConsentStatus, StoredStatement } from '../shapes/state.ts'
import { toBase64 } from './provenance.ts'
import { instantOf, levelCoding, organizationReference, patientReference, purposeCoding, staffReference } from './references.ts'
import { COMPARTMENT_EXTENSION, SYSTEMS } from './systems.ts'

export interface ConsentFacts {
  consentId: string
  body: Consent
  status: ConsentStatus
  /** As the ledger took it. */
  stored: StoredStatement
  /** When it was revoked (ms). */
  revokedAt?: number | undefined
}

/* FHIR knows no suspension that ends: such a consent opens nothing now. */
const STATUS: Readonly<Record<ConsentStatus, FhirConsent['status']>> = {
  pending: 'proposed',
  'not-started': 'active',
  active: 'active',
  suspended: 'inactive',
  expired: 'inactive',
  revoked: 'inactive',
  void: 'rejected'
}

const RECIPIENT = { coding: [{ system: SYSTEMS.role, code: 'IRCP', display: 'information recipient' }] }

/** A consent in the profile of IHE PCF that its grade needs: the signed statement itself is its source. */
export function consentOf ({ consentId, body, status, stored, revokedAt }: ConsentFacts): FhirConsent {
  const { patientId, issuedAt } = body
  return {
    resourceType: 'Consent',
    id: consentId,
    meta: {
      versionId: revokedAt === undefined ? '1' : '2',
      lastUpdated: instantOf(revokedAt ?? stored.time),
      profile: [`https://profiles.ihe.net/ITI/PCF/StructureDefinition/IHE.PCF.consent${PROFILES[body.grade ?? 'basic']}`]
    },
    status: STATUS[status],
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [{ coding: [{ system: SYSTEMS.loinc, code: '59284-0' }] }],
    patient: patientReference(patientId),
    dateTime: instantOf(issuedAt),
    performer: [patientReference(patientId)],
    organization: [organizationReference(stored.submittedBy)],
    sourceAttachment: { contentType: 'application/json', data: toBase64(JSON.stringify(stored.statement)), title: 'Consent as signed' },
    policy: [{ uri: 'urn:epione:policy' }],
    provision: provisionOf(body)
  }
}

const PROFILES = { basic: 'Basic', intermediate: 'Intermediate', advanced: 'Advanced' } as const

function provisionOf (body: Consent): ConsentProvision {
  const { notBefore, notAfter, grantee, purposes, levels, dataPeriod, exceptions = [], compartments } = body
  return {
    extension: compartments.map(({ label, epoch }) => ({ url: COMPARTMENT_EXTENSION, valueString: `${label}/${String(epoch)}` })),
    type: 'permit',
    period: { start: instantOf(notBefore), end: instantOf(notAfter) },
    actor: [{ role: RECIPIENT, reference: granteeReference(grantee) }],
    purpose: purposes.map(purposeCoding),
    ...(levels === undefined ? {} : { securityLabel: levels.map(levelCoding) }),
    ...(dataPeriod === undefined ? {} : { dataPeriod: periodOf(dataPeriod) }),
    ...(exceptions.length === 0 ? {} : { provision: exceptions.map(exceptionOf) })
  }
}

function granteeReference (grantee: Consent['grantee']): Reference {
  if (grantee.kind === 'practitioner') return staffReference(grantee)
  if (grantee.kind === 'organization') return organizationReference(grantee.mspId)
  return { type: 'Organization', identifier: { system: SYSTEMS.organization, value: `${grantee.mspId}/${grantee.department}` } }
}

function exceptionOf ({ purposes, requesters, authors, records, levels, dataPeriod }: NonNullable<Consent['exceptions']>[number]): ConsentProvision {
  const data: ConsentProvisionData[] = [
    ...(records ?? []).map((recordId) => ({ meaning: 'instance' as const, reference: { reference: `DocumentReference/${recordId}` } })),
    ...(authors ?? []).map((author) => ({ meaning: 'authoredby' as const, reference: staffReference(author) }))
  ]
  return {
    type: 'deny',
    ...(purposes === undefined ? {} : { purpose: purposes.map(purposeCoding) }),
    ...(requesters === undefined ? {} : { actor: requesters.map((person) => ({ role: RECIPIENT, reference: staffReference(person) })) }),
    ...(data.length === 0 ? {} : { data }),
    ...(levels === undefined ? {} : { securityLabel: levels.map(levelCoding) }),
    ...(dataPeriod === undefined ? {} : { dataPeriod: periodOf(dataPeriod) })
  }
}

/* Our periods end before `until`, FHIR's with their `end`. */
function periodOf ({ from, until }: { from: number, until: number }): { start: string, end: string } {
  return { start: instantOf(from), end: instantOf(until - 1) }
}
