import { useState } from 'react'
import type { JSX } from 'react'
import { Link, useParams } from 'wouter'
import type { ShownEmergency } from '@epione/protocol/api'
import { useKeys } from '../../ask/keys-state.tsx'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Act } from '../../parts/act.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Choice } from '../../parts/fields.tsx'
import { Page } from '../../parts/page.tsx'
import { Facts, optionsOf, sayCode } from '../../parts/said.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import type { SaidLine } from '../../worker/proposal.ts'
import { UnlockForm } from '../start/unlock.tsx'

/** One box of broken glass: what was done in it, and what an officer of another hospital found. */
export default function ReviewPage (): JSX.Element {
  const { say } = useSpeech()
  const { eventId = '' } = useParams()
  return (
    <WhenSignedIn duty='auditor'>
      <Page title={say('review.title')} lead={<bdi><code>{eventId}</code></bdi>}><Box eventId={eventId} /></Page>
    </WhenSignedIn>
  )
}

function Box ({ eventId }: { eventId: string }): JSX.Element {
  const { say, time } = useSpeech()
  const asked = useAsked('reviewing', 'readBox', { eventId })
  const { value } = asked
  if (value === undefined) return <Asking asked={asked} />
  const { box, hindrance, findings } = value
  return (
    <>
      <Asking asked={asked} />
      <Facts lines={factsOf(box)} />
      <h2>{say('audit.box.opened')}</h2>
      {box.opened.length === 0 ? <p>{say('audit.none')}</p> : null}
      <ul>
        {box.opened.map(({ eventId: opened, time: at, action, records }) => (
          <li key={opened}>
            <Link href={`/audit/events/${opened}`}>{time(at)}</Link> {sayCode(say, 'action', action)}{' '}
            {records.map(({ recordId, version }) => <bdi key={recordId}><code>{recordId}:{version}</code> </bdi>)}
          </li>
        ))}
      </ul>
      <h2>{say('audit.box.review')}</h2>
      {hindrance === undefined
        ? <WithKeys><Finding box={box} findings={findings} done={asked.again} /></WithKeys>
        : hindrance === 'reviewed' ? null : <p className='notice'>{sayCode(say, 'review.not', hindrance)}</p>}
    </>
  )
}

function factsOf (box: ShownEmergency): SaidLine[] {
  const { mspId, staffId, second, patientId, reason, state, time, openUntil, closedAt, reviewBy, review } = box
  return [
    { label: 'log.who', value: [staffId, second].filter((one) => one !== undefined).map((one) => `${mspId}/${one}`).join(','), kind: 'person' },
    { label: 'audit.patient', value: patientId, kind: 'code' },
    { label: 'audit.box.reason', value: `audit.reason.${reason}`, kind: 'message' },
    { label: 'log.when', value: String(time), kind: 'time' },
    { label: 'audit.box.until', value: String(closedAt ?? openUntil), kind: 'time' },
    { label: 'audit.box.review', value: `audit.box.${state}`, kind: 'message' },
    ...(review === undefined
      ? [{ label: 'review.due', value: String(reviewBy), kind: 'time' } as const]
      : [
          { label: 'review.finding', value: `audit.finding.${review.finding}`, kind: 'message' } as const,
          { label: 'review.by', value: `${review.mspId}/${review.staffId}`, kind: 'person' } as const,
          { label: 'review.at', value: String(review.time), kind: 'time' } as const
        ])
  ]
}

/** The officer's own keys, where there are any: a hospital's copy of the pages asks for none. */
function WithKeys ({ children }: { children: JSX.Element }): JSX.Element {
  const { say } = useSpeech()
  const { known } = useKeys()
  const asked = useAsked('network', 'readEdition', undefined)
  const { value } = asked
  if (value === undefined || known === undefined) return <Asking asked={asked} />
  if (value.edition === 'served') return <p className='notice'>{say('review.installed')} <code>epione portal</code></p>
  if (known.state === 'unlocked') return <WhenBound>{children}</WhenBound>
  return (
    <>
      <p>{say('review.keys')}</p>
      {known.state === 'locked'
        ? <UnlockForm />
        : (
          <ul className='ways'>
            {(['new', 'restore'] as const).map((way) => <li key={way}><Link href={`/staff/${way}`}>{say(`staff.${way}`)}</Link><p>{say(`staff.${way}.lead`)}</p></li>)}
          </ul>
          )}
    </>
  )
}

/** Nothing counts that keys sign before the ledger knows whose they are. */
function WhenBound ({ children }: { children: JSX.Element }): JSX.Element {
  const { say } = useSpeech()
  const asked = useAsked('practice', 'readOwn', undefined)
  const { value } = asked
  return (
    <>
      <Asking asked={asked} />
      {value === undefined ? null : value.bound ? children : <p className='notice'>{say('own.unbound')} <Link href='/own'>{say('own.title')}</Link></p>}
    </>
  )
}

function Finding ({ box: { eventId, patientId }, findings, done }: {
  box: ShownEmergency, findings: readonly string[], done: () => void
}): JSX.Element {
  const { say } = useSpeech()
  const [finding, setFinding] = useState('')
  const choices = [{ id: '', name: say('review.choose') }, ...optionsOf(say, 'audit.finding', findings)]
  return (
    <form onSubmit={(event) => { event.preventDefault() }}>
      <Choice label={say('review.finding')} value={finding} options={choices} onChange={setFinding} />
      {finding === ''
        ? <p className='hint'>{say('review.lead')}</p>
        : (
          <Act
            room='reviewing' action='review' look='main' label={say('review.do')} input={{ patientId, eventId, finding: finding as 'justified' }}
            onDone={done}
          />
          )}
    </form>
  )
}
