import { useState } from 'react'
import type { JSX } from 'react'
import { makeSecond, NoPrf } from '../../ask/authenticator.ts'
import type { Second } from '../../ask/authenticator.ts'
import { useSay } from '../../i18n/language.tsx'
import type { MessageId } from '../../i18n/languages.ts'
import { Check, Field } from '../../parts/fields.tsx'
import { ProblemShown } from '../../parts/problem.tsx'
import type { Problem } from '../../worker/problem.ts'

const PASSPHRASE_MIN = 12

/** What a person chose to seal their phrase with. */
export interface Sealing {
  passphrase: string
  again: string
  wantsSecond: boolean
}

export const NO_SEALING: Sealing = { passphrase: '', again: '', wantsSecond: false }

/** What is wrong with the choice, if anything. */
export function faultOf ({ passphrase, again }: Sealing): MessageId | undefined {
  if (passphrase.length < PASSPHRASE_MIN) return 'pass.short'
  return passphrase === again ? undefined : 'pass.differs'
}

/** Asks the authenticator where one was chosen. @throws {NoPrf} */
export async function sealingOf ({ passphrase, wantsSecond }: Sealing): Promise<{ passphrase: string, second?: Second }> {
  return wantsSecond ? { passphrase, second: await makeSecond() } : { passphrase }
}

/** Why a phrase was not sealed or opened: an authenticator that was no help has a sentence of its own. */
export function SealingFault ({ thrown, problem, unsupported = 'second.unsupported' }: {
  thrown: unknown, problem: Problem | undefined, unsupported?: MessageId
}): JSX.Element | null {
  const say = useSay()
  if (thrown instanceof NoPrf || thrown instanceof DOMException) return <p role='alert' className='notice bad'>{say(unsupported)}</p>
  return problem === undefined ? null : <ProblemShown problem={problem} />
}

/** Pass-phrase twice, and the authenticator as one likes. */
export function SealingFields ({ value, onChange, tried }: {
  value: Sealing, onChange: (value: Sealing) => void, tried: boolean
}): JSX.Element {
  const say = useSay()
  const [left, setLeft] = useState(false)
  const fault = faultOf(value)
  const shown = tried || left ? fault : undefined
  return (
    <fieldset onBlur={({ currentTarget, relatedTarget }) => { if (!currentTarget.contains(relatedTarget)) setLeft(true) }}>
      <legend>{say('pass.label')}</legend>
      <Field
        label={say('pass.new')} name='passphrase' type='password' autoComplete='new-password' hint={say('pass.hint')} value={value.passphrase}
        onChange={(passphrase) => { onChange({ ...value, passphrase }) }} error={shown === 'pass.short' ? say(shown) : undefined}
      />
      <Field
        label={say('pass.again')} name='again' type='password' autoComplete='new-password' value={value.again}
        onChange={(again) => { onChange({ ...value, again }) }} error={shown === 'pass.differs' ? say(shown) : undefined}
      />
      {'credentials' in navigator && 'PublicKeyCredential' in globalThis
        ? (
          <Check
            label={say('second.label')} hint={say('second.hint')} value={value.wantsSecond}
            onChange={(wantsSecond) => { onChange({ ...value, wantsSecond }) }}
          />
          )
        : null}
    </fieldset>
  )
}
