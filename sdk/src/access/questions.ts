import { canonicalize } from '@epione/crypto'
import { AUDIT, AUDIT_QUESTIONS, EMERGENCIES, ACCESS, questionAddress } from '@epione/protocol/api'
import type { AuditQuestion, ConsentChange, GroupChange, LoggedAccessEvent, LoggedReading, QuestionName, QuestionParameter, ShownEmergency } from '@epione/protocol/api'
import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { listAccessEvents } from './audit.ts'
import { compareReleases } from './compare-releases.ts'
import type { ReleasesCompared } from './compare-releases.ts'
import { listLogReadings } from './log-readings.ts'
import { makeProof } from './proof.ts'
import { readTwoLists } from './read-two.ts'
import type { TwoLists } from './read-two.ts'

/** What a question is narrowed by; times in ms. */
export type QuestionGiven = Readonly<Partial<Record<QuestionParameter, string | number>>>
type Reader = PatientContext | PractitionerContext | TokenContext
type Items = LoggedAccessEvent | LoggedReading | ShownEmergency | ConsentChange | GroupChange

export interface QuestionAsked {
  question: QuestionName
  asks: string
  /** The request that it is, for a page or a program: the address at the own gateway, without its origin. */
  request: string
}
export type QuestionAnswered = QuestionAsked & (
  | Pick<TwoLists<Items>, 'items' | 'askedMspIds' | 'warnings'>
  | { eventId: string, state: string, proven: boolean, warnings?: string[] }
  | ReleasesCompared & { warnings?: string[] }
)

/**
 * Asks one of the questions of auditors: of the own hospital by token; of two hospitals by a patient about themself, with a warning for
 * each whose part is missing. @throws {ClientError} USAGE for what the question is not narrowed by, or lacks
 */
export async function askQuestion (
  context: Reader, question: QuestionName, given: QuestionGiven, limit?: number
): Promise<QuestionAnswered> {
  const narrowed: QuestionGiven = context.role === 'patient' && 'patientId' in AUDIT_QUESTIONS[question].parameters
    ? { ...given, patientId: context.patientId }
    : given
  requireParameters(question, narrowed)
  const asked = { question, asks: AUDIT_QUESTIONS[question].asks, request: questionAddress(question, narrowed) }
  return { ...asked, ...await answer(context, AUDIT_QUESTIONS[question], narrowed, limit) }
}

/** @throws {ClientError} USAGE */
function requireParameters (question: QuestionName, given: QuestionGiven): void {
  const { parameters }: AuditQuestion = AUDIT_QUESTIONS[question]
  for (const name of Object.keys(given) as QuestionParameter[]) {
    if (parameters[name] === undefined) {
      throw new ClientError('USAGE', `The question ${question} is not narrowed by ${name}: it takes ${Object.keys(parameters).join(', ')}.`, { parameter: name })
    }
  }
  for (const [name, need] of Object.entries(parameters) as Array<[QuestionParameter, string]>) {
    if (need === 'needed' && given[name] === undefined) throw new ClientError('USAGE', `The question ${question} needs ${name}.`, { parameter: name })
  }
}

type Answer = TwoLists<Items> | { eventId: string, state: string, proven: boolean, warnings?: string[] } | ReleasesCompared

async function answer (
  context: Reader, { operation, fixed }: AuditQuestion, given: QuestionGiven, limit: number | undefined
): Promise<Answer> {
  // Each member was checked by its question; its operation's schema judges the value at the gateway.
  const query = { ...fixed, ...given } as object
  const bounded = limit === undefined ? query : { ...query, limit }
  switch (operation.id) {
    case ACCESS.list.id: return await listAccessEvents(context, bounded)
    case ACCESS.listReadings.id: return await listLogReadings(context, bounded)
    case EMERGENCIES.list.id: return await readTwoLists<ShownEmergency>(context, {
      what: 'box',
      idOf: ({ eventId }) => eventId,
      // Closing and review come later: one of two may have read them already.
      saidOf: ({ eventId, patientId, mspId, staffId, reason, openUntil }) => (
        canonicalize({ eventId, patientId, mspId, staffId, reason, openUntil })
      ),
      limit,
      page: async (gateway, cursor, authorize) => await gateway.emergencies.list({ ...query, cursor }, authorize)
    })
    case AUDIT.listConsentChanges.id: return await readTwoLists<ConsentChange>(context, {
      what: 'change',
      idOf: ({ change, statementId }) => `${change} ${statementId}`,
      saidOf: ({ activeFrom: _active, ended: _ended, ...said }) => canonicalize(said),
      limit,
      page: async (gateway, cursor, authorize) => await gateway.audit.listConsentChanges({ ...query, cursor }, authorize)
    })
    case AUDIT.listGroupChanges.id: return await readTwoLists<GroupChange>(context, {
      what: 'change',
      idOf: ({ statementId }) => statementId,
      saidOf: canonicalize,
      limit,
      page: async (gateway, cursor, authorize) => await gateway.audit.listGroupChanges({ ...query, cursor }, authorize)
    })
    case ACCESS.getAnchor.id: {
      const { eventId, state, warnings } = await makeProof(context, String(given.eventId))
      return { eventId, state, proven: warnings === undefined, ...(warnings !== undefined && { warnings }) }
    }
    case ACCESS.get.id: return await compareReleases(context, String(given.eventId))
    default: throw new ClientError('UNEXPECTED', `Nothing here asks ${operation.id}.`)
  }
}
