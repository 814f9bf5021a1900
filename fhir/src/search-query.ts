import type { Coding, FhirResource, Reference } from 'fhir/r4.js'
import {
  alternativesOf, dateMatches, parseDateFilter, parseReference, parseToken, QueryRefused, readParameters, tokenMatches
} from '@epione/protocol/fhir'
import type { Parameter, Token } from '@epione/protocol/fhir'
import { FhirError } from './errors.ts'
import { SEARCH_PARAMETERS } from './search-values.ts'
import type { SearchParameter } from './search-values.ts'

export const [COUNT_DEFAULT, COUNT_MAX] = [20, 64]

type Test = (resource: FhirResource) => boolean

/** A search as it was understood. */
export interface SearchQuery {
  readonly type: string
  /** Whose: as `patient`, `subject` or `patient.identifier` says. */
  readonly patient?: { readonly reference: string } | { readonly identifier: string }
  /** How many at once. */
  readonly count: number
  /** True where nothing but whose and how many was asked. */
  readonly isPlain: boolean
  readonly tests: readonly Test[]
  /** Codings that a resource must have, one of each list: what an index may find. */
  readonly codes: ReadonlyArray<readonly Token[]>
  /** What was understood, to be said back. */
  readonly used: readonly Parameter[]
}

/** Whose records: it chooses them, and no resource is tested for it. */
const WHOSE = ['patient', 'subject', 'patient.identifier', 'subject.identifier']
/** Answered by what the parameters above do, or without meaning here. */
const KNOWN = ['_format', '_pretty', '_cursor']
/** What an index has codes of. */
const CODED = ['code', 'type', 'category']
/** An answer with these alone would tell how much there is that is not shown. */
const REFUSED: Readonly<Record<string, readonly string[]>> = { _summary: ['count'], _total: ['accurate', 'estimate'] }

/**
 * Reads a search; what it does not know is refused where the caller wants that (`Prefer: handling=strict`), and left out otherwise.
 * @throws {QueryRefused} @throws {FhirError} PARAMETER_UNKNOWN
 */
export function readSearch (type: string, search: URLSearchParams, isStrict: boolean): SearchQuery {
  const reading = new Reading(type, isStrict)
  for (const one of readParameters(search)) reading.take(one)
  return reading.query()
}

/** What was understood of a search so far. */
class Reading {
  readonly #type: string
  readonly #isStrict: boolean
  readonly #tests: Test[] = []
  readonly #codes: Token[][] = []
  readonly #used: Parameter[] = []
  #whose: SearchQuery['patient']
  #count = COUNT_DEFAULT

  constructor (type: string, isStrict: boolean) {
    this.#type = type
    this.#isStrict = isStrict
  }

