import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { askSecond } from '../../ask/authenticator.ts'
import { ask } from '../../ask/desk.ts'
import { useKeys } from '../../ask/keys-state.tsx'
import { useWork } from '../../ask/use-work.ts'
import { useSay } from '../../i18n/language.tsx'
import { Worded } from '../../i18n/worded.tsx'
import { Page, Waiting } from '../../parts/page.tsx'
import { SealingFault } from '../start/sealing.tsx'

/** Shown in place of any page while the limited key of this browser is closed: no pass-phrase opens it, and none is asked for. */
export default function OpenKey (): JSX.Element {
  return <Worded words={['limited']}><Closed /></Worded>
}

function Closed (): JSX.Element {
  const say = useSay()
  const { known, look } = useKeys()
  const second = known?.second
  const { busy, problem, thrown, run } = useWork(async () => {
    await ask('limited', 'unlock', second === undefined ? {} : { second: await askSecond(second) })
    await look()
  })
  return (
    <Page title={say('limited.open.title')} lead={say('limited.lead')}>
      {second === undefined ? null : <p>{say('unlock.second')}</p>}
      <SealingFault thrown={thrown} problem={problem} unsupported='limited.second.unsupported' />
      <Button className='main' onPress={run} data-pending={busy || undefined}>{say('limited.open.do')}</Button>
      {busy ? <Waiting>{say('app.starting')}</Waiting> : null}
    </Page>
  )
}
