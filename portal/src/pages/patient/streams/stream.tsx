import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { useParams } from 'wouter'
import { useAsked } from '../../../ask/use-asked.ts'
import { useHeard } from '../../../ask/use-heard.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Asking } from '../../../parts/asking.tsx'
import { Page } from '../../../parts/page.tsx'
import { ProblemShown } from '../../../parts/problem.tsx'
import { Warnings } from '../../../parts/warnings.tsx'
import type { Line } from '../../../worker/streams/lines.ts'
import { Curves, nameOfKind } from './curves.tsx'

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000]
/** Widths of a range, and how far live feedback looks back, ms. */
const WIDTHS = { quarter: 15 * MINUTE, hour: HOUR, day: DAY, week: 7 * DAY, year: 366 * DAY } as const
const LIVE_MS = 5 * MINUTE
/** Values of live feedback that are kept, a line. */
const LIVE_MAX = 20_000

interface Range { fromMs: number, toMs: number }

/** The latest moment of a calendar, ms. */
const LATEST_MS = 8_640_000_000_000_000
const SECOND = 1_000

/** In whole ms that a calendar has, a second wide at least. */
function within ({ fromMs, toMs }: Range): Range {
  const from = Math.min(Math.max(Math.round(fromMs), 0), LATEST_MS - SECOND)
  return { fromMs: from, toMs: Math.min(Math.max(Math.round(toMs), from + SECOND), LATEST_MS) }
}

/** One stream: a range of it as a chart and as a table, or live. */
export default function StreamPage (): JSX.Element {
  const { say } = useSpeech()
  const { stream = '' } = useParams()
  const [isLive, setLive] = useState(false)
  return (
    <Page title={say('stream.title')} lead={<bdi><code>{stream}</code></bdi>}>
      <Button onPress={() => { setLive(!isLive) }} aria-pressed={isLive}>{say(isLive ? 'stream.live.end' : 'stream.live.begin')}</Button>
      {isLive ? <Live stream={stream} /> : <Found stream={stream} />}
    </Page>
  )
}

/** Begins with the newest that was measured: a device may have been silent for months. */
function Found ({ stream }: { stream: string }): JSX.Element {
  const asked = useAsked('streams', 'listOwnStreams', undefined)
  const newest = asked.value?.find((one) => one.stream === stream)?.newest
  if (asked.value === undefined) return <Asking asked={asked} />
  const now = Date.now()
  return <Past stream={stream} toMs={newest === undefined || newest > now - HOUR ? now : newest + MINUTE} />
}

function Past ({ stream, toMs }: { stream: string, toMs: number }): JSX.Element {
  const { say, time } = useSpeech()
  const [range, choose] = useState<Range>(() => within({ fromMs: toMs - HOUR, toMs }))
  const setRange = (wanted: Range): void => { choose(within(wanted)) }
  const asked = useAsked('streams', 'readRange', { stream, ...range })
  const { value } = asked
  const width = range.toMs - range.fromMs
  const move = (parts: number): void => { setRange({ fromMs: range.fromMs + parts * width, toMs: range.toMs + parts * width }) }
  const widen = (factor: number): void => {
    const middle = (range.fromMs + range.toMs) / 2
    setRange({ fromMs: middle - factor * width / 2, toMs: middle + factor * width / 2 })
  }
  return (
    <>
      <div className='choices' role='group' aria-label={say('stream.range')}>
        {(Object.keys(WIDTHS) as Array<keyof typeof WIDTHS>).map((name) => (
          <Button key={name} onPress={() => { setRange({ fromMs: Date.now() - WIDTHS[name], toMs: Date.now() }) }}>{say(`stream.last.${name}`)}</Button>
        ))}
        <Button onPress={() => { move(-0.5) }}>{say('stream.earlier')}</Button>
        <Button onPress={() => { move(0.5) }}>{say('stream.later')}</Button>
        <Button onPress={() => { widen(0.5) }}>{say('stream.in')}</Button>
        <Button onPress={() => { widen(2) }}>{say('stream.out')}</Button>
      </div>
      <p role='status'>{say('streams.between', { from: time(range.fromMs), to: time(range.toMs) })}</p>
      <Asking asked={asked} />
      {value === undefined
        ? null
        : (
          <>
            {value.rolled === undefined ? null : <p className='hint'>{say('stream.rolled', { every: say(`stream.every.${value.rolled.every}`), until: time(value.rolled.untilMs) })}</p>}
            {value.missing === 0 ? null : <p className='notice'>{say('stream.missing', { count: value.missing })}</p>}
            {value.lines.length === 0 ? <p>{say('stream.nothing')}</p> : null}
            <Curves
              lines={value.lines} summaries={value.summaries} range={range}
              onRange={(fromMs, toMs) => { setRange({ fromMs, toMs }) }}
            />
            <Warnings warnings={value.warnings} />
          </>
          )}
    </>
  )
}

/** What is measured, as it comes: from now on, and the last minutes of it. */
function Live ({ stream }: { stream: string }): JSX.Element {
  const { say, number, time } = useSpeech()
  const [lines, setLines] = useState<Line[]>([])
  const [state, setState] = useState<'asking' | 'listening' | 'waiting'>('asking')
  const [missing, setMissing] = useState(0)
  const { problem } = useHeard('streams', 'follow', { stream }, (told) => {
    if (told.kind === 'gap') setMissing((count) => count + told.count)
    else if (told.kind === 'waiting') setState('waiting')
    else {
      setState('listening')
      if (told.kind === 'lines') setLines((former) => goOn(former, told.lines, told.endMs - LIVE_MS))
    }
  })
  return (
    <>
      {problem === undefined ? null : <ProblemShown problem={problem} />}
      <p role='status'>{say(`stream.live.${state}`)}</p>
      {missing === 0 ? null : <p className='notice'>{say('stream.missing', { count: missing })}</p>}
      <dl className='facts'>
        {lines.map((line) => {
          const at = line.values.findLastIndex((value) => value !== null)
          const value = line.values[at]
          return value === null || value === undefined
            ? null
            : <div key={`${line.code} ${line.unit}`}><dt><bdi>{nameOfKind(say, line)}</bdi></dt><dd>{number(value)} <bdi>{line.unit}</bdi> · {time(line.times[at] ?? 0)}</dd></div>
        })}
      </dl>
      <Curves lines={lines} />
    </>
  )
}

/** Lines with what came behind them; what is before `fromMs` is let go. */
function goOn (former: readonly Line[], come: readonly Line[], fromMs: number): Line[] {
  const isSame = (one: Line, other: Line): boolean => one.system === other.system && one.code === other.code && one.unit === other.unit
  const all = [...former.map((line) => ({ line, more: come.find((other) => isSame(line, other)) })),
    ...come.filter((line) => !former.some((other) => isSame(line, other))).map((line) => ({ line, more: undefined }))]
  return all.map(({ line, more }) => {
    const [times, values] = [[...line.times, ...more?.times ?? []], [...line.values, ...more?.values ?? []]]
    const first = Math.max(times.findIndex((time) => time >= fromMs), times.length - LIVE_MAX, 0)
    const { low: _, high: __, ...named } = line
    return { ...named, times: times.slice(first), values: values.slice(first) }
  })
}
