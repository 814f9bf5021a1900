import type { JSX } from 'react'
import type { HospitalState, StatePart } from '@epione/protocol/api'
import { useSay } from '../../i18n/language.tsx'
import { sayCode } from '../../parts/said.tsx'

/** Says which parts of the state could not be read, of those that a page shows. */
export function Unread ({ state: { unread }, parts }: { state: HospitalState, parts: readonly StatePart[] }): JSX.Element | null {
  const say = useSay()
  const missing = parts.filter((part) => unread.includes(part))
  if (missing.length === 0) return null
  return <p className='notice bad' role='alert'>{say('net.unread', { what: missing.map((part) => sayCode(say, 'net.part', part)).join(', ') })}</p>
}
