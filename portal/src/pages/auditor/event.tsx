import type { JSX } from 'react'
import { useParams } from 'wouter'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Page } from '../../parts/page.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import { Warnings } from '../../parts/warnings.tsx'
import { ByWallet } from '../chain/by-wallet.tsx'
import { Proven, Released } from './proven.tsx'

/** One event: why it was decided so, how far that is proven, and what was released for it. */
export default function EventPage (): JSX.Element {
  const { say } = useSpeech()
  const { eventId = '' } = useParams()
  return (
    <WhenSignedIn duty='auditor'>
      <Page title={say('look.title')} lead={<bdi><code>{eventId}</code></bdi>}>
        <h2>{say('look.why')}</h2>
        <Why eventId={eventId} />
        <h2>{say('look.proof')}</h2>
        <Proven eventId={eventId} />
        <ByWallet eventId={eventId} by='staff' />
        <h2>{say('audit.released')}</h2>
        <Releases eventId={eventId} />
      </Page>
    </WhenSignedIn>
  )
}

function Why ({ eventId }: { eventId: string }): JSX.Element {
  const asked = useAsked('auditing', 'explainEvent', { eventId })
  const { value } = asked
  return (
    <>
      <Asking asked={asked} />
      <div lang='en' dir='ltr'>{value?.words.map((sentence) => <p key={sentence}>{sentence}</p>)}</div>
      <Warnings warnings={value?.warnings} />
    </>
  )
}

function Releases ({ eventId }: { eventId: string }): JSX.Element {
  const asked = useAsked('auditing', 'answer', { question: 'released', given: { eventId }, limit: 1 })
  const { value } = asked
  return (
    <>
      <Asking asked={asked} />
      {value !== undefined && 'records' in value ? <Released compared={value} /> : null}
    </>
  )
}
