import { lazy, Suspense } from 'react'
import type { JSX } from 'react'
import type { SeriesSummary } from '@epione/sdk'
import { useSpeech } from '../../../i18n/language.tsx'
import type { Say } from '../../../i18n/language.tsx'
import { Waiting } from '../../../parts/page.tsx'
import { sayCode } from '../../../parts/said.tsx'
import type { Line } from '../../../worker/streams/lines.ts'

const Chart = lazy(() => import('../../../parts/chart.tsx'))

/** Rows of a table that somebody reads; the whole is in the export. */
const ROWS_MAX = 200

interface CurvesWanted {
  lines: readonly Line[]
  summaries?: readonly SeriesSummary[]
  range?: { fromMs: number, toMs: number }
  onRange?: (fromMs: number, toMs: number) => void
}

/** What is measured, in the person's language where the code is known. */
export function nameOfKind (say: Say, { code, display }: Pick<Line, 'code' | 'display'>): string {
  return say.has(`kind.${code}`) ? sayCode(say, 'kind', code) : display ?? code
}

/** Each kind of measurement as a chart, in words, and as a table. */
export function Curves ({ lines, summaries = [], ...how }: CurvesWanted): JSX.Element {
  return <>{lines.map((line) => <Kind key={`${line.system} ${line.code} ${line.unit}`} line={line} summaries={summaries} {...how} />)}</>
}

function Kind ({ line, summaries, range, onRange }: Omit<CurvesWanted, 'lines'> & { line: Line, summaries: readonly SeriesSummary[] }): JSX.Element {
  const { say, number } = useSpeech()
  const { code, unit, times, values, low, high } = line
  const name = nameOfKind(say, line)
  const summary = summaries.find(({ kind, unit: of, statistic }) => kind.code === code && of === unit && (statistic === undefined || statistic === 'mean'))
  const rounded = (value: number | null | undefined): string => value === null || value === undefined ? '–' : number(Math.round(value * 100) / 100)
  const label = summary?.minimum === undefined
    ? `${name} (${unit})`
    : say('stream.label', { name, unit, minimum: rounded(summary.minimum), maximum: rounded(summary.maximum), mean: rounded(summary.mean), count: summary.values })
  return (
    <section aria-label={name}>
      <h2><bdi>{name}</bdi> (<bdi>{unit}</bdi>)</h2>
      {summary === undefined ? null : <p>{label}</p>}
      <Suspense fallback={<Waiting>{say('app.starting')}</Waiting>}>
        <Chart
          title={name} look='line' along={{ times: times.map((at) => at / 1_000) }} rowsMax={ROWS_MAX}
          series={[
            { name: say('stream.value'), values },
            ...low === undefined ? [] : [{ name: say('stream.low'), values: low, isEdge: true }],
            ...high === undefined ? [] : [{ name: say('stream.high'), values: high, isEdge: true }]
          ]}
          {...range === undefined ? {} : { range }} {...onRange === undefined ? {} : { onRange }}
        />
      </Suspense>
    </section>
  )
}
