import { DECISION_RULES as R } from '../shapes/codes.ts'
import { FOLLOW_MS } from '../shapes/limits.ts'
import { compilePolicy } from './compiled-policy.ts'
import { decide } from './decision.ts'
import { ANY_OTHER, departmentsNamed, NO_DEPARTMENT } from './policy-diff.ts'
import type { RecordReader } from '../shapes/explanation.ts'
import type { PolicyDocument } from '../shapes/policy.ts'
import type { Person } from '../shapes/statements.ts'
import type { ConsentFacts } from './consent-status.ts'
import type { RequestedRecord } from './consent-terms.ts'
import type { DecisionInput } from './decision.ts'
import type { DepartmentFacts } from './department-facts.ts'

/** No role certified. */
const NO_ROLE = '-'

/** Somebody to whom consents are given, as far as ledger and access log know them. */
export interface KnownPerson extends Person {
  /** What they would ask for answers to: bound and not ended. Absent: they cannot ask. */
  receivingKey?: string
  /** What their certificate said when they last asked for anything; absent when they never did. */
  seen?: DecisionInput['actor']
}

/** Who could read one record, on these facts: consents by their ids. */
export interface ReadersCase extends Pick<DecisionInput, 'time' | 'policy' | 'patient' | 'prohibitions' | 'ended'> {
  patientId: string
  record: RequestedRecord
  consents: ReadonlyMap<string, ConsentFacts>
  people: readonly KnownPerson[]
  /** Of consents to departments, by consent. */
  departments?: ReadonlyMap<string, DepartmentFacts>
  /** Another policy: certificates that it tells apart are told apart here, too. */
  beside?: PolicyDocument
}

/** Reasons that another certificate of the same person may take away. */
const OF_CERTIFICATE: readonly string[] = [
  R.roleMayNotAct, R.policyForbids, R.policyUndecided, R.patientProhibits, R.prohibitionUndecided, R.conditionFailed
]

/**
 * Who can read a record, of every person to whom the patient consented: the one decision, taken for each consent, action and purpose.
 * Nobody else can, since nothing is permitted without a consent.
 */
export function readersOf (facts: ReadersCase): RecordReader[] {
  return [...facts.consents].flatMap(([consentId, consent]) => {
    const { purposes } = consent.body
    const actions = consent.body.actions.filter((action) => action !== 'follow' || facts.record.segment !== undefined)
    const people = granteesOf(facts, consentId, consent)
    return people.flatMap((person) => actions.flatMap((action) => purposes.map((purpose) =>
      judgeReader(facts, { consentId, consent, action, purpose, person }))))
  })
}

/** The person of a consent, or the department's members, who ask for answers to its key; whom an emergency brings nobody knows. */
function granteesOf ({ people, departments }: ReadersCase, consentId: string, { body: { grantee } }: ConsentFacts): KnownPerson[] {
  const { mspId, kind } = grantee
  const known = (staffId: string): KnownPerson => people.find((p) => p.mspId === mspId && p.staffId === staffId) ?? { mspId, staffId }
  if (kind === 'organization') return []
  if (kind === 'practitioner') return [known(grantee.staffId)]
  const members = departments?.get(consentId)?.members ?? []
  return members.map(known).map((p) => p.receivingKey === undefined ? p : { ...p, receivingKey: grantee.receivingKey })
}

interface Question { consentId: string, consent: ConsentFacts, action: DecisionInput['request']['action'], purpose: Purpose, person: KnownPerson }
type Purpose = DecisionInput['request']['purpose']

function judgeReader (facts: ReadersCase, asked: Question): RecordReader {
  const { consentId, action, purpose, person: { mspId, staffId, receivingKey, seen } } = asked
  const reader = { consentId, mspId, staffId, action, purpose, ...(seen !== undefined && { seen }) }
  if (receivingKey === undefined) return { ...reader, outcome: 'unable', reasons: [] }
  const { decision, reasons } = decide(inputOf(facts, asked, receivingKey, seen ?? {}))
  const isSettled = decision === 'deny' && reasons.some(({ rule }) => !isOfCertificate(rule, asked.consent))
  if (seen !== undefined || isSettled) return { ...reader, outcome: decision, reasons }
  return { ...reader, ...judgeClasses(facts, asked, receivingKey) }
}

