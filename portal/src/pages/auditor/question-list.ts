import type { AUDIT_QUESTIONS, QuestionName, QuestionParameter } from '@epione/protocol/api'

type Parameters<N extends QuestionName> = (typeof AUDIT_QUESTIONS)[N]['parameters']

/**
 * By what each question is narrowed, and what it needs: as `AUDIT_QUESTIONS` has it, whose operations would bring all schemas into the
 * page. The compiler compares names and needs, so that neither list can say something else.
 */
export const QUESTIONS: { readonly [N in QuestionName]: Parameters<N> } = {
  'who-saw': { patientId: 'needed', mspId: 'optional', staffId: 'optional', purpose: 'optional', from: 'optional', to: 'optional' },
  disclosed: { patientId: 'optional', writtenAt: 'optional', mspId: 'optional', staffId: 'optional', purpose: 'optional', from: 'optional', to: 'optional' },
  'actions-of': { mspId: 'needed', staffId: 'needed', patientId: 'optional', purpose: 'optional', from: 'optional', to: 'optional' },
  refused: { patientId: 'optional', mspId: 'optional', staffId: 'optional', purpose: 'optional', from: 'optional', to: 'optional' },
  emergencies: { patientId: 'optional', mspId: 'optional', staffId: 'optional', from: 'optional', to: 'optional' },
  'overdue-reviews': { patientId: 'optional', mspId: 'optional', staffId: 'optional', from: 'optional', to: 'optional' },
  'consent-changes': { patientId: 'optional', mspId: 'optional', staffId: 'optional', from: 'optional', to: 'optional' },
  'in-force': { at: 'needed', patientId: 'optional', mspId: 'optional', staffId: 'optional' },
  'group-joins': { patientId: 'optional', mspId: 'optional', department: 'optional', from: 'optional', to: 'optional' },
  'log-readers': { patientId: 'optional', mspId: 'optional', staffId: 'optional', from: 'optional', to: 'optional' },
  untouched: { eventId: 'needed' },
  released: { eventId: 'needed' }
}

export const QUESTION_NAMES = Object.keys(QUESTIONS) as QuestionName[]

/** Which question an address names; undefined for none. */
export function questionOf (
  name: string | undefined
): { name: QuestionName, names: QuestionParameter[], needed: QuestionParameter[] } | undefined {
  const known = QUESTION_NAMES.find((one) => one === name)
  if (known === undefined) return undefined
  const parameters: Readonly<Partial<Record<QuestionParameter, 'needed' | 'optional'>>> = QUESTIONS[known]
  const names = Object.keys(parameters) as QuestionParameter[]
  return { name: known, names, needed: names.filter((one) => parameters[one] === 'needed') }
}
