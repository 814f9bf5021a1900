import type { JSX } from 'react'
import { Link, useParams } from 'wouter'
import { useSpeech } from '../../i18n/language.tsx'
import { Page } from '../../parts/page.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import { sayCode } from '../../parts/said.tsx'
import { Answer } from './answer.tsx'
import { FilterForm } from './filter-form.tsx'
import { Proven } from './proven.tsx'
import { questionOf } from './question-list.ts'
import { useFilters } from './use-filters.ts'

/** One of the saved questions, asked by its address. */
export default function QuestionPage (): JSX.Element {
  const { say } = useSpeech()
  const question = questionOf(useParams()['name'])
  const { filters, faults, key, apply } = useFilters(question?.names ?? [])
  if (question === undefined) return <Page title={say('app.notFound')}><Link href='/audit/questions'>{say('audit.questions')}</Link></Page>
  const { name, names, needed } = question
  const missing = needed.filter((one) => filters[one] === undefined)
  return (
    <WhenSignedIn duty='auditor'>
      <Page title={sayCode(say, 'audit.asks', name)} lead={<code>epione audit ask {name}</code>}>
        <FilterForm key={key} names={names} filters={filters} faults={faults} needed={needed} label={say('audit.ask')} apply={apply} />
        {missing.length > 0
          ? <p className='notice'>{say('audit.needs', { what: missing.map((one) => sayCode(say, 'audit.filter', one)).join(', ') })}</p>
          : faults.length > 0
            ? null
            : name === 'untouched'
              ? <Proven key={`proof ${key}`} eventId={filters.eventId ?? ''} />
              : <Answer key={`answer ${key}`} name={name} filters={filters} />}
      </Page>
    </WhenSignedIn>
  )
}
