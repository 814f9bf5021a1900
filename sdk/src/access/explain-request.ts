import { canonicalize } from '@epione/crypto'
import type { AccessQuestion, RequestExplanation } from '@epione/protocol/api'
import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { ClientError } from '../errors.ts'
import { categoryOfLabel, requireCategory } from '../keys/directory.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { askOwnOrTwo, withWarnings } from '../gateways/say-alike.ts'

export type { AccessQuestion }

export interface RequestExplained extends RequestExplanation {
  /** Organisations that explain it so. */
  askedMspIds: string[]
  warnings?: string[]
}

/**
 * What would be decided of a request that nobody made, and why: to staff their own hospital says so, to a patient two. No event is made;
 * that somebody asked is noted in the log. @throws {ClientError} NOT_FOUND, ANSWER_MALFORMED
 */
export async function explainRequest (
  context: PatientContext | PractitionerContext | TokenContext,
  question: AccessQuestion
): Promise<RequestExplained> {
  const ask = async (gateway: GatewayApi): Promise<RequestExplanation> =>
    requireOfQuestion(await gateway.explainRequest(question, authorizeAs(context)), question, gateway)
  const said = await askOwnOrTwo(context, ask, (ours, theirs) => essenceOf(ours) === essenceOf(theirs) ? '' : 'otherwise')
  const { patientId } = question
  if (said === undefined) throw new ClientError('NOT_FOUND', `No hospital tells you of requests for patient ${patientId}.`, { patientId })
  return withWarnings(said)
}

/**
 * Newest compartments of own categories, for a question about searching them.
 * @throws {ClientError} CATEGORY_UNKNOWN
 */
export async function compartmentsOf (
  context: PatientContext, categories: readonly string[]
): Promise<Array<{ label: string, epoch: number }>> {
  const { newest: { compartments } } = await readOwnDirectory(context)
  return categories.map((name) => {
    const category = requireCategory(name)
    const found = compartments.find(({ label }) => categoryOfLabel(context.keys, label) === category)
    if (found === undefined) throw new ClientError('CATEGORY_UNKNOWN', `You have no category ${category}.`, { category })
    return { label: found.label, epoch: found.epoch }
  })
}

function requireOfQuestion (answer: RequestExplanation, question: AccessQuestion, { info: { mspId } }: GatewayApi): RequestExplanation {
  const { request } = answer.explanation
  const { requester, purpose, compartments, patientId, consentId } = question
  const isAsked = answer.patientId === patientId && request.mspId === requester.mspId && request.staffId === requester.staffId &&
    request.purpose === purpose && request.action === (compartments === undefined ? 'read' : 'search') &&
    (consentId === undefined || answer.consentId === consentId)
  if (isAsked) return answer
  throw new ClientError('ANSWER_MALFORMED', `${mspId} explains another request than the one that was asked for.`, {
    party: { kind: 'gateway', mspId }
  })
}

/** What two hospitals have to say alike; they ask at other moments, and what follows from the rest. */
function essenceOf ({ explanation: { decision, reasons, policyVersion }, policyHash, consentId = '', able, certificate }: RequestExplanation): string {
  return canonicalize({ decision, reasons, policyVersion, policyHash, consentId, able, certificate })
}
