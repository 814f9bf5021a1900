import type { JSX } from 'react'
import { useSay, useSpeech } from '../../i18n/language.tsx'
import { Hospital } from '../../parts/names.tsx'
import { sayCode } from '../../parts/said.tsx'
import { Table } from '../../parts/table.tsx'
import { AdminPage, OwnState } from './admin-page.tsx'
import { daysLeft, SOON_DAYS } from './days-left.ts'

/** When certificates end: the own gateway's, and the roots of all hospitals. */
export default function CertificatesPage (): JSX.Element {
  const say = useSay()
  const { date } = useSpeech()
  return (
    <AdminPage title={say('net.certificates')} lead={say('net.certificates.lead', { days: SOON_DAYS })}>
      <OwnState parts={['certificates']}>
        {({ certificates = [], time }) => (
          <Table
            label={say('net.certificates')} rows={[...certificates].sort((a, b) => a.notAfter - b.notAfter).map(({ certificate, mspId, notAfter }) => ({
              key: `${certificate} ${mspId}`,
              columns: [
                { title: 'net.certificate', cell: sayCode(say, 'net.certificate', certificate) },
                { title: 'net.hospital', cell: <Hospital mspId={mspId} /> },
                { title: 'net.ends', cell: date(notAfter) },
                { title: 'net.left', cell: <Left days={daysLeft(notAfter, time)} /> }
              ]
            }))}
          />
        )}
      </OwnState>
    </AdminPage>
  )
}

function Left ({ days }: { days: number }): JSX.Element {
  const say = useSay()
  if (days < 0) return <span className='badge deny'>{say('net.ended')}</span>
  const text = say('net.days', { count: days })
  return days < SOON_DAYS ? <span className='badge deny'>{text}</span> : <>{text}</>
}
