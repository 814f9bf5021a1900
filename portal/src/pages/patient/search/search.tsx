import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { Form } from 'react-aria-components/Form'
import { Link } from 'wouter'
import type { SearchFound } from '@epione/sdk'
import { ask } from '../../../ask/desk.ts'
import { useAsked } from '../../../ask/use-asked.ts'
import { useWork } from '../../../ask/use-work.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Choices, Field } from '../../../parts/fields.tsx'
import { Page, Waiting } from '../../../parts/page.tsx'
import { ProblemShown } from '../../../parts/problem.tsx'
import { optionsOf, sayCode } from '../../../parts/said.tsx'
import { Warnings } from '../../../parts/warnings.tsx'

/** Finds own records. What is looked for stays in this page: it is neither in the address nor sent. */
export default function Search (): JSX.Element {
  const { say } = useSpeech()
  const choices = useAsked('consents', 'listChoices', undefined)
  const [query, setQuery] = useState('')
  const [categories, setCategories] = useState<string[]>([])
  const [found, setFound] = useState<SearchFound>()
  const { busy, problem, run } = useWork(async () => { setFound(await ask('search', 'searchRecords', { query, categories })) })
  return (
    <Page title={say('search.title')} lead={say('search.lead')}>
      <Form
        validationBehavior='aria' onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <Field label={say('search.query')} name='query' hint={say('search.hint')} value={query} onChange={setQuery} />
        <details>
          <summary>{say('search.categories')}</summary>
          <Choices
            label={say('consent.categories')} values={categories} onChange={setCategories}
            options={optionsOf(say, 'category', choices.value?.categories)}
          />
        </details>
        {problem === undefined ? null : <ProblemShown problem={problem} />}
        <Button type='submit' className='main' data-pending={busy || undefined}>{say('search.do')}</Button>
        {busy ? <Waiting /> : null}
      </Form>
      {found === undefined || busy ? null : <Found found={found} />}
    </Page>
  )
}

function Found ({ found }: { found: SearchFound }): JSX.Element {
  const { say, number } = useSpeech()
  const { items, total, searched, notSearched, warnings } = found
  const { truncated, withoutKey, lost, sealedWrongly } = notSearched
  const missed = truncated.count + withoutKey.count + lost.count + sealedWrongly.count
  return (
    <section aria-labelledby='found'>
      <h2 id='found' role='status'>{say('search.found', { total, searched: number(searched) })}</h2>
      {missed === 0 ? null : <p className='notice'>{say('search.missed', { count: missed })}</p>}
      <Warnings warnings={warnings} />
      <ul className='cards'>
        {items.map(({ recordId, version, category = '', indexedBy }) => (
          <li key={`${recordId}:${version}`}>
            <Link href={`/records/${recordId}/${version}`}>{say('record.came', { category: sayCode(say, 'category', category) })}</Link>
            <p className='hint'>{say('record.version', { version: number(version) })} · <bdi>{indexedBy}</bdi></p>
          </li>
        ))}
      </ul>
    </section>
  )
}
