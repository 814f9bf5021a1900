import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { Link } from 'wouter'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Page } from '../../parts/page.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import { Warnings } from '../../parts/warnings.tsx'
import { FilterForm } from './filter-form.tsx'
import { addressOf, LOG_FILTERS, logQueryOf } from './filters.ts'
import type { Filters } from './filters.ts'
import { Entries } from './tables.tsx'
import { useFilters } from './use-filters.ts'

const STEP = 100

/** The access log; what is shown is its address. */
export default function LogPage (): JSX.Element {
  const { say } = useSpeech()
  const { filters, faults, key, apply } = useFilters(LOG_FILTERS)
  return (
    <WhenSignedIn duty='auditor'>
      <Page title={say('audit.log')} lead={say('audit.log.lead')}>
        <FilterForm key={key} names={LOG_FILTERS} filters={filters} faults={faults} label={say('audit.show')} apply={apply} />
        <p className='choices'>
          <Link href={addressOf('/audit/charts', filters)}>{say('audit.charts')}</Link>
          <Link href={addressOf('/audit/export', filters)}>{say('audit.export')}</Link>
        </p>
        {faults.length > 0 ? null : <Log key={`log ${key}`} filters={filters} />}
      </Page>
    </WhenSignedIn>
  )
}

function Log ({ filters }: { filters: Filters }): JSX.Element {
  const { say } = useSpeech()
  const [limit, setLimit] = useState(STEP)
  const asked = useAsked('auditing', 'readEvents', { query: logQueryOf(filters), limit })
  const { value } = asked
  return (
    <>
      <Asking asked={asked} />
      {value === undefined
        ? null
        : (
          <>
            <Warnings warnings={value.warnings} />
            <p className='hint' role='status'>{say('audit.count', { count: value.items.length })}</p>
            <Entries items={value.items} />
            {value.items.length < limit ? null : <Button onPress={() => { setLimit(limit * 10) }}>{say('list.more')}</Button>}
          </>
          )}
    </>
  )
}
