import type { Labels } from './labels.ts'

export type Json = Record<string, unknown>
export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown): string | undefined => typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
const list = (value: unknown): unknown[] => Array.isArray(value) ? value : value === undefined ? [] : [value]
const joined = (values: ReadonlyArray<string | undefined>, between = ' '): string | undefined => values.filter((one) => one !== undefined).join(between) || undefined
/** What every element may have beside what its type says. */
const isAdded = (name: string): boolean => name === 'id' || name === 'extension' || name.startsWith('_')
const hasOnly = (value: Json, known: readonly string[]): boolean =>
  Object.keys(value).every((name) => known.includes(name) || isAdded(name))
const DATE = /^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+))?)?)?$/

/** Writes values of FHIR's data types as a person reads them; text alone. */
export class Values {
  readonly #language: string
  readonly #labels: Labels

  /** Members of each data type that its line says, or may leave unsaid. A quantity has a code, too: that of its unit. */
  readonly #types: ReadonlyArray<readonly [known: readonly string[], write: (value: Json) => string | undefined]> = [
    [['value', 'unit', 'system', 'code', 'comparator'], (value) => this.#quantity(value)],
    [['low', 'high'], (value) => this.#range(value)],
    [['numerator', 'denominator'], (value) => this.#ratio(value)],
    [['text', 'coding'], (value) => this.#concept(value)],
    [['system', 'version', 'code', 'display', 'userSelected'], (value) => this.#coding(value)],
    [['start', 'end'], (value) => this.#period(value)],
    [['family', 'given', 'prefix', 'suffix', 'text', 'use', 'period'], (value) => this.#name(value)],
    [['line', 'city', 'district', 'state', 'postalCode', 'country', 'text', 'use', 'type', 'period'], (value) => this.#address(value)],
    [['reference', 'display', 'type', 'identifier'], (value) => this.#reference(value)],
    [['system', 'value', 'type', 'use', 'rank', 'period', 'assigner'], (value) => this.#identifier(value)]
  ]

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

  /** Of what fits no type whole, the members are shown one by one: a line leaves out nothing that somebody wrote. */
  #parts (value: Json): string | undefined {
    for (const [known, write] of this.#types) {
      const line = hasOnly(value, known) ? write(value) : undefined
      if (line !== undefined) return line
    }
    return undefined
  }

  #date (value: string): string {
    const hasTime = value.includes('T')
    const date = new Date(value)
    // A month or a year is no day.
    if (value.length < 10 || Number.isNaN(date.valueOf())) return value
    return new Intl.DateTimeFormat(this.#language, hasTime ? { dateStyle: 'medium', timeStyle: 'short' } : { dateStyle: 'medium', timeZone: 'UTC' }).format(date)
  }

  /** Many have words alone. */
  #concept ({ text: said, coding }: Json): string | undefined {
    return text(said) ?? joined([...new Set(list(coding).filter(isObject).map((one) => text(one['display']) ?? text(one['code'])))], ', ')
  }

  #coding ({ system, code, display }: Json): string | undefined {
    return system === undefined || code === undefined ? undefined : text(display) ?? text(code)
  }

  #quantity ({ value, unit, code, comparator }: Json): string | undefined {
    return typeof value === 'number' ? joined([text(comparator), text(value), text(unit) ?? text(code)]) : undefined
  }

  #range ({ low, high }: Json): string | undefined {
    const [least, most] = [low, high].map((one) => isObject(one) ? this.line(one) : undefined)
    if (least === undefined || most === undefined) return least === undefined ? most === undefined ? undefined : `≤ ${most}` : `≥ ${least}`
    return `${least} – ${most}`
  }

  #ratio ({ numerator, denominator }: Json): string | undefined {
    return isObject(numerator) && isObject(denominator) ? joined([this.line(numerator), this.line(denominator)], ' / ') : undefined
  }

  #period ({ start, end }: Json): string | undefined {
    if (typeof start !== 'string' && typeof end !== 'string') return undefined
    return `${typeof start === 'string' ? this.#date(start) : '…'} – ${typeof end === 'string' ? this.#date(end) : '…'}`
  }

  #name ({ family, given, prefix, suffix, text: said }: Json): string | undefined {
    return text(said) ?? joined([...list(prefix), ...list(given), family, ...list(suffix)].map(text))
  }

  #address ({ line, city, district, state, postalCode, country, text: said }: Json): string | undefined {
    return text(said) ?? joined([...list(line), joined([text(postalCode), text(city)]), district, state, country].map(text), ', ')
  }

  #reference ({ reference, display }: Json): string | undefined {
    return typeof reference === 'string' || (typeof display === 'string') ? text(display) ?? text(reference) : undefined
  }

  #identifier ({ system, value, type, use }: Json): string | undefined {
    if (typeof value !== 'string') return undefined
    return joined([isObject(type) ? this.#concept(type) : undefined, value, isObject(type) ? undefined : text(use) ?? text(system)], ' · ')
  }
}
