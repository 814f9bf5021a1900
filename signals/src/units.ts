import ucum from '@lhncbc/ucum-lhc'
import type { Series } from '@epione/protocol/streams'
import { SignalError } from './errors.ts'

const units = ucum.UcumLhcUtils.getInstance()
/** What is known already: the library parses a unit in a few tenths of a millisecond, and a file names the same one again and again. */
const known = new Map<string, boolean>()
const KNOWN_MAX = 1_000

/** Longer ones are refused unread: the library's time grows faster than their length. */
const UNIT_CHARACTERS_MAX = 64

/** Whether `unit` is one of UCUM, case-sensitive. */
export function isUnit (unit: string): boolean {
  if (unit.length === 0 || unit.length > UNIT_CHARACTERS_MAX) return false
  const seen = known.get(unit)
  if (seen !== undefined) return seen
  const { status, ucumCode } = units.validateUnitString(unit)
  // The library forgives some spellings by answering with the right one.
  const valid = status === 'valid' && ucumCode === unit
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(unit, valid)
  return valid
}

/** @throws {SignalError} `UNIT_UNKNOWN` */
export function requireUnit (unit: string): string {
  if (!isUnit(unit)) throw new SignalError('UNIT_UNKNOWN', `"${unit.slice(0, UNIT_CHARACTERS_MAX)}" is no unit of UCUM (case matters: "mm[Hg]", "/min", "Cel", "%")`)
  return unit
}

/**
 * `value` of one unit in another.
 * @throws {SignalError} `UNIT_UNKNOWN`; `UNIT_MISMATCH` when they do not measure the same
 */
export function convert (value: number, from: string, to: string): number {
  if (requireUnit(from) === requireUnit(to)) return value
  const { status, toVal } = units.convertUnitTo(from, value, to)
  if (status !== 'succeeded' || toVal === null) throw new SignalError('UNIT_MISMATCH', `${from} cannot be turned into ${to}`)
  return toVal
}

/** The series in another unit. @throws {SignalError} as `convert` */
export function convertSeries (series: Series, to: string): Series {
  if (series.unit === to) return series
  return { ...series, unit: to, values: series.values.map((value) => value === null ? null : convert(value, series.unit, to)) }
}
