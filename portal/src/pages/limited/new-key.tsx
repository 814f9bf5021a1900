import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { Form } from 'react-aria-components/Form'
import { useLocation } from 'wouter'
import { makeSecond } from '../../ask/authenticator.ts'
import { ask } from '../../ask/desk.ts'
import { useKeys } from '../../ask/keys-state.tsx'
import { askToPersist } from '../../ask/persist.ts'
import { useWork } from '../../ask/use-work.ts'
import { useSay } from '../../i18n/language.tsx'
import { Worded } from '../../i18n/worded.tsx'
import { Check, Field } from '../../parts/fields.tsx'
import { Page, Waiting } from '../../parts/page.tsx'
import { isPatientId } from '../../parts/patient-id.ts'
import { SealingFault } from '../start/sealing.tsx'

/** A hospital's copy makes a key of its own, which its patient names in theirs: nothing secret is typed here. */
export default function NewKey (): JSX.Element {
  return <Worded words={['limited']}><Make /></Worded>
}

function Make (): JSX.Element {
  const say = useSay()
  const { look } = useKeys()
  const [, navigate] = useLocation()
  const [patientId, setPatientId] = useState('')
  const [tried, setTried] = useState(false)
  const [wantsSecond, setWantsSecond] = useState(false)
  const { busy, problem, thrown, run } = useWork(async () => {
    await ask('limited', 'make', { patientId, ...(wantsSecond ? { second: await makeSecond() } : {}) })
    void askToPersist()
    await look()
    navigate('/key')
  })
  return (
    <Page title={say('start.limited')} lead={say('limited.lead')}>
      <Form validationBehavior='aria' onSubmit={(event) => { event.preventDefault(); setTried(true); if (isPatientId(patientId)) run() }}>
        <Field
          label={say('limited.patient')} name='patient' latin hint={say('limited.patient.hint')} value={patientId} onChange={setPatientId}
          error={tried && !isPatientId(patientId) ? say('limited.patient.wrong') : undefined}
        />
        {'credentials' in navigator && 'PublicKeyCredential' in globalThis
          ? <Check label={say('second.label')} hint={say('limited.second')} value={wantsSecond} onChange={setWantsSecond} />
          : null}
        <SealingFault thrown={thrown} problem={problem} unsupported='limited.second.unsupported' />
        <Button type='submit' className='main' data-pending={busy || undefined}>{say('limited.make')}</Button>
        {busy ? <Waiting>{say('app.starting')}</Waiting> : null}
      </Form>
    </Page>
  )
}
