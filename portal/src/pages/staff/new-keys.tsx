import type { JSX } from 'react'
import NewPhrase from '../start/new-phrase.tsx'

/** A practitioner's own keys on this workstation, from a new phrase. */
export default function NewKeys (): JSX.Element {
  return <NewPhrase role='practitioner' />
}
