import type { JSX } from 'react'
import { Link } from 'wouter'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Act } from '../../../parts/act.tsx'
import { Asking } from '../../../parts/asking.tsx'
import { Page } from '../../../parts/page.tsx'
import { Warnings } from '../../../parts/warnings.tsx'
import { ConsentCards } from './cards.tsx'

/** To whom records are open, and what ended. */
export default function Consents (): JSX.Element {
  const { say } = useSpeech()
  const asked = useAsked('consents', 'listConsents', undefined)
  const { value, again } = asked
  return (
    <Page title={say('consents.title')} lead={say('consents.lead')}>
      <p><Link href='/consents/new' className='button main'>{say('consents.new')}</Link></p>
      <Asking asked={asked} />
      <Warnings warnings={value?.warnings} />
      {value === undefined
        ? null
        : (
          <>
            {value.overdue.length === 0
              ? null
              : (
                <div className='notice bad'>
                  <p>{say('overdue.title')}</p>
                  <Act room='consents' action='raiseOverdue' input={{ categories: value.overdue }} label={say('overdue.do')} onDone={again} />
                </div>
                )}
            <ConsentCards items={value.items} again={again} />
          </>
          )}
    </Page>
  )
}
