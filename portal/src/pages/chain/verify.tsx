import { lazy, Suspense, useState } from 'react'
import type { JSX } from 'react'
import { useSay } from '../../i18n/language.tsx'
import { Dropped } from '../../parts/dropped.tsx'
import { Page, Waiting } from '../../parts/page.tsx'

const OnChain = lazy(() => import('./on-chain.tsx'))
/** More than any proof has. */
const MAX_BYTES = 12_000_000

/** For whoever was given the file of a proof: no keys and no sign-in. */
export default function Verify (): JSX.Element {
  const say = useSay()
  const [given, setGiven] = useState<{ name: string, text: string }>()
  const [isLarge, setLarge] = useState(false)
  const take = async (file: File): Promise<void> => {
    setLarge(file.size > MAX_BYTES)
    setGiven(file.size > MAX_BYTES ? undefined : { name: file.name, text: await file.text() })
  }
  return (
    <Page title={say('chain.title')} lead={say('chain.lead')}>
      <Dropped label={say('chain.drop')} choose={say('chain.choose')} onFile={(file) => { if (file !== undefined) void take(file) }} />
      {isLarge ? <p role='alert' className='notice bad'>{say('chain.large')}</p> : null}
      {given === undefined
        ? null
        : (
          <section aria-labelledby='proof'>
            <h2 id='proof'><bdi>{given.name}</bdi></h2>
            <Suspense fallback={<Waiting />}><OnChain key={given.text} text={given.text} /></Suspense>
          </section>
          )}
    </Page>
  )
}
