import type { JSX } from 'react'
import { Link } from 'wouter'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Asking } from '../../../parts/asking.tsx'
import { Page } from '../../../parts/page.tsx'
import { sayCode } from '../../../parts/said.tsx'

/** Streams of the person's devices. */
export default function Streams (): JSX.Element {
  const { say, time, number } = useSpeech()
  const asked = useAsked('streams', 'listOwnStreams', undefined)
  const { value } = asked
  return (
    <Page title={say('streams.title')} lead={say('streams.lead')}>
      <Asking asked={asked} />
      {value === undefined ? null : value.length === 0 ? <p>{say('streams.none')}</p> : null}
      <ul className='cards'>
        {(value ?? []).map(({ stream, category, windows, since, newest }) => (
          <li key={stream}>
            <h2><Link href={`/streams/${stream}`}>{category === undefined ? stream : sayCode(say, 'category', category)}</Link></h2>
            <p>{say('streams.windows', { count: windows })}</p>
            {since === undefined || newest === undefined
              ? <p className='hint'>{say('streams.fresh')}</p>
              : <p className='hint'>{say('streams.between', { from: time(since), to: time(newest) })}</p>}
            <p><bdi><code>{stream}</code></bdi></p>
          </li>
        ))}
      </ul>
      {value === undefined ? null : <p className='hint'>{say('streams.count', { count: number(value.length) })}</p>}
    </Page>
  )
}
