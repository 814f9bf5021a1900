import { SecretKey, signStatement } from '@epione/crypto'
import { STATEMENT_SCHEMAS, usedFeatures } from '@epione/protocol'
import type { FeatureRow, SignedStatement, StatementType } from '@epione/protocol'
import { makeFormatVectors } from '../vectors/formats.ts'

/** An example that uses something no code takes yet. */
export interface ComingExample { what: string, type: StatementType, body: Record<string, unknown>, use: FeatureRow }

const vectors = makeFormatVectors().map((
  { type, name, canonical }
) => ({ type, name, body: JSON.parse(canonical) as Record<string, unknown> }))

/** Every statement, member and value to come, each in an example of its own; between them they use everything in `FEATURES`. */
export const COMING_EXAMPLES: readonly ComingExample[] = vectors.flatMap(({ type, name, body }) => {
  if (type === 'Answer' || type === 'OrganizationKeys') return []
  const [use] = usedFeatures(STATEMENT_SCHEMAS[type], body)
  return use === undefined ? [] : [{ what: `${type}, ${name}`, type, body, use }]
})

/** The example as its signer sends it: with a good signature, so that it is refused for nothing else. */
export function signExample (
  { type, body }: ComingExample,
  networkId: Uint8Array,
  changes: object = {},
  key = SecretKey.random()
): SignedStatement {
  return signStatement({ type, networkId, body: { ...body, ...changes }, keys: [key] })
}
