import { lazy, Suspense, useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { ask } from '../../ask/desk.ts'
import { useWork } from '../../ask/use-work.ts'
import { useSay } from '../../i18n/language.tsx'
import { useKeptPlace } from '../../parts/keep-place.ts'
import { Waiting } from '../../parts/page.tsx'
import { ProblemShown } from '../../parts/problem.tsx'
import { save } from '../../parts/save.ts'

const OnChain = lazy(() => import('./on-chain.tsx'))

/** The proof of an event as a file, and what a wallet says of it. No wallet hears of this page before that is wanted. */
export function ByWallet ({ eventId, by }: { eventId: string, by: 'patient' | 'staff' }): JSX.Element {
  const say = useSay()
  const button = useKeptPlace()
  const [text, setText] = useState<string>()
  const { busy, problem, run } = useWork(async () => { setText((await ask('chain', 'readProof', { eventId, by })).text) })
  return (
    <section aria-label={say('chain.own')}>
      {text === undefined
        ? <Button ref={button} onPress={run} data-pending={busy || undefined}>{say('chain.do')}</Button>
        : (
          <>
            <Button onPress={() => { save(text, 'proof.json') }}>{say('chain.save')}</Button>
            <h3>{say('chain.own')}</h3>
            <Suspense fallback={<Waiting />}><OnChain text={text} /></Suspense>
          </>
          )}
      {busy ? <Waiting /> : null}
      {problem === undefined ? null : <ProblemShown problem={problem} again={run} />}
    </section>
  )
}
