import type { JSX } from 'react'
import { useParams } from 'wouter'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Page, Waiting } from '../../parts/page.tsx'
import { ProblemShown } from '../../parts/problem.tsx'
import { sayCode } from '../../parts/said.tsx'
import { Warnings } from '../../parts/warnings.tsx'

/** One request: why it was decided so, and how far that is proven. */
export default function LookPage (): JSX.Element {
  const { say } = useSpeech()
  const { eventId = '' } = useParams()
  return (
    <Page title={say('look.title')} lead={<bdi><code>{eventId}</code></bdi>}>
      <h2>{say('look.why')}</h2>
      <Why eventId={eventId} />
      <h2>{say('look.proof')}</h2>
      <Proven eventId={eventId} />
    </Page>
  )
}

function Why ({ eventId }: { eventId: string }): JSX.Element {
  const { say } = useSpeech()
  const { value, problem, waiting, slow, again } = useAsked('log', 'explainEvent', { eventId })
  return (
    <>
      {problem === undefined ? null : <ProblemShown problem={problem} again={again} />}
      {waiting ? <Waiting slow={slow} /> : null}
      {value === undefined
        ? null
        : (
          <>
            <div lang='en' dir='ltr'>{value.words.map((sentence) => <p key={sentence}>{sentence}</p>)}</div>
            <p className='hint'>{say('log.asked', { hospitals: value.askedMspIds.join(', ') })}</p>
            <Warnings warnings={value.warnings} />
          </>
          )}
    </>
  )
}

function Proven ({ eventId }: { eventId: string }): JSX.Element {
  const { say } = useSpeech()
  const { value, problem, waiting, slow, again } = useAsked('log', 'proveEvent', { eventId })
  return (
    <>
      {problem === undefined ? null : <ProblemShown problem={problem} again={again} />}
      {waiting ? <Waiting slow={slow} /> : null}
      {value === undefined ? null : <p><span className='badge'>{sayCode(say, 'proof', value.state)}</span></p>}
      <Warnings warnings={value?.warnings} />
    </>
  )
}
