import { RECORDS_PER_REQUEST } from '@epione/protocol'
import type { Withdrawal } from '@epione/protocol'
import { describeAuthor } from '@epione/protocol/verify'
import { identityKeyOf } from '../context/context.ts'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { makeStatement } from '../context/statements.ts'
import { submitAnywhere, submitThroughOwn } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { ClientError } from '../errors.ts'
import { readManifests, readVerified } from './record-read.ts'
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

/**
 * Erases whatever one statement has no room for, such as a stream with a segment an hour: by several, from the newest version on, after
 * which nothing follows. Broken off, it goes on where it stopped when it is done again. @throws {ClientError} RECORD_ENDED, REFUSED
 */
export async function eraseInParts (context: PatientContext, records: readonly RecordNamed[]): Promise<Array<Done<RecordsEnded>>> {
  const items: Array<Done<RecordsEnded>> = []
  const versions = await spellOut(context, records)
  for (let first = 0; first < versions.length; first += RECORDS_PER_REQUEST) {
    items.push(await eraseRecords(context, versions.slice(first, first + RECORDS_PER_REQUEST)))
  }
  return items
}

/** The same records where one statement ends all of their versions, else each version that has not ended, the newest first. */
async function spellOut (context: PatientContext, records: readonly RecordNamed[]): Promise<readonly RecordNamed[]> {
  const whole = records.filter(({ version }) => version === undefined)
  const newest = await Promise.all(whole.map(async ({ recordId }) => await readVerified(context, { recordId })))
  const count = newest.reduce((sum, { body: { version } }) => sum + version, records.length - whole.length)
  if (count <= RECORDS_PER_REQUEST) return records
  const { manifests } = await readManifests(context, context.patientId)
  const living = manifests.flatMap(({ body: { recordId, version }, end }) =>
    end === undefined && whole.some((record) => record.recordId === recordId) ? [{ recordId, version }] : [])
  const named = records.filter(({ recordId, version }) => version !== undefined && !whole.some((record) => record.recordId === recordId))
  if (named.length + living.length === 0) newest.forEach(requireLive)
  return [...named, ...living.sort((a, b) => b.version - a.version)]
}

/**
 * Erases whole compartments, each up to an epoch, by one statement, however much stands in them: also what this client does not know of.
 * @throws {ClientError} REFUSED (COMPARTMENT_IN_USE, COMPARTMENT_ERASED)
 */
export async function eraseCompartments (
  context: PatientContext, compartments: ReadonlyArray<{ label: string, epoch: number }>
): Promise<Done<RecordsEnded>> {
  const { patientId } = context
  const { id, statement } = makeStatement(context, 'Erasure', { patientId, compartments: [...compartments] }, [identityKeyOf(context)])
  return submitAnywhere<RecordsEnded>(context, {
    statementId: id,
    send: (gateway) => gateway.lifetime.erase(statement, id),
    recover: (written) => ({ orderId: id, versions: [], ...written })
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
