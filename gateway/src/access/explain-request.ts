import { asksForTime, decide, explain, missingSwitches, policyHash } from '@epione/protocol'
import type { DecisionInput } from '@epione/protocol'
import type { AccessQuestion, RequestExplanation } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { Practitioner } from '../http/caller.ts'
import { patientThen } from './facts-then.ts'
import { knownPerson } from './known-person.ts'
import type { PersonSources } from './known-person.ts'
import { ledgerThen } from './ledger-then.ts'
import { consentsOfRequest, isOwnConsent, namedConsent } from './request-consents.ts'
import type { NamedConsent, Requester } from './request-consents.ts'
import { requireTargets, targetsNow } from './request-targets.ts'
import type { Targets } from './request-targets.ts'
import { unknownPatient } from './visible-events.ts'

/** Who asks: a member of staff, or undefined for a patient; and whether they see all that concerns the patient. */
interface Asker { caller: Practitioner | undefined, seesAll: boolean }

/**
 * What would be decided of a request that nobody made, as the ledger stands, and why. Who does not see all of the patient is told nothing
 * unless the patient gave the requester a consent, and nothing of consents to others. @throws {LedgerError} PATIENT_UNKNOWN
 * @throws {GatewayError} REQUEST_INVALID, NOT_PERMITTED, FEATURE_INACTIVE
 */
export async function explainRequest (app: FastifyInstance, question: AccessQuestion, asker: Asker): Promise<RequestExplanation> {
  requireTargets(question)
  const { ledger: { gateway: ledger, connection: blocks, policies, versions }, proxy: { context: { reader } } } = app
  const then = await ledgerThen(app)
  const network = await versions.at(then.time)
  const [off] = missingSwitches(network, 'AccessRequest', { action: actionOf(question) })
  if (off !== undefined) throw new GatewayError('FEATURE_INACTIVE', `the network document does not switch ${off} on`)
  const sources: PersonSources = { app, then, ledger, blocks, reader, isBefore: then.isBefore }
  const { patientId } = question
  const person = await knownPerson(sources, question.requester)
  const certified = certificateOf(question, asker, person.seen)
  const requester = { ...person, department: certified.certificate.department }
  const members = network.members.map(({ mspId }) => mspId)
  const { consents, ...counts } = await consentsToTry(sources, { question, requester, members }, asker)
  const policy = await policies.at(then.time)
  const { assumed: _, ...patient } = await patientThen(sources, { patientId, reasons: [] })
  const isDated = consents.some(({ facts: { body } }) => asksForTime(body))
  const facts = { time: then.time, policy, actor: certified.certificate, ...patient, ...await targetsNow(sources, question, isDated) }
  const input = bestOf(consents.map((consent) => inputOf(question, facts, consent))) ??
    inputOf(question, facts, undefined, person.receivingKey)
  const { consentId } = input.request
  return {
    patientId,
    blockNumber: then.blockNumber,
    explanation: explain(input),
    policyHash: policyHash(policy),
    able: person.receivingKey !== undefined,
    ...certified,
    ...(consentId !== undefined && { consentId }),
    ...counts
  }
}

interface Trying { question: AccessQuestion, requester: Requester, members: readonly string[] }

/** Those that the request could name, or the one that the question names, as far as the asker may learn of them. */
async function consentsToTry (
  sources: PersonSources, { question, requester, members }: Trying, { seesAll }: Asker
): Promise<{ consents: NamedConsent[], tried: number, more: boolean }> {
  const { patientId, consentId } = question
  const listed = await consentsOfRequest(sources, patientId, requester, members)
  const visible = (all: NamedConsent[]): NamedConsent[] => seesAll ? all : all.filter((consent) => isOwnConsent(consent, requester))
  const own = visible(listed.consents)
  if (!seesAll && own.length === 0) throw unknownPatient(patientId)
  const consents = consentId === undefined ? own : visible(await namedConsent(sources, question, requester, members))
  return { consents, tried: consents.length, more: consentId === undefined && listed.more }
}

/** What the requester is certified for. Of themselves nobody asks under another certificate. @throws {GatewayError} NOT_PERMITTED */
function certificateOf (
  { requester: { mspId, staffId }, certificate: asked }: AccessQuestion, { caller, seesAll }: Asker, seen: RequestExplanation['certificate'] | undefined
): Pick<RequestExplanation, 'certificate' | 'certifiedBy'> {
  const isSelf = caller?.mspId === mspId && caller.staffId === staffId
  if (isSelf && !seesAll) {
    if (asked !== undefined) throw new GatewayError('NOT_PERMITTED', 'your own certificate counts: leave role and department out')
    const { role, department } = caller
    return { certificate: { role, ...(department !== undefined && { department }) }, certifiedBy: 'caller' }
  }
  if (asked !== undefined) return { certificate: asked, certifiedBy: 'question' }
  return seen === undefined ? { certificate: {}, certifiedBy: 'nobody' } : { certificate: seen, certifiedBy: 'last-request' }
}

type Facts = Pick<DecisionInput, 'time' | 'policy' | 'actor' | 'patient' | 'prohibitions'> & Targets

const actionOf = ({ compartments }: AccessQuestion): 'read' | 'search' => compartments === undefined ? 'read' : 'search'

function inputOf (
  question: AccessQuestion,
  { asked, ...facts }: Facts,
  consent: NamedConsent | undefined,
  receivingKey = consent?.receivingKey ?? ''
): DecisionInput {
  const { patientId, requester, purpose, consentId } = question
  const names = consent?.consentId ?? consentId
  const action = actionOf(question)
  return {
    ...facts,
    request: { requester, patientId, ...(names !== undefined && { consentId: names }), action, ...asked, purpose, receivingKey },
    ...(consent !== undefined && { consent: consent.facts }),
    ...(consent?.department !== undefined && { department: consent.department })
  }
}

/** One that permits, of others the one that lacks least, of several the newest. */
function bestOf (inputs: readonly DecisionInput[]): DecisionInput | undefined {
  const ranked = inputs.map((input) => {
    const { decision, reasons } = decide(input)
    return { input, lacks: decision === 'permit' ? 0 : reasons.length, issuedAt: input.consent?.body.issuedAt ?? 0 }
  })
  return ranked.sort((a, b) => a.lacks - b.lacks || b.issuedAt - a.issuedAt)[0]?.input
}
