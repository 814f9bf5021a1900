import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js'
import { SYSTEMS } from './systems.ts'

/** What went wrong, in FHIR's words. */
export type IssueType = OperationOutcomeIssue['code']

/** Statuses that say what kind of issue it is, whatever the code. */
const ISSUE_OF_STATUS: Readonly<Record<number, IssueType>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-supported',
  406: 'not-supported',
  408: 'timeout',
  409: 'conflict',
  410: 'deleted',
  412: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  416: 'invalid',
  422: 'business-rule',
  429: 'throttled',
  500: 'exception',
  502: 'security',
  503: 'transient',
  507: 'no-store'
}

export interface Outcome {
  status: number
  /** Problem code of a gateway, or error code of the SDK. */
  code: string
  detail: string
  /** Where the status alone says too little. */
  issue?: IssueType
  /** FHIRPath or `http.…` of what is meant. */
  expression?: readonly string[]
  /** Rules that denied, by name. */
  rules?: readonly string[]
  /** `information` where it only goes with an answer. */
  severity?: OperationOutcomeIssue['severity']
}

/** A refusal or failure as FHIR tells it; `details.coding` has the code to branch on. */
export function outcomeOf ({ status, code, detail, issue, expression, rules = [], severity = 'error' }: Outcome): OperationOutcome {
  const coding = [{ system: SYSTEMS.problem, code }, ...rules.map((rule) => ({ system: SYSTEMS.rule, code: rule }))]
  return {
    resourceType: 'OperationOutcome',
    issue: [{
      severity,
      code: issue ?? ISSUE_OF_STATUS[status] ?? 'processing',
      details: { coding, text: detail },
      diagnostics: detail,
      ...(expression === undefined ? {} : { expression: [...expression] })
    }]
  }
}
