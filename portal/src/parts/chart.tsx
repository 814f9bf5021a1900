import { useEffect, useRef, useState } from 'react'
import type { JSX } from 'react'
import Plot from 'uplot'
import type { AlignedData, Axis, Options, Series } from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useSpeech } from '../i18n/language.tsx'
import { rangeOfValues } from './chart-range.ts'

const HEIGHT_PX = 220
/** Letters of a name that stand below its bar; the table has it whole. */
const NAME_LENGTH = 14
/** Parts of the width that a bar takes where several series stand beside each other, and its largest width in px. */
const BAR = { part: 0.42, alone: 0.7, mostPx: 48 }

export type Colour = 'accent' | 'good' | 'bad'

export interface ChartSeries {
  name: string
  values: ReadonlyArray<number | null>
  colour?: Colour
  /** The lowest or highest of what another is the mean of: drawn thin, without points. */
  isEdge?: boolean
}

export interface ChartWanted {
  title: string
  /** What the values stand over: moments (seconds since 1970), or things by name. */
  along: { times: readonly number[] } | { names: readonly string[] }
  series: readonly ChartSeries[]
  look?: 'line' | 'bars'
  /** How a moment is written in the table; as a moment by default. */
  sayTime?: (ms: number) => string
  /** The time (ms) that is shown, with or without anything in it; by default from the first moment to the last. */
  range?: { fromMs: number, toMs: number }
  /** Newest rows of the table; by default all of it. */
  rowsMax?: number
  /** Somebody chose a part of the time (ms) by the pointer. */
  onRange?: (fromMs: number, toMs: number) => void
}