function isOfCertificate (rule: string, { body: { grantee } }: ConsentFacts): boolean {
  return OF_CERTIFICATE.includes(rule) || (rule === R.granteeMismatch && grantee.kind === 'department')
}

function judgeClasses (facts: ReadersCase, asked: Question, receivingKey: string): Pick<RecordReader, 'outcome' | 'permitted' | 'reasons'> {
  const departments = departmentsToldApart(facts, asked.consent)
  const named = policiesOf(facts).flatMap((policy) => [...compilePolicy(policy).roles.keys()])
  const roles = [...new Set(named), NO_ROLE].map((role) => {
    const permits = departments.filter((department) => decide(inputOf(facts, asked, receivingKey, certified(role, department))).decision === 'permit')
    return { role, permits }
  })
  const permitting = roles.filter(({ permits }) => permits.length > 0)
  if (permitting.length === 0) return { outcome: 'deny', reasons: decide(inputOf(facts, asked, receivingKey, {})).reasons }
  const alike = Map.groupBy(permitting, ({ permits }) => permits.join(' '))
  const permitted = [...alike.values()].map((group) => ({ roles: group.map(({ role }) => role), departments: group[0]?.permits ?? [] }))
  return { outcome: 'depends', permitted, reasons: [] }
}

const policiesOf = ({ policy, beside }: ReadersCase): PolicyDocument[] => beside === undefined ? [policy] : [policy, beside]

function departmentsToldApart (facts: ReadersCase, { body: { conditions, grantee } }: ConsentFacts): string[] {
  // Whoever is certified as of another one is no grantee.
  if (grantee.kind === 'department') return [grantee.department]
  const asked = [
    ...departmentsNamed(policiesOf(facts)),
    ...conditions.flatMap(({ attribute, anyOf }) => attribute === 'department' ? anyOf : []),
    ...facts.prohibitions.flatMap(({ forbids: { departments = [] } }) =>
      departments.flatMap(({ mspId, department }) => mspId === grantee.mspId ? [department] : []))
  ]
  return [...new Set(asked)].sort().concat(ANY_OTHER, NO_DEPARTMENT)
}

function certified (role: string, department: string): DecisionInput['actor'] {
  return { ...(role !== NO_ROLE && { role }), ...(department !== NO_DEPARTMENT && { department }) }
}

function inputOf (
  { patientId, record, consents: _, people: __, beside: ___, departments, ...facts }: ReadersCase,
  { consentId, consent, action, purpose, person: { mspId, staffId } }: Question,
  receivingKey: string,
  actor: DecisionInput['actor']
): DecisionInput {
  const { asked, described } = TARGETS[action](record)
  const request = { requester: { mspId, staffId }, patientId, consentId, action, ...asked, purpose, receivingKey }
  const department = departments?.get(consentId)
  return { ...facts, request, actor, ...described, consent, ...(department !== undefined && { department }) }
}

type AskedRecord = Pick<DecisionInput['request'], 'records' | 'compartments' | 'stream'>
interface TargetFacts { asked: AskedRecord, described: Pick<DecisionInput, 'records' | 'compartments' | 'stream'> }

function readingOf (record: RequestedRecord): TargetFacts {
  const { recordId, version } = record
  return { asked: { records: [{ recordId, version }] }, described: { records: [record] } }
}

/** Whoever searches the record's compartment finds it, if it has an entry there. */
function searchOf ({ label, epoch, level }: RequestedRecord): TargetFacts {
  return { asked: { compartments: [{ label, epoch }] }, described: { records: [], compartments: [{ label, epoch, level }] } }
}

/** Whoever follows its stream sees the windows after it, while its device writes to the same compartment. */
function followingOf ({ recordId, version, label, epoch, level, segment, author }: RequestedRecord): TargetFacts {
  const asked = { stream: recordId, lastsMs: FOLLOW_MS.maximum }
  // Nobody's stream: asking to follow it is denied.
  if (segment === undefined || author.kind !== 'device') return { asked: { stream: asked }, described: { records: [] } }
  const { deviceId } = author
  const stream = { ...asked, head: segment.last, version, label, epoch, level, deviceId, ended: false }
  return { asked: { stream: asked }, described: { records: [], stream } }
}

const TARGETS = { read: readingOf, search: searchOf, follow: followingOf } as const
