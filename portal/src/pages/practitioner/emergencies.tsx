import type { JSX } from 'react'
import { Link } from 'wouter'
import type { ShownEmergency } from '@epione/protocol/api'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Act } from '../../parts/act.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Page } from '../../parts/page.tsx'
import { Person } from '../../parts/names.tsx'
import { sayCode } from '../../parts/said.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'

/** Boxes that this person opened, and what other hospitals found of them. */
export default function Emergencies (): JSX.Element {
  return <WhenSignedIn duty='clinician'><Listed /></WhenSignedIn>
}

function Listed (): JSX.Element {
  const { say } = useSpeech()
  const asked = useAsked('emergencies', 'listOwn', undefined)
  const { value } = asked
  return (
    <Page title={say('glass.title')} lead={say('glass.lead')}>
      <p><Link href='/emergencies/new' className='button danger'>{say('glass.new')}</Link></p>
      <h2>{say('glass.own')}</h2>
      <Asking asked={asked} />
      {value?.items.length === 0 ? <p>{say('glass.none')}</p> : null}
      <ul className='cards'>{value?.items.map((box) => <li key={box.eventId}><Box box={box} onClosed={() => { asked.again() }} /></li>)}</ul>
    </Page>
  )
}

function Box ({ box, onClosed }: { box: ShownEmergency, onClosed: () => void }): JSX.Element {
  const { say, time, number } = useSpeech()
  const { eventId, patientId, reason, state, openUntil, reviewBy, opened, review } = box
  return (
    <>
      <h3>{time(box.time)} <span className='badge'>{sayCode(say, 'glass.state', state)}</span></h3>
      <p><bdi><code>{patientId}</code></bdi></p>
      <p>{sayCode(say, 'glass.reason', reason)} · {say('glass.opened', { count: opened.length })}</p>
      {state === 'open' ? <p>{say('glass.openUntil', { time: time(openUntil) })}</p> : null}
      {review === undefined
        ? <p className='hint'>{say('glass.reviewBy', { time: time(reviewBy) })}</p>
        : <p>{sayCode(say, 'glass.finding', review.finding)} <Person id={`${review.mspId}/${review.staffId}`} /> {time(review.time)}</p>}
      {state === 'open' ? <Act room='emergencies' action='close' input={{ patientId, eventId }} label={say('glass.close')} about={number(box.blockNumber)} onDone={onClosed} /> : null}
    </>
  )
}
