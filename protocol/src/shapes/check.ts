import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Validator } from 'typebox/compile'
import { Value } from 'typebox/value'
import { STATEMENT_SCHEMAS } from './statements.ts'
import type { StatementBody, StatementType } from './statements.ts'

/** What does not fit a schema: one line per fault, `path: what is wrong`. */
export class SchemaMismatch extends Error {
  override readonly name: string = 'SchemaMismatch'
  readonly faults: readonly string[]

  constructor (what: string, faults: readonly string[], message = `${what} does not fit its schema: ${faults.join('; ')}`) {
    super(message)
    this.faults = faults
  }
}

/** Returns `value` typed when it fits the schema. @throws {SchemaMismatch} naming every fault (at most eight) */
export function checkSchema<S extends TSchema> (schema: S, value: unknown, what: string): Static<S> {
  if (!fits(schema, value)) {
    const faults = [...Value.Errors(schema, value)].slice(0, 8).map((e) => `${e.instancePath === '' ? '/' : e.instancePath}: ${e.message}`)
    throw new SchemaMismatch(what, faults)
  }
  return value
}

/** Uses of a schema after which it is compiled: a command uses each once or twice, a service for ever. */
const COMPILE_AFTER = 16
const checkers = new WeakMap<TSchema, { uses: number, compiled?: Validator }>()

function fits<S extends TSchema> (schema: S, value: unknown): value is Static<S> {
  const known = checkers.get(schema) ?? { uses: 0 }
  if (known.uses === 0) checkers.set(schema, known)
  known.uses += 1
  if (known.uses > COMPILE_AFTER) known.compiled ??= Compile(schema)
  return known.compiled?.Check(value) ?? Value.Check(schema, value)
}

/** Returns the statement body typed when it is of `type` and fits that type's schema. @throws {SchemaMismatch} */
export function checkStatementBody<T extends StatementType> (type: T, body: unknown): StatementBody<T> {
  return checkSchema<TSchema>(STATEMENT_SCHEMAS[type], body, type) as StatementBody<T>
}
