import fc from 'fast-check'
import { POLICY_1, PURPOSES } from '@epione/protocol'
import type {
  Consent, DecisionInput, Level, MediaClass, PolicyCondition, PolicyDocument, PolicyOrganization, PolicyRole, PolicyRule, Purpose,
  RequestedRecord, RequestedStream
} from '@epione/protocol'

/** Small alphabets, so that rules often apply, and each member often decides. */
export const ROLES = ['health-professional', 'physician', 'nurse', 'emergency', 'researcher', 'privacy-officer']
export const DEPARTMENTS = ['cardiology', 'cath-lab', 'oncology']
export const HOSPITALS = ['CoreMSP', 'NorthMSP', 'SouthMSP', 'FarMSP']
export const LEVELS = ['N', 'R', 'V'] as const
export const MEDIA = ['document', 'image', 'signal', 'structured'] as const

/** A core hospital above two regional ones; a department below a department; one code in two hospitals. */
export const TREE: readonly PolicyOrganization[] = [
  { id: 'core', kind: 'core', mspId: 'CoreMSP' },
  { id: 'north', kind: 'regional', mspId: 'NorthMSP', parent: 'core' },
  { id: 'south', kind: 'regional', mspId: 'SouthMSP', parent: 'core' },
  { id: 'core-cardiology', kind: 'department', department: 'cardiology', parent: 'core' },
  { id: 'north-cardiology', kind: 'department', department: 'cardiology', parent: 'north' },
  { id: 'north-cath-lab', kind: 'department', department: 'cath-lab', parent: 'north-cardiology' }
]

/** A policy of these rules, with the roles of policy 1 and the tree above. */
export function policyOf (rules: readonly Omit<PolicyRule, 'id'>[], more: Partial<PolicyDocument> = {}): PolicyDocument {
  return { ...POLICY_1, organizations: [...TREE], rules: rules.map((rule, i) => ({ id: `rule-${String(i)}`, ...rule })), ...more }
}

type Action = 'read' | 'search' | 'follow'

export interface Asked {
  mspId: string
  role?: string | undefined
  department?: string | undefined
  /** To search: each record stands for a compartment of its level; to follow: the one for the stream that it is a segment of. */
  action?: Action
  purpose: Purpose
  records: readonly { level: Level, mediaClass: MediaClass }[]
}

export const eventRecord = (level: Level, mediaClass: MediaClass, i = 0): RequestedRecord => ({
  recordId: String(i).padStart(2, '0').repeat(16),
  version: 1,
  label: '11'.repeat(32),
  epoch: 1,
  level,
  mediaClass,
  sizeClass: 1,
  wrapHash: '00'.repeat(32),
  origin: 'CoreMSP',
  author: { kind: 'patient' }
})

/** The stream that a request follows, of the one signal that it names. */
function streamOf ({ level }: { level: Level }): RequestedStream {
  return {
    stream: '00'.repeat(16), head: 3, version: 1, lastsMs: 60_000, ...compartmentOf(0), level, deviceId: 'dd'.repeat(32), ended: false
  }
}

const compartmentOf = (i: number): { label: string, epoch: number } => ({ label: String(11 + i).repeat(32), epoch: 1 })

/** A request that the patient's consent allows, whatever it is: what is denied, the policy denies. */
export function consented (policy: PolicyDocument, { mspId, role, department, action = 'read', purpose, records }: Asked): DecisionInput {
  const isSearch = action === 'search'
  const isFollow = action === 'follow'
  const [followed] = isFollow ? records.map(streamOf) : []
  const compartments = records.map(({ level }, i) => ({ ...compartmentOf(i), level, issue: 1, wrapHash: '00'.repeat(32) }))
  const named = (action === 'read' ? records : []).map(({ level, mediaClass }, i) => eventRecord(level, mediaClass, i))
  const receivingKey = `02${'ab'.repeat(32)}`
  const signed = { nonce: '00'.repeat(16), issuedAt: 0, submitBefore: 0, patientId: 'a'.repeat(32) }
  const body: Consent = {
    type: 'Consent',
    ...signed,
    directoryVersion: 1,
    grantee: { kind: 'practitioner', mspId, staffId: 'person-1', receivingKey },
    compartments: [compartmentOf(0), ...compartments].map(({ label, epoch }) =>
      ({ label, epoch, precursor: { point: receivingKey, proof: '00'.repeat(65) }, shares: [] })),
    actions: [action],
    purposes: [purpose],
    notBefore: 0,
    notAfter: 100,
    conditions: [],
    threshold: 1,
    emergency: false
  }
  return {
    time: 50,
    policy,
    request: {
      ...signed,
      requester: { mspId, staffId: 'person-1' },
      consentId: 'cc'.repeat(32),
      ...(isSearch && { compartments: compartments.map(({ label, epoch }) => ({ label, epoch })) }),
      ...(isFollow && { stream: { stream: followed?.stream ?? '00'.repeat(16), lastsMs: 60_000 } }),
      ...(action === 'read' && { records: named.map(({ recordId, version }) => ({ recordId, version })) }),
      action,
      purpose,
      receivingKey
    },
    actor: { ...(role !== undefined && { role }), ...(department !== undefined && { department }) },
    patient: { frozen: false, succeeded: false },
    records: named,
    ...(isSearch && { compartments }),
    ...(followed !== undefined && { stream: followed }),
    prohibitions: [],
    consent: { body, revoked: false, custody: ['CoreMSP'], members: ['CoreMSP'], destroyed: [] }
  }
}

