import { FIELDS, fieldKeyword, wordsOf } from './normal-form.ts'
import { ALL_DAYS, readDays } from './days.ts'
import type { DayRange } from './days.ts'
import { queryInvalid, tokenize } from './query-tokens.ts'
import type { Token } from './query-tokens.ts'

const DEPTH_MAX = 16
const TERMS_MAX = 64

export type Query =
  | { readonly kind: 'and' | 'or', readonly parts: readonly Query[] }
  | { readonly kind: 'not', readonly part: Query }
  | { readonly kind: 'keyword', readonly keyword: string }
  | { readonly kind: 'days', readonly range: DayRange }

type Term = Extract<Token, { kind: 'term' }>

/**
 * Reads a query: words and `field:value`, joined by AND (also where nothing stands between them), OR and NOT, which binds closest, OR
 * least, in brackets where it is meant otherwise. Quoted words are all wanted, in whatever order. `date:` takes years, months and days and
 * ranges of them, `2024..2026`, `2025-06..`.
 * @throws {ClientError} QUERY_INVALID with `column` (from 1) and `advice`
 */
export function parseQuery (text: string): Query {
  const reader = new QueryReader(tokenize(text))
  return reader.readAll()
}

/** Keywords as `--keyword` names them, in the spelling of a query. @throws {ClientError} QUERY_INVALID */
export function parseKeywords (text: string): string[] {
  const terms = tokenize(text).slice(0, -1)
  return terms.flatMap((token) => {
    if (token.kind !== 'term') throw queryInvalid(token.column, `a keyword is a word or field:value, not ${token.kind}: put it in quotation marks`)
    if (token.field === 'date') throw queryInvalid(token.column, 'a keyword is no date: dates come from the content')
    return keywordsOf(token)
  })
}

class QueryReader {
  readonly #tokens: readonly Token[]
  #at = 0
  #terms = 0

  constructor (tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  readAll (): Query {
    const query = this.#readOr(0)
    const { kind, column } = this.#next()
    if (kind !== 'end') throw queryInvalid(column, 'this bracket closes none: take it out')
    return query
  }

  #readOr (depth: number): Query {
    const parts = [this.#readAnd(depth)]
    while (this.#take('OR')) parts.push(this.#readAnd(depth))
    return join('or', parts)
  }

  #readAnd (depth: number): Query {
    const parts = [this.#readNot(depth)]
    while (this.#take('AND') || this.#startsPart()) parts.push(this.#readNot(depth))
    return join('and', parts)
  }

  #readNot (depth: number): Query {
    const { column } = this.#next()
    if (depth > DEPTH_MAX) throw queryInvalid(column, `brackets and NOT go ${DEPTH_MAX} deep at most: write it flatter`)
    if (this.#take('NOT')) return { kind: 'not', part: this.#readNot(depth + 1) }
    if (!this.#take('(')) return this.#readTerm()
    const query = this.#readOr(depth + 1)
    if (!this.#take(')')) throw queryInvalid(column, 'this bracket is not closed: close it')
    return query
  }

  #readTerm (): Query {
    const token = this.#next()
    if (token.kind !== 'term') {
      throw queryInvalid(token.column, 'a word is missing: write one, "quoted words", or field:value (code, type, modality, body, date)')
    }
    this.#at += 1
    this.#terms += 1
    if (this.#terms > TERMS_MAX) throw queryInvalid(token.column, `a query has ${TERMS_MAX} words at most: leave something out`)
    if (token.field === 'date') return { kind: 'days', range: daysOf(token) }
    return join('and', keywordsOf(token).map((keyword) => ({ kind: 'keyword', keyword })))
  }

  #next (): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', column: 1 }
  }

  #startsPart (): boolean {
    return ['term', '(', 'NOT'].includes(this.#next().kind)
  }

  #take (kind: Token['kind']): boolean {
    const isNext = this.#next().kind === kind
    if (isNext) this.#at += 1
    return isNext
  }
}

function join (kind: 'and' | 'or', parts: readonly Query[]): Query {
  const [first, ...others] = parts
  return first !== undefined && others.length === 0 ? first : { kind, parts }
}

function keywordsOf ({ field, value, column }: Term): string[] {
  if (field === undefined) {
    const words = [...wordsOf(value)]
    if (words.length === 0) throw queryInvalid(column, `"${value}" holds no word that is kept: single letters and signs are not`)
    return words
  }
  const known = FIELDS.find((name) => name === field)
  if (known === undefined) throw queryInvalid(column, `there is no field "${field}": use ${FIELDS.join(', ')} or date, or quotation marks`)
  if (known === 'code' && !/^\s*[^|\s][^|]*\|\s*\S/u.test(value)) throw queryInvalid(column, 'a code is written system|code, for example code:loinc|4548-4')
  const keyword = fieldKeyword(known, value)
  if (keyword === undefined) throw queryInvalid(column, `"${field}:" needs a value of 1 to 250 bytes`)
  return [keyword]
}

function daysOf ({ value, column }: Term): DayRange {
  const [from = '', until = from, ...rest] = value.split('..')
  const first = from === '' ? ALL_DAYS : readDays(from)
  const last = until === '' ? ALL_DAYS : readDays(until)
  if (first === undefined || last === undefined || rest.length > 0 || value === '' || value === '..') {
    throw queryInvalid(column, 'a date is a year, month or day, or two of them: date:2024, date:2024-05..2026-01-31, date:2024..')
  }
  if (first.from > last.until) throw queryInvalid(column, 'the range ends before it begins: change the two')
  return { from: first.from, until: last.until }
}
