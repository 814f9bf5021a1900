import type { LedgerClient } from '@epione/ledger/client'
import { LedgerUnavailable } from '@epione/ledger/fabric'
import type { Person } from '@epione/protocol'
import { practitionerSigner, verifyBinding } from '@epione/protocol/verify'
import type { ProvenStatement, StatementReader } from '@epione/protocol/verify'

/** Where a reviewer's keys are read: this hospital's own peer. */
export interface ReviewProof { ledger: Pick<LedgerClient, 'getBinding'>, reader: StatementReader }

/**
 * Whether the reviewer signed, with the request key that was theirs then: a block carries what a majority endorsed, which any contract may
 * have made up. What cannot be proven is no review; only a peer that cannot be asked leaves it open. @throws {LedgerUnavailable}
 */
export async function isReviewersWord (
  { ledger, reader }: ReviewProof, reviewer: Person, { signers, time }: Pick<ProvenStatement<'Review'>, 'signers'> & { time: number }
): Promise<boolean> {
  try {
    const binding = verifyBinding(await ledger.getBinding(reviewer.mspId, reviewer.staffId), reviewer, reader)
    return practitionerSigner(binding, signers, time) !== undefined
  } catch (error) {
    if (error instanceof LedgerUnavailable) throw error
    return false
  }
}
