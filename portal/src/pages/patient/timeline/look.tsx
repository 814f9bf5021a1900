import type { JSX } from 'react'
import { useParams } from 'wouter'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Asking } from '../../../parts/asking.tsx'
import { useNames } from '../../../parts/names.tsx'
import { Page } from '../../../parts/page.tsx'
import { sayCode } from '../../../parts/said.tsx'
import { Warnings } from '../../../parts/warnings.tsx'
import { ByWallet } from '../../chain/by-wallet.tsx'

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
      <ByWallet eventId={eventId} by='patient' />
    </Page>
  )
}

function Why ({ eventId }: { eventId: string }): JSX.Element {
  const { say } = useSpeech()
  const nameOf = useNames()
  const asked = useAsked('log', 'explainEvent', { eventId })
  const { value } = asked
  return (
    <>
      <Asking asked={asked} />
      {value === undefined
        ? null
        : (
          <>
            <div lang='en' dir='ltr'>{value.words.map((sentence) => <p key={sentence}>{sentence}</p>)}</div>
            <p className='hint'>{say('log.asked', { hospitals: value.askedMspIds.map(nameOf).join(', ') })}</p>
            <Warnings warnings={value.warnings} />
          </>
          )}
    </>
  )
}

function Proven ({ eventId }: { eventId: string }): JSX.Element {
  const { say } = useSpeech()
  const asked = useAsked('log', 'proveEvent', { eventId })
  const { value } = asked
  return (
    <>
      <Asking asked={asked} />
      {value === undefined ? null : <p><span className='badge'>{sayCode(say, 'proof', value.state)}</span></p>}
      <Warnings warnings={value?.warnings} />
    </>
  )
}
