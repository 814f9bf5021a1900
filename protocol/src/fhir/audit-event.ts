import type { AuditEvent, AuditEventAgent, AuditEventEntity } from 'fhir/r4.js'
import type { AccessEvent } from '../shapes/state.ts'
import { instantOf, levelCoding, organizationReference, patientReference, purposeCoding, staffReference } from './references.ts'
import { SYSTEMS } from './systems.ts'

const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type'
const RESOURCE_TYPES = 'http://hl7.org/fhir/resource-types'
const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role'
const AUTHZ = 'https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType'

/**
 * An access event in the pattern of IHE BALP for a decision by consent: permitted (outcome 0) or denied (8), with the rules that decided.
 * Its id is that of the request.
 */
export function auditEventOf (event: AccessEvent): AuditEvent {
  const { requestId, time, decision, reasons, purpose, patientId } = event
  return {
    resourceType: 'AuditEvent',
    id: requestId,
    meta: { versionId: '1', lastUpdated: instantOf(time), profile: ['https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.AuthZconsent'] },
    type: { system: SYSTEMS.dicom, code: '110113', display: 'Security Alert' },
    subtype: [
      { system: AUTHZ, code: 'AuthZ-Consent' },
      { system: 'http://hl7.org/fhir/restful-interaction', code: event.action === 'search' ? 'search-type' : 'read' }
    ],
    action: 'E',
    recorded: instantOf(time),
    outcome: decision === 'permit' ? '0' : '8',
    outcomeDesc: `${decision}: ${reasons.map(({ rule }) => rule).join(', ')}`,
    purposeOfEvent: [{ coding: [purposeCoding(purpose)] }],
    agent: agentsOf(event),
    source: {
      site: event.eventId,
      observer: { type: 'Device', identifier: { system: SYSTEMS.record, value: 'ledger' } },
      type: [{ system: 'http://terminology.hl7.org/CodeSystem/security-source-type', code: '6', display: 'Security Server' }]
    },
    entity: [
      {
        type: { system: ENTITY_TYPE, code: '1', display: 'Person' },
        role: { system: OBJECT_ROLE, code: '1', display: 'Patient' },
        what: patientReference(patientId)
      },
      ...entitiesOf(event)
    ]
  }
}

function agentsOf ({ actor, purpose }: AccessEvent): AuditEventAgent[] {
  const certified = [actor.role, actor.department].filter((word) => word !== undefined)
  return [
    {
      type: { coding: [{ system: SYSTEMS.role, code: 'IRCP', display: 'information recipient' }] },
      who: staffReference(actor),
      requestor: true,
      purposeOfUse: [{ coding: [purposeCoding(purpose)] }],
      ...(certified.length === 0 ? {} : { role: certified.map((text) => ({ text })) })
    },
    {
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleClass', code: 'PROV', display: 'healthcare provider' }] },
      who: organizationReference(actor.mspId),
      requestor: false
    },
    {
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/extra-security-role-type', code: 'authserver', display: 'authorization server' }] },
      who: { type: 'Device', identifier: { system: SYSTEMS.record, value: 'ledger' } },
      requestor: false
    }
  ]
}

function entitiesOf ({ consentId, records }: AccessEvent): AuditEventEntity[] {
  return [
    ...(consentId === undefined
      ? []
      : [{ type: { system: RESOURCE_TYPES, code: 'Consent' }, what: { reference: `Consent/${consentId}` } }]),
    ...records.map(({ recordId, version, level, origin }): AuditEventEntity => ({
      type: { system: ENTITY_TYPE, code: '2', display: 'System Object' },
      role: { system: OBJECT_ROLE, code: '3', display: 'Report' },
      what: { reference: `DocumentReference/${recordId}/_history/${String(version)}` },
      securityLabel: [levelCoding(level)],
      detail: [{ type: 'origin', valueString: origin }]
    }))
  ]
}
