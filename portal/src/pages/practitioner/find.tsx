import { useState } from 'react'
import type { JSX } from 'react'
import { Link } from 'wouter'
import type { SearchOfAll } from '@epione/sdk'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Act } from '../../parts/act.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Choice, Field } from '../../parts/fields.tsx'
import { Page } from '../../parts/page.tsx'
import { optionsOf } from '../../parts/said.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import { Warnings } from '../../parts/warnings.tsx'

const ALL = ''

/** Searches the indexes that patients opened to this person. What is looked for is neither in the address nor sent. */
export default function Find (): JSX.Element {
  return <WhenSignedIn duty='clinician'><Search /></WhenSignedIn>
}

function Search (): JSX.Element {
  const { say } = useSpeech()
  const asked = useAsked('reading', 'listPatients', undefined)
  const [query, setQuery] = useState('')
  const [purpose, setPurpose] = useState('TREAT')
  const [patientId, setPatientId] = useState(ALL)
  const [found, setFound] = useState<SearchOfAll>()
  const searchable = asked.value?.items.filter(({ actions }) => actions.includes('search')) ?? []
  return (
    <Page title={say('find.title')} lead={say('find.lead')}>
      <Asking asked={asked} />
      <form onSubmit={(event) => { event.preventDefault() }}>
        <Field label={say('search.query')} name='query' hint={say('search.hint')} value={query} onChange={setQuery} />
        <Choice
          label={say('find.whose')} value={patientId} onChange={setPatientId}
          options={[{ id: ALL, name: say('find.all') }, ...searchable.map((one) => ({ id: one.patientId, name: one.patientId }))]}
        />
        <Choice label={say('ask.purpose')} value={purpose} onChange={setPurpose} options={optionsOf(say, 'purpose', asked.value?.purposes ?? ['TREAT'])} />
        <Act room='reading' action='search' input={{ query, purpose, ...(patientId === ALL ? {} : { patientId }) }} label={say('search.do')} look='main' onDone={setFound} />
      </form>
      {found === undefined ? null : <Found found={found} />}
    </Page>
  )
}

function Found ({ found: { items, total } }: { found: SearchOfAll }): JSX.Element {
  const { say, number } = useSpeech()
  return (
    <section aria-labelledby='found'>
      <h2 id='found' role='status'>{say('find.found', { total })}</h2>
      {items.map((item) => (
        <section key={item.patientId} aria-label={item.patientId}>
          <h3><Link href={`/patients/${item.patientId}`}><bdi><code>{item.patientId}</code></bdi></Link></h3>
          {'code' in item
            ? <div className='notice bad' role='alert'><p>{say('find.failed')}</p><p lang='en' dir='ltr'><code>{item.code}</code> {item.detail}</p></div>
            : (
              <>
                <Warnings warnings={item.warnings} />
                <ul>
                  {item.items.map(({ recordId, version, indexedBy }) => (
                    <li key={`${recordId}:${version}`}><bdi><code>{recordId}</code></bdi> · {say('record.version', { version: number(version) })} · <bdi>{indexedBy}</bdi></li>
                  ))}
                </ul>
              </>
              )}
        </section>
      ))}
    </section>
  )
}
