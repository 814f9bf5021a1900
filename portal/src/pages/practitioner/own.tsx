import type { JSX } from 'react'
import { Link } from 'wouter'
import { useSession } from '../../ask/session-state.tsx'
import { useAsked } from '../../ask/use-asked.ts'
import { useSay } from '../../i18n/language.tsx'
import { Act } from '../../parts/act.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Person } from '../../parts/names.tsx'
import { Page } from '../../parts/page.tsx'
import { WhenSignedIn, Who } from '../../parts/signed-in.tsx'

/** Sign-in and keys of whoever signs at this workstation: what they read to patients, and the binding that patients look up. */
export default function Own (): JSX.Element {
  return <WhenSignedIn><Keys /></WhenSignedIn>
}

function Keys (): JSX.Element {
  const say = useSay()
  const { session } = useSession()
  const asked = useAsked('practice', 'readOwn', undefined)
  const { value } = asked
  return (
    <Page title={say('own.title')}>
      <Who />
      {session?.state === 'signed-in' && session.duties.includes('auditor') ? <p><Link href='/audit/log'>{say('staff.audit')}</Link></p> : null}
      <Asking asked={asked} />
      {value === undefined
        ? null
        : (
          <section aria-label={say('own.keys')}>
            <p>{say('own.person')} <Person id={`${value.mspId}/${value.staffId}`} /></p>
            <p>{say('own.fingerprint')}</p>
            <p className='fingerprint'><bdi>{value.fingerprint}</bdi></p>
            {value.bound
              ? <p className='hint'>{say('own.bound')}</p>
              : (
                <>
                  <p className='notice'>{say('own.unbound')}</p>
                  <Act room='practice' action='bind' input={undefined} label={say('own.bind')} look='main' onDone={() => { asked.again() }} />
                </>
                )}
          </section>
          )}
    </Page>
  )
}
