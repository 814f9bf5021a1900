import type { JSX } from 'react'
import { useAsked } from '../../ask/use-asked.ts'
import { useSay } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Page } from '../../parts/page.tsx'
import { ConsentCards } from '../patient/consents/cards.tsx'

/** What a limited key can end, and give nobody. */
export default function LimitedConsents (): JSX.Element {
  const say = useSay()
  const asked = useAsked('limited', 'listConsents', undefined)
  const { value, again } = asked
  return (
    <Page title={say('consents.title')} lead={say('limited.consents.lead')}>
      <Asking asked={asked} />
      {value === undefined ? null : <ConsentCards items={value.items} again={again} />}
    </Page>
  )
}
