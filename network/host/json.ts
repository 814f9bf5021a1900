/** Whether a parsed JSON value is an object (not null, not an array). */
export function isObject (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value of a JSON text, or undefined when it is none: torn by a loss of power, or something else. */
export function parseJson (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** JSON with the members of every object in code point order, so equal values give equal bytes. */
export function canonicalJson (value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => isObject(member)
    ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0))
    : member)
}
