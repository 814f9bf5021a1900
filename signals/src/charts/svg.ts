import { scaleLinear, scaleUtc } from 'd3-scale'
import { line } from 'd3-shape'
import type { Series } from '@epione/protocol/streams'
import { nameOf } from '../series.ts'
import { FONT_FAMILY } from './font.ts'
import { extentOf, thin } from './sample.ts'
import type { Mark } from './sample.ts'

export interface SvgOptions {
  /** Pixels; 960 by default. */
  readonly width?: number
  /** Pixels of each panel; 240 by default. */
  readonly panelHeight?: number
  readonly title?: string
}

const MARGIN = { left: 72, right: 24, top: 28, bottom: 28 }
/* Okabe and Ito's colours, which people who see no red or green tell apart. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']
/** Fewer values than this are dots, too. */
const DOTS_MAX = 120

/**
 * A chart as SVG: a panel for each unit, its series as lines that break at gaps, over one axis of time in UTC. Peaks stay: of what falls
 * on one pixel the lowest and the highest value are drawn.
 * @throws {SignalError} `SERIES_INVALID`
 */
export function drawSvg (series: readonly Series[], { width = 960, panelHeight = 240, title }: SvgOptions = {}): string {
  const extent = extentOf(series)
  const units = [...new Set(series.map(({ unit }) => unit))]
  const head = title === undefined ? 0 : 28
  const height = head + units.length * panelHeight
  const panels = units.map((unit, index) =>
    drawPanel(series.filter((one) => one.unit === unit), unit, { ...extent, width, height: panelHeight, top: head + index * panelHeight }))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT_FAMILY}, sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...(title === undefined ? [] : [text(MARGIN.left, 20, title, 'font-size="15"')]),
    ...panels,
    '</svg>', ''
  ].join('\n')
}

interface Panel { readonly fromMs: number, readonly toMs: number, readonly width: number, readonly height: number, readonly top: number }

function drawPanel (series: readonly Series[], unit: string, { fromMs, toMs, width, height, top }: Panel): string {
  const x = scaleUtc([fromMs, toMs], [MARGIN.left, width - MARGIN.right])
  const lines = series.map((one) => thin(one, fromMs, toMs, width - MARGIN.left - MARGIN.right))
  const [low, high] = reachOf(lines)
  const y = scaleLinear([low, high], [top + height - MARGIN.bottom, top + MARGIN.top]).nice(5)
  const floor = y.range()[0] ?? 0
  const format = y.tickFormat(5)
  const grid = y.ticks(5).flatMap((tick) => [
    `<line x1="${MARGIN.left}" x2="${width - MARGIN.right}" y1="${px(y(tick))}" y2="${px(y(tick))}" stroke="#dddddd"/>`,
    text(MARGIN.left - 6, y(tick) + 4, format(tick).replace('\u2212', '-'), 'text-anchor="end"')
  ])
  const times = x.ticks(8).flatMap((tick) => [
    `<line x1="${px(x(tick))}" x2="${px(x(tick))}" y1="${px(floor)}" y2="${px(floor + 5)}" stroke="#555555"/>`,
    text(x(tick), floor + 18, timeLabel(tick, toMs - fromMs), 'text-anchor="middle"')
  ])
  const drawn = series.flatMap((one, index) => {
    const colour = COLOURS[index % COLOURS.length] ?? '#000000'
    const name = `${nameOf(one.kind)}${one.statistic === undefined ? '' : `, ${one.statistic}`}`
    return [...drawLine(lines[index] ?? [], x, y, colour), text(MARGIN.left + index * 260, top + 18, `${name} (${unit})`, `fill="${colour}"`)]
  })
  const range = text(width - MARGIN.right, top + 18, `${moment(fromMs)} to ${moment(toMs)} UTC`, 'text-anchor="end" fill="#555555"')
  return [...grid, ...times, range, `<line x1="${MARGIN.left}" x2="${width - MARGIN.right}" y1="${px(floor)}" y2="${px(floor)}" stroke="#555555"/>`, ...drawn].join('\n')
}

function drawLine (marks: readonly Mark[], x: (ms: number) => number, y: (value: number) => number, colour: string): string[] {
  const path = line<Mark>(({ atMs }) => x(atMs), ({ value }) => y(value ?? 0)).defined(({ value }) => value !== null).digits(2)(marks) ?? ''
  const dots = marks.length > DOTS_MAX
    ? []
    : marks.flatMap(({ atMs, value }) => value === null ? [] : [`<circle cx="${px(x(atMs))}" cy="${px(y(value))}" r="2.5" fill="${colour}"/>`])
  return [`<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.3"/>`, ...dots]
}

function reachOf (lines: ReadonlyArray<readonly Mark[]>): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const { value } of lines.flat()) if (value !== null) [low, high] = [Math.min(low, value), Math.max(high, value)]
  if (low > high) return [0, 1]
  return low === high ? [low - 1, high + 1] : [low, high]
}

/* ISO's order and 24 hours, as fine as the chart needs. */
function timeLabel (time: Date, lastsMs: number): string {
  const iso = time.toISOString()
  if (lastsMs > 2 * 86_400_000) return iso.slice(0, 10)
  return lastsMs > 3 * 3_600_000 ? iso.slice(11, 16) : lastsMs > 10_000 ? iso.slice(11, 19) : iso.slice(14, 23)
}

const moment = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
const px = (value: number): string => value.toFixed(2)

function text (x: number, y: number, words: string, attributes: string): string {
  return `<text x="${px(x)}" y="${px(y)}" ${attributes}>${escape(words)}</text>`
}

/* What XML 1.0 cannot hold at all becomes a question mark. */
const escape = (words: string): string => words.toWellFormed()
  .replaceAll(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?')
  .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
