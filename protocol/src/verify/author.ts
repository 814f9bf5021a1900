import { practitionerSigner, verifyBinding } from './binding.ts'
import { patientSigner } from './directory.ts'
import { deviceSigner, verifyDevice } from './device.ts'
import type { RecordManifest } from '../index.ts'
import type { VerifiedDirectory } from './directory.ts'
import type { Grounds } from './hand-overs.ts'

type Author = RecordManifest['author']

/** A statement of an author; `label` of a manifest: a device writes to its own compartment, and withdraws nothing. */
interface Written { signers: readonly string[], time: number, label?: string }

/**
 * The key of a record's author that was in force when the ledger took a statement (`time`, ms), when it alone signed it. `directory` is
 * that of the patient whose key an author of kind `patient` signs with, and whose device wrote.
 */
export async function authorSigner (
  author: Author,
  { signers, time, label }: Written,
  directory: VerifiedDirectory,
  { source, reader }: Grounds
): Promise<string | undefined> {
  if (author.kind === 'patient') return patientSigner(directory, signers, time)
  if (author.kind === 'device') {
    const device = verifyDevice(await source.getDevice(directory.patientId, author.deviceId), directory, reader)
    const isOfAuthor = device.id === author.deviceId && device.body.label === label
    return isOfAuthor ? deviceSigner(device, signers, time) : undefined
  }
  return practitionerSigner(verifyBinding(await source.getBinding(author.mspId, author.staffId), author, reader), signers, time)
}

/** `patient`, `mspId/staffId`, or `device/` with the device's id: no mspId is followed by one so long. */
export function describeAuthor (author: Author): string {
  if (author.kind === 'device') return `device/${author.deviceId}`
  return author.kind === 'patient' ? 'patient' : `${author.mspId}/${author.staffId}`
}
