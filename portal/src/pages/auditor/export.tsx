import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { ask } from '../../ask/desk.ts'
import { guarded } from '../../ask/leaving.ts'
import { useWork } from '../../ask/use-work.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Choice } from '../../parts/fields.tsx'
import { Page, Waiting } from '../../parts/page.tsx'
import { ProblemShown } from '../../parts/problem.tsx'
import { Facts, optionsOf } from '../../parts/said.tsx'
import { save } from '../../parts/save.ts'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import { Warnings } from '../../parts/warnings.tsx'
import type { FileTaken, PageFormat } from '../../worker/rooms/auditing-files.ts'
import { FilterForm } from './filter-form.tsx'
import { LOG_FILTERS, logQueryOf } from './filters.ts'
import type { Filters } from './filters.ts'
import { useFilters } from './use-filters.ts'

const FORMATS: readonly PageFormat[] = ['csv', 'json', 'ndjson', 'fhir', 'ch-atc']

/** The log as a file that anybody verifies offline, with what the filters leave. */
export default function ExportPage (): JSX.Element {
  const { say } = useSpeech()
  const { filters, faults, key, apply } = useFilters(LOG_FILTERS)
  return (
    <WhenSignedIn duty='auditor'>
      <Page title={say('audit.export')} lead={say('audit.export.lead')}>
        <FilterForm key={key} names={LOG_FILTERS} filters={filters} faults={faults} label={say('audit.export.narrow')} apply={apply} />
        {faults.length > 0 ? null : <TakeAway key={`file ${key}`} filters={filters} />}
        <p className='hint'>{say('audit.export.pdf')} <code>epione audit export --format pdf</code></p>
      </Page>
    </WhenSignedIn>
  )
}

function TakeAway ({ filters }: { filters: Filters }): JSX.Element {
  const { say } = useSpeech()
  const [format, setFormat] = useState<PageFormat>('csv')
  const [taken, setTaken] = useState<FileTaken>()
  const { busy, problem, run } = useWork(async () => {
    setTaken(undefined)
    setTaken(await guarded(() => ask('auditingFiles', 'takeAway', { query: logQueryOf(filters), format })))
  })
  return (
    <section>
      <Choice
        label={say('audit.export.format')} value={format} options={optionsOf(say, 'audit.format', FORMATS)}
        onChange={(chosen) => { setFormat(FORMATS.find((one) => one === chosen) ?? 'csv') }}
      />
      <Button className='main' onPress={run} data-pending={busy || undefined}>{say('audit.export.do')}</Button>
      {busy ? <Waiting>{say('audit.export.busy')}</Waiting> : null}
      {problem === undefined ? null : <ProblemShown problem={problem} again={run} />}
      {taken === undefined ? null : <Taken {...taken} />}
    </section>
  )
}

function Taken ({ file, manifest, name, exported }: FileTaken): JSX.Element {
  const { say } = useSpeech()
  return (
    <section className='notice' aria-label={say('audit.export.done')}>
      <p role='status'>{say('audit.export.done')}</p>
      <Facts lines={[
        { label: 'audit.export.events', value: String(exported.count), kind: 'number' },
        { label: 'audit.export.attested', value: exported.askedMspIds.join(','), kind: 'hospital' },
        { label: 'audit.export.hash', value: exported.sha256, kind: 'code' },
        { label: 'audit.export.size', value: String(exported.sizeBytes), kind: 'bytes' }
      ]}
      />
      <Warnings warnings={exported.warnings} />
      <div className='choices'>
        <Button onPress={() => { save(file, name) }}>{say('audit.export.file')}</Button>
        <Button onPress={() => { save(manifest, `${name}.manifest.json`) }}>{say('audit.export.manifest')}</Button>
      </div>
      <p className='hint'>{say('audit.export.verify')} <code>epione verify {name} --network network.json</code></p>
    </section>
  )
}
