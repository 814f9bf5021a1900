import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { Link } from 'wouter'
import type { Notice } from '@epione/sdk'
import { ask } from '../../../ask/desk.ts'
import { useWork } from '../../../ask/use-work.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Grantee, Hospital, Person } from '../../../parts/names.tsx'
import { Page, Waiting } from '../../../parts/page.tsx'
import { ProblemShown } from '../../../parts/problem.tsx'
import { sayCode } from '../../../parts/said.tsx'
import { Warnings } from '../../../parts/warnings.tsx'
import { clearHeard, useHeardNotices } from './heard.ts'

/** What happened since the last time, and what happens meanwhile: as two hospitals tell it. */
export default function Notices (): JSX.Element {
  const { say } = useSpeech()
  const shown = useHeardNotices()
  const { notices, warnings, through } = shown
  const { busy, problem, run } = useWork(async () => {
    if (through !== undefined) await ask('notices', 'markSeen', { place: through })
    clearHeard(shown)
  })
  return (
    <Page title={say('notices.title')} lead={say('notices.lead')}>
      {through === undefined ? <Waiting /> : null}
      <Warnings warnings={warnings} />
      {notices.length === 0
        ? through === undefined ? null : <p role='status'>{say('notices.none')}</p>
        : <ul className='cards' aria-live='polite'>{notices.map((notice) => <li key={notice.place}><Told notice={notice} /></li>)}</ul>}
      {problem === undefined ? null : <ProblemShown problem={problem} again={run} />}
      {notices.length + warnings.length === 0
        ? null
        : <Button className='main' onPress={run} data-pending={busy || undefined}>{say('notices.seen')}</Button>}
    </Page>
  )
}

function Told ({ notice }: { notice: Notice }): JSX.Element {
  const { say, time } = useSpeech()
  if (notice.kind === 'access') {
    const { event: { actor, decision, action, purpose, eventId, emergency, time: at } } = notice
    return (
      <>
        <p className='hint'>{time(at)}</p>
        <p><span className={`badge ${decision}`}>{say(`log.${decision}`)}</span> {emergency === undefined ? null : <strong>{say('log.emergency')}</strong>}</p>
        <p><Person id={`${actor.mspId}/${actor.staffId}`} /></p>
        <p><Link href={`/looks/${eventId}`}>{sayCode(say, 'action', action)}</Link> · {sayCode(say, 'purpose', purpose)}</p>
      </>
    )
  }
  if (notice.kind === 'group') {
    const { change: { mspId, department, joined, left, consents, time: at } } = notice
    return (
      <>
        <p className='hint'>{time(at)}</p>
        <p><Hospital mspId={mspId} /> / <bdi>{department}</bdi></p>
        <p>{say('notices.group', { joined: joined.length, left: left.length })}</p>
        {consents.length === 0 ? null : <p className='hint'>{say('notices.group.consents')}</p>}
      </>
    )
  }
  const { change: { change, terms, time: at } } = notice
  return (
    <>
      <p className='hint'>{time(at)}</p>
      <p>{sayCode(say, 'notices.change', change)}</p>
      {terms === undefined ? null : <p><Grantee terms={terms} /></p>}
      <p><Link href='/consents'>{say('nav.consents')}</Link></p>
    </>
  )
}
