import type { RecordManifest } from '@epione/protocol'
import type { VerifiedRecord } from '@epione/protocol/verify'
import type { Party } from '../errors.ts'

/** The author as the party to name. */
export function authorParty ({ author, patientId }: RecordManifest): Party {
  // A device is the patient's, who introduced it.
  return author.kind === 'practitioner' ? { kind: 'author', mspId: author.mspId, staffId: author.staffId } : { kind: 'author', patientId }
}

/** Who answers for the wrap: the signer of the rewrap where there is one, else the author. */
export function wrapParty ({ rewrap, body }: Pick<VerifiedRecord, 'rewrap' | 'body'>): Party {
  return rewrap === undefined ? authorParty(body) : { kind: 'author', patientId: rewrap.patientId }
}
