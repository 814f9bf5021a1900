import { timeOf } from '@epione/protocol/streams'
import type { Series } from '@epione/protocol/streams'
import { SignalError } from '../../errors.ts'
import { requireSeries } from '../../series.ts'
import { requireUnit } from '../../units.ts'
import { formatInstant } from '../times.ts'
import { writeRecords } from './description.ts'

/**
 * CSV with a described header of series that have the same times: a column each, the times by description, or in a first column of ms
 * where they are uneven; gaps are empty.
 * @throws {SignalError} `NOT_EXPRESSIBLE` when their times differ; `SERIES_INVALID`, `UNIT_UNKNOWN`
 */
export function writeCsv (series: readonly Series[]): string {
  const [first] = series
  if (first === undefined) throw new SignalError('NOT_EXPRESSIBLE', 'there is no series to write')
  for (const one of series) {
    requireUnit(requireSeries(one).unit)
    if (!sameTimes(first, one)) throw new SignalError('NOT_EXPRESSIBLE', 'these series have different times: write each to a file of its own')
  }
  const names = series.map(({ kind, statistic }, index) => `${index + 1} ${kind.display ?? kind.code}${statistic === undefined ? '' : ` ${statistic}`}`.replaceAll(/[\r\n]+/g, ' '))
  const { startMs, periodMs, values } = first
  const description = [
    ['#epione-csv', '1'],
    ...series.map(({ kind, unit, statistic }, index) =>
      ['#column', names[index] ?? '', kind.system, kind.code, unit, kind.display ?? '', ...(statistic === undefined ? [] : [statistic])]),
    ['#start', formatInstant(startMs)],
    ...(periodMs === undefined ? [['#time', 'ms', 'ms']] : [['#period', String(periodMs)]])
  ]
  const table = [
    [...(periodMs === undefined ? ['ms'] : []), ...names],
    ...values.map((_, row) => [
      ...(periodMs === undefined ? [String(timeOf(first, row) - startMs)] : []),
      ...series.map((one) => { const value = one.values[row] ?? null; return value === null ? '' : String(value) })
    ])
  ]
  // A line break in words would end a line of the description.
  return writeRecords(description.map((fields) => fields.map((field) => field.replaceAll(/[\r\n]+/g, ' ')))) + writeRecords(table)
}

function sameTimes (a: Series, b: Series): boolean {
  if (a.startMs !== b.startMs || a.periodMs !== b.periodMs || a.values.length !== b.values.length) return false
  return a.offsetsMs === undefined || a.offsetsMs.every((offset, index) => offset === b.offsetsMs?.[index])
}
