import type { JSX } from 'react'
import type { PolicyDiff } from '@epione/protocol'
import type { DocumentChange } from '@epione/sdk'
import { useSay, useSpeech } from '../../i18n/language.tsx'
import type { Say } from '../../i18n/language.tsx'
import { useNames } from '../../parts/names.tsx'
import { sayCode } from '../../parts/said.tsx'
import { Table } from '../../parts/table.tsx'
import type { Row } from '../../parts/table.tsx'

type Scope = PolicyDiff['gains'][number]

/** What a version changes of the one before: who gains and who loses what, break-glass, and the rest of the document. */
export function Change ({ change: { gains, loses, emergency, changed } }: { change: DocumentChange }): JSX.Element {
  const say = useSay()
  const isNothing = gains.length + loses.length + changed.length === 0 && emergency === undefined
  return (
    <>
      {isNothing ? <p>{say('net.change.none')}</p> : null}
      <Scopes title='net.gains' scopes={gains} />
      <Scopes title='net.loses' scopes={loses} />
      {emergency === undefined
        ? null
        : (
          <>
            <h3>{say('net.emergency')}</h3>
            <Compared rows={[{ what: 'emergency', before: JSON.stringify(emergency.before), after: JSON.stringify(emergency.after) }]} />
          </>
          )}
      {changed.length === 0 ? null : <><h3>{say('net.changed')}</h3><Compared rows={changed} /></>}
    </>
  )
}

function Scopes ({ title, scopes }: { title: 'net.gains' | 'net.loses', scopes: readonly Scope[] }): JSX.Element | null {
  const { say } = useSpeech()
  const row = useScopeRow()
  if (scopes.length === 0) return null
  return <><h3>{say(title)}</h3><Table label={say(title)} rows={scopes.map(row)} /></>
}

function useScopeRow (): (scope: Scope, at: number) => Row {
  const { say, language } = useSpeech()
  const nameOf = useNames()
  const list = new Intl.ListFormat(language, { type: 'unit', style: 'short' })
  const said = (prefix: string, codes: readonly string[]): string => list.format(codes.map((code) => sayCode(say, prefix, code)))
  return ({ roles, organizations, departments, actions, purposes, levels, mediaClasses }, at) => ({
    key: String(at),
    columns: [
      { title: 'net.who', cell: said('net.role', roles) },
      { title: 'net.hospital', cell: list.format(organizations.map((one) => isAny(say, one) ?? nameOf(one))) },
      { title: 'net.department', cell: list.format(departments.map((one) => isAny(say, one) ?? one)) },
      { title: 'net.may', cell: said('action', actions) },
      { title: 'net.why', cell: said('purpose', purposes) },
      { title: 'net.level', cell: said('level', levels) },
      { title: 'net.media', cell: said('media', mediaClasses) }
    ]
  })
}

/** As the judge of policies writes "any other than those named" and "no department". */
function isAny (say: Say, code: string): string | undefined {
  return code === '*' ? say('net.anyOther') : code === '-' ? say('net.noDepartment') : undefined
}

function Compared ({ rows }: { rows: ReadonlyArray<{ what: string, before: string, after: string }> }): JSX.Element {
  return (
    <Table
      rows={rows.map(({ what, before, after }) => ({
        key: what,
        columns: [
          { title: 'net.what', cell: <bdi><code>{what}</code></bdi> },
          { title: 'net.before', cell: <bdi><code>{before}</code></bdi> },
          { title: 'net.after', cell: <bdi><code>{after}</code></bdi> }
        ]
      }))}
    />
  )
}
