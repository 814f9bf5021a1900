import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Validator } from 'typebox/compile'
import { Value } from 'typebox/value'
import { SignedAnswer } from './answers.ts'
import { listFeatures, usedFeatures } from './features.ts'
import { STATEMENT_SCHEMAS } from './statements.ts'
import type { Feature, FeatureRow } from './features.ts'
import type { StatementBody, StatementType } from './statements.ts'

/**
 * Every statement, member and value that no code takes yet, with the feature it needs. An answer is no statement and is listed with them.
 */
export const FEATURES: readonly (FeatureRow & { readonly statement: StatementType | 'Answer' })[] = [
  ...(Object.keys(STATEMENT_SCHEMAS) as StatementType[]).flatMap((statement) =>
    listFeatures(STATEMENT_SCHEMAS[statement]).map((row) => ({ statement, ...row }))),
  ...listFeatures(SignedAnswer.properties.body).map((row) => ({ statement: 'Answer' as const, ...row }))
]

/** What does not fit a schema: one line per fault, `path: what is wrong`. */
export class SchemaMismatch extends Error {
  override readonly name: string = 'SchemaMismatch'
  readonly faults: readonly string[]

  constructor (what: string, faults: readonly string[], message = `${what} does not fit its schema: ${faults.join('; ')}`) {
    super(message)
    this.faults = faults
  }
}

/**
 * What fits its schema and uses something that no code does yet. Everybody refuses it with the code `FEATURE_INACTIVE` and this message.
 */
export class FeatureInactive extends SchemaMismatch {
  override readonly name = 'FeatureInactive'
  readonly feature: Feature
  /** As in `FeatureRow`. */
  readonly member: string

  constructor (what: string, { feature, member }: FeatureRow) {
    const where = member === '' ? what : `${member} of ${what}`
    super(what, [`/${member}: needs ${feature}`], `${where} needs the feature ${feature}, which is not active; leave it out until it is`)
    this.feature = feature
    this.member = member
  }
}

/**
 * Returns `value` typed when it fits the schema and uses nothing that no code does yet.
 * @throws {SchemaMismatch} naming every fault (at most eight)
 * @throws {FeatureInactive} naming the first use
 */
export function checkSchema<S extends TSchema> (schema: S, value: unknown, what: string): Static<S> {
  if (!fits(schema, value)) {
    const faults = [...Value.Errors(schema, value)].slice(0, 8).map((e) => `${e.instancePath === '' ? '/' : e.instancePath}: ${e.message}`)
    throw new SchemaMismatch(what, faults)
  }
  const [use] = usedFeatures(schema, value)
  if (use !== undefined) throw new FeatureInactive(what, use)
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

/**
 * Returns the statement body typed when it is of `type` and fits that type's schema. A statement that no code takes yet is
 * refused as such wherever it is sent. @throws {SchemaMismatch} @throws {FeatureInactive}
 */
export function checkStatementBody<T extends StatementType> (type: T, body: unknown): StatementBody<T> {
  const own = typeOf(body)
  if (own !== undefined && isInactiveStatement(own)) checkSchema(STATEMENT_SCHEMAS[own], body, own)
  return checkSchema<TSchema>(STATEMENT_SCHEMAS[type], body, type) as StatementBody<T>
}

function typeOf (body: unknown): StatementType | undefined {
  if (typeof body !== 'object' || body === null || !('type' in body) || typeof body.type !== 'string') return undefined
  return Object.hasOwn(STATEMENT_SCHEMAS, body.type) ? body.type as StatementType : undefined
}

/** True for a type of statement that is of a feature as a whole: `checkStatementBody` takes none, as whatever it is sent. */
export function isInactiveStatement (type: string): boolean {
  return FEATURES.some(({ statement, member }) => statement === type && member === '')
}
