import type { JSX } from 'react'
import { Link } from 'wouter'
import { useAsked } from '../../ask/use-asked.ts'
import { useSay } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Page } from '../../parts/page.tsx'
import { WAYS } from '../../roles/ways.ts'
import type { Edition } from '../../worker/rooms/network.ts'

function Ways ({ edition }: Pick<Edition, 'edition'>): JSX.Element {
  const say = useSay()
  const ways = WAYS.filter(({ editions }) => editions.includes(edition))
  return (
    <>
      {edition === 'served' ? <p className='notice'>{say('start.served')}</p> : null}
      <ul className='ways'>
        {ways.map(({ path, title, lead }) => <li key={path}><Link href={path}>{say(title)}</Link><p>{say(lead)}</p></li>)}
      </ul>
    </>
  )
}

/** Nobody's keys are on this machine yet. A hospital's copy asks for none. */
export default function Start (): JSX.Element {
  const say = useSay()
  const asked = useAsked('network', 'readEdition', undefined)
  const { value } = asked
  return (
    <Page title={say('start.title')} lead={say('start.lead')}>
      <Asking asked={asked} />
      {value === undefined ? null : <Ways edition={value.edition} />}
    </Page>
  )
}
