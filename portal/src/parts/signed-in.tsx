import { useEffect } from 'react'
import type { JSX, ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { useSession } from '../ask/session-state.tsx'
import { useAsked } from '../ask/use-asked.ts'
import { useWork } from '../ask/use-work.ts'
import { ask, onLocked } from '../ask/desk.ts'
import { useSay, useSpeech } from '../i18n/language.tsx'
import { Worded } from '../i18n/worded.tsx'
import type { Duty, SignInBegun } from '../worker/rooms/session.ts'
import { Asking } from './asking.tsx'
import { Page, Waiting } from './page.tsx'
import { ProblemShown } from './problem.tsx'

/** Shows what is in it to somebody who is signed in with this duty, and in its place the sign-in to everybody else. */
export function WhenSignedIn ({ duty, children }: { duty?: Duty, children: ReactNode }): JSX.Element {
  const { session, problem, look } = useSession()
  // Also where somebody is known already: the hospital may have ended it, and keys that came meanwhile keep it.
  useEffect(() => { void look() }, [look])
  useEffect(() => onLocked(() => { void look() }), [look])
  if (session?.state === 'signed-in' && (duty === undefined || session.duties.includes(duty))) return <>{children}</>
  return (
    <Worded words={['session']}>
      {session === undefined
        ? problem === undefined ? <Waiting /> : <ProblemShown problem={problem} again={() => { void look() }} />
        : session.state === 'signed-in' ? <WrongDuty /> : <SignIn problem={problem} />}
    </Worded>
  )
}

function SignIn ({ problem }: { problem: ReturnType<typeof useSession>['problem'] }): JSX.Element {
  const say = useSay()
  return (
    <Page title={say('session.title')} lead={say('session.lead')}>
      {problem === undefined ? null : <ProblemShown problem={problem} />}
      <SignInLink />
    </Page>
  )
}

/** Leads to the hospital's own page, in a tab of its own, so that keys and input here stay; `done` is called once somebody is signed in. */
export function SignInLink ({ done }: { done?: (() => void) | undefined }): JSX.Element {
  const asked = useAsked('session', 'beginSignIn', undefined)
  const { value, again } = asked
  return <><Asking asked={asked} />{value === undefined ? null : <Away key={value.id} begun={value} again={again} done={done} />}</>
}

function Away ({ begun: { id, address, hospital }, again, done }: {
  begun: SignInBegun, again: () => void, done: (() => void) | undefined
}): JSX.Element {
  const say = useSay()
  const { look } = useSession()
  const { busy, problem, run } = useWork(async () => {
    await ask('session', 'awaitSignIn', { id })
    await look()
    done?.()
  })
  return (
    <>
      <p>{say('session.where')} <bdi><code>{new URL(address).host}</code></bdi></p>
      {problem === undefined
        ? <p><a className='button main' href={address} target='_blank' rel='noopener noreferrer' onClick={run}>{say('session.do', { hospital })}</a></p>
        : <ProblemShown problem={problem} again={again} />}
      {busy ? <Waiting>{say('session.waiting')}</Waiting> : null}
      <p className='hint'>{say('session.certificate')}</p>
    </>
  )
}

/** Signed in as somebody whose tokens do not open this. */
function WrongDuty (): JSX.Element {
  const say = useSay()
  return <Page title={say('session.wrongDuty')} lead={say('session.wrongDuty.lead')}><Who /></Page>
}

/** Who is signed in, and the way out. */
export function Who (): JSX.Element | null {
  const { say, time } = useSpeech()
  const { session, signOut } = useSession()
  const { busy, problem, run } = useWork(signOut)
  if (session?.state !== 'signed-in') return null
  const { hospital, name, subject, until } = session
  return (
    <section aria-label={say('session.who')}>
      <p>
        {say('session.as', { who: name ?? subject ?? '', hospital })}
        {until === undefined ? null : <small> {say('session.until', { time: time(until) })}</small>}
      </p>
      <Button onPress={run} data-pending={busy || undefined}>{say('session.out')}</Button>
      {problem === undefined ? null : <ProblemShown problem={problem} again={run} />}
    </section>
  )
}
