import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { Link, useParams } from 'wouter'
import type { QuestionName } from '@epione/protocol/api'
import type { QuestionAnswered } from '@epione/sdk'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Page } from '../../parts/page.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import { sayCode } from '../../parts/said.tsx'
import { Warnings } from '../../parts/warnings.tsx'
import { FilterForm } from './filter-form.tsx'
import { queryOf } from './filters.ts'
import type { Filters } from './filters.ts'
import { Proven, Released } from './proven.tsx'
import { questionOf } from './question-list.ts'
import { Entries } from './tables.tsx'
import { useFilters } from './use-filters.ts'

const STEP = 100

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
          : faults.length > 0 ? null : <Answer key={`answer ${key}`} name={name} filters={filters} />}
      </Page>
    </WhenSignedIn>
  )
}

function Answer ({ name, filters }: { name: QuestionName, filters: Filters }): JSX.Element {
  const { say } = useSpeech()
  const [limit, setLimit] = useState(STEP)
  const asked = useAsked('auditing', 'answer', { question: name, given: queryOf(filters), limit })
  const { value } = asked
  if (name === 'untouched') return <Proven eventId={filters.eventId ?? ''} />
  return (
    <>
      <Asking asked={asked} />
      {value === undefined
        ? null
        : (
          <>
            <Warnings warnings={value.warnings} />
            <Items answered={value} />
            {'items' in value && value.items.length >= limit ? <Button onPress={() => { setLimit(limit * 10) }}>{say('list.more')}</Button> : null}
          </>
          )}
    </>
  )
}

function Items ({ answered }: { answered: QuestionAnswered }): JSX.Element | null {
  if ('items' in answered) return <Entries items={answered.items} />
  if ('records' in answered) return <Released compared={answered} />
  return null
}
