import { useState } from 'react'
import type { JSX } from 'react'
import type { DepositState } from '@epione/sdk'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Act } from '../../../parts/act.tsx'
import { Choices } from '../../../parts/fields.tsx'
import { Hospital, useNames } from '../../../parts/names.tsx'
import { optionsOf, sayCode } from '../../../parts/said.tsx'

const DAYS = 365

/** The switch for everything, and what each organisation could open if nobody can ask. */
export function Emergencies ({ isOff, deposits, again }: {
  isOff: boolean, deposits: readonly DepositState[], again: () => void
}): JSX.Element {
  const { say } = useSpeech()
  const { value } = useAsked('consents', 'listChoices', undefined)
  return (
    <section aria-labelledby='emergencies'>
      <h2 id='emergencies'>{say('emergencies.title')}</h2>
      <p>{say(isOff ? 'emergencies.off' : 'emergencies.on')}</p>
      <Act
        room='protection' action='setEmergencies' input={{ on: isOff }} label={say(isOff ? 'emergencies.on.do' : 'emergencies.off.do')}
        onDone={again} {...(isOff ? {} : { look: 'danger' as const })}
      />
      <ul className='cards'>
        {deposits.map((state) => (
          <li key={state.organization}><Deposit state={state} choices={value?.categories ?? []} again={again} /></li>
        ))}
      </ul>
    </section>
  )
}

function Deposit ({ state: { organization, state, categories, notAfter }, choices, again }: {
  state: DepositState, choices: readonly string[], again: () => void
}): JSX.Element {
  const { say, date, language } = useSpeech()
  const nameOf = useNames()
  const [chosen, setChosen] = useState<string[]>(categories)
  const until = notAfter === undefined ? '' : ` · ${say('deposit.until', { date: date(notAfter) })}`
  const named = (ids: readonly string[]): string => new Intl.ListFormat(language).format(ids.map((id) => sayCode(say, 'category', id)))
  return (
    <article aria-label={nameOf(organization)}>
      <h3><Hospital mspId={organization} /> <span className='badge'>{sayCode(say, 'deposit.state', state)}</span></h3>
      {categories.length === 0 ? null : <p>{named(categories)}{until}</p>}
      {state === 'no-key'
        ? null
        : (
          <details>
            <summary>{say('deposit.change')}</summary>
            <Choices
              label={say('consent.categories')} values={chosen} onChange={setChosen}
              options={optionsOf(say, 'category', choices)}
            />
            {chosen.length === 0
              ? null
              : (
                <Act
                  room='protection' action='deposit' input={{ mspId: organization, categories: chosen, days: DAYS }} label={say('deposit.do')}
                  about={nameOf(organization)} onDone={again}
                />
                )}
          </details>
          )}
    </article>
  )
}
