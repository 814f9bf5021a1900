import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { useLocation } from 'wouter'
import { ask, lock } from '../../ask/desk.ts'
import { useKeys } from '../../ask/keys-state.tsx'
import { useAsked } from '../../ask/use-asked.ts'
import { useWork } from '../../ask/use-work.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Act } from '../../parts/act.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemShown } from '../../parts/problem.tsx'
import { Facts } from '../../parts/said.tsx'
import type { LimitedKeyShown } from '../../worker/rooms/limited.ts'

/** The key of this browser: to be named by its patient first, then what it may do and until when. */
export default function KeyPage (): JSX.Element {
  const { say } = useSpeech()
  const asked = useAsked('limited', 'readKey', undefined)
  const { value, again } = asked
  return (
    <Page title={say('limited.title')} lead={say('limited.lead')}>
      <Asking asked={asked} />
      {value === undefined ? null : <Key shown={value} again={again} />}
      <Forget />
    </Page>
  )
}

function Key ({ shown, again }: { shown: LimitedKeyShown, again: () => void }): JSX.Element {
  const { say } = useSpeech()
  const { key, fingerprint, patientId, state, frozen, named } = shown
  return (
    <>
      <p role='status'><span className={`badge ${state === 'in force' ? 'permit' : ''}`}>{say(`limited.state.${state}`)}</span></p>
      {state === 'waiting'
        ? (
          <section aria-labelledby='name'>
            <h2 id='name'>{say('limited.name')}</h2>
            <p>{say('limited.name.how')}</p>
            <p><bdi><code className='key'>{key}</code></bdi></p>
            <Copy text={key} />
            <Button className='main' onPress={again}>{say('limited.look')}</Button>
          </section>
          )
        : null}
      <Facts lines={[
        { label: 'limited.fingerprint', value: fingerprint, kind: 'code' },
        { label: 'limited.patient', value: patientId, kind: 'code' },
        ...(named === undefined
          ? []
          : [
              { label: 'limited.powers', value: named.powers.join(), kind: 'power' as const },
              { label: 'consent.until', value: String(named.notAfter), kind: 'time' as const }
            ])
      ]}
      />
      {frozen ? <p className='notice'>{say('limited.frozen')}</p> : null}
      {state === 'in force' && !frozen && named?.powers.includes('freeze') === true ? <Freeze again={again} /> : null}
      {state === 'in force'
        ? <Act room='limited' action='end' input={undefined} label={say('limited.end.do')} look='danger' onDone={again} />
        : null}
    </>
  )
}

/** The brake: only the patient's own copy ends it. */
function Freeze ({ again }: { again: () => void }): JSX.Element {
  const { say } = useSpeech()
  return (
    <section aria-labelledby='freeze'>
      <h2 id='freeze'>{say('limited.freeze')}</h2>
      <p>{say('limited.freeze.means')}</p>
      <Act room='limited' action='freeze' input={undefined} label={say('limited.freeze')} look='danger' onDone={again} />
    </section>
  )
}

function Copy ({ text }: { text: string }): JSX.Element {
  const { say } = useSpeech()
  const { problem, run } = useWork(async () => { await navigator.clipboard.writeText(text) })
  return <><Button onPress={run}>{say('limited.copy')}</Button>{problem === undefined ? null : <ProblemShown problem={problem} />}</>
}

/** Takes it out of this browser, here and in other tabs. */
function Forget (): JSX.Element {
  const { say } = useSpeech()
  const { look } = useKeys()
  const [, navigate] = useLocation()
  const { busy, problem, run } = useWork(async () => {
    await ask('limited', 'forget', undefined)
    lock()
    await look()
    navigate('/')
  })
  return (
    <section aria-labelledby='forget'>
      <h2 id='forget'>{say('limited.forget')}</h2>
      <p>{say('limited.forget.means')}</p>
      <Button onPress={run} data-pending={busy || undefined}>{say('limited.forget')}</Button>
      {problem === undefined ? null : <ProblemShown problem={problem} />}
    </section>
  )
}
