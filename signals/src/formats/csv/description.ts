import { parse } from 'csv-parse/sync'
import type { CsvError } from 'csv-parse/sync'
import { STATISTICS } from '@epione/protocol/streams'
import type { MeasurementKind } from '@epione/protocol/streams'
import { SignalError } from '../../errors.ts'
import type { Statistic } from '../../series.ts'
import { isUnit } from '../../units.ts'
import { parseInstant } from '../times.ts'

export interface Column {
  readonly name: string
  readonly kind: MeasurementKind
  readonly unit: string
  readonly statistic?: Statistic
}

/**
 * Lines before the table, each `#` and a record of CSV, in any order:
 *
 *     #epione-csv,1
 *     #column,NAME,SYSTEM,CODE,UNIT[,DISPLAY[,STATISTIC]]   for each column with measurements
 *     #time,NAME,instant|ms                                 column with times: RFC 3339, or ms from #start
 *     #start,INSTANT                                        RFC 3339; time of the first row where no column has times
 *     #period,MS                                            even spacing of the rows
 *     #gap,WORD                                             what stands for a gap beside an empty field
 *     #header,none                                          the table has no row of names: columns come in the order of their lines
 */
export interface Description {
  readonly columns: readonly Column[]
  readonly time: { readonly name: string, readonly form: 'instant' | 'ms' } | undefined
  readonly startMs: number | undefined
  readonly periodMs: number | undefined
  readonly gaps: ReadonlySet<string>
  readonly header: boolean
}

interface Draft {
  columns: Column[]
  time?: Description['time']
  startMs?: number
  periodMs?: number
  gaps: Set<string>
  header: boolean
  version?: string
}

interface Line { readonly words: readonly string[], readonly line: number }

/** Splits a text in its description and the table after it. `line` is the table's first one, from 1. */
export function splitDescription (text: string): { description: string, table: string, line: number } {
  let at = 0
  let line = 1
  while (text[at] === '#') {
    const end = text.indexOf('\n', at)
    at = end < 0 ? text.length : end + 1
    line++
  }
  return { description: text.slice(0, at), table: text.slice(at), line }
}

/** @throws {SignalError} `FORMAT_INVALID` or `UNIT_UNKNOWN` with line and field */
export function readDescription (text: string): Description {
  const draft: Draft = { columns: [], gaps: new Set(['']), header: true }
  for (const [index, row] of text.split(/\r?\n/).entries()) {
    if (row === '') continue
    const line: Line = { words: records(row.slice(1), index + 1)[0] ?? [], line: index + 1 }
    const [word = ''] = line.words
    const read = row.startsWith('#') && Object.hasOwn(READERS, word) ? READERS[word] : undefined
    if (read === undefined) throw at(line, 1, `a description line is one of ${Object.keys(READERS).map((known) => `#${known}`).join(', ')}`)
    read(draft, line)
  }
  return complete(draft)
}

function complete ({ columns, time, startMs, periodMs, gaps, header, version }: Draft): Description {
  if (version === undefined) throw new SignalError('FORMAT_INVALID', 'the description is missing: the file begins with "#epione-csv,1"', { line: 1, column: 1 })
  if (columns.length === 0) throw new SignalError('FORMAT_INVALID', 'no #column line says what is measured', { line: 1, column: 1 })
  if (time === undefined ? startMs === undefined || periodMs === undefined : time.form === 'ms' && startMs === undefined) {
    throw new SignalError('TIME_MISSING', 'say the times: #time,NAME,instant; or #time,NAME,ms with #start; or #start with #period', { line: 1, column: 1 })
  }
  return { columns, time, startMs, periodMs, gaps, header }
}

const READERS: Readonly<Record<string, (draft: Draft, line: Line) => void>> = {
  'epione-csv': (draft, line) => {
    if (line.words[1] !== '1') throw at(line, 2, 'version 1 of this format is read')
    draft.version = '1'
  },
  column: (draft, line) => {
    const column = columnOf(line)
    if (draft.columns.some(({ name }) => name === column.name)) throw at(line, 2, `column "${column.name}" is described twice`)
    draft.columns.push(column)
  },
  time: (draft, line) => {
    const [, name = '', form] = line.words
    if (name === '' || (form !== 'instant' && form !== 'ms')) throw at(line, 3, 'times are "instant" (RFC 3339) or "ms" (from #start)')
    draft.time = { name, form }
  },
  start: (draft, line) => {
    const startMs = parseInstant(line.words[1] ?? '')
    if (startMs === undefined) throw at(line, 2, 'a time with its zone from 1970 on is expected, as 2026-11-29T08:00:00Z')
    draft.startMs = startMs
  },
  period: (draft, line) => {
    const periodMs = Number(line.words[1] === '' ? NaN : line.words[1])
    if (!(periodMs > 0 && periodMs <= 366 * 86_400_000)) throw at(line, 2, 'a period is a number of ms above 0')
    draft.periodMs = periodMs
  },
  gap: (draft, { words }) => { draft.gaps.add(words[1] ?? '') },
  header: (draft, line) => {
    if (line.words[1] !== 'none') throw at(line, 2, '"#header,none" says that the table has no row of names')
    draft.header = false
  }
}

const fieldsOf = (words: readonly string[]): [string, string, string, string, string, string] =>
  [1, 2, 3, 4, 5, 6].map((field) => words[field] ?? '') as [string, string, string, string, string, string]

function columnOf (line: Line): Column {
  const [name, system, code, unit, display, word] = fieldsOf(line.words)
  if (name === '' || system === '' || code === '') throw at(line, 2, 'a column has a name, a system and a code')
  if (system.length > 256 || code.length > 128 || display.length > 256) throw at(line, 3, 'system, code or words are too long')
  if (!isUnit(unit)) throw at(line, 5, `"${unit.slice(0, 64)}" is no unit of UCUM`, 'UNIT_UNKNOWN')
  const kind = { system, code, ...(display === '' ? {} : { display }) }
  return { name, kind, unit, ...statisticOf(word, line) }
}

function statisticOf (word: string, line: Line): { statistic?: Statistic } {
  if (word === '') return {}
  const statistic = STATISTICS.find((known) => known === word)
  if (statistic === undefined) throw at(line, 7, `a statistic is one of ${STATISTICS.join(', ')}`)
  return { statistic }
}

const at = ({ line }: Line, column: number, message: string, code: SignalError['code'] = 'FORMAT_INVALID'): SignalError =>
  new SignalError(code, message, { line, column })

/** Records of CSV (RFC 4180), of any lengths. @throws {SignalError} `FORMAT_INVALID` with the line */
export function records (text: string, firstLine: number): string[][] {
  try {
    return parse(text, { relax_column_count: true, skip_empty_lines: false, bom: false })
  } catch (error) {
    const { message, lines, column } = error as CsvError & { lines?: number, column?: number }
    const line = firstLine + (lines ?? 1) - 1
    throw new SignalError('FORMAT_INVALID', `this is no CSV: ${message}`, { line, ...(typeof column === 'number' ? { column: column + 1 } : {}), cause: error })
  }
}

/** Text of records, quoted where needed (RFC 4180), lines ended by \n. */
export function writeRecords (rows: readonly string[][]): string {
  return rows.map((fields) => `${fields.map((field) => /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field).join(',')}\n`).join('')
}
