import { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import type { SuspensionEntry } from '@epione/protocol'
import type { Practitioner } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import type { PractitionerRow, Tables } from '../store/tables.ts'
import type { LedgerIdentity } from '@epione/ledger/fabric'
import type { CertificateAuthority } from './certificate-authority.ts'
import { openStaffWallet, REGISTRATION_DESK } from './staff-wallet.ts'
import type { WalletKeys } from './wallet-keys.ts'

/** What a person is enrolled with. */
export interface Enrolment { subject: string, role: string, department?: string | undefined, by?: EnrolledBy, tokenIssuedAt?: number }
/** Whose word a person's attributes are. */
export type EnrolledBy = 'admin' | 'claims'

/**
 * An enrolled member of staff, until when (ms) their certificate counts, and when (s) the newest token was issued that they have shown;
 * 0 where their attributes are not those of tokens.
 */
export interface Enrolled extends Practitioner { certificateNotAfter: number, enrolledBy: EnrolledBy, newestToken: number }

/** Everything enrolment needs. */
export interface EnrolmentContext {
  db: Kysely<Tables>
  authority: CertificateAuthority
  walletKeys: WalletKeys
  mspId: string
  clock: () => number
  log: FastifyBaseLogger
}

/** The enrolled member of staff with this subject, or undefined. */
export async function findPractitioner (db: Kysely<Tables>, subject: string): Promise<Enrolled | undefined> {
  const row = await db.selectFrom('practitioners').selectAll().where('subject', '=', subject).executeTakeFirst()
  return row === undefined ? undefined : ofRow(row)
}

/** Notes a token that a person has shown; when (s) the newest was issued that they have shown so far. */
export async function noteToken (db: Kysely<Tables>, { subject }: Enrolled, issuedAt: number): Promise<number> {
  await db.updateTable('practitioners').set({ newest_token: issuedAt })
    .where('subject', '=', subject).where('newest_token', '<', issuedAt).execute()
  return (await findPractitioner(db, subject))?.newestToken ?? issuedAt
}

/**
 * Notes what the ledger says: an ended person's tokens open nothing from now on, and whoever lost a certificate, whichever of theirs it
 * was, gets the next one before they act again.
 */
export async function noteSuspension (db: Kysely<Tables>, { staffId, target, time }: SuspensionEntry): Promise<void> {
  if (target.kind === 'person') {
    await db.insertInto('suspended_staff').values({ staff_id: staffId, suspended_at: time }).onConflict((c) => c.doNothing()).execute()
  } else if (target.kind === 'certificate') {
    await db.updateTable('practitioners').set({ certificate_not_after: 0 }).where('staff_id', '=', staffId).execute()
  }
}

/** True when any of these staff ids is suspended. */
export async function isSuspended (db: Kysely<Tables>, staffIds: readonly string[]): Promise<boolean> {
  if (staffIds.length === 0) return false
  return await db.selectFrom('suspended_staff').select('staff_id').where('staff_id', 'in', staffIds).limit(1).executeTakeFirst() !== undefined
}

/**
 * Registers a person with the CA under a fresh opaque id and keeps the identity sealed in the wallet; both rows in one transaction. Whoever
 * was suspended comes back under another id: the former one has ended for good.
 * @throws {GatewayError} PRACTITIONER_EXISTS, CA_UNAVAILABLE
 */
export async function enrolPractitioner (context: EnrolmentContext, enrolment: Enrolment): Promise<Enrolled> {
  const { db, authority, walletKeys, mspId, clock } = context
  const { subject, role, department, by = 'admin', tokenIssuedAt: newestToken = 0 } = enrolment
  const former = await findPractitioner(db, subject)
  if (subject === REGISTRATION_DESK || (former !== undefined && !await isSuspended(db, [former.staffId]))) throw exists()
  // The id says nothing about the person (DESIGN §4); it is the certificate's common name.
  const staffId = `s-${randomBytes(10).toString('hex')}`
  const { certificate, privateKey, notAfter } = await authority.enrol({ staffId, role, department })
  const practitioner: Enrolled = { subject, mspId, staffId, role, department, certificateNotAfter: notAfter, enrolledBy: by, newestToken }
  await db.transaction().execute(async (trx) => {
    if (former !== undefined) await trx.deleteFrom('practitioners').where('staff_id', '=', former.staffId).execute()
    const inserted = await trx.insertInto('practitioners').values(toRow(practitioner, clock())).onConflict((c) =>
      c.doNothing()).executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows !== 1n) throw exists()
    await openStaffWallet(trx, walletKeys).put(subject, { mspId, certificate, privateKey })
  })
  return practitioner
}

