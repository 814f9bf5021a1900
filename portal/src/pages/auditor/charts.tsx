import { lazy, Suspense } from 'react'
import type { JSX } from 'react'
import { Link } from 'wouter'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { useNames } from '../../parts/names.tsx'
import { Page, Waiting } from '../../parts/page.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import { Warnings } from '../../parts/warnings.tsx'
import type { ChartSeries } from '../../parts/chart.tsx'
import type { Counts } from '../../worker/rooms/auditing-files.ts'
import { FilterForm } from './filter-form.tsx'
import { addressOf, dayOf, LOG_FILTERS, logQueryOf } from './filters.ts'
import type { Filters } from './filters.ts'
import { useFilters } from './use-filters.ts'

const Chart = lazy(() => import('../../parts/chart.tsx'))

/** Counts of what the filters leave: over time, by organisation and by reason. */
export default function ChartsPage (): JSX.Element {
  const { say } = useSpeech()
  const { filters, faults, key, apply } = useFilters(LOG_FILTERS)
  return (
    <WhenSignedIn duty='auditor'>
      <Page title={say('audit.charts')} lead={say('audit.charts.lead')}>
        <FilterForm key={key} names={LOG_FILTERS} filters={filters} faults={faults} label={say('audit.show')} apply={apply} />
        <p className='choices'><Link href={addressOf('/audit/log', filters)}>{say('audit.log')}</Link></p>
        {faults.length > 0 ? null : <Counted key={`counts ${key}`} filters={filters} apply={apply} />}
      </Page>
    </WhenSignedIn>
  )
}

function Counted ({ filters, apply }: { filters: Filters, apply: (filters: Filters) => void }): JSX.Element {
  const { say } = useSpeech()
  const asked = useAsked('auditingFiles', 'countEvents', { query: logQueryOf(filters) })
  const { value } = asked
  return (
    <>
      <Asking asked={asked} />
      {value === undefined
        ? null
        : (
          <>
            <Warnings warnings={value.warnings} />
            <p className='hint' role='status'>{say('audit.count', { count: value.total })}</p>
            {value.isCut ? <p className='notice'>{say('audit.charts.cut')}</p> : null}
            {value.total === 0
              ? null
              : <Suspense fallback={<Waiting />}><Drawn counts={value} filters={filters} apply={apply} /></Suspense>}
          </>
          )}
    </>
  )
}

function Drawn ({ counts: { days, organizations, rules }, filters, apply }: {
  counts: Counts, filters: Filters, apply: (filters: Filters) => void
}): JSX.Element {
  const { say, date } = useSpeech()
  const nameOf = useNames()
  const decided = (rows: ReadonlyArray<{ permit: number, deny: number }>): ChartSeries[] => [
    { name: say('log.permit'), values: rows.map(({ permit }) => permit), colour: 'good' },
    { name: say('log.deny'), values: rows.map(({ deny }) => deny), colour: 'bad' }
  ]
  return (
    <>
      <Chart
        title={say('audit.charts.time')} along={{ times: days.map(({ day }) => day / 1_000) }} series={decided(days)} sayTime={date}
        onRange={(from, to) => { apply({ ...filters, from: dayOf(from), to: dayOf(to) }) }}
      />
      <Chart title={say('audit.charts.organizations')} along={{ names: organizations.map(({ name }) => nameOf(name)) }} series={decided(organizations)} />
      {rules.length === 0
        ? null
        : (
          <Chart
            title={say('audit.charts.rules')} along={{ names: rules.map(({ name }) => name) }}
            series={[{ name: say('log.deny'), values: rules.map(({ deny }) => deny), colour: 'bad' }]}
          />
          )}
    </>
  )
}
