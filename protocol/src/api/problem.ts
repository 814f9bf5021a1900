import { Type } from 'typebox'

/** RFC 9457 problem document; `code` is stable, further members depend on it. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  instance: Type.String(),
  code: Type.String({ maxLength: 64 })
}, { additionalProperties: true, description: 'RFC 9457 problem document' })

/** What a reader needs of a problem: whatever stands between may have written it. */
export const ReadProblem = Type.Object({
  code: Problem.properties.code,
  title: Type.Optional(Problem.properties.title),
  detail: Type.Optional(Problem.properties.detail)
})