/** A chart with everything that it draws as a table below it: for those who do not see it, and to read figures. */
export default function Chart (wanted: ChartWanted): JSX.Element {
  const { title, along, series, sayTime, rowsMax = Infinity } = wanted
  const { say, time, number } = useSpeech()
  const [isRead, setRead] = useState(false)
  // Moments of samples are many: they are written when somebody reads them.
  const moments = 'times' in along && isRead ? along.times : []
  const names = 'names' in along ? along.names : moments.map((seconds) => (sayTime ?? time)(seconds * 1_000))
  return (
    <figure className='chart'>
      <figcaption>{title}</figcaption>
      <ul className='legend' aria-hidden='true'>
        {series.map(({ name, colour = 'accent' }) => <li key={name} className={colour}>{name}</li>)}
      </ul>
      <Drawn {...wanted} />
      <details onToggle={({ currentTarget }) => { setRead(currentTarget.open) }}>
        <summary>{say('chart.table')}</summary>
        <div className='scroll' tabIndex={0} role='region' aria-label={title}>
          <table>
            <thead><tr><td />{series.map(({ name }) => <th key={name} scope='col'>{name}</th>)}</tr></thead>
            <tbody>
              {/* Rows of samples are many: they are made when somebody reads them. */}
              {(isRead ? names : []).map((name, index) => index < names.length - rowsMax
                ? null
                : (
                  <tr key={index}>
                    <th scope='row'><bdi>{name}</bdi></th>
                    {series.map(({ name: of, values }) => <td key={of}>{values[index] === null ? '' : number(values[index] ?? 0)}</td>)}
                  </tr>
                  ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}

function Drawn (wanted: ChartWanted): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  const { language } = useSpeech()
  useEffect(() => {
    const element = place.current
    if (element === null) return
    let plot: Plot | undefined
    const draw = (): void => {
      plot?.destroy()
      plot = new Plot(optionsOf(wanted, element, language), dataOf(wanted), element)
    }
    draw()
    const resized = new ResizeObserver(() => { plot?.setSize({ width: element.clientWidth, height: HEIGHT_PX }) })
    resized.observe(element)
    // Light or dark: colours are read anew.
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const themed = new MutationObserver(draw)
    themed.observe(document.documentElement, { attributes: true })
    scheme.addEventListener('change', draw)
    return () => {
      resized.disconnect()
      themed.disconnect()
      scheme.removeEventListener('change', draw)
      plot?.destroy()
    }
  }, [wanted, language])
  // Its figures are in the table; pictures of time go from left to right in every language.
  return <div ref={place} className='drawn' dir='ltr' role='img' aria-label={wanted.title} />
}

function dataOf ({ along, series }: ChartWanted): AlignedData {
  const places = 'times' in along ? [...along.times] : along.names.map((_, index) => index)
  return [places, ...series.map(({ values }) => [...values])]
}

function optionsOf ({ along, series, look = 'bars', range, onRange }: ChartWanted, element: HTMLElement, language: string): Options {
  const colourOf = (name: string): string => {
    element.style.color = `var(--${name})`
    const { color } = getComputedStyle(element)
    element.style.color = ''
    return color
  }
  const axis: Axis = { stroke: colourOf('ink'), grid: { stroke: colourOf('line'), width: 0.5 }, ticks: { stroke: colourOf('line') } }
  const figures = new Intl.NumberFormat(language)
  const isTime = 'times' in along
  const last = 'names' in along ? along.names.length - 1 : 0
  const bars = Plot.paths.bars
  const draws = series.map(({ name, colour = 'accent', isEdge = false }, index): Series => ({
    label: name,
    stroke: colourOf(colour),
    width: isEdge ? 1 : 2,
    ...isEdge ? { dash: [2, 4] } : {},
    // Few moments have points, many are a line.
    points: look === 'line' && !isEdge ? {} : { show: false },
    ...look === 'line' || bars === undefined
      ? {}
      : {
          fill: colourOf(colour),
          // Two stand beside each other, each on its side of the place.
          paths: series.length === 1
            ? bars({ size: [BAR.alone, BAR.mostPx] })
            : bars({ size: [BAR.part, BAR.mostPx], align: index === 0 ? -1 : 1 })
        }
  }))
  return {
    width: element.clientWidth,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { drag: { x: onRange !== undefined, y: false, setScale: false } },
    scales: {
      x: isTime ? { time: true, ...rangeOf(range) } : { time: false, range: [-0.6, last + 0.6] },
      y: { range: (_plot, min: number | null, max: number | null) => rangeOfValues(look, min, max) ?? [null, null] }
    },
    series: [{}, ...draws],
    axes: [
      isTime ? { ...axis, values: (_plot, splits) => sayMoments(language, splits) } : { ...axis, splits: () => along.names.map((_, index) => index), values: (_plot, splits) => splits.map((at) => shorten(along.names[at] ?? '')) },
      { ...axis, size: 60, values: (_plot, splits) => splits.map((value) => Number.isInteger(value) || look === 'line' ? figures.format(value) : '') }
    ],
    hooks: {
      setSelect: [(plot) => {
        if (onRange === undefined || plot.select.width === 0) return
        onRange(plot.posToVal(plot.select.left, 'x') * 1_000, plot.posToVal(plot.select.left + plot.select.width, 'x') * 1_000)
        plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false)
      }]
    }
  }
}

function rangeOf (range: ChartWanted['range']): { range?: [number, number] } {
  return range === undefined ? {} : { range: [range.fromMs / 1_000, range.toMs / 1_000] }
}

const DAY_S = 86_400

/** Marks of the axis in the person's language: days where a day or more is between them, else times with the day where it begins. */
function sayMoments (language: string, splits: readonly number[]): string[] {
  const step = (splits[1] ?? 0) - (splits[0] ?? 0)
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'short' })
  if (step >= DAY_S) return splits.map((at) => day.format(at * 1_000))
  const time = new Intl.DateTimeFormat(language, { timeStyle: step < 60 ? 'medium' : 'short' })
  const days = splits.map((at) => day.format(at * 1_000))
  return splits.map((at, index) => days[index] === days[index - 1] ? time.format(at * 1_000) : `${time.format(at * 1_000)}\n${days[index] ?? ''}`)
}

function shorten (name: string): string {
  return name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name
}
