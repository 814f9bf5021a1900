import type { JSX } from 'react'
import Restore from '../start/restore.tsx'
import { OwnCopyOnly } from './own-copy.tsx'

/** A practitioner's own keys on this workstation, from the phrase that they have. */
export default function RestoredKeys (): JSX.Element {
  return <OwnCopyOnly><Restore role='practitioner' /></OwnCopyOnly>
}
