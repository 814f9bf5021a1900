import type { AuditEvent } from 'fhir/r4.js'
import { EMERGENCY_PURPOSE } from '../shapes/primitives.ts'
import type { AccessEvent } from '../shapes/state.ts'
import type { LogReading } from '../shapes/log-notes.ts'
import { auditEventOf } from './audit-event.ts'
import { instantOf, organizationReference, patientReference, staffReference } from './references.ts'
import { SYSTEMS } from './systems.ts'

/** Code systems of the Swiss EPR (CH:ATC, volume 3): audit event types, purposes of use, roles. */
const EPR = {
  event: 'urn:oid:2.16.756.5.30.1.127.3.10.7', purpose: 'urn:oid:2.16.756.5.30.1.127.3.10.5', role: 'urn:oid:2.16.756.5.30.1.127.3.10.6'
} as const

const DOCUMENT_READ = { system: EPR.event, code: 'ATC_DOC_READ', display: 'Document retrieval' }
const DOCUMENT_SEARCH = { system: EPR.event, code: 'ATC_DOC_SEARCH', display: 'Document search' }
const LOG_READ = { system: EPR.event, code: 'ATC_LOG_READ', display: 'Accessing the Patient Audit Record Repository' }
const GROUP_ENTRY = { system: EPR.event, code: 'ATC_HPD_GROUP_ENTRY_NOTIFY', display: 'Entry of healthcare professionals into a group' }
const NORMAL = { system: EPR.purpose, code: 'NORM', display: 'Normal Access' }
const EMERGENCY = { system: EPR.purpose, code: 'EMER', display: 'Emergency Access' }
/** By which role of the Swiss EPR each kind of reader goes; auditors and programs of a hospital have none there. */
const ROLES: Readonly<Partial<Record<LogReading['as'], string>>> = { patient: 'PAT', representative: 'REP', staff: 'HCP' }
const PERSON = { system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type', code: '1', display: 'Person' }
const ORGANIZATION = { ...PERSON, code: '3', display: 'Organization' }
const PATIENT = { system: 'http://terminology.hl7.org/CodeSystem/object-role', code: '1', display: 'Patient' }
const GROUP = { system: 'urn:oid:2.16.756.5.30.1.127.3.10.14', code: 'GRP', display: 'Group' }
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

/** A reading of the log as the ledger has it: by whom, through which organisation, and when that was noted (ms). */
export type NotedReading = Pick<LogReading, 'as' | 'reader' | 'from' | 'to' | 'reads'> & { readingId: string, mspId: string, time: number }

/**
 * A reading of a patient's log as an access audit trail event of CH:ATC. One note may stand for several readings of one reader: `period`
 * says between which times, and the number is a detail. As above, it claims no profile.
 */
export function chAtcReadingOf ({ readingId, mspId, as, reader, from, to, reads, time }: NotedReading, patientId: string): AuditEvent {
  const who = as === 'patient'
    ? patientReference(patientId)
    : as === 'representative' || as === 'program'
      ? { type: as === 'program' ? 'Device' : 'RelatedPerson', identifier: { system: SYSTEMS.record, value: reader } }
      : staffReference({ mspId, staffId: reader })
  return {
    resourceType: 'AuditEvent',
    type: { system: SYSTEMS.dicom, code: '110101', display: 'Audit Log Used' },
    subtype: [LOG_READ],
    action: 'R',
    period: { start: instantOf(from), end: instantOf(to) },
    recorded: instantOf(time),
    outcome: '0',
    agent: [
      {
        role: [ROLES[as] === undefined ? { text: as } : { coding: [{ system: EPR.role, code: ROLES[as] }] }],
        who,
        altId: reader,
        requestor: true
      },
      { who: organizationReference(mspId), requestor: false }
    ],
    source: { site: readingId, observer: organizationReference(mspId) },
    entity: [
      {
        what: patientReference(patientId),
        type: PERSON,
        role: PATIENT,
        detail: [{ type: 'reads', valueString: String(reads) }]
      }
    ]
  }
}

/** Who joined a department, as the ledger has it (ms). */
export interface GroupEntered { statementId: string, mspId: string, department: string, time: number, joined: readonly string[] }

/**
 * An event of CH:ATC for each person who joined a department to which the patient had given consent: what the patient is to be told. The
 * person and the department keep the ledger's names. As above, it claims no profile.
 */
export function chAtcGroupEntriesOf ({ statementId, mspId, department, time, joined }: GroupEntered, patientId: string): AuditEvent[] {
  return joined.map((staffId) => ({
    resourceType: 'AuditEvent',
    type: { system: SYSTEMS.dicom, code: '110106', display: 'Export' },
    subtype: [GROUP_ENTRY],
    action: 'C',
    recorded: instantOf(time),
    outcome: '0',
    agent: [{ who: organizationReference(mspId), requestor: false }],
    source: { site: statementId, observer: organizationReference(mspId) },
    entity: [
      { what: patientReference(patientId), type: PERSON, role: PATIENT },
      { what: staffReference({ mspId, staffId }), type: PERSON, role: PROFESSIONAL },
      { what: organizationReference(mspId), type: ORGANIZATION, role: GROUP, name: `${mspId}/${department}` }
    ]
  }))
}
