import { DECISION_RULES as R } from '../shapes/codes.ts'
import type { EventRecord, Reason } from '../shapes/state.ts'
import type { AccessRequest, Prohibition } from '../shapes/statements.ts'
import { says, saysPerson } from './said.ts'

/** A prohibition that nothing has ended, as far as whoever decides knows. */
export interface ProhibitionFacts { id: string, forbids: NonNullable<Prohibition['forbids']>, notAfter?: number }

interface ProhibitionCase {
  time: number
  request: Pick<AccessRequest, 'requester' | 'action' | 'purpose'>
  actor: { department?: string }
  records: ReadonlyArray<Pick<EventRecord, 'label' | 'level'>>
  prohibitions: readonly ProhibitionFacts[]
}

/** What a statement forbids; undefined for one that only ends another. */
export function prohibitionFacts (id: string, { forbids, notAfter }: Prohibition): ProhibitionFacts | undefined {
  return forbids === undefined ? undefined : { id, forbids, ...(notAfter === undefined ? {} : { notAfter }) }
}

/** False once its time is over, which is inclusive as that of a consent. */
export function isInForce ({ notAfter }: Pick<ProhibitionFacts, 'notAfter'>, time: number): boolean {
  return notAfter === undefined || time <= notAfter
}

/**
 * The patient's own prohibitions beat every consent. One that asks for a department which the requester's certificate does not say denies
 * under a name of its own. Facts: statement ids, ascending.
 */
export function checkProhibitions ({ prohibitions, ...asked }: ProhibitionCase): Reason[] {
  const inForce = prohibitions.filter((prohibition) => isInForce(prohibition, asked.time) && mayHold(prohibition, asked))
  const idsOf = (isCertain: boolean): string[] =>
    [...new Set(inForce.filter(({ forbids }) => isOfDepartment(forbids, asked) === isCertain).map(({ id }) => id))].sort()
  const [certain, undecided] = [idsOf(true), idsOf(false)]
  return [
    ...(certain.length === 0 ? [] : [{ rule: R.patientProhibits, facts: certain }]),
    ...(undecided.length === 0 ? [] : [{ rule: R.prohibitionUndecided, facts: undecided }])
  ]
}

type Asked = Omit<ProhibitionCase, 'prohibitions'>

function mayHold ({ forbids }: ProhibitionFacts, asked: Asked): boolean {
  const { organizations, departments, requesters, labels, levels, actions, purposes } = forbids
  const { request: { requester, action, purpose }, actor, records } = asked
  const isOfRequest = says(organizations, requester.mspId) && saysPerson(requesters, requester) && says(actions, action) &&
    says(purposes, purpose)
  const mayBeThere = departments?.some(({ mspId }) => mspId === requester.mspId && actor.department === undefined) ?? false
  if (!isOfRequest || !(mayBeThere || isOfDepartment(forbids, asked))) return false
  return (labels === undefined && levels === undefined) || records.some(({ label, level }) => says(labels, label) && says(levels, level))
}

function isOfDepartment ({ departments }: ProhibitionFacts['forbids'], { request: { requester }, actor }: Asked): boolean {
  return departments?.some(({ mspId, department }) => mspId === requester.mspId && department === actor.department) ?? true
}
