import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { Form } from 'react-aria-components/Form'
import { Link, useLocation } from 'wouter'
import { useAsked } from '../../ask/use-asked.ts'
import { useSay } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Field } from '../../parts/fields.tsx'
import { Page } from '../../parts/page.tsx'
import { sayCode } from '../../parts/said.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import { patientIdFault } from './patient-id.ts'

/** Patients who let this person do something, and the way to any other. */
export default function Patients (): JSX.Element {
  return <WhenSignedIn duty='clinician'><Listed /></WhenSignedIn>
}

function Listed (): JSX.Element {
  const say = useSay()
  const asked = useAsked('reading', 'listPatients', undefined)
  const { value } = asked
  return (
    <Page title={say('patients.title')} lead={say('patients.lead')}>
      <Asking asked={asked} />
      {value === undefined
        ? null
        : value.items.length === 0
          ? <p>{say('patients.none')}</p>
          : (
            <ul className='cards'>
              {value.items.map(({ patientId, actions }) => (
                <li key={patientId}>
                  <Link href={`/patients/${patientId}`}><bdi><code>{patientId}</code></bdi></Link>
                  <p className='hint'>{actions.map((action) => sayCode(say, 'action', action)).join(', ')}</p>
                </li>
              ))}
            </ul>
            )}
      <Other />
    </Page>
  )
}

function Other (): JSX.Element {
  const say = useSay()
  const [, navigate] = useLocation()
  const [patientId, setPatientId] = useState('')
  const [tried, setTried] = useState(false)
  const fault = patientIdFault(patientId)
  return (
    <Form
      validationBehavior='aria' onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (fault === undefined) navigate(`/patients/${patientId.trim()}`)
      }}
    >
      <Field label={say('patients.other')} name='patient' latin value={patientId} onChange={setPatientId} error={tried && fault !== undefined ? say(fault) : undefined} />
      <Button type='submit'>{say('patients.look')}</Button>
    </Form>
  )
}
