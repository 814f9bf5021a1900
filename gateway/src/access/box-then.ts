import { boxFacts, DECISION_RULES, LedgerError } from '@epione/protocol'
import type { AccessEvent, AccessRequest, BoxFacts, DecisionInput, EmergencyCase } from '@epione/protocol'
import type { Assumed } from '@epione/protocol/api'
import type { FactSources } from './facts-then.ts'

/** What else an emergency was decided by. How many boxes had been opened no state tells any more: the number is the event's word. */
export async function emergencyThen (
  sources: FactSources, request: Pick<AccessRequest, 'emergency'>, { emergency, reasons }: Pick<AccessEvent, 'emergency' | 'reasons'>
): Promise<{ facts: Pick<DecisionInput, 'box' | 'openings' | 'secondRole'>, assumed: Assumed[] }> {
  const box = await boxThen(sources, request)
  const [organization, person] = [DECISION_RULES.organizationLimit, DECISION_RULES.personLimit].map((limit) =>
    reasons.some(({ rule }) => rule === limit) ? Infinity : 0)
  const wasLimited = organization === Infinity || person === Infinity
  const secondRole = emergency?.secondRole
  return {
    facts: {
      ...(box !== undefined && { box }),
      ...(secondRole !== undefined && { secondRole }),
      ...(wasLimited && { openings: { organization: organization ?? 0, person: person ?? 0 } })
    },
    assumed: wasLimited
      ? [{ fact: 'emergencies', from: 'event', detail: 'How many emergencies had been opened is the event\'s word.' }]
      : []
  }
}

/** The box that a request names, as the ledger had it before the request's event; undefined when no event had opened it. */
async function boxThen ({ ledger, isBefore }: FactSources, { emergency }: Pick<AccessRequest, 'emergency'>): Promise<BoxFacts | undefined> {
  if (emergency?.opening === undefined) return undefined
  const found = await ledger.getEmergency(emergency.opening).catch((error: unknown): EmergencyCase | undefined => {
    if (error instanceof LedgerError && (error.code === 'EMERGENCY_UNKNOWN' || error.code === 'EVENT_UNKNOWN')) return undefined
    throw error
  })
  if (found === undefined || !await isBefore(found.opening)) return undefined
  const { opening, close } = found
  return boxFacts(opening, close !== undefined && await isBefore(close))
}
