import type { JSX } from 'react'
import { Link } from 'wouter'
import type { LoggedAccessEvent } from '@epione/protocol/api'
import type { RecordSummary } from '@epione/sdk'
import { useSpeech } from '../../../i18n/language.tsx'
import { Asker, Person } from '../../../parts/names.tsx'
import { sayCode, sayTargets } from '../../../parts/said.tsx'
import type { Happening } from '../../../worker/rooms/timeline.ts'

/** One row each; on a narrow page each row is a card. */
export function Happenings ({ items }: { items: readonly Happening[] }): JSX.Element {
  const { say } = useSpeech()
  return (
    <table className='log'>
      <thead>
        <tr>
          <th scope='col'>{say('log.when')}</th>
          <th scope='col'>{say('log.who')}</th>
          <th scope='col'>{say('log.what')}</th>
          <th scope='col'>{say('log.why')}</th>
          <th scope='col'>{say('log.decision')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => item.kind === 'look'
          ? <Look key={item.event.eventId} event={item.event} />
          : <RecordCame key={`${item.record.recordId}:${item.record.version}`} record={item.record} />)}
      </tbody>
    </table>
  )
}

function RecordCame ({ record }: { record: RecordSummary }): JSX.Element {
  const { say, time, number } = useSpeech()
  const { recordId, version, category = '', author, state, segment } = record
  const name = sayCode(say, 'category', category)
  return (
    <tr>
      <td data-label={say('log.when')}>{time(record.issuedAt)}</td>
      <td data-label={say('log.who')}><Person id={author} /></td>
      <td data-label={say('log.what')}>
        {segment === undefined ? <Link href={`/records/${recordId}/${version}`}>{say('record.came', { category: name })}</Link> : say('record.segment', { category: name })}
        <small>{say('record.version', { version: number(version) })}</small>
      </td>
      <td data-label={say('log.why')}>{sayCode(say, 'media', record.mediaClass)}</td>
      <td data-label={say('log.decision')}><span className='badge'>{sayCode(say, 'record.state', state ?? 'current')}</span></td>
    </tr>
  )
}

function Look ({ event }: { event: LoggedAccessEvent }): JSX.Element {
  const { say, time } = useSpeech()
  const { actor, decision, purpose, action, emergency } = event
  return (
    <tr>
      <td data-label={say('log.when')}>{time(event.time)}</td>
      <td data-label={say('log.who')}><Asker actor={actor} /></td>
      <td data-label={say('log.what')}>
        <Link href={`/looks/${event.eventId}`}>{sayCode(say, 'action', action)}</Link><small>{sayTargets(say, event)}</small>
      </td>
      <td data-label={say('log.why')}>
        {sayCode(say, 'purpose', purpose)}{emergency === undefined ? null : <strong> {say('log.emergency')}</strong>}
      </td>
      <td data-label={say('log.decision')}>
        <span className={`badge ${decision}`}>{say(`log.${decision}`)}</span>
        {event.repeats === undefined ? null : <small>{say('log.repeats', { count: event.repeats })}</small>}
      </td>
    </tr>
  )
}
