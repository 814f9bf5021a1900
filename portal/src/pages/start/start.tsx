import type { JSX } from 'react'
import { Link } from 'wouter'
import { useAsked } from '../../ask/use-asked.ts'
import { useSay } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Page } from '../../parts/page.tsx'
import type { Edition } from '../../worker/rooms/network.ts'

function Ways ({ edition }: Pick<Edition, 'edition'>): JSX.Element {
  const say = useSay()
  if (edition === 'served') return <p className='notice'>{say('start.served')}</p>
  return (
    <ul className='ways'>
      <li><Link href='/start/new'>{say('start.new')}</Link><p>{say('start.new.lead')}</p></li>
      <li><Link href='/start/restore'>{say('start.restore')}</Link><p>{say('start.restore.lead')}</p></li>
    </ul>
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
