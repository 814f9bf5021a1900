import { ClientError } from '../errors.ts'

/** How a file that was handed on came to harm on its way; none of it is anybody's lie. */
type Damage = 'empty' | 'web-page' | 'cut-off' | 'no-json' | 'other-type' | 'other-version'

const GET_AGAIN = 'Nothing can be said about what it should hold: get the file again.'

/** @throws {ClientError} FILE_DAMAGED */
export function throwDamaged (what: string, damage: Damage, why: string, advice = GET_AGAIN): never {
  throw new ClientError('FILE_DAMAGED', `${what} ${why}. ${advice}`, { damage })
}

/** The JSON object of a file that somebody handed on, `what` in words. @throws {ClientError} FILE_DAMAGED */
export function parseHandedOn (text: string, what: string): Record<string, unknown> {
  const begun = text.trimStart()
  if (begun === '') throwDamaged(what, 'empty', 'is empty')
  if (begun.startsWith('<')) throwDamaged(what, 'web-page', 'is a web page, not the file that it shows or asks you to sign in for')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    if (begun.startsWith('{')) {
      throwDamaged(what, 'cut-off', `is no whole JSON object: it was cut off or damaged on its way (${text.length} characters are there)`)
    }
    throwDamaged(what, 'no-json', 'is no JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throwDamaged(what, 'other-type', 'is JSON, but no object')
  return value as Record<string, unknown>
}
