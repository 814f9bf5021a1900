import type { JSX } from 'react'
import { Link } from 'wouter'
import { useSay } from '../../i18n/language.tsx'
import { Page } from '../../parts/page.tsx'
import { sayCode } from '../../parts/said.tsx'
import { QUESTION_NAMES } from './question-list.ts'

/** The saved questions: each is an address. */
export default function Questions (): JSX.Element {
  const say = useSay()
  return (
    <Page title={say('audit.questions')} lead={say('audit.questions.lead')}>
      <ul className='ways'>
        {QUESTION_NAMES.map((name) => (
          <li key={name}>
            <Link href={`/audit/questions/${name}`}>{sayCode(say, 'audit.asks', name)}</Link>
            <p className='hint'><code>epione audit ask {name}</code></p>
          </li>
        ))}
      </ul>
    </Page>
  )
}
