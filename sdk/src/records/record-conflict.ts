import { describeAuthor, verifyRecord } from '@epione/protocol/verify'
import type { VerifiedDirectory, VerifiedRecord } from '@epione/protocol/verify'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { judged } from '../context/judge.ts'
import { authorizeAs } from '../context/session.ts'
import { ClientError, isClientError } from '../errors.ts'
import { gatewayOf, ledgerGrounds } from './record-read.ts'

/** What a new version was to follow, and the directory that proves whatever came first. */
interface Following { former: VerifiedRecord | undefined, directory: VerifiedDirectory }

/**
 * Of two who follow the same version the ledger takes one. The other gets a conflict that names the winner, to read it and follow that
 * one instead. @throws {ClientError} RECORD_CONFLICT
 */
export async function namingWinner<T> (
  context: PatientContext | PractitionerContext,
  { former, directory }: Following,
  submit: () => Promise<T>
): Promise<T> {
  try {
    return await submit()
  } catch (error) {
    if (former === undefined || !isClientError(error, 'RECORD_CONFLICT')) throw error
    const gateway = context.gateways.own
    const shown = await gateway.getRecord(former.body.recordId, undefined, authorizeAs(context))
    const winner = await judged(gatewayOf(gateway.info), () => verifyRecord(shown, directory, ledgerGrounds(context)))
    throw winner.body.version > former.body.version ? overtaken(winner, error) : error
  }
}

/** That another version is the newest. */
export function overtaken (winner: VerifiedRecord, cause?: unknown): ClientError {
  const { id: manifestId, body: { recordId, version, author, issuedAt } } = winner
  const name = `${recordId}:${String(version)}`
  return new ClientError(
    'RECORD_CONFLICT',
    `Version ${String(version)} of record ${recordId} came first; nothing was registered. Read it, then amend ${name}.`,
    { recordId, version, manifestId, author: describeAuthor(author), issuedAt },
    { cause }
  )
}
