import { useState } from 'react'
import type { JSX, ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Form } from 'react-aria-components/Form'
import { askSecond } from '../../ask/authenticator.ts'
import { ask, lock } from '../../ask/desk.ts'
import { useKeys } from '../../ask/keys-state.tsx'
import { useWork } from '../../ask/use-work.ts'
import { useSay } from '../../i18n/language.tsx'
import { Field } from '../../parts/fields.tsx'
import { Page, Waiting } from '../../parts/page.tsx'
import { SealingFault } from './sealing.tsx'

/** Shown in place of any page while keys are locked. */
export default function Unlock (): JSX.Element {
  const say = useSay()
  const [removing, setRemoving] = useState(false)
  return (
    <Page title={say(removing ? 'forget.title' : 'unlock.title')} lead={say(removing ? 'forget.lead' : 'unlock.lead')}>
      <UnlockForm removing={removing}>
        <Button onPress={() => { setRemoving(!removing) }}>{say(removing ? 'dialog.cancel' : 'unlock.forget')}</Button>
      </UnlockForm>
    </Page>
  )
}

/** Asks for the pass-phrase, to unlock the keys of this machine or to remove them; `children` stand beside its button. */
export function UnlockForm ({ removing = false, children }: { removing?: boolean, children?: ReactNode }): JSX.Element {
  const say = useSay()
  const { known, look } = useKeys()
  const [passphrase, setPassphrase] = useState('')
  const second = known?.second
  const prepare = async (): Promise<{ passphrase: string, second?: Uint8Array }> =>
    second === undefined ? { passphrase } : { passphrase, second: await askSecond(second) }
  const { busy, problem, thrown, run } = useWork(async () => {
    await ask('keys', removing ? 'forget' : 'unlock', await prepare())
    // Other tabs may have unlocked what is here no more.
    if (removing) lock()
    await look()
  })
  return (
    <Form validationBehavior='aria' onSubmit={(event) => { event.preventDefault(); run() }}>
      <Field
        label={say('pass.label')} name='passphrase' type='password' autoComplete='current-password' value={passphrase} onChange={setPassphrase}
        {...(second === undefined ? {} : { hint: say('unlock.second') })}
      />
      <SealingFault thrown={thrown} problem={problem} />
      <Button type='submit' className='main' data-pending={busy || undefined}>{say(removing ? 'forget.do' : 'unlock.do')}</Button>
      {children}
      {busy ? <Waiting>{say('unlock.working')}</Waiting> : null}
    </Form>
  )
}
