import type { JSX } from 'react'
import type { LoggedAccessEvent } from '@epione/protocol/api'
import { useSpeech } from '../i18n/language.tsx'
import type { MessageId } from '../i18n/languages.ts'
import type { Say } from '../i18n/language.tsx'
import type { SaidKind, SaidLine } from '../worker/proposal.ts'
import type { Option } from './fields.tsx'
import { useNames } from './names.tsx'

const BYTES_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A value by its message where there is one: codes that this version does not know are shown as they are. */
export function sayCode (say: Say, prefix: string, code: string): string {
  const id = `${prefix}.${code}`
  return say.has(id) ? say(id) : code
}

/** How much somebody asked for. */
export function sayTargets (say: Say, { records, compartments, stream }: LoggedAccessEvent): string {
  if (stream !== undefined) return say('log.stream')
  if (compartments !== undefined) return say('log.compartments', { count: compartments.length })
  return say('log.records', { count: records.length })
}

/** What can be chosen of codes, each by its message. */
export function optionsOf (say: Say, prefix: string, codes: readonly string[] = []): Option[] {
  return codes.map((id) => ({ id, name: sayCode(say, prefix, id) }))
}

function useShown (): (line: Pick<SaidLine, 'kind' | 'value'>) => string {
  const { say, time, number, language } = useSpeech()
  const nameOf = useNames()
  const list = new Intl.ListFormat(language, { type: 'unit', style: 'short' })
  const several = (prefix: string, value: string): string => list.format(value.split(',').map((code) => sayCode(say, prefix, code)))
  const hospital = (mspId: string): string => nameOf(mspId) === mspId ? mspId : `${nameOf(mspId)} (${mspId})`
  const person = (id: string): string => {
    const [mspId = '', ...rest] = id.split('/')
    return [hospital(mspId), ...rest].join(' / ')
  }
  const shown: Record<SaidKind, (value: string) => string> = {
    text: (value) => value,
    code: (value) => value,
    hospital: (value) => list.format(value.split(',').map(hospital)),
    person: (value) => list.format(value.split(',').map(person)),
    time: (value) => time(Number(value)),
    bytes: (value) => sayBytes(language, Number(value)),
    number: (value) => number(Number(value)),
    message: (value) => say.has(value) ? say(value) : value,
    category: (value) => several('category', value),
    purpose: (value) => several('purpose', value),
    action: (value) => several('action', value),
    power: (value) => several('power', value)
  }
  return ({ kind, value }) => shown[kind](value)
}

/** A size in the unit that keeps it short. */
export function sayBytes (language: string, bytes: number): string {
  const power = Math.min(BYTES_UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const unit = BYTES_UNITS[power] ?? 'byte'
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(bytes / 1000 ** power)
}

/** Names and values, one under the other. */
export function Facts ({ lines }: { lines: readonly SaidLine[] }): JSX.Element {
  const { say } = useSpeech()
  const show = useShown()
  return (
    <dl className='facts'>
      {lines.map((line) => (
        <div key={line.label}>
          <dt>{say(line.label as MessageId)}</dt>
          <dd>{line.kind === 'code' ? <bdi><code>{show(line)}</code></bdi> : <bdi>{show(line)}</bdi>}</dd>
        </div>
      ))}
    </dl>
  )
}
