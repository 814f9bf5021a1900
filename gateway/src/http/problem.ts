import { Type } from 'typebox'

/** RFC 9457 problem document; `code` is stable, further members depend on it. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  instance: Type.String(),
  code: Type.String()
}, { additionalProperties: true, description: 'RFC 9457 problem document' })

/** A refusal or failure as a response of a route. */
export const ProblemResponse = { description: 'problem', content: { 'application/problem+json': { schema: Problem } } } as const

/** Responses every route has beside its own. */
export const PROBLEMS = { '4xx': ProblemResponse, '5xx': ProblemResponse } as const
