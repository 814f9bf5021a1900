import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { useLocation } from 'wouter'
import type { GranteeShown } from '@epione/sdk'
import { useSpeech } from '../../../i18n/language.tsx'
import { Page } from '../../../parts/page.tsx'
import type { GranteeNamed } from '../../../worker/rooms/consents.ts'
import { StepSure } from './step-sure.tsx'
import { StepWhat } from './step-what.tsx'
import type { Terms } from './step-what.tsx'
import { StepWhom } from './step-whom.tsx'

const FIRST: Terms = { categories: [], purposes: ['TREAT'], actions: ['read'], days: 30 }

/** Whom, what, and whether that is really meant: nothing that was entered is lost between the steps. */
export default function NewConsent (): JSX.Element {
  const { say, number } = useSpeech()
  const [, navigate] = useLocation()
  const [step, setStep] = useState<1 | 2 | 3>(1)
  const [named, setNamed] = useState<GranteeNamed>()
  const [shown, setShown] = useState<GranteeShown>()
  const [terms, setTerms] = useState(FIRST)
  const back = step === 1 ? undefined : () => { setStep(step === 3 ? 2 : 1) }
  return (
    <Page key={step} title={say(`consent.step${step}`)} lead={say('consent.step', { step: number(step) })}>
      {step === 1
        ? (
          <StepWhom
            named={named} next={(chosen, grantee) => {
              setNamed(chosen)
              setShown(grantee)
              setStep(2)
            }}
          />
          )
        : step === 2 || named === undefined || shown === undefined
          ? <StepWhat terms={terms} onChange={setTerms} next={() => { setStep(3) }} />
          : <StepSure chosen={{ ...terms, grantee: named }} grantee={shown} onDone={() => { navigate('/consents') }} />}
      {back === undefined ? null : <p><Button onPress={back}>{say('consent.back')}</Button></p>}
    </Page>
  )
}
