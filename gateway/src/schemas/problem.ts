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

/** Responses every route has beside its own. */
export const PROBLEMS = { '4xx': Problem, '5xx': Problem } as const
