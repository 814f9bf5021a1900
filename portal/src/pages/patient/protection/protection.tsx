import type { JSX } from 'react'
import { Link } from 'wouter'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Act } from '../../../parts/act.tsx'
import { Asking } from '../../../parts/asking.tsx'
import { Page } from '../../../parts/page.tsx'
import { Warnings } from '../../../parts/warnings.tsx'
import type { Protection } from '../../../worker/rooms/protection.ts'
import { Emergencies } from './emergencies.tsx'
import { Prohibitions } from './prohibitions.tsx'

/** Everything that closes: the freeze, prohibitions, emergencies, and what others began in one's name. */
export default function ProtectionPage (): JSX.Element {
  const { say } = useSpeech()
  const asked = useAsked('protection', 'readProtection', undefined)
  const { value, again } = asked
  return (
    <Page title={say('protection.title')} lead={say('protection.lead')}>
      <Asking asked={asked} />
      {value === undefined ? null : <Parts protection={value} again={again} />}
    </Page>
  )
}

function Parts ({ protection, again }: { protection: Protection, again: () => void }): JSX.Element {
  const { say, time } = useSpeech()
  const { patientId, frozen, guardians, waiting, prohibitions, deposits, emergenciesOff, warnings } = protection
  return (
    <>
      <Warnings warnings={warnings} />
      {waiting.map(({ id, kind, from }) => (
        <div key={id} className='notice bad'>
          <p>{say(`waiting.${kind}`, { time: time(from) })}</p>
          <Act room='protection' action='stopWaiting' input={{ id }} label={say('stop.do')} look='danger' onDone={again} />
        </div>
      ))}
      <section aria-labelledby='freeze'>
        <h2 id='freeze'>{say('freeze.title')}</h2>
        <p>{say(frozen ? 'freeze.on' : 'freeze.off')}</p>
        <Act
          room='protection' action='setFrozen' input={{ frozen: !frozen }} label={say(frozen ? 'unfreeze.do' : 'freeze.do')} onDone={again}
          {...(frozen ? {} : { look: 'danger' as const })}
        />
      </section>
      <Emergencies isOff={emergenciesOff} deposits={deposits} again={again} />
      <Prohibitions prohibitions={prohibitions} again={again} />
      <section aria-labelledby='guardians'>
        <h2 id='guardians'>{say('guardians.title')}</h2>
        <p>{guardians === undefined ? say('guardians.none') : say('guardians.some', { count: guardians.guardians, threshold: guardians.threshold })}</p>
        <p><Link href='/protection/guardians' className='button'>{say('guardians.see')}</Link></p>
      </section>
      <section aria-labelledby='limited'>
        <h2 id='limited'>{say('delegates.short')}</h2>
        <p>{say('delegates.what')}</p>
        <p><Link href='/protection/keys' className='button'>{say('delegates.see')}</Link></p>
      </section>
      <section aria-labelledby='me'>
        <h2 id='me'>{say('me.title')}</h2>
        <p>{say('me.patientId')}: <bdi><code>{patientId}</code></bdi></p>
      </section>
    </>
  )
}
