import { canonicalize } from '@epione/crypto'
import type { AccessExplanation } from '@epione/protocol/api'
import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { ClientError } from '../errors.ts'
import { describeSilent } from '../gateways/ask-two.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'

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
  const { own } = context.gateways
  if (context.role !== 'patient') return warned(await ask(own), [own])
  const { answers: [first, second], silent } = await context.gateways.askTwoFound(ask)
  if (first === undefined) throw new ClientError('NOT_FOUND', `No hospital shows you an access event ${eventId}.`, { eventId })
  const { gateway, value } = first
  const { mspId } = gateway.info
  if (second === undefined) {
    return warned(value, [gateway], `Only ${mspId} explains it: nobody else confirms what it says. ${describeSilent(silent)}`.trim())
  }
  if (canonicalize(value) === canonicalize(second.value)) return warned(value, [gateway, second.gateway])
  return warned(value, [gateway], `${second.gateway.info.mspId} explains it otherwise; this is what ${mspId} says.`)
}

function requireOfEvent (answer: AccessExplanation, eventId: string, { info: { mspId } }: GatewayApi): AccessExplanation {
  if (answer.eventId === eventId && eventId.startsWith(`${answer.patientId}.`)) return answer
  throw new ClientError('ANSWER_MALFORMED', `${mspId} explains another event than the one that was asked for.`, {
    party: { kind: 'gateway', mspId }
  })
}

function warned (value: AccessExplanation, gateways: readonly GatewayApi[], ...warnings: string[]): AccessExplained {
  const disagrees = value.agrees ? [] : ['The decision taken again is not the recorded one: ask an auditor of the consortium.']
  const all = [...disagrees, ...warnings]
  return { ...value, askedMspIds: gateways.map(({ info }) => info.mspId), ...(all.length === 0 ? {} : { warnings: all }) }
}
