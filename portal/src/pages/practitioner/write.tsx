import { useRef, useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { ask } from '../../ask/desk.ts'
import { useWork } from '../../ask/use-work.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Act } from '../../parts/act.tsx'
import { Dropped } from '../../parts/dropped.tsx'
import { Choice, Field } from '../../parts/fields.tsx'
import { Page, Waiting } from '../../parts/page.tsx'
import { ProblemShown } from '../../parts/problem.tsx'
import { optionsOf, sayBytes } from '../../parts/said.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import type { CardShown } from '../../worker/rooms/writing.ts'

interface Card extends CardShown { text: string }

/** A file becomes a record of the patient whose write card is here. What was chosen stays until it is registered, or another card is. */
export default function Write (): JSX.Element {
  return <WhenSignedIn duty='clinician'><Writing /></WhenSignedIn>
}

function Writing (): JSX.Element {
  const { say, language } = useSpeech()
  const [card, setCard] = useState<Card>()
  const [file, setFile] = useState<File>()
  const [category, setCategory] = useState('inbox')
  const [words, setWords] = useState('')
  const [added, setAdded] = useState<{ recordId: string, copies: string[] }>()
  const take = (given: Card | undefined): void => {
    setCard(given)
    // It was chosen for the patient of the former card.
    if (given === undefined) setFile(undefined)
    setCategory(given?.categories.find((one) => one === 'inbox') ?? given?.categories[0] ?? '')
  }
  const keywords = words.split(/[\s,]+/).filter((word) => word !== '')
  return (
    <Page title={say('write.title')} lead={say('write.lead')}>
      {added === undefined
        ? null
        : <p className='notice' role='status'>{say('add.done', { hospitals: added.copies.join(', ') })} <bdi><code>{added.recordId}</code></bdi></p>}
      <form onSubmit={(event) => { event.preventDefault() }}>
        <CardGiven card={card} onCard={take} />
        {card === undefined
          ? null
          : (
            <>
              <Dropped label={file === undefined ? say('add.drop') : `${file.name} (${sayBytes(language, file.size)})`} choose={say('add.choose')} onFile={setFile} />
              <Choice label={say('record.category')} value={category} onChange={setCategory} options={optionsOf(say, 'category', card.categories)} />
              <Field label={say('add.keywords')} name='keywords' hint={say('add.keywords.hint')} value={words} onChange={setWords} />
            </>
            )}
        {card === undefined || file === undefined
          ? null
          : (
            <Act
              room='writing' action='addFor' input={{ file, card: card.text, category, keywords }} label={say('add.do')} look='main' onDone={(result) => {
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

/** The patient's card, whose signatures are proven before anything is said of it. */
function CardGiven ({ card, onCard }: { card: Card | undefined, onCard: (card: Card | undefined) => void }): JSX.Element {
  const { say } = useSpeech()
  const [file, setFile] = useState<File>()
  const newest = useRef<File>(undefined)
  // Another card is another patient: what was taken before, or is being read, counts no more.
  const choose = (chosen: File | undefined): void => {
    newest.current = chosen
    setFile(chosen)
    onCard(undefined)
  }
  const { busy, problem, run } = useWork(async () => {
    if (file === undefined) return
    const text = await file.text()
    const card = { ...await ask('writing', 'readCard', { card: text }), text }
    if (newest.current === file) onCard(card)
  })
  return (
    <>
      <Dropped label={file?.name ?? say('write.card.drop')} choose={say('write.card.choose')} onFile={choose} />
      <Button onPress={run} isDisabled={file === undefined} data-pending={busy || undefined}>{say('write.card.read')}</Button>
      {busy ? <Waiting /> : null}
      {problem === undefined ? null : <ProblemShown problem={problem} />}
      {card === undefined ? null : <p>{say('write.card.of')} <bdi><code>{card.patientId}</code></bdi></p>}
    </>
  )
}
