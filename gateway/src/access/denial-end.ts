import { DECISION_RULES as R } from '@epione/protocol'
import type { AccessEvent, DecisionRule } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import type { Denial } from './repeated-denials.ts'

/** How long (ms) the number of emergencies is taken to stay as it is: they leave the count one by one, which no block tells. */
const LIMIT_MS = 60_000

/** A denial, and when it may end by itself, by time alone: no block tells of that. */
export async function denialOf (app: FastifyInstance, event: AccessEvent): Promise<Denial> {
  const { eventId } = event
  const moments = [...await consentBegins(app, event), ...await prohibitionsEnd(app, event), ...limitEnds(event)]
  return moments.length === 0 ? { eventId } : { eventId, until: Math.min(...moments) }
}

const isBy = ({ reasons }: AccessEvent, ...rules: DecisionRule[]): boolean =>
  reasons.some(({ rule }) => rules.some((name) => name === rule))

async function consentBegins ({ ledger, proxy }: FastifyInstance, event: AccessEvent): Promise<number[]> {
  if (event.consentId === undefined || !isBy(event, R.consentNotStarted)) return []
  const { consent } = await ledger.gateway.getConsent(event.consentId)
  return [proxy.context.reader.readStored('Consent', consent).body.notBefore]
}

/** A prohibition holds in its last moment. */
async function prohibitionsEnd ({ ledger, proxy }: FastifyInstance, event: AccessEvent): Promise<number[]> {
  if (!isBy(event, R.patientProhibits, R.prohibitionUndecided)) return []
  const { prohibitions } = await ledger.gateway.getStanding(event.patientId)
  return prohibitions.flatMap((stored) => {
    const { forbids, notAfter } = proxy.context.reader.readStored('Prohibition', stored).body
    return forbids === undefined || notAfter === undefined ? [] : [notAfter + 1]
  })
}

function limitEnds (event: AccessEvent): number[] {
  return isBy(event, R.organizationLimit, R.personLimit) ? [event.time + LIMIT_MS] : []
}
