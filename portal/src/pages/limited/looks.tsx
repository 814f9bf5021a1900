import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { useNames } from '../../parts/names.tsx'
import { Page } from '../../parts/page.tsx'
import { Warnings } from '../../parts/warnings.tsx'
import { Happenings } from '../patient/timeline/happenings.tsx'

const STEP = 100

/** Everyone who asked for the patient's records, newest first. */
export default function Looks (): JSX.Element {
  const { say } = useSpeech()
  const nameOf = useNames()
  const [limit, setLimit] = useState(STEP)
  const asked = useAsked('timeline', 'readTimeline', { show: 'looks', limit })
  const { value } = asked
  return (
    <Page title={say('limited.looks')}>
      <Asking asked={asked} />
      {value === undefined
        ? null
        : (
          <>
            <p className='hint'>{say('log.asked', { hospitals: value.askedMspIds.map(nameOf).join(', ') })}</p>
            <Warnings warnings={value.warnings} />
            {value.items.length === 0 ? <p>{say('limited.looks.none')}</p> : <Happenings items={value.items} />}
            {value.items.length < limit ? null : <Button onPress={() => { setLimit(limit + STEP) }}>{say('list.more')}</Button>}
          </>
          )}
    </Page>
  )
}
