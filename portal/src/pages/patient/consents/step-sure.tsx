import { useState } from 'react'
import type { JSX } from 'react'
import type { ConsentPreview, GranteeShown } from '@epione/sdk'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Act } from '../../../parts/act.tsx'
import { Asking } from '../../../parts/asking.tsx'
import { Check } from '../../../parts/fields.tsx'
import { Facts, sayCode } from '../../../parts/said.tsx'
import type { SaidLine } from '../../../worker/proposal.ts'
import type { ConsentChosen } from '../../../worker/rooms/consents.ts'

/** What it would open, and the fingerprint that the grantee reads out. */
export function StepSure ({ chosen, grantee, onDone }: { chosen: ConsentChosen, grantee: GranteeShown, onDone: () => void }): JSX.Element {
  const { say } = useSpeech()
  const [compared, setCompared] = useState(false)
  const asked = useAsked('consents', 'previewGrant', chosen)
  const { value } = asked
  const { organization, mspId, staffId, department, members, fingerprint, boundSince } = grantee
  const lines: SaidLine[] = [
    { label: 'consent.hospital', value: `${organization} (${mspId})`, kind: 'text' },
    ...(department === undefined
      ? [{ label: 'consent.person', value: staffId ?? '', kind: 'code' as const }]
      : [{ label: 'consent.department', value: department, kind: 'code' as const }, { label: 'consent.members', value: String(members ?? 0), kind: 'number' as const }]),
    { label: 'consent.boundSince', value: String(boundSince), kind: 'time' }
  ]
  return (
    <>
      <h2>{say('consent.whom')}</h2>
      <Facts lines={lines} />
      <p>{say('consent.compare')}</p>
      <p className='fingerprint' dir='ltr'><code>{fingerprint}</code></p>
      <Check label={say('consent.compared')} value={compared} onChange={setCompared} />
      <h2>{say('consent.opens')}</h2>
      <Asking asked={asked} />
      {value === undefined ? null : <Preview preview={value} />}
      {compared && value !== undefined
        ? <Act room='consents' action='grant' input={{ ...chosen, fingerprint }} label={say('consent.do')} look='main' onDone={onDone} />
        : <p className='hint'>{say('consent.notYet')}</p>}
    </>
  )
}

function Preview ({ preview }: { preview: ConsentPreview }): JSX.Element {
  const { say, number } = useSpeech()
  const { opens, perhaps, already, closed, records } = preview
  return (
    <>
      <ul>
        <li>{say('preview.opens', { count: opens })}</li>
        {perhaps === 0 ? null : <li>{say('preview.perhaps', { count: perhaps })}</li>}
        {already === 0 ? null : <li>{say('preview.already', { count: already })}</li>}
        {closed === 0 ? null : <li>{say('preview.closed', { count: closed })}</li>}
      </ul>
      <p className='hint'>{say('preview.later')}</p>
      {records.length === 0
        ? null
        : (
          <details>
            <summary>{say('preview.each')}</summary>
            <ul>
              {records.map(({ recordId, version, category, outcome }) => (
                <li key={`${recordId}:${version}`}>
                  {sayCode(say, 'category', category)}, {say('record.version', { version: number(version) })} <bdi><code>{recordId}</code></bdi>{' '}
                  <span className='badge'>{sayCode(say, 'outcome', outcome)}</span>
                </li>
              ))}
            </ul>
          </details>
          )}
    </>
  )
}
