import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { ClientError } from '../errors.ts'

/** The JSON of a file that one of these commands wrote. @throws {ClientError} USAGE with `otherwise` */
export function parseJsonFile<S extends TSchema> (schema: S, text: string, otherwise: string): Static<S> {
  try {
    const parsed: unknown = JSON.parse(text)
    if (Value.Check(schema, parsed)) return parsed
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new ClientError('USAGE', otherwise)
}
