import type { Series } from '@epione/protocol/streams'
import { SignalError } from '../../errors.ts'
import type { Reading } from '../reading.ts'
import { parseInstant } from '../times.ts'
import { readDescription, records, splitDescription } from './description.ts'
import type { Description } from './description.ts'

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

interface Place { readonly line: number, readonly column: number }

interface Columns { readonly names: readonly string[], readonly time: number, readonly values: readonly number[] }

/**
 * Reads CSV with a described header (`Description`). The description may come apart, for a table that another program wrote.
 * Empty fields are gaps.
 * @throws {SignalError} `FORMAT_INVALID` with line and field; `TIME_MISSING`, `UNIT_UNKNOWN`
 */
export function readCsv (text: string, apart?: string): Reading {
  const whole = text.startsWith('\uFEFF') ? text.slice(1) : text
  const { description: own, table, line } = apart === undefined ? splitDescription(whole) : { description: apart, table: whole, line: 1 }
  const description = readDescription(own)
  const rows = records(table, line)
  const columns = columnsOf(description, rows, line)
  const { times, values } = readRows(description, columns, rows, line)
  const spacing = spacingOf(description, times)
  const series = description.columns.map(({ kind, unit, statistic }, index): Series =>
    ({ kind, unit, ...(statistic === undefined ? {} : { statistic }), ...spacing, values: values[index] ?? [] }))
  const used = new Set([...description.columns.map(({ name }) => name), description.time?.name])
  return { series, leftOut: columns.names.filter((name) => !used.has(name)) }
}

function readRows (
  description: Description, columns: Columns, rows: readonly string[][], line: number
): { times: number[], values: Array<Array<number | null>> } {
  // Records are counted: a quoted field over several lines moves what follows, and no field of ours has one.
  const place = (row: number, column: number): Place => ({ line: line + row, column: column + 1 })
  const firstRow = description.header ? 1 : 0
  if (rows.length <= firstRow) throw new SignalError('FORMAT_INVALID', 'there is no row of values', place(rows.length, 0))
  const times: number[] = []
  const values = description.columns.map((): Array<number | null> => [])
  for (let row = firstRow; row < rows.length; row++) {
    const fields = rows[row] ?? []
    if (fields.length !== columns.names.length) {
      throw new SignalError('FORMAT_INVALID', `${fields.length} fields, where ${columns.names.length} are expected`, place(row, fields.length))
    }
    if (columns.time >= 0) {
      const time = timeOfField(description, fields[columns.time] ?? '', times.at(-1), place(row, columns.time))
      requireEven(description, time, times.at(-1), place(row, columns.time))
      times.push(time)
    }
    for (const [index, column] of columns.values.entries()) {
      values[index]?.push(valueOfField(description, fields[column] ?? '', place(row, column)))
    }
  }
  return { times, values }
}

function columnsOf (description: Description, rows: readonly string[][], line: number): Columns {
  const described = [...(description.time === undefined ? [] : [description.time.name]), ...description.columns.map(({ name }) => name)]
  const names = description.header ? rows[0] ?? [] : described
  const find = (name: string): number => {
    const column = names.indexOf(name)
    if (column < 0) throw new SignalError('FORMAT_INVALID', `no column is named "${name}"`, { line, column: 1 })
    if (names.includes(name, column + 1)) throw new SignalError('FORMAT_INVALID', `two columns are named "${name}"`, { line, column: column + 1 })
    return column
  }
  const time = description.time === undefined ? -1 : find(description.time.name)
  return { names, time, values: description.columns.map(({ name }) => find(name)) }
}

function valueOfField ({ gaps }: Description, field: string, place: Place): number | null {
  if (gaps.has(field)) return null
  const value = NUMBER.test(field) ? Number(field) : NaN
  if (!Number.isFinite(value)) throw new SignalError('FORMAT_INVALID', `"${field.slice(0, 24)}" is no number; a gap is an empty field`, place)
  return value
}

function timeOfField (description: Description, field: string, before: number | undefined, place: Place): number {
  const isMs = description.time?.form === 'ms'
  const ms = isMs ? (NUMBER.test(field) ? Number(field) : NaN) : parseInstant(field) ?? NaN
  if (!(ms + (isMs ? description.startMs ?? 0 : 0) >= 0 && Number.isFinite(ms))) {
    throw new SignalError('FORMAT_INVALID', isMs ? `"${field.slice(0, 24)}" is no number of ms` : 'a time with its zone from 1970 on is expected', place)
  }
  if (before !== undefined && ms < before) throw new SignalError('FORMAT_INVALID', 'this time is before that of the row above', place)
  return ms
}

/* Where both are said: clocks that show whole seconds are even enough, a row that is missing is not. */
const EVEN_MS = 1_000

function requireEven ({ periodMs }: Description, time: number, before: number | undefined, place: Place): void {
  if (periodMs === undefined || before === undefined || time - before < periodMs + EVEN_MS) return
  throw new SignalError('FORMAT_INVALID', `this row is ${time - before} ms after the one above, and #period says ${periodMs}: leave #period out`, place)
}

/* Times are of the column: moments, or ms from #start, which keep what a moment has no digits for. */
function spacingOf ({ startMs = 0, periodMs, time }: Description, times: readonly number[]): Pick<Series, 'startMs' | 'periodMs' | 'offsetsMs'> {
  const [first = 0] = times
  const begins = time?.form === 'instant' ? first : startMs + first
  // With a period the column of times only says when it began.
  if (periodMs !== undefined) return { startMs: begins, periodMs }
  return { startMs: begins, offsetsMs: times.map((one) => one - first) }
}
