import { ClientError } from '../errors.ts'

export const QUERY_MAX = 1024

/** A piece of a query: a bracket, an operator, or a word with what stands before its colon and whether it was quoted. */
export type Token =
  | { readonly kind: '(' | ')' | 'AND' | 'OR' | 'NOT' | 'end', readonly column: number }
  | { readonly kind: 'term', readonly field: string | undefined, readonly value: string, readonly column: number }

const OPERATORS = new Set(['AND', 'OR', 'NOT'] as const)
type Operator = typeof OPERATORS extends Set<infer T> ? T : never
const isOperator = (word: string): word is Operator => (OPERATORS as ReadonlySet<string>).has(word)

/** A field, a colon and a value, or a value alone: quoted, or up to white space, bracket or quotation mark. */
const TERM = /([A-Za-z]+):(?:"([^"]*)"|([^\s()"]*))|"([^"]*)"|([^\s()"]+)/uy
const BLANK = /\s*/uy

/** @throws {ClientError} QUERY_INVALID, with the column (from 1) and what to do */
export function tokenize (text: string): Token[] {
  if (text.length > QUERY_MAX) throw queryInvalid(QUERY_MAX + 1, `a query has ${QUERY_MAX} characters at most: leave something out`)
  const tokens: Token[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    at += match?.[0].length ?? 0
    return match
  }
  for (take(BLANK); at < text.length; take(BLANK)) {
    const column = at + 1
    const letter = text[at]
    if (letter === '(' || letter === ')') {
      tokens.push({ kind: letter, column })
      at += 1
    } else {
      tokens.push(readTerm(take(TERM), column))
    }
  }
  return [...tokens, { kind: 'end', column: text.length + 1 }]
}

function readTerm (match: RegExpExecArray | null, column: number): Token {
  if (match === null) throw queryInvalid(column, 'the quotation mark has no other: close it')
  const [, field, quotedValue, bareValue, quoted, bare] = match
  if (bare !== undefined && isOperator(bare)) return { kind: bare, column }
  return { kind: 'term', field: field?.toLowerCase(), value: quotedValue ?? bareValue ?? quoted ?? bare ?? '', column }
}

export function queryInvalid (column: number, advice: string): ClientError {
  return new ClientError('QUERY_INVALID', `The query cannot be read at column ${column}: ${advice}.`, { column, advice })
}
