import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { Link, useSearchParams } from 'wouter'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Asking } from '../../../parts/asking.tsx'
import { useNames } from '../../../parts/names.tsx'
import { Page } from '../../../parts/page.tsx'
import { Warnings } from '../../../parts/warnings.tsx'
import { Happenings } from './happenings.tsx'

const STEP = 100
const SHOWN = ['all', 'records', 'looks'] as const

/** Records and everyone who looked, newest first; what is shown is part of the address. */
export default function Timeline (): JSX.Element {
  const { say } = useSpeech()
  const nameOf = useNames()
  const [search] = useSearchParams()
  const show = SHOWN.find((one) => one === search.get('show')) ?? 'all'
  const [limit, setLimit] = useState(STEP)
  const asked = useAsked('timeline', 'readTimeline', { show, limit })
  const { value } = asked
  return (
    <Page title={say('timeline.title')} lead={say('timeline.lead')}>
      <nav aria-label={say('timeline.show')} className='tabs'>
        {SHOWN.map((one) => (
          <Link key={one} href={one === 'all' ? '/timeline' : `/timeline?show=${one}`} {...(one === show ? { 'aria-current': 'true' as const } : {})}>
            {say(`timeline.${one}`)}
          </Link>
        ))}
      </nav>
      <Asking asked={asked} />
      {value === undefined
        ? null
        : (
          <>
            {value.askedMspIds.length === 0 ? null : <p className='hint'>{say('log.asked', { hospitals: value.askedMspIds.map(nameOf).join(', ') })}</p>}
            <Warnings warnings={value.warnings} />
            {value.items.length === 0 ? <p>{say('timeline.none')}</p> : <Happenings items={value.items} />}
            {value.items.length < limit ? null : <Button onPress={() => { setLimit(limit + STEP) }}>{say('list.more')}</Button>}
          </>
          )}
    </Page>
  )
}
