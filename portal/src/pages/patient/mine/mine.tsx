import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Act } from '../../../parts/act.tsx'
import { Asking } from '../../../parts/asking.tsx'
import { Choice } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { optionsOf, sayBytes } from '../../../parts/said.tsx'
import { save } from '../../../parts/save.ts'
import type { Done } from '../../../worker/rooms.ts'
import { Representatives } from './representatives.tsx'

/** Everything of the person's: to take it along, to have it erased, and who acts for them. */
export default function Mine (): JSX.Element {
  const { say } = useSpeech()
  return (
    <Page title={say('mine.title')} lead={say('mine.lead')}>
      <TakeOut />
      <EraseCategory />
      <Representatives />
    </Page>
  )
}

type Picker = typeof globalThis & { showDirectoryPicker?: (how: { mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle> }

function TakeOut (): JSX.Element {
  const { say, language, number } = useSpeech()
  const [folder, setFolder] = useState<FileSystemDirectoryHandle>()
  const [taken, setTaken] = useState<Done<'takeaway', 'takeOut'>>()
  const { showDirectoryPicker } = globalThis as Picker
  const choose = async (): Promise<void> => {
    // Whoever chooses none keeps the one before.
    const chosen = await showDirectoryPicker?.({ mode: 'readwrite' }).catch(() => undefined)
    if (chosen !== undefined) setFolder(chosen)
  }
  const done = (result: Done<'takeaway', 'takeOut'>): void => {
    setTaken(result)
    if (result.zip !== undefined) save(result.zip, 'epione.zip')
  }
  return (
    <section aria-labelledby='take'>
      <h2 id='take'>{say('take.title')}</h2>
      <p>{say('take.lead')}</p>
      {showDirectoryPicker === undefined
        ? null
        : (
          <>
            <p>{say('take.folder.lead')}</p>
            <p>
              <Button onPress={() => { void choose() }}>{say('take.folder')}</Button> {folder === undefined ? null : <bdi>{folder.name}</bdi>}
            </p>
          </>
          )}
      <div className='choices'>
        {folder === undefined ? null : <Act room='takeaway' action='takeOut' input={{ folder }} label={say('take.folder.do')} look='main' onDone={done} />}
        <Act room='takeaway' action='takeOut' input={{}} label={say('take.zip.do')} onDone={done} />
      </div>
      {taken === undefined
        ? null
        : (
          <div className={taken.left.length === 0 ? 'notice' : 'notice bad'} role='status'>
            <p>{say('take.done', { count: taken.files, size: sayBytes(language, taken.bytes), kept: number(taken.kept) })}</p>
            {taken.left.length === 0
              ? null
              : (
                <>
                  <p>{say('take.left', { count: taken.left.length })}</p>
                  <ul lang='en' dir='ltr'>{taken.left.map(({ what, why }) => <li key={what}>{what}: {why}</li>)}</ul>
                </>
                )}
          </div>
          )}
    </section>
  )
}

function EraseCategory (): JSX.Element {
  const { say } = useSpeech()
  const choices = useAsked('consents', 'listChoices', undefined)
  const [category, setCategory] = useState('')
  const [done, setDone] = useState<Done<'erasing', 'eraseAllOf'>>()
  return (
    <section aria-labelledby='erase'>
      <h2 id='erase'>{say('eraseAll.title')}</h2>
      <p>{say('eraseAll.lead')}</p>
      <Asking asked={choices} />
      <Choice
        label={say('record.category')} value={category} onChange={setCategory}
        options={[{ id: '', name: say('eraseAll.choose') }, ...optionsOf(say, 'category', choices.value?.categories)]}
      />
      {category === ''
        ? null
        : (
          <Act
            room='erasing' action='eraseAllOf' input={{ category }} label={say('eraseAll.do')} look='danger' onDone={(result) => {
              setDone(result)
              setCategory('')
            }}
          />
          )}
      {done === undefined ? null : <p className='notice' role='status'>{say('eraseAll.done', { count: done.versions, revoked: done.revoked })}</p>}
    </section>
  )
}
