import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import type { GuardianKey } from '@epione/sdk'
import { askSecond } from '../../../ask/authenticator.ts'
import { ask } from '../../../ask/desk.ts'
import { useKeys } from '../../../ask/keys-state.tsx'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Act } from '../../../parts/act.tsx'
import { Choice, Field } from '../../../parts/fields.tsx'
import { useNames } from '../../../parts/names.tsx'
import type { Input } from '../../../worker/rooms.ts'

/** A key file has some hundred bytes. */
const FILE_MAX_BYTES = 65_536

interface Chosen { name: string, key: GuardianKey }

/** Key files of guardians, how many of them must agree, and the pass-phrase once more. What was entered stays until it is done. */
export function NameGuardians ({ isFirst, onDone }: { isFirst: boolean, onDone: () => void }): JSX.Element {
  const { say, number } = useSpeech()
  const nameOf = useNames()
  const { known } = useKeys()
  const own = useAsked('protection', 'readOwnId', undefined)
  const [chosen, setChosen] = useState<Chosen[]>([])
  const [faults, setFaults] = useState<string[]>([])
  const [threshold, setThreshold] = useState(2)
  const [passphrase, setPassphrase] = useState('')
  const [keptBy, setKeptBy] = useState<string[]>()
  const take = async (files: FileList | null): Promise<void> => {
    const [taken, wrong]: [Chosen[], string[]] = [[...chosen], []]
    for (const file of files ?? []) {
      try {
        const text = file.size > FILE_MAX_BYTES ? '' : await file.text()
        const key = await ask('guardians', 'readKey', { name: file.name, text })
        if (taken.some((other) => other.key.signingKey === key.signingKey)) wrong.push(say('guardians.twice', { name: file.name }))
        else taken.push({ name: file.name, key })
      } catch {
        // The sentence says what is wrong with it, whatever exactly it is.
        wrong.push(say('guardians.badFile', { name: file.name }))
      }
    }
    setChosen(taken)
    setFaults(wrong)
  }
  const input = async (): Promise<Input<'guardians', 'name'>> => ({
    keys: chosen.map(({ key }) => key),
    threshold: Math.min(threshold, chosen.length),
    unlocking: known?.second === undefined ? { passphrase } : { passphrase, second: await askSecond(known.second) }
  })
  return (
    <section aria-labelledby='name'>
      <h2 id='name'>{say(isFirst ? 'guardians.name' : 'guardians.rename')}</h2>
      <p>{say('guardians.name.lead', { patientId: own.value?.patientId ?? '…' })}</p>
      {keptBy === undefined ? null : <p className='notice' role='status'>{say('guardians.done', { hospitals: keptBy.map(nameOf).join(', ') })}</p>}
      <form onSubmit={(event) => { event.preventDefault() }}>
        <fieldset>
          <legend>{say('guardians.files')}</legend>
          <FileTrigger allowsMultiple onSelect={(files) => { void take(files) }}><Button>{say('guardians.choose')}</Button></FileTrigger>
          <p role='status'>{say('guardians.chosen', { count: chosen.length })}</p>
          <ul>
            {chosen.map(({ name, key: { signingKey, receivingKey } }) => (
              <li key={signingKey}>
                <bdi>{name}</bdi>{' '}
                <Button
                  aria-label={`${say('guardians.remove')}: ${name}`}
                  onPress={() => { setChosen(chosen.filter(({ key }) => key.signingKey !== signingKey)) }}
                >
                  {say('guardians.remove')}
                </Button>
                <small><bdi><code>{signingKey} {receivingKey}</code></bdi></small>
              </li>
            ))}
          </ul>
          {faults.map((fault) => <p key={fault} role='alert' className='notice bad'>{fault}</p>)}
        </fieldset>
        {chosen.length < 2
          ? <p className='hint'>{say('guardians.few')}</p>
          : (
            <>
              <Choice
                label={say('guardians.threshold')} value={String(Math.min(threshold, chosen.length))} onChange={(value) => { setThreshold(Number(value)) }}
                options={chosen.slice(1).map((_, at) => ({ id: String(at + 2), name: number(at + 2) }))}
              />
              <Field
                label={say('pass.label')} name='passphrase' type='password' autoComplete='current-password' hint={say('guardians.pass.hint')}
                value={passphrase} onChange={setPassphrase}
              />
              <Act
                room='guardians' action='name' input={input} label={say('guardians.do')} look='main' onDone={(set) => {
                  setKeptBy(set.keptBy)
                  setChosen([])
                  setPassphrase('')
                  onDone()
                }}
              />
            </>
            )}
      </form>
    </section>
  )
}
