import { useState } from 'react'
import type { JSX } from 'react'
import type { DelegatePower } from '@epione/protocol'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Act } from '../../../parts/act.tsx'
import { Asking } from '../../../parts/asking.tsx'
import { Choice, Choices, Field } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { Facts, optionsOf } from '../../../parts/said.tsx'
import type { LimitedKeys } from '../../../worker/rooms/delegates.ts'

const DAYS = [1, 7, 30, 90, 365]

/** Keys that see, revoke and freeze for the patient where the phrase must not be: made, listed and ended here. */
export default function Delegates (): JSX.Element {
  const { say } = useSpeech()
  const asked = useAsked('delegates', 'list', undefined)
  const { value, again } = asked
  return (
    <Page title={say('delegates.title')} lead={say('delegates.lead')}>
      <Asking asked={asked} />
      {value === undefined
        ? null
        : (
          <>
            <NewOne value={value} again={again} />
            <h2>{say('delegates.all')}</h2>
            {value.items.length === 0
              ? <p>{say('delegates.none')}</p>
              : <ul className='cards'>{value.items.map((item) => <li key={item.delegateId}><One item={item} again={again} /></li>)}</ul>}
          </>
          )}
    </Page>
  )
}

function NewOne ({ value: { patientId, powers }, again }: { value: LimitedKeys, again: () => void }): JSX.Element {
  const { say } = useSpeech()
  const [key, setKey] = useState('')
  const [chosen, setChosen] = useState<DelegatePower[]>(powers)
  const [days, setDays] = useState('30')
  return (
    <section aria-labelledby='new'>
      <h2 id='new'>{say('delegates.new')}</h2>
      <p>{say('delegates.how')}</p>
      <Facts lines={[{ label: 'limited.patient', value: patientId, kind: 'code' }]} />
      <Field label={say('delegates.key')} name='key' rows={2} latin hint={say('delegates.key.hint')} value={key} onChange={setKey} />
      <Choices
        label={say('limited.powers')} values={chosen} options={optionsOf(say, 'power', powers)}
        onChange={(names) => { setChosen(powers.filter((power) => names.includes(power))) }}
      />
      <Choice
        label={say('consent.days')} value={days} onChange={setDays}
        options={DAYS.map((count) => ({ id: String(count), name: say('consent.forDays', { count }) }))}
      />
      <Act
        room='delegates' action='name' input={{ key, powers: chosen, days: Number(days) }} label={say('delegates.do')} look='main'
        onDone={() => { setKey(''); again() }}
      />
    </section>
  )
}

function One ({ item, again }: { item: LimitedKeys['items'][number], again: () => void }): JSX.Element {
  const { say } = useSpeech()
  const { delegateId, fingerprint, powers, since, notAfter, state } = item
  return (
    <article aria-label={fingerprint}>
      <h3><bdi><code>{fingerprint}</code></bdi> <span className={`badge ${state === 'in force' ? 'permit' : ''}`}>{say(`limited.state.${state}`)}</span></h3>
      <Facts lines={[
        { label: 'limited.powers', value: powers.join(), kind: 'power' },
        { label: 'delegates.since', value: String(since), kind: 'time' },
        { label: 'consent.until', value: String(notAfter), kind: 'time' }
      ]}
      />
      {state === 'in force' ? <Act room='delegates' action='end' input={{ delegateId }} label={say('delegates.end')} about={fingerprint} look='danger' onDone={again} /> : null}
    </article>
  )
}
