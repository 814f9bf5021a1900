import type { JSX } from 'react'
import Restore from '../start/restore.tsx'

/** A practitioner's own keys on this workstation, from the phrase that they have. */
export default function RestoredKeys (): JSX.Element {
  return <Restore role='practitioner' />
}
