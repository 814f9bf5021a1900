import { Problem } from '@epione/protocol/api'

/** A refusal or failure as a response of a route. */
const ProblemResponse = { description: 'problem', content: { 'application/problem+json': { schema: Problem } } } as const

/** Responses every route has beside its own. */
export const PROBLEMS = { '4xx': ProblemResponse, '5xx': ProblemResponse } as const
