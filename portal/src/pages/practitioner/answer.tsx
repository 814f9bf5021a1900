import { useEffect, useRef } from 'react'
import type { JSX } from 'react'
import { useSay } from '../../i18n/language.tsx'
import { Content } from '../../parts/content.tsx'
import { Warnings } from '../../parts/warnings.tsx'
import type { Asked } from '../../worker/rooms/reading.ts'

/** What came of a request: the record, or why it was denied. */
export function Answer ({ asked, name }: { asked: Asked, name: string }): JSX.Element {
  return asked.decision === 'deny'
    ? <Denied denied={asked} />
    : <><Warnings warnings={asked.warnings} /><Content opened={asked.content} name={name} /></>
}

/** The rules and attributes that denied it, as the own hospital says. */
export function Denied ({ denied: { eventId, sentences, warnings } }: { denied: Extract<Asked, { decision: 'deny' }> }): JSX.Element {
  const say = useSay()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => { heading.current?.focus() }, [])
  return (
    <section className='notice bad' aria-labelledby='denied'>
      <h2 id='denied' tabIndex={-1} ref={heading}>{say('ask.denied')}</h2>
      <div lang='en' dir='ltr'>{sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}</div>
      <p className='hint'>{say('ask.event')} <bdi><code>{eventId}</code></bdi></p>
      <Warnings warnings={warnings} />
    </section>
  )
}
