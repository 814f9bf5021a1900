import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { Link, useSearchParams } from 'wouter'
import type { QuestionName } from '@epione/protocol/api'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Page } from '../../parts/page.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import { Warnings } from '../../parts/warnings.tsx'
import { Entries } from './tables.tsx'

const STEP = 100
const SHOWN = { overdue: 'overdue-reviews', all: 'emergencies' } as const satisfies Record<string, QuestionName>
const TABS = Object.keys(SHOWN) as Array<keyof typeof SHOWN>

/** Broken glass: what should have been reviewed by now, and every box with its closing and what was found. */
export default function Reviews (): JSX.Element {
  const { say } = useSpeech()
  const [search] = useSearchParams()
  const show = TABS.find((one) => one === search.get('show')) ?? 'overdue'
  return (
    <WhenSignedIn duty='auditor'>
      <Page title={say('audit.reviews')} lead={say('audit.reviews.lead')}>
        <nav aria-label={say('audit.reviews')} className='tabs'>
          {TABS.map((one) => (
            <Link key={one} href={one === 'overdue' ? '/audit/reviews' : `/audit/reviews?show=${one}`} {...(one === show ? { 'aria-current': 'true' as const } : {})}>
              {say(`audit.reviews.${one}`)}
            </Link>
          ))}
        </nav>
        <Boxes key={show} question={SHOWN[show]} />
        <p className='hint'>{say('audit.reviews.closing')} <code>epione emergency review</code></p>
      </Page>
    </WhenSignedIn>
  )
}

function Boxes ({ question }: { question: QuestionName }): JSX.Element {
  const { say } = useSpeech()
  const [limit, setLimit] = useState(STEP)
  const asked = useAsked('auditing', 'answer', { question, given: {}, limit })
  const { value } = asked
  return (
    <>
      <Asking asked={asked} />
      {value === undefined || !('items' in value)
        ? null
        : (
          <>
            <Warnings warnings={value.warnings} />
            <Entries items={value.items} />
            {value.items.length < limit ? null : <Button onPress={() => { setLimit(limit * 10) }}>{say('list.more')}</Button>}
          </>
          )}
    </>
  )
}
