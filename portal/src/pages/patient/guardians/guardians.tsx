import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Asking } from '../../../parts/asking.tsx'
import { Hospital, useNames } from '../../../parts/names.tsx'
import { Page } from '../../../parts/page.tsx'
import { sayCode } from '../../../parts/said.tsx'
import { Warnings } from '../../../parts/warnings.tsx'
import type { Output } from '../../../worker/rooms.ts'
import { NameGuardians } from './name-guardians.tsx'

type Check = NonNullable<Output<'guardians', 'readGuardians'>>

/** Who could bring a lost phrase back, whether they could today, and naming them. */
export default function Guardians (): JSX.Element {
  const { say } = useSpeech()
  const [repair, setRepair] = useState(false)
  const asked = useAsked('guardians', 'readGuardians', { repair })
  const { value, waiting, problem, again } = asked
  return (
    <Page title={say('guardians.page')} lead={say('guardians.lead')}>
      <Asking asked={asked} />
      {value === undefined
        ? waiting || problem !== undefined ? null : <p>{say('guardians.none')}</p>
        : <Checked check={value} repair={() => { if (repair) again(); else setRepair(true) }} />}
      {/* There from the start, so that nothing that was entered goes when it is asked again. */}
      <NameGuardians isFirst={value === undefined} onDone={() => { if (repair) setRepair(false); else again() }} />
    </Page>
  )
}

function Checked ({ check, repair }: { check: Check, repair: () => void }): JSX.Element {
  const { say } = useSpeech()
  const nameOf = useNames()
  const { works, issue, threshold, guardians, hospitals, backup, recoveryDelaySeconds, repaired, warnings } = check
  const keptBy = (ids: readonly string[]): string => ids.length === 0 ? say('guardians.nowhere') : ids.map(nameOf).join(', ')
  const lacks = hospitals.some(({ state }) => state === 'incomplete')
  const [delay] = recoveryDelaySeconds
  return (
    <section aria-labelledby='check'>
      <h2 id='check'>{say('guardians.check')}</h2>
      <p className={works ? 'notice' : 'notice bad'} role='status'>{say(works ? 'guardians.works' : 'guardians.worksNot')}</p>
      <p>{say('guardians.issue', { issue, threshold, count: guardians.length })}</p>
      {delay === undefined ? null : <p>{say('guardians.delay', { hours: Math.round(delay / 36) / 100 })}</p>}
      {repaired === undefined ? null : <p role='status'>{say('guardians.repaired', { count: repaired.length })}</p>}
      <ul className='cards'>
        {guardians.map(({ guardian, signingKey, keptBy: keepers }) => (
          <li key={signingKey}>
            <h3>{say('guardians.who', { number: guardian })}</h3>
            <dl className='facts'>
              <div><dt>{say('guardians.keptBy')}</dt><dd>{keptBy(keepers)}</dd></div>
              <div><dt>{say('guardians.key')}</dt><dd><bdi><code>{signingKey}</code></bdi></dd></div>
            </dl>
          </li>
        ))}
      </ul>
      <p>{say('guardians.backup')}: {keptBy(backup.keptBy)}</p>
      <h3>{say('guardians.hospital')}</h3>
      <ul>
        {hospitals.map(({ mspId, state }) => <li key={mspId}><Hospital mspId={mspId} />: {sayCode(say, 'guardians.state', state)}</li>)}
      </ul>
      <Warnings warnings={warnings} />
      {lacks ? <Button onPress={repair}>{say('guardians.repair')}</Button> : null}
    </section>
  )
}
