import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { STATEMENT_SCHEMAS } from './statements.ts'
import type { StatementBody, StatementType } from './statements.ts'

/** What does not fit a schema: one line per fault, `path: what is wrong`. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch'
  readonly faults: readonly string[]

  constructor (what: string, faults: readonly string[]) {
    super(`${what} does not fit its schema: ${faults.join('; ')}`)
    this.faults = faults
  }
}

/** Returns `value` typed when it fits the schema. @throws {SchemaMismatch} naming every fault (at most eight). */
export function checkSchema<S extends TSchema> (schema: S, value: unknown, what: string): Static<S> {
  if (Value.Check(schema, value)) return value
  const faults = [...Value.Errors(schema, value)].slice(0, 8).map((e) => `${e.instancePath === '' ? '/' : e.instancePath}: ${e.message}`)
  throw new SchemaMismatch(what, faults)
}

/** Returns the statement body typed when it is of `type` and fits that type's schema. @throws {SchemaMismatch} */
export function checkStatementBody<T extends StatementType> (type: T, body: unknown): StatementBody<T> {
  return checkSchema(STATEMENT_SCHEMAS[type], body, type)
}
