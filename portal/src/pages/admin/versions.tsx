import type { JSX } from 'react'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Facts } from '../../parts/said.tsx'
import { AdminPage, Again } from './admin-page.tsx'
import { Change } from './change.tsx'

/** Every version of the network's document and its policy, proven in the page, and what each changed. */
export default function VersionsPage (): JSX.Element {
  const { say } = useSpeech()
  return <AdminPage title={say('net.versions')} lead={say('net.versions.lead')}><Versions /></AdminPage>
}

function Versions (): JSX.Element {
  const { say } = useSpeech()
  const asked = useAsked('administration', 'readVersions', undefined)
  return (
    <>
      <Again asked={asked} />
      {asked.value?.map(({ version, policyHash, documentHash, inForceFrom, change }) => (
        <section key={version}>
          <h2>{say('net.versionNumber', { number: version })}</h2>
          <Facts
            lines={[
              { label: 'net.inForceFrom', value: String(inForceFrom), kind: 'time' },
              { label: 'net.policy', value: policyHash, kind: 'code' },
              { label: 'net.document', value: documentHash, kind: 'code' }
            ]}
          />
          {change === undefined ? <p>{say('net.founded')}</p> : <Change change={change} />}
        </section>
      ))}
    </>
  )
}
