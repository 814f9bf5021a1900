import { AUTHOR_ROLE, LedgerError, roleIs } from '@epione/protocol'
import { requireOffice, requirePerson } from './authorization.ts'
import { loadPolicy } from './policy-in-force.ts'
import { requireSigners } from './statement-acceptance.ts'
import { loadOwnBinding } from './suspensions.ts'
import type { RecordManifest } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { AcceptedStatement } from './statement-acceptance.ts'
import type { DirectoryHead } from './stored.ts'

/**
 * An author speaks in person: a practitioner under their own certificate and bound key, a patient, whose directory this is, through any
 * gateway. @throws {LedgerError} NOT_AUTHORIZED, SIGNATURE_INVALID, BINDING_MISSING, SUSPENDED
 */
export async function authorizeAuthor (
  ctx: LedgerContext,
  accepted: AcceptedStatement<'RecordManifest' | 'Withdrawal'>,
  author: RecordManifest['author'],
  directory: DirectoryHead
): Promise<void> {
  if (author.kind === 'patient') {
    requireOffice(ctx, 'gateway')
    requireSigners(accepted, [directory.identityKey], 'the patient\'s identity key')
    return
  }
  if (author.kind === 'device') {
    throw new LedgerError('NOT_AUTHORIZED', 'A device registers segments by Records:RegisterSegments, and withdraws nothing: its patient erases them.')
  }
  requirePerson(ctx, author)
  if (!roleIs(await loadPolicy(ctx), ctx.creator.role, AUTHOR_ROLE)) {
    throw new LedgerError(
      'NOT_AUTHORIZED',
      `Only health professionals write records; this certificate says ${ctx.creator.role ?? 'no role'}.`
    )
  }
  const { requestKey } = await loadOwnBinding(ctx, author)
  requireSigners(accepted, [requestKey], 'the author\'s bound request key')
}
