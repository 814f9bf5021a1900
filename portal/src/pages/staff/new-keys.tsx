import type { JSX } from 'react'
import NewPhrase from '../start/new-phrase.tsx'
import { OwnCopyOnly } from './own-copy.tsx'

/** A practitioner's own keys on this workstation, from a new phrase. */
export default function NewKeys (): JSX.Element {
  return <OwnCopyOnly><NewPhrase role='practitioner' /></OwnCopyOnly>
}
