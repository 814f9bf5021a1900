import type { JSX } from 'react'
import { Link } from 'wouter'
import { useKeys } from '../../ask/keys-state.tsx'
import { useAsked } from '../../ask/use-asked.ts'
import { useSession } from '../../ask/session-state.tsx'
import { useSay } from '../../i18n/language.tsx'
import { Page } from '../../parts/page.tsx'
import { WhenSignedIn, Who } from '../../parts/signed-in.tsx'
import { WAYS_OF_DUTIES } from '../../roles/ways-of-duties.ts'

/** Who is signed in, and where their duties lead. */
export default function Staff (): JSX.Element {
  return <WhenSignedIn><Duties /></WhenSignedIn>
}

function Duties (): JSX.Element {
  const say = useSay()
  const { known } = useKeys()
  const { session } = useSession()
  const duties = session?.state === 'signed-in' ? session.duties : []
  const { value: copy } = useAsked('network', 'readEdition', undefined)
  const ways = WAYS_OF_DUTIES.filter(({ duty, keys, editions = ['installed', 'served'] }) =>
    duties.includes(duty) && keys.includes(known?.state ?? 'none') && copy !== undefined && editions.includes(copy.edition))
  return (
    <Page title={say('staff.title')}>
      <Who />
      {ways.length === 0 && copy !== undefined ? <p>{say('staff.nothing')}</p> : null}
      <ul className='ways'>
        {ways.map(({ path, title, lead }) => <li key={path}><Link href={path}>{say(title)}</Link><p>{say(lead)}</p></li>)}
      </ul>
    </Page>
  )
}
