import { canonicalize } from '@epione/crypto'
import type { AccessExplanation } from '@epione/protocol/api'
import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { ClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { askOwnOrTwo, withWarnings } from '../gateways/say-alike.ts'

export interface AccessExplained extends AccessExplanation {
  /** Organisations that explain it so. */
  askedMspIds: string[]
  warnings?: string[]
}

/**
 * Why an access event was permitted or denied, as gateways say: to staff their own hospital's, to a patient two of them. An explanation
 * proves nothing; the event and the statements that it rests on do. @throws {ClientError} NOT_FOUND, ANSWER_MALFORMED
 */
export async function explainAccess (
  context: PatientContext | PractitionerContext | TokenContext,
  eventId: string
): Promise<AccessExplained> {
  const ask = async (gateway: GatewayApi): Promise<AccessExplanation> =>
    requireOfEvent(await gateway.explainAccess(eventId, authorizeAs(context)), eventId, gateway)
  const said = await askOwnOrTwo(context, ask, (ours, theirs) => canonicalize(ours) === canonicalize(theirs) ? '' : 'otherwise')
  if (said === undefined) throw new ClientError('NOT_FOUND', `No hospital shows you an access event ${eventId}.`, { eventId })
  const disagrees = said.value.agrees ? [] : ['The decision taken again is not the recorded one: ask an auditor of the consortium.']
  return withWarnings(said, ...disagrees)
}

function requireOfEvent (answer: AccessExplanation, eventId: string, { info: { mspId } }: GatewayApi): AccessExplanation {
  if (answer.eventId === eventId && eventId.startsWith(`${answer.patientId}.`)) return answer
  throw new ClientError('ANSWER_MALFORMED', `${mspId} explains another event than the one that was asked for.`, {
    party: { kind: 'gateway', mspId }
  })
}
