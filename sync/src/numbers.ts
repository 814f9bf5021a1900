/** A reviver is told the source text of a primitive (ECMAScript, JSON.parse source text access). */
type Reviver = (this: unknown, name: string, value: unknown, context: { source?: string }) => unknown

const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => object }

const keepNumber: Reviver = (_name, value, { source }) =>
  typeof value === 'number' && source !== undefined && String(value) !== source ? rawJSON(source) : value

/**
 * JSON in which numbers keep their digits: 1.50 is another measurement than 1.5 (FHIR R4, decimal). Such a number is an object that
 * `JSON.stringify` writes as it stood.
 */
export function parseKeepingNumbers (text: string): unknown {
  return JSON.parse(text, keepNumber as (this: unknown, name: string, value: unknown) => unknown)
}
