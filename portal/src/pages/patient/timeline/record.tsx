import { useState } from 'react'
import type { JSX } from 'react'
import { useParams } from 'wouter'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Act } from '../../../parts/act.tsx'
import { Asking } from '../../../parts/asking.tsx'
import { Content } from '../../../parts/content.tsx'
import { useNames } from '../../../parts/names.tsx'
import { Page } from '../../../parts/page.tsx'
import { Facts } from '../../../parts/said.tsx'
import type { Opened } from '../../../worker/rooms/records.ts'

/** One record version: what is signed of it, and its content once it was opened. */
export default function RecordPage (): JSX.Element {
  const { say } = useSpeech()
  const { recordId = '', version = '' } = useParams()
  const wanted = { recordId, version: Number(version) }
  const asked = useAsked('records', 'readRecord', wanted)
  const { value, again } = asked
  const [opened, setOpened] = useState<Opened>()
  return (
    <Page title={say('record.title')}>
      <Asking asked={asked} />
      {value === undefined
        ? null
        : (
          <>
            <Facts lines={[
              { label: 'record.category', value: value.category ?? '', kind: 'category' },
              { label: 'record.author', value: value.author, kind: 'person' },
              { label: 'record.time', value: String(value.issuedAt), kind: 'time' },
              { label: 'record.media', value: `media.${value.mediaClass}`, kind: 'message' },
              { label: 'record.level', value: `level.${value.level}`, kind: 'message' },
              { label: 'record.versionNumber', value: String(value.version), kind: 'number' },
              { label: 'record.stateLabel', value: `record.state.${value.state ?? 'current'}`, kind: 'message' },
              { label: 'record.id', value: value.recordId, kind: 'code' }
            ]}
            />
            {value.end !== undefined
              ? <><p className='notice'>{say('record.ended')}</p><Destroyed recordId={recordId} version={Number(version)} /></>
              : opened === undefined
                ? <Act room='records' action='openOwn' input={wanted} label={say('open.do')} look='main' onDone={setOpened} />
                : <Content opened={opened} name={recordId} />}
            {value.end === undefined
              ? <p><Act room='erasing' action='eraseRecord' input={{ recordId }} label={say('erase.do')} look='danger' onDone={again} /></p>
              : null}
          </>
          )}
    </Page>
  )
}

/** Which hospitals signed that they destroyed it. */
function Destroyed ({ recordId, version }: { recordId: string, version: number }): JSX.Element {
  const { say, date } = useSpeech()
  const nameOf = useNames()
  const asked = useAsked('erasing', 'readDestruction', { recordId, version })
  const { value } = asked
  const named = (mspIds: readonly string[]): string => mspIds.map(nameOf).join(', ')
  return (
    <section aria-labelledby='destroyed'>
      <h2 id='destroyed'>{say('erase.by')}</h2>
      <Asking asked={asked} />
      {value === undefined
        ? null
        : (
          <>
            <ul>
              {value.destroyed.map(({ mspId, backupsGoneBy }) =>
                <li key={mspId}>{say('erase.gone', { hospital: nameOf(mspId), date: date(backupsGoneBy) })}</li>)}
            </ul>
            {value.pending.length === 0 ? null : <p>{say('erase.pending', { hospitals: named(value.pending) })}</p>}
            {value.overdue.length === 0 ? null : <p className='notice bad'>{say('erase.overdue', { hospitals: named(value.overdue) })}</p>}
          </>
          )}
    </section>
  )
}
