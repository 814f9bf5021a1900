import { useState } from 'react'
import type { JSX } from 'react'
import { Link } from 'wouter'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Act } from '../../../parts/act.tsx'
import { Dropped } from '../../../parts/dropped.tsx'
import { Choice, Field } from '../../../parts/fields.tsx'
import { useNames } from '../../../parts/names.tsx'
import { Page } from '../../../parts/page.tsx'
import { ProblemShown } from '../../../parts/problem.tsx'
import { optionsOf, sayBytes } from '../../../parts/said.tsx'

/** A file of one's own becomes a record. What was chosen stays until it is registered. */
export default function Add (): JSX.Element {
  const { say, language } = useSpeech()
  const nameOf = useNames()
  const choices = useAsked('consents', 'listChoices', undefined)
  const [file, setFile] = useState<File>()
  const [category, setCategory] = useState('inbox')
  const [words, setWords] = useState('')
  const [added, setAdded] = useState<{ recordId: string, version: number, copies: string[] }>()
  const keywords = words.split(/[\s,]+/).filter((word) => word !== '')
  return (
    <Page title={say('add.title')} lead={say('add.lead')}>
      {choices.problem === undefined ? null : <ProblemShown problem={choices.problem} again={choices.again} />}
      {added === undefined
        ? null
        : (
          <p className='notice' role='status'>
            {say('add.done', { hospitals: added.copies.map(nameOf).join(', ') })} <Link href={`/records/${added.recordId}/${added.version}`}>{say('add.see')}</Link>
          </p>
          )}
      <form onSubmit={(event) => { event.preventDefault() }}>
        <Dropped label={file === undefined ? say('add.drop') : `${file.name} (${sayBytes(language, file.size)})`} choose={say('add.choose')} onFile={setFile} />
        <Choice
          label={say('record.category')} value={category} onChange={setCategory}
          options={optionsOf(say, 'category', choices.value?.categories ?? ['inbox'])}
        />
        <Field label={say('add.keywords')} name='keywords' hint={say('add.keywords.hint')} value={words} onChange={setWords} />
        {file === undefined
          ? null
          : (
            <Act
              room='adding' action='addOwn' input={{ file, category, keywords }} label={say('add.do')} look='main' onDone={(result) => {
                setAdded(result)
                setFile(undefined)
                setWords('')
              }}
            />
            )}
      </form>
    </Page>
  )
}