/**
 * A certificate with other attributes for a person who stays who they are: their keys, records and log go on. Undefined where a newer token
 * than this was shown meanwhile: nothing is changed then.
 * @throws {GatewayError} CA_UNAVAILABLE
 */
export async function certifyAnew (
  { db, authority, walletKeys, mspId }: EnrolmentContext,
  staff: Enrolled,
  { role, department, tokenIssuedAt }: { role: string, department?: string | undefined, tokenIssuedAt: number }
): Promise<Enrolled | undefined> {
  const { subject, staffId } = staff
  const { certificate, privateKey, notAfter } = await authority.certify({ staffId, role, department })
  return await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx.updateTable('practitioners')
      .set({ role, department: department ?? null, certificate_not_after: notAfter })
      .where('staff_id', '=', staffId).where('newest_token', '<=', tokenIssuedAt).executeTakeFirst()
    if (numUpdatedRows !== 1n) return undefined
    await openStaffWallet(trx, walletKeys).put(subject, { mspId, certificate, privateKey })
    return { ...staff, role, department, certificateNotAfter: notAfter }
  })
}

/** Certificates are renewed when they have less than this left (ms): a week of a CA's absence does no harm. */
const RENEW_BEFORE_MS = 7 * 24 * 60 * 60 * 1000

/**
 * The identity under which a person's transactions are created, its certificate renewed when it is about to expire or has.
 * @throws {GatewayError} NOT_ENROLLED; CA_UNAVAILABLE when it has expired and cannot be renewed
 */
export async function identityOf (context: EnrolmentContext, subject: string): Promise<LedgerIdentity> {
  const { db, authority, walletKeys, mspId, clock } = context
  const practitioner = await findPractitioner(db, subject)
  const wallet = openStaffWallet(db, walletKeys)
  if (practitioner === undefined || practitioner.certificateNotAfter - clock() > RENEW_BEFORE_MS) return await wallet.get(subject)
  try {
    const { certificate, privateKey, notAfter } = await authority.renew(practitioner.staffId)
    await db.transaction().execute(async (trx) => {
      await trx.updateTable('practitioners').set({ certificate_not_after: notAfter }).where('subject', '=', subject).execute()
      await openStaffWallet(trx, walletKeys).put(subject, { mspId, certificate, privateKey })
    })
  } catch (error) {
    if (practitioner.certificateNotAfter < clock()) throw error
    context.log.warn({ err: error }, 'a certificate of the staff was not renewed yet')
  }
  return await wallet.get(subject)
}

const exists = (): GatewayError => new GatewayError('PRACTITIONER_EXISTS', 'this subject is enrolled already')

function toRow (p: Enrolled, createdAt: number): PractitionerRow {
  return {
    subject: p.subject,
    msp_id: p.mspId,
    staff_id: p.staffId,
    role: p.role,
    department: p.department ?? null,
    certificate_not_after: p.certificateNotAfter,
    enrolled_by: p.enrolledBy,
    newest_token: p.newestToken,
    created_at: createdAt
  }
}

function ofRow (row: PractitionerRow): Enrolled {
  return {
    subject: row.subject,
    mspId: row.msp_id,
    staffId: row.staff_id,
    role: row.role,
    department: row.department ?? undefined,
    certificateNotAfter: row.certificate_not_after,
    enrolledBy: row.enrolled_by === 'claims' ? 'claims' : 'admin',
    newestToken: row.newest_token
  }
}
