import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { Form } from 'react-aria-components/Form'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Choice, Choices } from '../../../parts/fields.tsx'
import { ProblemShown } from '../../../parts/problem.tsx'
import { optionsOf } from '../../../parts/said.tsx'
import type { ConsentChosen } from '../../../worker/rooms/consents.ts'

export type Terms = Omit<ConsentChosen, 'grantee'>
const ACTIONS = ['read', 'search', 'follow'] as const
const DAYS = [1, 7, 30, 90, 365] as const

/** Categories, what for, what may be done, and how long. */
export function StepWhat ({ terms, onChange, next }: { terms: Terms, onChange: (terms: Terms) => void, next: () => void }): JSX.Element {
  const { say } = useSpeech()
  const { value, problem, again } = useAsked('consents', 'listChoices', undefined)
  const [tried, setTried] = useState(false)
  const { categories, purposes, actions, days } = terms
  const isWhole = categories.length > 0 && purposes.length > 0 && actions.length > 0
  return (
    <Form
      validationBehavior='aria' onSubmit={(event) => {
        event.preventDefault()
        if (isWhole) next()
        else setTried(true)
      }}
    >
      {problem === undefined ? null : <ProblemShown problem={problem} again={again} />}
      <Choices
        label={say('consent.categories')} values={categories} options={optionsOf(say, 'category', value?.categories)}
        onChange={(chosen) => { onChange({ ...terms, categories: chosen }) }}
      />
      <Choices
        label={say('consent.purposes')} values={purposes} options={optionsOf(say, 'purpose', value?.purposes)}
        onChange={(chosen) => { onChange({ ...terms, purposes: chosen }) }}
      />
      <Choices
        label={say('consent.actions')} values={actions} options={optionsOf(say, 'action', ACTIONS)}
        onChange={(chosen) => { onChange({ ...terms, actions: ACTIONS.filter((action) => chosen.includes(action)) }) }}
      />
      <Choice
        label={say('consent.days')} value={String(days)} onChange={(chosen) => { onChange({ ...terms, days: Number(chosen) }) }}
        options={DAYS.map((count) => ({ id: String(count), name: say('consent.forDays', { count }) }))}
      />
      {tried && !isWhole ? <p role='alert' className='notice bad'>{say('consent.incomplete')}</p> : null}
      <Button type='submit' className='main'>{say('consent.preview')}</Button>
    </Form>
  )
}
