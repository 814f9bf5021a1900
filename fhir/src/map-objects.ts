import type { Reference } from 'fhir/r4.js'

export type Json = Record<string, unknown>

/** A number that was read with its digits (1.50) is an object by its type (ECMAScript, JSON.rawJSON), and none to look into. */
const { isRawJSON } = JSON as unknown as { isRawJSON: (value: unknown) => boolean }

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawJSON(value)

/** A value in which each object, the innermost first, is what `change` makes of it; `name` is of the member that has it. */
export function mapObjects (value: unknown, change: (object: Json, name: string) => unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, change, name))
  if (!isObject(value)) return value
  return change(Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapObjects(member, change, key)])), name)
}

/** The same value in which each literal reference is what `change` makes of it. */
export function mapReferences<T> (value: T, change: (reference: Reference & { reference: string }) => Reference): T {
  const isLiteral = (object: Json): object is Json & { reference: string } => typeof object['reference'] === 'string'
  return mapObjects(value, (object) => isLiteral(object) ? change(object) : object) as T
}

/** The same value in which references by these names are to what the names mean. */
export function renameReferences<T> (value: T, names: ReadonlyMap<string, string>): T {
  if (names.size === 0) return value
  return mapReferences(value, (given) => ({ ...given, reference: names.get(given.reference) ?? given.reference }))
}
