import { useEffect, useState } from 'react'
import type { JSX } from 'react'
import { useSay } from '../../i18n/language.tsx'
import { Page, Waiting } from '../../parts/page.tsx'
import { ProblemShown } from '../../parts/problem.tsx'
import type { Problem } from '../../worker/problem.ts'

/** Time in ms within which the tab that began the sign-in answers: it asks the hospital for the tokens meanwhile. */
const ANSWER_MS = 20_000
const HEARD_MS = 3_000

type Told = 'done' | 'nobody' | Problem

/**
 * Where the hospital's sign-in leads back to: what it says goes to the worker that began the sign-in, in another tab, and out of the
 * address at once. This tab holds nothing.
 */
export default function CameBack (): JSX.Element {
  const say = useSay()
  const [query] = useState(() => location.search.slice(1))
  const [told, setTold] = useState<Told>()
  useEffect(() => {
    history.replaceState(null, '', location.pathname)
    const state = new URLSearchParams(query).get('state') ?? ''
    const channel = new BroadcastChannel('epione-sign-in')
    let timer = setTimeout(() => { setTold('nobody') }, HEARD_MS)
    channel.addEventListener('message', ({ data }: MessageEvent<{ state?: string, heard?: true, problem?: Problem }>) => {
      if (data.state !== state) return
      clearTimeout(timer)
      if (data.heard === true) timer = setTimeout(() => { setTold('nobody') }, ANSWER_MS)
      else setTold(data.problem ?? 'done')
    })
    channel.postMessage({ query })
    return () => {
      clearTimeout(timer)
      channel.close()
    }
  }, [query])
  if (told === undefined) return <Waiting>{say('session.returning')}</Waiting>
  if (told === 'nobody') return <Page title={say('session.nobody')} lead={say('session.nobody.lead')}>{null}</Page>
  if (told === 'done') return <Page title={say('session.done')} lead={say('session.done.lead')}>{null}</Page>
  return <Page title={say('session.failed')}><ProblemShown problem={told} /><p>{say('session.failed.lead')}</p></Page>
}
