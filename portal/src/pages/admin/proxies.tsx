import type { JSX } from 'react'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Hospital } from '../../parts/names.tsx'
import { sayCode } from '../../parts/said.tsx'
import { Table } from '../../parts/table.tsx'
import { AdminPage, Again } from './admin-page.tsx'

/** Proxies that gave a false answer, as two hospitals show them. */
export default function ProxiesPage (): JSX.Element {
  const { say } = useSpeech()
  return <AdminPage title={say('net.proxies')} lead={say('net.proxies.lead')}><Convicted /></AdminPage>
}

function Convicted (): JSX.Element {
  const { say, time } = useSpeech()
  const asked = useAsked('administration', 'readConvicted', undefined)
  const { value } = asked
  return (
    <>
      <Again asked={asked} />
      {value?.length === 0 ? <p>{say('net.proxies.none')}</p> : null}
      <Table
        label={say('net.proxies')} rows={(value ?? []).map(({ mspId, failure, eventTime, time: at, txId }) => ({
          key: mspId,
          columns: [
            { title: 'net.hospital', cell: <Hospital mspId={mspId} /> },
            { title: 'net.proxies.why', cell: sayCode(say, 'net.fault', failure) },
            { title: 'net.proxies.answered', cell: time(eventTime) },
            { title: 'net.proxies.convicted', cell: <>{time(at)}<small><bdi><code>{txId.slice(0, 12)}…</code></bdi></small></> }
          ]
        }))}
      />
      {value === undefined || value.length === 0 ? null : <p className='hint'>{say('net.proxies.clear')} <code>epione policy propose --clear</code></p>}
    </>
  )
}
