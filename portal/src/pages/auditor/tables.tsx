import type { JSX } from 'react'
import { Link } from 'wouter'
import type { ConsentChange, GroupChange, LoggedAccessEvent, LoggedReading, ShownEmergency } from '@epione/protocol/api'
import { useSpeech } from '../../i18n/language.tsx'
import { Asker, Grantee, Hospital, Person } from '../../parts/names.tsx'
import { sayCode, sayTargets } from '../../parts/said.tsx'
import { Table } from '../../parts/table.tsx'
import type { Column } from '../../parts/table.tsx'
import { addressOf } from './filters.ts'

export type Listed = LoggedAccessEvent | LoggedReading | ShownEmergency | ConsentChange | GroupChange

const columnsOf = (item: Listed, speech: ReturnType<typeof useSpeech>): Column[] => {
  if ('decision' in item) return ofEvent(item, speech)
  if ('reviewBy' in item) return ofBox(item, speech)
  if ('change' in item) return ofConsent(item, speech)
  if ('readingId' in item) return ofReading(item, speech)
  return ofGroup(item, speech)
}

const keyOf = (item: Listed): string => 'eventId' in item ? item.eventId : 'readingId' in item ? item.readingId : 'change' in item ? `${item.change} ${item.statementId}` : item.statementId

/** What a list of the log has, a row each; on a narrow page each row is a card. */
export function Entries ({ items }: { items: readonly Listed[] }): JSX.Element {
  const speech = useSpeech()
  const { say } = speech
  if (items.length === 0) return <p>{say('audit.none')}</p>
  return <Table rows={items.map((item) => ({ key: keyOf(item), columns: columnsOf(item, speech) }))} />
}

type Speech = ReturnType<typeof useSpeech>

/** A pseudonym, which narrows the log to that patient. */
function Patient ({ id }: { id: string }): JSX.Element {
  return <Link href={addressOf('/audit/log', { patientId: id })}><bdi><code>{id.slice(0, 12)}…</code></bdi></Link>
}

function ofEvent (event: LoggedAccessEvent, { say, time }: Speech): Column[] {
  const { actor, decision, purpose, action, emergency, reasons, patientId, eventId, repeats } = event
  return [
    { title: 'log.when', cell: <Link href={`/audit/events/${eventId}`}>{time(event.time)}</Link> },
    { title: 'log.who', cell: <Asker actor={actor} /> },
    { title: 'audit.patient', cell: <Patient id={patientId} /> },
    { title: 'log.what', cell: <>{sayCode(say, 'action', action)}<small>{sayTargets(say, event)}</small></> },
    { title: 'log.why', cell: <>{sayCode(say, 'purpose', purpose)}{emergency === undefined ? null : <strong> {say('log.emergency')}</strong>}</> },
    {
      title: 'log.decision',
      cell: (
        <>
          <span className={`badge ${decision}`}>{say(`log.${decision}`)}</span>
          {decision === 'deny' ? reasons.map(({ rule }) => <small key={rule}><code>{rule}</code></small>) : null}
          {repeats === undefined ? null : <small>{say('log.repeats', { count: repeats })}</small>}
        </>
      )
    }
  ]
}

function ofBox (box: ShownEmergency, { say, time, number }: Speech): Column[] {
  const { eventId, mspId, staffId, patientId, reason, state, openUntil, closedAt, reviewBy, opened, review } = box
  return [
    { title: 'log.when', cell: <Link href={`/audit/events/${eventId}`}>{time(box.time)}</Link> },
    { title: 'log.who', cell: <Person id={`${mspId}/${staffId}`} /> },
    { title: 'audit.patient', cell: <Patient id={patientId} /> },
    { title: 'audit.box.reason', cell: sayCode(say, 'audit.reason', reason) },
    { title: 'audit.box.until', cell: time(closedAt ?? openUntil) },
    { title: 'audit.box.opened', cell: number(opened.length) },
    {
      title: 'audit.box.review',
      cell: (
        <>
          <Link href={`/audit/reviews/${eventId}`} className={`badge ${state === 'overdue' ? 'deny' : ''}`}>{sayCode(say, 'audit.box', state)}</Link>
          {review === undefined
            ? <small>{say('audit.box.by', { time: time(reviewBy) })}</small>
            : <small><Person id={`${review.mspId}/${review.staffId}`} />, {sayCode(say, 'audit.finding', review.finding)}, {time(review.time)}</small>}
        </>
      )
    }
  ]
}

function ofConsent (change: ConsentChange, { say, time }: Speech): Column[] {
  const { terms, patientId, activeFrom, ended } = change
  return [
    { title: 'log.when', cell: time(change.time) },
    { title: 'log.what', cell: sayCode(say, 'audit.change', change.change) },
    { title: 'audit.patient', cell: <Patient id={patientId} /> },
    { title: 'audit.grantee', cell: terms === undefined ? '' : <Grantee terms={terms} /> },
    { title: 'log.why', cell: terms === undefined ? '' : terms.purposes.map((purpose) => sayCode(say, 'purpose', purpose)).join(', ') },
    { title: 'audit.force', cell: <>{activeFrom === undefined ? '' : time(activeFrom)}{ended === undefined ? null : <small>{sayCode(say, 'audit.change', ended.cause)}, {time(ended.time)}</small>}</> }
  ]
}

function ofGroup (change: GroupChange, { time, number }: Speech): Column[] {
  const { mspId, department, joined, left, consents } = change
  return [
    { title: 'log.when', cell: time(change.time) },
    { title: 'audit.filter.department', cell: <><Hospital mspId={mspId} /> <bdi>{department}</bdi></> },
    { title: 'audit.joined', cell: <bdi>{joined.join(', ')}</bdi> },
    { title: 'audit.left', cell: <bdi>{left.join(', ')}</bdi> },
    { title: 'audit.consents', cell: number(consents.length) }
  ]
}

function ofReading (reading: LoggedReading, { say, time, number }: Speech): Column[] {
  const { as, reader, mspId, reads, patients = [], exported } = reading
  return [
    { title: 'log.when', cell: time(reading.time) },
    { title: 'log.who', cell: <><Hospital mspId={mspId} /> <bdi><code>{reader.slice(0, 24)}</code></bdi></> },
    { title: 'audit.as', cell: sayCode(say, 'audit.as', as) },
    { title: 'audit.reads', cell: number(reads) },
    { title: 'audit.patients', cell: number(patients.length) },
    { title: 'audit.taken', cell: exported === undefined ? '' : <bdi><code>{exported.slice(0, 16)}…</code></bdi> }
  ]
}