const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 })
const ASKED_PURPOSES = PURPOSES.filter((p) => ['TREAT', 'ETREAT', 'HRESCH'].includes(p))

/** Parents come from the roles before: several, and no cycle. */
const roles: fc.Arbitrary<PolicyRole[]> = fc.tuple(...ROLES.map((id, i) => fc.record({
  id: fc.constant(id),
  kind: fc.constantFrom('structural' as const, 'functional' as const),
  parents: fc.subarray(ROLES.slice(0, i), { maxLength: Math.min(i, 2) })
})))

/** Some of the tree: what has lost its parent goes, too. */
const organizations: fc.Arbitrary<PolicyOrganization[]> = fc.subarray([...TREE]).map((nodes) => {
  const kept: PolicyOrganization[] = []
  for (const node of nodes) if (!('parent' in node) || kept.some((k) => k.id === node.parent)) kept.push(node)
  return kept
})

const VALUES = { role: ROLES, department: DEPARTMENTS, organization: HOSPITALS } as const
export const condition: fc.Arbitrary<PolicyCondition> = fc.constantFrom('role' as const, 'department' as const, 'organization' as const)
  .chain((attribute) => fc.oneof(
    some(VALUES[attribute]).map((anyOf) => ({ attribute, anyOf })),
    some(VALUES[attribute]).map((noneOf) => ({ attribute, noneOf }))
  ))

function ruleBelow (nodes: readonly PolicyOrganization[]): fc.Arbitrary<Omit<PolicyRule, 'id'>> {
  const members = {
    effect: fc.constantFrom('permit' as const, 'forbid' as const),
    roles: some(ROLES),
    actions: fc.constantFrom<Action[]>(['read'], ['read', 'search'], ['search'], ['read', 'search', 'follow'], ['follow']),
    purposes: some(ASKED_PURPOSES),
    ...(nodes.length > 0 && { organizations: some(nodes.map((o) => o.id)) }),
    departments: some(DEPARTMENTS),
    levels: some(LEVELS),
    mediaClasses: some(MEDIA),
    conditions: fc.array(condition, { minLength: 1, maxLength: 2 })
  }
  const { roles: named, actions, purposes } = members
  // Broad permits beside rules with all that there is, so that neither decision is rare.
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ effect: fc.constant('permit' as const), roles: named, actions, purposes }) },
    { weight: 2, arbitrary: fc.record(members, { requiredKeys: ['effect', 'roles', 'actions', 'purposes'] }) },
    { weight: 1, arbitrary: fc.record({ ...members, effect: fc.constant('forbid' as const) }, { requiredKeys: ['effect'] }) }
  )
}

/** Any policy that `checkPolicy` passes. */
export const policy: fc.Arbitrary<PolicyDocument> = fc.tuple(roles, organizations).chain(([listed, nodes]) => fc.record({
  version: fc.integer({ min: 1, max: 3 }),
  roles: fc.constant(listed),
  organizations: fc.constant(nodes),
  rules: fc.array(ruleBelow(nodes), { maxLength: 8 }).map((rules) => rules.map((rule, i) => ({ id: `rule-${String(i)}`, ...rule }))),
  emergency: fc.constant(POLICY_1.emergency)
}))

/** A rule that any of these policies may get besides. */
export const forbidding: fc.Arbitrary<PolicyRule> = ruleBelow([]).map((rule) => ({ ...rule, id: 'added', effect: 'forbid' }))

export const asked: fc.Arbitrary<Asked> = fc.record({
  mspId: fc.constantFrom(...HOSPITALS),
  role: fc.constantFrom(...ROLES, 'gardener', undefined),
  department: fc.constantFrom(...DEPARTMENTS, 'kitchen', undefined),
  action: fc.constantFrom<Action>('read', 'read', 'search', 'follow'),
  purpose: fc.constantFrom(...ASKED_PURPOSES),
  records: fc.array(fc.record({ level: fc.constantFrom(...LEVELS), mediaClass: fc.constantFrom(...MEDIA) }), { minLength: 1, maxLength: 3 })
}).map((a) => a.action === 'follow' ? { ...a, records: a.records.slice(0, 1).map(({ level }) => ({ level, mediaClass: 'signal' as const })) } : a)
