import { scaleLinear } from 'd3-scale'
import type { Series } from '@epione/protocol/streams'
import { nameOf } from '../series.ts'
import { extentOf, thin } from './sample.ts'
import type { Mark } from './sample.ts'

export interface TerminalOptions {
  /** Characters across, the scale included; 80 by default, 40 at least. */
  readonly width?: number
  /** Lines of each chart; 10 by default, 2 at least. */
  readonly height?: number
}

/** Characters of the scale at the left, its line included. */
const SCALE = 11
/* A Braille character has 2 × 4 dots; each dot's bit by its column and row. */
const DOTS = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]] as const
const BRAILLE = 0x2800

/**
 * Charts for a terminal, one below the other: for each series a title, a line in Braille dots (two by four a character) that breaks at
 * gaps, and the time in UTC. Of what falls on one dot's column the lowest and the highest value are drawn.
 * @throws {SignalError} `SERIES_INVALID`
 */
export function drawTerminal (series: readonly Series[], { width = 80, height = 10 }: TerminalOptions = {}): string {
  const { fromMs, toMs } = extentOf(series)
  const columns = Math.max(40, Math.trunc(width)) - SCALE
  return series.map((one) => drawOne(one, fromMs, toMs, columns, Math.max(2, Math.trunc(height)))).join('\n')
}

function drawOne (series: Series, fromMs: number, toMs: number, columns: number, rows: number): string {
  const { kind, unit, statistic, values } = series
  const missing = values.reduce<number>((count, value) => value === null ? count + 1 : count, 0)
  const gaps = missing === 0 ? '' : `, ${missing} of ${values.length} values missing`
  const title = `${nameOf(kind)}${statistic === undefined ? '' : `, ${statistic}`} (${unit})${gaps}`
  const marks = thin(series, fromMs, toMs, columns * 2)
  const known = marks.flatMap(({ value }) => value === null ? [] : [value])
  if (known.length === 0) return `${title}\n${timeLine(fromMs, toMs, columns)}\n`
  const [min, max] = known.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity])
  const level = scaleLinear(max > min ? [min, max] : [min - 1, max + 1], [rows * 4 - 1, 0])
  const place = (ms: number): number => Math.min(columns * 2 - 1, Math.floor((ms - fromMs) / (toMs - fromMs) * columns * 2))
  const dots = dotsOf(marks, place, (value) => Math.round(level(value)))
  const lines = Array.from({ length: rows }, (_, row) => {
    const labelled = rows < 5 || row % 3 === 0 || row === rows - 1
    const label = labelled ? scale(level.invert(row * 4 + 1.5)) : ''
    return `${label.padStart(SCALE - 2)} ${labelled ? '┤' : '│'}${lineOf(dots, row, columns)}`.trimEnd()
  })
  return [title, ...lines, timeLine(fromMs, toMs, columns), ''].join('\n')
}

/* Dots that are set, as `column,row`: each mark, and what joins it to the one before. */
function dotsOf (marks: readonly Mark[], x: (ms: number) => number, y: (value: number) => number): Set<string> {
  const dots = new Set<string>()
  let before: readonly [number, number] | undefined
  for (const { atMs, value } of marks) {
    if (value === null) {
      before = undefined
      continue
    }
    const here = [x(atMs), y(value)] as const
    const [fromX, fromY] = before ?? here
    const steps = Math.max(Math.abs(here[0] - fromX), Math.abs(here[1] - fromY), 1)
    for (let step = 0; step <= steps; step++) {
      dots.add(`${Math.round(fromX + (here[0] - fromX) * step / steps)},${Math.round(fromY + (here[1] - fromY) * step / steps)}`)
    }
    before = here
  }
  return dots
}

function lineOf (dots: ReadonlySet<string>, row: number, columns: number): string {
  let line = ''
  for (let column = 0; column < columns; column++) {
    let bits = 0
    for (const [dx, bitsOfColumn] of DOTS.entries()) {
      for (const [dy, bit] of bitsOfColumn.entries()) if (dots.has(`${column * 2 + dx},${row * 4 + dy}`)) bits |= bit
    }
    line += bits === 0 ? ' ' : String.fromCodePoint(BRAILLE + bits)
  }
  return line
}

function scale (value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) return value.toExponential(1)
  return value.toFixed(size >= 1_000 ? 0 : size >= 10 ? 1 : 3)
}

function timeLine (fromMs: number, toMs: number, columns: number): string {
  const [from, to] = [clock(fromMs), clock(toMs)]
  return `${' '.repeat(SCALE)}${from}${to.padStart(columns - from.length)} UTC`
}

const clock = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
