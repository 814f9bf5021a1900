import type { Withdrawal } from '@epione/protocol'
import { describeAuthor } from '@epione/protocol/verify'
import { identityKeyOf } from '../context/context.ts'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { makeStatement } from '../context/statements.ts'
import { submitAnywhere, submitThroughOwn } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { ClientError } from '../errors.ts'
import { readVerified } from './record-read.ts'
import { requireLive } from './record-state.ts'

/** A record, or one version of it. */
export interface RecordNamed { recordId: string, version?: number }

/** What was ended, by which statement; hospitals destroy it from that block on and say so one by one. */
export interface RecordsEnded extends Written { orderId: string, versions: RecordNamed[] }

/**
 * Erases records of the patient, whole ones or single versions: every hospital destroys wraps and ciphertext, after which phrase, ledger
 * and ciphertext together open nothing of it. It cannot be undone. `readErasure` shows who has destroyed it. @throws {ClientError}
 * RECORD_ENDED, REFUSED
 */
export async function eraseRecords (context: PatientContext, records: readonly RecordNamed[]): Promise<Done<RecordsEnded>> {
  const named = records.map(({ recordId, version }) => ({ recordId, ...(version === undefined ? {} : { version }) }))
  const { id, statement } = makeStatement(context, 'Erasure', { patientId: context.patientId, records: named }, [identityKeyOf(context)])
  return submitAnywhere<RecordsEnded>(context, {
    statementId: id,
    send: (gateway) => gateway.lifetime.erase(statement, id),
    recover: (written) => ({ orderId: id, versions: named, ...written })
  })
}

export interface WithdrawalWanted extends RecordNamed { cause: Withdrawal['cause'] }

/** Withdraws a version that its author should never have written, by default the newest. @throws {ClientError} RECORD_ENDED, REFUSED */
export async function withdrawRecord (
  context: PatientContext | PractitionerContext,
  { recordId, version, cause }: WithdrawalWanted
): Promise<Done<RecordsEnded>> {
  const record = await readVerified(context, { recordId, ...(version === undefined ? {} : { version }) })
  const { author } = record.body
  const self = context.role === 'patient' ? 'patient' : `${context.person.mspId}/${context.person.staffId}`
  if (describeAuthor(author) !== self) {
    throw new ClientError('REFUSED', `Only its author, ${describeAuthor(author)}, withdraws version ${record.body.version} of record ${recordId}.`)
  }
  requireLive(record)
  const key = context.role === 'patient' ? identityKeyOf(context) : context.keys.requestSigning(context.keyNumber)
  const versions = [{ recordId, version: record.body.version }]
  const { id, statement } = makeStatement(context, 'Withdrawal', {
    patientId: record.owner,
    recordId,
    version: record.body.version,
    manifestId: record.id,
    cause
  }, [key])
  return submitThroughOwn<RecordsEnded>(context, {
    statementId: id,
    send: (gateway) => gateway.lifetime.withdraw(statement, id, authorizeAs(context)),
    recover: (written) => ({ orderId: id, versions, ...written })
  })
}
