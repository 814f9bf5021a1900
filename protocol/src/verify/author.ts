import { practitionerSigner, verifyBinding } from './binding.ts'
import { patientSigner } from './directory.ts'
import type { RecordManifest } from '../index.ts'
import type { VerifiedDirectory } from './directory.ts'
import type { Grounds } from './hand-overs.ts'

type Author = RecordManifest['author']

/**
 * The key of a record's author that was in force when the ledger took a statement (`time`, ms), when it alone signed it. `directory` is
 * that of the patient whose key an author of kind `patient` signs with.
 */
export async function authorSigner (
  author: Author,
  { signers, time }: { signers: readonly string[], time: number },
  directory: VerifiedDirectory,
  { source, reader }: Grounds
): Promise<string | undefined> {
  if (author.kind === 'patient') return patientSigner(directory, signers, time)
  return practitionerSigner(verifyBinding(await source.getBinding(author.mspId, author.staffId), author, reader), signers, time)
}

/** `patient`, or `mspId/staffId`. */
export function describeAuthor (author: Author): string {
  return author.kind === 'patient' ? 'patient' : `${author.mspId}/${author.staffId}`
}
