import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { Form } from 'react-aria-components/Form'
import { useLocation } from 'wouter'
import { ask } from '../../ask/desk.ts'
import { useKeys } from '../../ask/keys-state.tsx'
import { askToPersist } from '../../ask/persist.ts'
import { useWork } from '../../ask/use-work.ts'
import { useSay } from '../../i18n/language.tsx'
import { Field } from '../../parts/fields.tsx'
import { Page, Waiting } from '../../parts/page.tsx'
import type { Role } from '../../roles/role-names.ts'
import { faultOf, NO_SEALING, SealingFault, SealingFields, sealingOf } from './sealing.tsx'

/** A phrase that the person has on paper. It stays in the fields until it was taken. */
export default function Restore ({ role = 'patient' }: { role?: Role }): JSX.Element {
  const say = useSay()
  const { look } = useKeys()
  const [, navigate] = useLocation()
  const [phrase, setPhrase] = useState('')
  const [sealing, setSealing] = useState(NO_SEALING)
  const [tried, setTried] = useState(false)
  const { busy, problem, thrown, run } = useWork(async () => {
    await ask('keys', 'restore', { phrase, role, ...await sealingOf(sealing) })
    void askToPersist()
    await look()
    navigate('/')
  })
  return (
    <Page title={say('restore.title')}>
      <Form
        validationBehavior='aria' onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (faultOf(sealing) === undefined) run()
        }}
      >
        <Field label={say('restore.phrase')} name='phrase' rows={4} latin hint={say('restore.hint')} value={phrase} onChange={setPhrase} />
        <SealingFields value={sealing} onChange={setSealing} tried={tried} />
        <SealingFault thrown={thrown} problem={problem} />
        <Button type='submit' className='main' data-pending={busy || undefined}>{say('restore.do')}</Button>
        {busy ? <Waiting>{say('new.working')}</Waiting> : null}
      </Form>
    </Page>
  )
}