  take (one: Parameter): void {
    const { name, value } = one
    if (Object.hasOwn(REFUSED, name) && REFUSED[name]?.includes(value) === true) {
      throw unknown(`${name}=${value} would tell how much there is that is not shown to you: leave it out`, name)
    }
    if (KNOWN.includes(name)) return
    if (WHOSE.includes(name)) this.#whose = readWhose(one, this.#whose)
    else if (name === '_count') this.#count = readCount(value)
    else if (!this.#test(one)) return
    this.#used.push(one)
  }

  query (): SearchQuery {
    const whose = this.#whose === undefined ? {} : { patient: this.#whose }
    const [tests, codes, used] = [this.#tests, this.#codes, this.#used]
    return { type: this.#type, ...whose, count: this.#count, isPlain: tests.length === 0, tests, codes, used }
  }

  /** False for a parameter that is left out. */
  #test (one: Parameter): boolean {
    const { name, modifier, value } = one
    const parameters = SEARCH_PARAMETERS[this.#type] ?? {}
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (parameter === undefined) {
      if (!this.#isStrict) return false
      throw unknown(`${this.#type} is not searched by "${name.slice(0, 40)}": use ${[...WHOSE.slice(0, 3), ...Object.keys(parameters)].join(', ')}`, name)
    }
    this.#tests.push(testOf(parameter, one))
    if (parameter.type === 'token' && modifier === undefined && CODED.includes(name)) this.#codes.push(alternativesOf(value).map(parseToken))
    return true
  }
}

const unknown = (message: string, name: string): FhirError =>
  new FhirError('PARAMETER_UNKNOWN', message, { issue: 'not-supported', expression: [`http.${name.slice(0, 40)}`] })

/** The query as understood, for a link to itself. */
export function describeQuery ({ used }: SearchQuery): string {
  return new URLSearchParams(used.map(({ name, modifier, value }): [string, string] => [modifier === undefined ? name : `${name}:${modifier}`, value])).toString()
}

export const matches = ({ tests }: SearchQuery, resource: FhirResource): boolean => tests.every((test) => test(resource))

function readWhose ({ name, modifier, value }: Parameter, before: SearchQuery['patient']): NonNullable<SearchQuery['patient']> {
  if (before !== undefined) throw new QueryRefused(name, 'say once whose records: patient=Patient/…')
  if (modifier === undefined && name.endsWith('.identifier')) return { identifier: value }
  if (modifier === 'identifier') return { identifier: value }
  if (modifier === undefined || modifier === 'Patient') return { reference: value }
  throw new QueryRefused(name, `the modifier ":${modifier.slice(0, 20)}" means nothing of a patient: use ${name}=Patient/… or ${name}.identifier=system|value`)
}

function readCount (value: string): number {
  const count = /^[0-9]{1,6}$/.test(value) ? Number(value) : 0
  if (count === 0) throw new QueryRefused('_count', 'a page has 1 resource or more; at most 64 are given at once')
  return Math.min(count, COUNT_MAX)
}

function testOf (parameter: SearchParameter, { name, modifier, value }: Parameter): Test {
  const wanted = alternativesOf(value)
  switch (parameter.type) {
    case 'token': {
      requireModifier(name, modifier, ['not'])
      const tokens = wanted.map(parseToken)
      const isWanted = (coding: Coding): boolean => tokens.some((token) => tokenMatches(token, coding))
      const has = (resource: FhirResource): boolean => codingsOf(parameter, resource).some(isWanted)
      return modifier === 'not' ? (resource) => !has(resource) : has
    }
    case 'date': {
      requireModifier(name, modifier, [])
      const filters = wanted.map((text) => parseDateFilter(name, text))
      return (resource) => parameter.of(resource as never).some((span) => filters.some((filter) => dateMatches(filter, span)))
    }
    case 'reference': {
      requireModifier(name, modifier, ['identifier'])
      const byIdentifier = modifier === 'identifier'
      const isWanted = (reference: Reference): boolean => wanted.some((text) => refersTo(reference, text, byIdentifier))
      return (resource) => parameter.of(resource as never).some(isWanted)
    }
    case 'string': {
      requireModifier(name, modifier, ['exact', 'contains'])
      return (resource) => parameter.of(resource as never).some((text) => wanted.some((part) => textMatches(text, part, modifier)))
    }
  }
}

const codingsOf = (parameter: Extract<SearchParameter, { type: 'token' }>, resource: FhirResource): Coding[] => parameter.of(resource as never)

function requireModifier (name: string, modifier: string | undefined, known: readonly string[]): void {
  if (modifier === undefined || known.includes(modifier)) return
  throw new FhirError('PARAMETER_UNKNOWN', `the modifier ":${modifier.slice(0, 20)}" of ${name} is not known here`, { issue: 'not-supported', expression: [`http.${name}`] })
}

function refersTo ({ reference, identifier }: Reference, text: string, byIdentifier: boolean): boolean {
  const token = parseToken(text)
  if (identifier !== undefined && tokenMatches(token, { system: identifier.system, code: identifier.value })) return true
  if (byIdentifier || reference === undefined) return false
  const [one, other] = [parseReference(reference), parseReference(text)]
  return one === undefined ? reference === text : one.id === (other?.id ?? text) && (other === undefined || other.type === one.type)
}

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

function textMatches (text: string, part: string, modifier: string | undefined): boolean {
  if (modifier === 'exact') return text === part
  return modifier === 'contains' ? plain(text).includes(plain(part)) : plain(text).startsWith(plain(part))
}
