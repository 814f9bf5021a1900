import type { AuditEvent } from 'fhir/r4.js'
import { EMERGENCY_PURPOSE } from '../shapes/primitives.ts'
import type { AccessEvent } from '../shapes/state.ts'
import { auditEventOf } from './audit-event.ts'

/** Code systems of the Swiss EPR (CH:ATC, volume 3): audit event types, purposes of use, roles. */
const EPR = {
  event: 'urn:oid:2.16.756.5.30.1.127.3.10.7', purpose: 'urn:oid:2.16.756.5.30.1.127.3.10.5', role: 'urn:oid:2.16.756.5.30.1.127.3.10.6'
} as const

const DOCUMENT_READ = { system: EPR.event, code: 'ATC_DOC_READ', display: 'Document retrieval' }
const DOCUMENT_SEARCH = { system: EPR.event, code: 'ATC_DOC_SEARCH', display: 'Document search' }
const NORMAL = { system: EPR.purpose, code: 'NORM', display: 'Normal Access' }
const EMERGENCY = { system: EPR.purpose, code: 'EMER', display: 'Emergency Access' }
const PROFESSIONAL = { system: EPR.role, code: 'HCP', display: 'Healthcare professional' }

/**
 * An access event with the codes of a document audit event of CH:ATC, upon the one mapping that there is. Persons and patients keep the
 * ledger's names: RID, GLN and names of people are in no log here, so that it claims no profile.
 */
export function chAtcEventOf (event: AccessEvent): AuditEvent {
  const { meta, agent, ...audit } = auditEventOf(event)
  const { profile: _profile, ...unprofiled } = meta ?? {}
  const purpose = event.purpose === EMERGENCY_PURPOSE || event.purpose === 'ETREAT' ? EMERGENCY : NORMAL
  return {
    ...audit,
    meta: unprofiled,
    subtype: [event.action === 'search' ? DOCUMENT_SEARCH : DOCUMENT_READ],
    action: event.action === 'search' ? 'E' : 'R',
    purposeOfEvent: [{ coding: [purpose] }],
    agent: agent.map((one) => one.requestor
      ? { ...one, role: [{ coding: [PROFESSIONAL] }, ...one.role ?? []], altId: event.actor.staffId, purposeOfUse: [{ coding: [purpose] }] }
      : one)
  }
}
