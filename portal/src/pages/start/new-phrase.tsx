import { useEffect, useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { Form } from 'react-aria-components/Form'
import { useLocation } from 'wouter'
import { ask } from '../../ask/desk.ts'
import { useKeys } from '../../ask/keys-state.tsx'
import { askToPersist } from '../../ask/persist.ts'
import { problemOf } from '../../ask/use-asked.ts'
import { useWork } from '../../ask/use-work.ts'
import { useSay, useSpeech } from '../../i18n/language.tsx'
import { Field } from '../../parts/fields.tsx'
import { Page, Waiting } from '../../parts/page.tsx'
import { ProblemShown } from '../../parts/problem.tsx'
import type { Problem } from '../../worker/problem.ts'
import type { Role } from '../../roles/role-names.ts'
import { faultOf, NO_SEALING, SealingFault, SealingFields, sealingOf } from './sealing.tsx'

interface Made { words: string[], asked: number[] }

/** A phrase is made, shown once, and kept when the person said words of it back. */
export default function NewPhrase ({ role = 'patient' }: { role?: Role }): JSX.Element {
  const say = useSay()
  const [made, setMade] = useState<Made>()
  const [problem, setProblem] = useState<Problem>()
  const [step, setStep] = useState<'words' | 'back'>('words')
  useEffect(() => {
    let current = true
    ask('keys', 'makePhrase', undefined).then(
      (value) => { if (current) setMade(value) },
      (error: unknown) => { if (current) setProblem(problemOf(error)) }
    )
    return () => { current = false }
  }, [])
  if (problem !== undefined) return <Page title={say('new.title')}><ProblemShown problem={problem} /></Page>
  if (made === undefined) return <Waiting>{say('app.starting')}</Waiting>
  return step === 'words'
    ? <Words words={made.words} next={() => { setStep('back') }} />
    : <SayBack role={role} asked={made.asked} back={() => { setStep('words') }} />
}

function Words ({ words, next }: { words: string[], next: () => void }): JSX.Element {
  const say = useSay()
  return (
    <Page title={say('new.title')} lead={say('new.lead')}>
      <ol className='words' lang='en' dir='ltr' aria-label={say('new.words')}>
        {words.map((word, place) => <li key={place}>{word}</li>)}
      </ol>
      <Button className='main' onPress={next}>{say('new.written')}</Button>
    </Page>
  )
}

function SayBack ({ role, asked, back }: { role: Role, asked: number[], back: () => void }): JSX.Element {
  const { say } = useSpeech()
  const { look } = useKeys()
  const [, navigate] = useLocation()
  const [words, setWords] = useState(asked.map(() => ''))
  const [sealing, setSealing] = useState(NO_SEALING)
  const [tried, setTried] = useState(false)
  const { busy, problem, thrown, run } = useWork(async () => {
    await ask('keys', 'keepMade', { words, role, ...await sealingOf(sealing) })
    void askToPersist()
    await look()
    navigate('/')
  })
  return (
    <Page title={say('new.check.title')} lead={say('new.check.lead')}>
      <Form
        validationBehavior='aria' onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (faultOf(sealing) === undefined) run()
        }}
      >
        {asked.map((place, index) => (
          <Field
            key={place} label={say('new.word', { place: place + 1 })} name={`word-${place}`} latin value={words[index] ?? ''}
            onChange={(word) => { setWords(words.map((former, at) => at === index ? word : former)) }}
          />
        ))}
        <SealingFields value={sealing} onChange={setSealing} tried={tried} />
        <SealingFault thrown={thrown} problem={problem} />
        <Button type='submit' className='main' data-pending={busy || undefined}>{say('new.keep')}</Button>
        <Button onPress={back}>{say('new.back')}</Button>
        {busy ? <Waiting>{say('new.working')}</Waiting> : null}
      </Form>
    </Page>
  )
}
