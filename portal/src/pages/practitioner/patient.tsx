import { useState } from 'react'
import type { JSX } from 'react'
import { useParams } from 'wouter'
import type { RecordSummary } from '@epione/sdk'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Act } from '../../parts/act.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Choice, Field } from '../../parts/fields.tsx'
import { Person } from '../../parts/names.tsx'
import { Page } from '../../parts/page.tsx'
import { optionsOf, sayCode } from '../../parts/said.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import type { Asked, PatientShown } from '../../worker/rooms/reading.ts'
import { Answer } from './answer.tsx'

/** One patient: what they let this person do, their records, and what came of asking for one. */
export default function Patient (): JSX.Element {
  return <WhenSignedIn duty='clinician'><Shown /></WhenSignedIn>
}

function Shown (): JSX.Element {
  const { say } = useSpeech()
  const { patientId = '' } = useParams()
  const asked = useAsked('reading', 'readPatient', { patientId })
  return (
    <Page title={say('patient.title')} lead={<bdi><code>{patientId}</code></bdi>}>
      <Asking asked={asked} />
      {asked.value === undefined ? null : <><Consents shown={asked.value} /><Records shown={asked.value} /></>}
    </Page>
  )
}

function Consents ({ shown: { consents } }: { shown: PatientShown }): JSX.Element {
  const { say, time } = useSpeech()
  const list = (prefix: string, codes: readonly string[]): string => codes.map((code) => sayCode(say, prefix, code)).join(', ')
  return (
    <section aria-labelledby='consents'>
      <h2 id='consents'>{say('patient.consents')}</h2>
      {consents.length === 0 ? <p>{say('patient.noConsent')}</p> : null}
      <ul>
        {consents.map(({ consentId, status, actions, purposes, notAfter, forDepartment }) => (
          <li key={consentId}>
            <span className='badge'>{sayCode(say, 'consent.status', status)}</span> {list('action', actions)}: {list('purpose', purposes)}
            <small> {say('patient.until', { time: time(notAfter) })}{forDepartment ? ` ${say('patient.forDepartment')}` : ''}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface Answered { record: Pick<RecordSummary, 'recordId' | 'version'>, asked: Asked }

function Records ({ shown: { patientId, records, purposes } }: { shown: PatientShown }): JSX.Element {
  const { say, time } = useSpeech()
  const [purpose, setPurpose] = useState('TREAT')
  const [answered, setAnswered] = useState<Answered>()
  const live = records.filter(({ end, segment }) => end === undefined && segment === undefined)
  const ask = (record: Answered['record']): JSX.Element => (
    <Act
      room='reading' action='request' input={{ patientId, recordId: record.recordId, version: record.version, purpose }}
      label={say('ask.do')} about={record.recordId} onDone={(asked) => { setAnswered({ record, asked }) }}
    />
  )
  return (
    <section aria-labelledby='records'>
      <h2 id='records'>{say('patient.records')}</h2>
      <Choice label={say('ask.purpose')} value={purpose} onChange={setPurpose} options={optionsOf(say, 'purpose', purposes)} />
      {live.length === 0 ? <p>{say('patient.noRecords')}</p> : null}
      <ul className='cards'>
        {live.map((record) => (
          <li key={`${record.recordId}:${record.version}`}>
            <h3>{sayCode(say, 'media', record.mediaClass)}, {time(record.issuedAt)}</h3>
            <p className='hint'>
              <Person id={record.author} /> · {sayCode(say, 'level', record.level)} · <bdi><code>{record.recordId}</code></bdi> · {say('record.version', { version: record.version })}
            </p>
            {ask(record)}
          </li>
        ))}
      </ul>
      <details>
        <summary>{say('ask.byId')}</summary>
        <ById ask={ask} />
      </details>
      {answered === undefined ? null : <Answer key={answered.asked.eventId} asked={answered.asked} name={answered.record.recordId} />}
    </section>
  )
}

/** A record that nobody lists here: what is not permitted is denied, with reasons, and logged. */
function ById ({ ask }: { ask: (record: Answered['record']) => JSX.Element }): JSX.Element {
  const { say } = useSpeech()
  const [text, setText] = useState('')
  const [recordId = '', version = '1'] = text.trim().split(':')
  const isOne = /^[0-9a-f]{32}$/.test(recordId) && /^[1-9][0-9]{0,8}$/.test(version)
  return (
    <>
      <Field label={say('record.id')} name='record' latin hint={say('ask.byId.hint')} value={text} onChange={setText} />
      {isOne ? ask({ recordId, version: Number(version) }) : null}
    </>
  )
}
