import { Problem } from '@epione/protocol/api'
import { Type } from 'typebox'

/** A refusal or failure as a response of a route. */
const ProblemResponse = { description: 'problem', content: { 'application/problem+json': { schema: Problem } } } as const

/** Responses every route has beside its own. */
export const PROBLEMS = { '4xx': ProblemResponse, '5xx': ProblemResponse } as const

/** The same of operations that speak FHIR. */
const OutcomeResponse = {
  description: 'refusal or failure, in FHIR',
  content: {
    'application/fhir+json': {
      schema: Type.Object({ resourceType: Type.Literal('OperationOutcome'), issue: Type.Array(Type.Object({}, { additionalProperties: true })) })
    }
  }
} as const
export const OUTCOMES = { '4xx': OutcomeResponse, '5xx': OutcomeResponse } as const
