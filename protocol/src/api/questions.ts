import { ACCESS } from './access.ts'
import { AUDIT } from './audit.ts'
import { EMERGENCIES } from './emergencies.ts'
import type { Operation } from './operation.ts'

/** Members of queries and addresses by which questions are narrowed. */
export type QuestionParameter =
  | 'patientId' | 'mspId' | 'staffId' | 'department' | 'purpose' | 'writtenAt' | 'from' | 'to' | 'at' | 'eventId'

/** A question of an auditor, which is one request to the own gateway: its filters are members of the address. */
export interface AuditQuestion {
  /** In the words of whoever asks. */
  readonly asks: string
  /** What the answer has, and what it has not. */
  readonly tells: string
  readonly operation: Operation
  /** Members of the query that make it this question. */
  readonly fixed: Readonly<Record<string, string>>
  /** What may be asked for, and what must be. */
  readonly parameters: Readonly<Partial<Record<QuestionParameter, 'needed' | 'optional'>>>
}

const between = { from: 'optional', to: 'optional' } as const
const person = { mspId: 'optional', staffId: 'optional' } as const

/**
 * What auditors ask. The commands, the pages and docs/audit.md are made of this one table; `epione audit ask NAME` is the command.
 */
export const AUDIT_QUESTIONS = {
  'who-saw': {
    asks: 'Who saw the data of a patient, and when?',
    tells: 'every permit for the patient between two times: who, from where, for what, which records',
    operation: ACCESS.list,
    fixed: { decision: 'permit' },
    parameters: { patientId: 'needed', ...person, purpose: 'optional', ...between }
  },
  disclosed: {
    asks: 'What went outside the hospital where it was written, to whom, and why?',
    tells: 'permits of people of one organisation for records of another; with `writtenAt`, those of one hospital. What a search found it cannot tell',
    operation: ACCESS.list,
    fixed: { decision: 'permit', origin: 'other' },
    parameters: { patientId: 'optional', writtenAt: 'optional', ...person, purpose: 'optional', ...between }
  },
  'actions-of': {
    asks: 'What did a person do?',
    tells: 'every request of the person, permitted or denied; whether they are a colleague or a neighbour of the patient, the hospital\'s own lists say',
    operation: ACCESS.list,
    fixed: {},
    parameters: { mspId: 'needed', staffId: 'needed', patientId: 'optional', purpose: 'optional', ...between }
  },
  refused: {
    asks: 'Which attempts were refused, and why?',
    tells: 'denials with the rules that decided and the facts that these used, and how often the same was asked again',
    operation: ACCESS.list,
    fixed: { decision: 'deny' },
    parameters: { patientId: 'optional', ...person, purpose: 'optional', ...between }
  },
  emergencies: {
    asks: 'Where was the glass broken, why, how long, what was opened, and who reviewed it?',
    tells: 'each box with its reason, when it was closed or ran out, what was permitted in it, and what another hospital\'s officer found',
    operation: EMERGENCIES.list,
    fixed: {},
    parameters: { patientId: 'optional', ...person, ...between }
  },
  'overdue-reviews': {
    asks: 'Which broken glass should have been reviewed by now, and was not?',
    tells: 'boxes whose time of review is over, by the gateway\'s clock',
    operation: EMERGENCIES.list,
    fixed: { state: 'overdue' },
    parameters: { patientId: 'optional', ...person, ...between }
  },
  'consent-changes': {
    asks: 'Who granted, changed, withdrew or forbade what, and which consents ran out?',
    tells: 'consents, revocations, expiries, prohibitions and their ends, freezes and hand-overs; a change of a consent is a revocation and a new one',
    operation: AUDIT.listConsentChanges,
    fixed: {},
    parameters: { patientId: 'optional', ...person, ...between }
  },
  'in-force': {
    asks: 'What was in force at a time?',
    tells: 'consents that could be read by at that moment, with the prohibitions and freezes that stood against them',
    operation: AUDIT.listConsentChanges,
    fixed: {},
    parameters: { at: 'needed', patientId: 'optional', ...person }
  },
  'group-joins': {
    asks: 'Who joined a department that had access?',
    tells: 'changes of a department\'s members while consents to it were in force, and which consents these were',
    operation: AUDIT.listGroupChanges,
    fixed: {},
    parameters: { patientId: 'optional', mspId: 'optional', department: 'optional', ...between }
  },
  'log-readers': {
    asks: 'Who read the access log?',
    tells: 'who read it through which hospital, how often, of which patients, and which files they took away',
    operation: ACCESS.listReadings,
    fixed: {},
    parameters: { patientId: 'optional', ...person, ...between }
  },
  untouched: {
    asks: 'Is what the log says of an event what was decided, and untouched since?',
    tells: 'the proof of the event up to the chain, verified; of the whole ledger `epione audit verify-ledger` says it',
    operation: ACCESS.getAnchor,
    fixed: {},
    parameters: { eventId: 'needed' }
  },
  released: {
    asks: 'Was what proxies released for an event what was recorded?',
    tells: 'for each record the hash of the wrap that the ledger names, and which proxies signed that they released that one, or another',
    operation: ACCESS.get,
    fixed: {},
    parameters: { eventId: 'needed' }
  }
} as const satisfies Readonly<Record<string, AuditQuestion>>

export type QuestionName = keyof typeof AUDIT_QUESTIONS

/** The address of a question at a gateway, without its origin: what pages link to and save. Absent parameters are left out. */
export function questionAddress (name: QuestionName, given: Readonly<Partial<Record<QuestionParameter, string | number>>>): string {
  const { operation, fixed, parameters }: AuditQuestion = AUDIT_QUESTIONS[name]
  const query = new URLSearchParams(fixed)
  let { path } = operation
  for (const parameter of Object.keys(parameters) as QuestionParameter[]) {
    const value = given[parameter]
    if (value === undefined) continue
    if (path.includes(`:${parameter}`)) path = path.replace(`:${parameter}`, encodeURIComponent(value))
    else query.set(parameter, String(value))
  }
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}
