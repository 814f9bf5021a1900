/** A request that cannot be read, and what to do. */
export class QueryRefused extends Error {
  override readonly name = 'QueryRefused'
  /** The parameter. */
  readonly parameter: string

  constructor (parameter: string, message: string) {
    super(message)
    this.parameter = parameter
  }
}

export interface Parameter { name: string, modifier?: string, value: string }

/** Search parameters in their order, repeated ones too; empty values say nothing (R4 §3.1.1.2). */
export function readParameters (search: URLSearchParams): Parameter[] {
  return [...search].flatMap(([key, value]) => {
    const [name = '', modifier] = key.split(':', 2)
    return value === '' ? [] : [{ name, ...(modifier === undefined ? {} : { modifier }), value }]
  })
}

/** Values joined by commas, any of which fits; `\,` is no comma. */
export function alternativesOf (value: string): string[] {
  return value.split(/(?<!\\),/).map((part) => part.replaceAll(/\\([,|$\\])/g, '$1'))
}

/** `system|code`, `|code` (no system), `system|` (any code) or `code` (any system). */
export interface Token { system?: string, code?: string }

export function parseToken (text: string): Token {
  const bar = text.indexOf('|')
  if (bar < 0) return { code: text }
  const [system, code] = [text.slice(0, bar), text.slice(bar + 1)]
  return { system, ...(code === '' ? {} : { code }) }
}

export function tokenMatches ({ system, code }: Token, coding: { system?: string | undefined, code?: string | undefined }): boolean {
  return (system === undefined || system === (coding.system ?? '')) && (code === undefined || code === coding.code)
}

const PREFIXES = ['eq', 'ge', 'gt', 'le', 'lt'] as const
/** A span of time in ms: both ends included. */
export interface Span { fromMs: number, untilMs: number }
export interface DateFilter { prefix: (typeof PREFIXES)[number], span: Span }

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/

/** What a date of FHIR, of whatever precision, covers; without a zone it is UTC. `undefined` for what is no date. */
export function spanOf (text: string): Span | undefined {
  const [whole, year = '', month, day, hour, minute, second, fraction, zone = 'Z'] = DATE.exec(text) ?? []
  if (whole === undefined) return undefined
  const fromMs = Date.parse(
    `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.${(fraction ?? '').slice(0, 3).padEnd(3, '0')}${zone}`
  )
  if (Number.isNaN(fromMs)) return undefined
  return { fromMs, untilMs: endOf(fromMs, { month, day, minute, second, fraction }) }
}

type Parts = Record<'month' | 'day' | 'minute' | 'second' | 'fraction', string | undefined>

function endOf (fromMs: number, { month, day, minute, second, fraction }: Parts): number {
  if (fraction !== undefined) return fromMs
  if (second !== undefined) return fromMs + 999
  if (minute !== undefined) return fromMs + 59_999
  const date = new Date(fromMs)
  if (day !== undefined) return date.setUTCDate(date.getUTCDate() + 1) - 1
  if (month !== undefined) return date.setUTCMonth(date.getUTCMonth() + 1) - 1
  return date.setUTCFullYear(date.getUTCFullYear() + 1) - 1
}

/** @throws {QueryRefused} */
export function parseDateFilter (parameter: string, text: string): DateFilter {
  const prefix = PREFIXES.find((known) => text.startsWith(known))
  const span = spanOf(prefix === undefined ? text : text.slice(2))
  if (span !== undefined) return { prefix: prefix ?? 'eq', span }
  throw new QueryRefused(parameter, `"${text.slice(0, 40)}" is no date with a prefix of ${PREFIXES.join(', ')}: write ${parameter}=ge2024-05-01`)
}

export function dateMatches ({ prefix, span }: DateFilter, value: Span): boolean {
  switch (prefix) {
    case 'eq': return value.fromMs >= span.fromMs && value.untilMs <= span.untilMs
    case 'ge': return value.untilMs >= span.fromMs
    case 'gt': return value.untilMs > span.untilMs
    case 'le': return value.fromMs <= span.untilMs
    case 'lt': return value.fromMs < span.fromMs
  }
}
