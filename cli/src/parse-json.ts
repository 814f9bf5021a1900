import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** JSON of a form; undefined for what is no JSON, or of another. */
export function parseJson<S extends TSchema> (schema: S, text: string): Static<S> | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return Value.Check(schema, parsed) ? parsed : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
