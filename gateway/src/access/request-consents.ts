import type { ConsentFacts, ConsentState, DepartmentFacts, KnownPerson } from '@epione/protocol'
import { LedgerError } from '@epione/protocol'
import type { AccessQuestion } from '@epione/protocol/api'
import { judged } from '../judge.ts'
import { consentStateThen, departmentThen } from './facts-then.ts'
import type { PersonSources } from './known-person.ts'

/** How many consents to a person, and how many to their department, are tried for one request. */
const TRIED_MAX = 20

/** A consent that a request could name, with whom its answers would be for. */
export interface NamedConsent { consentId: string, facts: ConsentFacts, department?: DepartmentFacts, receivingKey: string }

/** Whose request it would be: their key, and the department of their certificate. */
export type Requester = Pick<KnownPerson, 'mspId' | 'staffId' | 'receivingKey'> & { department?: string | undefined }

/** The patient's consents to the requester and to the department that they are certified as of, as many as are tried. */
export async function consentsOfRequest (
  sources: PersonSources,
  patientId: string,
  requester: Requester,
  members: readonly string[]
): Promise<{ consents: NamedConsent[], more: boolean }> {
  const { mspId, staffId, department } = requester
  const page = { patientId, pageSize: TRIED_MAX }
  const lists = await Promise.all([
    sources.ledger.listConsentsByGrantee(mspId, staffId, page),
    ...department === undefined ? [] : [sources.ledger.listConsentsByDepartment(mspId, department, page)]
  ])
  const consents: NamedConsent[] = []
  for (const state of lists.flatMap(({ items }) => items)) consents.push(...await describe(sources, state, requester, members))
  return { consents, more: lists.some(({ bookmark }) => bookmark !== '') }
}

/** The consent that the question names; none of it when it is not there or another patient's, which nobody here learns of. */
export async function namedConsent (
  sources: PersonSources,
  { patientId, consentId = '' }: Pick<AccessQuestion, 'patientId' | 'consentId'>,
  requester: Requester,
  members: readonly string[]
): Promise<NamedConsent[]> {
  const state = await sources.ledger.getConsent(consentId).catch((error: unknown) => {
    if (error instanceof LedgerError && error.code === 'CONSENT_UNKNOWN') return undefined
    throw error
  })
  const found = state === undefined ? [] : await describe(sources, state, requester, members)
  return found.filter(({ facts }) => facts.body.patientId === patientId)
}

/** Whether the requester could name it: it is to them, or to a department of which they are a member. */
export function isOwnConsent ({ facts: { body: { grantee } }, department }: NamedConsent, { mspId, staffId }: Requester): boolean {
  if (grantee.mspId !== mspId) return false
  return grantee.kind === 'practitioner' ? grantee.staffId === staffId : department?.members.includes(staffId) === true
}

async function describe (
  sources: PersonSources, state: ConsentState, requester: Requester, members: readonly string[]
): Promise<NamedConsent[]> {
  const { id: consentId } = judged(() => sources.reader.readStored('Consent', state.consent))
  const facts = await consentStateThen(sources, state, members)
  if (facts === undefined) return []
  const department = await departmentThen(sources, facts)
  const own = requester.receivingKey ?? ''
  const isMember = department?.members.includes(requester.staffId) === true
  const receivingKey = own !== '' && isMember ? facts.body.grantee.receivingKey : own
  return [{ consentId, facts, receivingKey, ...(department !== undefined && { department }) }]
}
