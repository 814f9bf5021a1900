import type { Labels } from './labels.ts'

export type Json = Record<string, unknown>
export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown): string | undefined => typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
const list = (value: unknown): unknown[] => Array.isArray(value) ? value : value === undefined ? [] : [value]
const joined = (values: ReadonlyArray<string | undefined>, between = ' '): string | undefined => values.filter((one) => one !== undefined).join(between) || undefined
const DATE = /^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+))?)?)?$/

/** Writes values of FHIR's data types as a person reads them; text alone. */
export class Values {
  readonly #language: string
  readonly #labels: Labels

  constructor (language: string, labels: Labels) {
    this.#language = language
    this.#labels = labels
  }

  /** One line for a value that fits on one; undefined for what has parts. */
  line (value: unknown): string | undefined {
    if (typeof value === 'boolean') return value ? this.#labels.words.yes : this.#labels.words.no
    if (typeof value === 'string') return DATE.test(value) ? this.#date(value) : value
    if (typeof value === 'number') return String(value)
    return isObject(value) ? this.#parts(value) : undefined
  }

  #parts (value: Json): string | undefined {
    // A quantity has a code, too: that of its unit.
    return this.#quantity(value) ?? this.#concept(value) ?? this.#period(value) ?? this.#person(value)
  }

  #person (value: Json): string | undefined {
    return this.#name(value) ?? this.#address(value) ?? this.#reference(value) ?? this.#identifier(value)
  }

  #date (value: string): string {
    const hasTime = value.includes('T')
    const date = new Date(value)
    // A month or a year is no day.
    if (value.length < 10 || Number.isNaN(date.valueOf())) return value
    return new Intl.DateTimeFormat(this.#language, hasTime ? { dateStyle: 'medium', timeStyle: 'short' } : { dateStyle: 'medium', timeZone: 'UTC' }).format(date)
  }

  #concept ({ text: said, coding, system, code, display }: Json): string | undefined {
    const codings = list(coding).filter(isObject)
    if (codings.length === 0 && (system === undefined || code === undefined)) return undefined
    const shown = codings.length === 0 ? [{ code, display }] : codings
    return text(said) ?? joined([...new Set(shown.map((one) => text(one['display']) ?? text(one['code'])))], ', ')
  }

  #quantity ({ value, unit, code, comparator, low, high, numerator, denominator }: Json): string | undefined {
    if (isObject(low) || isObject(high)) return joined([isObject(low) ? this.line(low) : undefined, isObject(high) ? this.line(high) : undefined], ' – ')
    if (isObject(numerator) && isObject(denominator)) return joined([this.line(numerator), this.line(denominator)], ' / ')
    return typeof value === 'number' ? joined([text(comparator), text(value), text(unit) ?? text(code)]) : undefined
  }

  #period ({ start, end }: Json): string | undefined {
    if (typeof start !== 'string' && typeof end !== 'string') return undefined
    return `${typeof start === 'string' ? this.#date(start) : '…'} – ${typeof end === 'string' ? this.#date(end) : '…'}`
  }

  #name ({ family, given, prefix, text: said }: Json): string | undefined {
    if (family === undefined && given === undefined) return undefined
    return text(said) ?? joined([...list(prefix), ...list(given), family].map(text))
  }

  #address ({ line, city, state, postalCode, country }: Json): string | undefined {
    if (line === undefined && city === undefined && postalCode === undefined) return undefined
    return joined([...list(line), joined([text(postalCode), text(city)]), state, country].map(text), ', ')
  }

  #reference ({ reference, display }: Json): string | undefined {
    return typeof reference === 'string' || (typeof display === 'string') ? text(display) ?? text(reference) : undefined
  }

  #identifier ({ system, value, type, use }: Json): string | undefined {
    if (typeof value !== 'string') return undefined
    return joined([isObject(type) ? this.#concept(type) : undefined, value, isObject(type) ? undefined : text(use) ?? text(system)], ' · ')
  }
}
