import { checkSchema, LedgerError } from '@epione/protocol'
import type { LedgerErrorCode } from '@epione/protocol'
import type { Static, TSchema } from 'typebox'

/**
 * Longest JSON argument, in characters: room for a signed document in full, with every character escaped. What is longer is not even
 * parsed, since any member may send it to any peer, and a contract judges one transaction at a time.
 */
const ARGUMENT_LENGTH_MAX = 262_144

/** A JSON argument that fits `schema`. @throws {LedgerError} with `code` */
export function parseArgument<S extends TSchema> (
  schema: S,
  json: string,
  what: string,
  code: LedgerErrorCode = 'ARGUMENT_INVALID'
): Static<S> {
  if (json.length > ARGUMENT_LENGTH_MAX) {
    throw new LedgerError(code, `Send ${what} of at most ${String(ARGUMENT_LENGTH_MAX)} characters; this one has ${String(json.length)}.`)
  }
  try {
    return checkSchema(schema, JSON.parse(json), what)
  } catch (error) {
    throw new LedgerError(code, `Send ${what} as JSON that fits its schema (${error instanceof Error
      ? error.message
      : String(error)}).`, { cause: error })
  }
}

const DIGITS = /^(0|[1-9]\d{0,15})$/

/** A number in plain decimal digits that fits `schema`. */
export function parseNumber<S extends TSchema> (schema: S, text: string, what: string): Static<S> {
  return checkArgument(schema, DIGITS.test(text) ? Number(text) : text, what)
}

/** A plain string argument that fits `schema`. */
export function checkArgument<S extends TSchema> (schema: S, value: unknown, what: string): Static<S> {
  try {
    return checkSchema(schema, value, what)
  } catch (error) {
    throw new LedgerError('ARGUMENT_INVALID', `Send ${what} in its form (${error instanceof Error
      ? error.message
      : String(error)}).`, { cause: error })
  }
}
