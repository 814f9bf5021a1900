import type { JSX } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { QuestionName } from '@epione/protocol/api'
import { useSpeech } from '../../i18n/language.tsx'
import { Page } from '../../parts/page.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import { Answer } from './answer.tsx'

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
        <Answer key={show} name={SHOWN[show]} filters={{}} />
        <p className='hint'>{say('audit.reviews.closing')}</p>
      </Page>
    </WhenSignedIn>
  )
}
