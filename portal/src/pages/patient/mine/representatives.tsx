import type { JSX } from 'react'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Act } from '../../../parts/act.tsx'
import { Asking } from '../../../parts/asking.tsx'
import { Person } from '../../../parts/names.tsx'
import { sayCode } from '../../../parts/said.tsx'

/** Who acts for the person. Naming somebody needs both at the registration desk. */
export function Representatives (): JSX.Element {
  const { say, date } = useSpeech()
  const asked = useAsked('representatives', 'readRepresentatives', undefined)
  const { value, again } = asked
  return (
    <section aria-labelledby='represent'>
      <h2 id='represent'>{say('represent.title')}</h2>
      <p>{say('represent.lead')}</p>
      <Asking asked={asked} />
      {value?.length === 0 ? <p>{say('represent.none')}</p> : null}
      <ul className='cards'>
        {(value ?? []).map(({ representationId, relation, since, notAfter, state, consents }) => (
          <li key={representationId}>
            <h3><bdi>{sayCode(say, 'represent.relation', relation)}</bdi> <span className='badge'>{sayCode(say, 'represent.state', state)}</span></h3>
            <p className='hint'>{say('forbid.since', { date: date(since) })} · {say('deposit.until', { date: date(notAfter) })}</p>
            {consents.length === 0 ? null : <p>{say('represent.stand')}</p>}
            <ul>{consents.map(({ consentId, grantee }) => <li key={consentId}><Person id={grantee} /></li>)}</ul>
            {state === 'in force'
              ? <Act room='representatives' action='end' input={{ representationId }} label={say('represent.end')} about={relation} look='danger' onDone={again} />
              : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
