import { useState } from 'react'
import type { JSX } from 'react'
import type { ProhibitionSummary } from '@epione/sdk'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Act } from '../../../parts/act.tsx'
import { Choices, Field } from '../../../parts/fields.tsx'
import { optionsOf } from '../../../parts/said.tsx'
import type { Input } from '../../../worker/rooms.ts'

/** What no consent can open. */
export function Prohibitions ({ prohibitions, again }: { prohibitions: readonly ProhibitionSummary[], again: () => void }): JSX.Element {
  const { say, date } = useSpeech()
  const own = prohibitions.filter(({ switchesOff }) => switchesOff === undefined)
  return (
    <section aria-labelledby='prohibitions'>
      <h2 id='prohibitions'>{say('forbid.title')}</h2>
      {own.length === 0 ? <p>{say('forbid.none')}</p> : null}
      <ul className='cards'>
        {own.map(({ prohibitionId, forbids, issuedAt, notAfter }) => (
          <li key={prohibitionId}>
            <p lang='en' dir='ltr'>{forbids}</p>
            <p className='hint'>{say('forbid.since', { date: date(issuedAt) })}{notAfter === undefined ? '' : ` · ${say('deposit.until', { date: date(notAfter) })}`}</p>
            <Act room='protection' action='endForbidden' input={{ prohibitionId }} label={say('endForbid.do')} about={forbids} onDone={again} />
          </li>
        ))}
      </ul>
      <details><summary>{say('forbid.new')}</summary><NewProhibition again={again} /></details>
    </section>
  )
}

const EMPTY = { organizations: [] as string[], people: '', categories: [] as string[], purposes: [] as string[] }
type Wanted = typeof EMPTY

/** What the worker is asked to forbid; `undefined` while it is nothing, or names people wrongly. */
function inputOf ({ organizations, people, categories, purposes }: Wanted): Input<'protection', 'forbid'> | undefined {
  const named = namesIn(people)
  const input = {
    ...(organizations.length === 0 ? {} : { organizations }),
    ...(named === undefined || named.length === 0 ? {} : { people: named }),
    ...(categories.length === 0 ? {} : { categories }),
    ...(purposes.length === 0 ? {} : { purposes })
  }
  return named === undefined || Object.keys(input).length === 0 ? undefined : input
}

/** People as hospital/number; `undefined` where one is not. */
function namesIn (text: string): Array<{ mspId: string, staffId: string }> | undefined {
  const parts = text.split(/[\s,]+/).filter((name) => name !== '').map((name) => name.split('/'))
  if (parts.some((part) => part.length !== 2 || part.includes(''))) return undefined
  return parts.map(([mspId = '', staffId = '']) => ({ mspId, staffId }))
}

function NewProhibition ({ again }: { again: () => void }): JSX.Element {
  const { say } = useSpeech()
  const { value } = useAsked('consents', 'listChoices', undefined)
  const [wanted, setWanted] = useState(EMPTY)
  const { organizations, people, categories, purposes } = wanted
  const isRight = namesIn(people) !== undefined
  const input = inputOf(wanted)
  return (
    <form onSubmit={(event) => { event.preventDefault() }}>
      <p>{say('forbid.means')}</p>
      <Choices
        label={say('forbid.organizations')} values={organizations} options={(value?.hospitals ?? []).map(({ mspId, name }) => ({ id: mspId, name }))}
        onChange={(chosen) => { setWanted({ ...wanted, organizations: chosen }) }}
      />
      <Field
        label={say('forbid.people')} name='people' latin hint={say('forbid.people.hint')} value={people}
        onChange={(text) => { setWanted({ ...wanted, people: text }) }} error={isRight ? undefined : say('forbid.people.hint')}
      />
      <Choices
        label={say('consent.categories')} values={categories} options={optionsOf(say, 'category', value?.categories)}
        onChange={(chosen) => { setWanted({ ...wanted, categories: chosen }) }}
      />
      <Choices
        label={say('consent.purposes')} values={purposes} options={optionsOf(say, 'purpose', value?.purposes)}
        onChange={(chosen) => { setWanted({ ...wanted, purposes: chosen }) }}
      />
      {input === undefined
        ? <p className='hint'>{say('forbid.incomplete')}</p>
        : (
          <Act
            room='protection' action='forbid' input={input} label={say('forbid.do')} look='danger' onDone={() => {
              setWanted(EMPTY)
              again()
            }}
          />
          )}
    </form>
  )
}
