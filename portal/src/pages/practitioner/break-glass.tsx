import { useState } from 'react'
import type { JSX } from 'react'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Act } from '../../parts/act.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Check, Choice, Field } from '../../parts/fields.tsx'
import { Page } from '../../parts/page.tsx'
import { optionsOf } from '../../parts/said.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import type { Broken } from '../../worker/rooms/emergencies.ts'
import type { Asked } from '../../worker/rooms/reading.ts'
import { Answer, Denied } from './answer.tsx'
import { patientIdFault } from './patient-id.ts'

const RECORD = /^[0-9a-f]{32}(:[1-9][0-9]{0,8})?$/

/** Breaking the glass: what follows from it is said before anything is asked. */
export default function BreakGlass (): JSX.Element {
  return <WhenSignedIn duty='clinician'><Consequences /></WhenSignedIn>
}

function Consequences (): JSX.Element {
  const { say } = useSpeech()
  const asked = useAsked('emergencies', 'listOwn', undefined)
  const [understood, setUnderstood] = useState(false)
  return (
    <Page title={say('glass.new')} lead={say('glass.new.lead')}>
      <ul className='notice bad'>
        {(['glass.means', 'glass.reviewed', 'glass.told', 'glass.levels'] as const).map((id) => <li key={id}>{say(id)}</li>)}
      </ul>
      <Check label={say('glass.understood')} value={understood} onChange={setUnderstood} />
      <Asking asked={asked} />
      {understood && asked.value !== undefined ? <Filled reasons={asked.value.reasons} /> : null}
    </Page>
  )
}

function Filled ({ reasons }: { reasons: readonly string[] }): JSX.Element {
  const { say } = useSpeech()
  const [patientId, setPatientId] = useState('')
  const [records, setRecords] = useState('')
  const [reason, setReason] = useState('')
  const [broken, setBroken] = useState<{ outcome: Broken, patientId: string }>()
  const named = records.split(/[\s,]+/).filter((one) => one !== '')
  const isWhole = patientIdFault(patientId) === undefined && named.length > 0 && named.every((one) => RECORD.test(one)) && reason !== ''
  const wanted = { patientId: patientId.trim(), records: named, reason: reason as 'covering' }
  const choices = [{ id: '', name: say('glass.reason.none') }, ...optionsOf(say, 'glass.reason', reasons)]
  return (
    <>
      <form onSubmit={(event) => { event.preventDefault() }}>
        <Field label={say('patient.id')} name='patient' latin value={patientId} onChange={setPatientId} />
        <Field label={say('glass.records')} name='records' rows={3} latin hint={say('glass.records.hint')} value={records} onChange={setRecords} />
        <Choice label={say('glass.reason')} value={reason} onChange={setReason} options={choices} />
        {isWhole
          ? (
            <Act
              room='emergencies' action='breakGlass' look='danger' label={say('glass.do')} input={wanted}
              onDone={(outcome) => { setBroken({ outcome, patientId: wanted.patientId }) }}
            />
            )
          : <p className='hint'>{say('glass.incomplete')}</p>}
      </form>
      {broken === undefined ? null : <Outcome key={broken.outcome.eventId} {...broken} />}
    </>
  )
}

/** Of the patient who was named then, whatever stands in the field by now. */
function Outcome ({ outcome, patientId }: { outcome: Broken, patientId: string }): JSX.Element {
  return outcome.decision === 'deny' ? <Denied denied={outcome} /> : <Opened broken={outcome} patientId={patientId} />
}

function Opened ({ broken: { eventId, records }, patientId }: { broken: Extract<Broken, { decision: 'permit' }>, patientId: string }): JSX.Element {
  const { say } = useSpeech()
  const [opened, setOpened] = useState<{ recordId: string, version: number, asked: Asked }>()
  return (
    <section aria-labelledby='broken'>
      <h2 id='broken' role='status'>{say('glass.permitted')}</h2>
      <p className='hint'>{say('glass.minute')}</p>
      <ul>
        {records.map(({ recordId, version }) => (
          <li key={`${recordId}:${version}`}>
            <bdi><code>{recordId}</code></bdi> · {say('record.version', { version })}{' '}
            <Act
              room='reading' action='openPermitted' input={{ patientId, eventId, recordId, version }} label={say('open.do')} about={`${recordId}:${version}`}
              onDone={(asked) => { setOpened({ recordId, version, asked }) }}
            />
          </li>
        ))}
      </ul>
      {opened === undefined ? null : <Answer key={`${opened.recordId}:${opened.version}`} asked={opened.asked} name={opened.recordId} />}
    </section>
  )
}
