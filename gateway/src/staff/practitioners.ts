import { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import type { SuspensionEntry } from '@epione/protocol'
import type { Practitioner } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import type { PractitionerRow, Tables } from '../store/tables.ts'
import type { DeviceIdentity, LedgerIdentity } from '@epione/ledger/fabric'
import { serialOf } from './certificate-authority.ts'
import type { CertificateAuthority, EnrolledIdentity, StaffAttributes } from './certificate-authority.ts'
import { openStaffWallet, REGISTRATION_DESK } from './staff-wallet.ts'
import type { WalletKeys } from './wallet-keys.ts'

/** What a person is enrolled with. */
export interface Enrolment {
  subject: string
  role: string
  department?: string | undefined
  by?: EnrolledBy
  tokenIssuedAt?: number
  keys?: KeysAt | undefined
}
/** Where the key of a person's certificate is: in the gateway's wallet, or at their device alone. */
export type KeysAt = 'gateway' | 'device'
/** Whose word a person's attributes are. */
export type EnrolledBy = 'admin' | 'claims'

/**
 * An enrolled member of staff, until when (ms) their certificate counts, and when (s) the newest token was issued that they have shown;
 * 0 where their attributes are not those of tokens. `certificate`, PEM, is there where its key is at their device and it has one.
 */
export interface Enrolled extends Practitioner {
  certificateNotAfter: number
  enrolledBy: EnrolledBy
  newestToken: number
  keys: KeysAt
  certificate?: string | undefined
}

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
    const row = await db.selectFrom('practitioners').select('certificate').where('staff_id', '=', staffId).executeTakeFirst()
    // A device's certificate outlives the one before it, whose end may be read later.
    if (typeof row?.certificate === 'string' && serialOf(row.certificate) !== target.serial) return
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
  const { subject, role, department, by = 'admin', tokenIssuedAt: newestToken = 0, keys = 'gateway' } = enrolment
  const former = await findPractitioner(db, subject)
  if (subject === REGISTRATION_DESK || (former !== undefined && !await isSuspended(db, [former.staffId]))) throw exists()
  // The id says nothing about the person (DESIGN §4); it is the certificate's common name.
  const staffId = `s-${randomBytes(10).toString('hex')}`
  const issued = await enrolAt(authority, keys, { staffId, role, department })
  const certificateNotAfter = issued?.notAfter ?? 0
  const practitioner: Enrolled = { subject, mspId, staffId, role, department, certificateNotAfter, enrolledBy: by, newestToken, keys }
  await db.transaction().execute(async (trx) => {
    if (former !== undefined) await trx.deleteFrom('practitioners').where('staff_id', '=', former.staffId).execute()
    const inserted = await trx.insertInto('practitioners').values(toRow(practitioner, clock())).onConflict((c) =>
      c.doNothing()).executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows !== 1n) throw exists()
    if (issued !== undefined) await openStaffWallet(trx, walletKeys).put(subject, { mspId, ...issued })
    // Of somebody who comes back, and whose key was here.
    else await trx.deleteFrom('wallet').where('label', '=', subject).execute()
  })
  return practitioner
}

/** Whose key is to be at their device is registered alone: no key of theirs is ever here. */
async function enrolAt (authority: CertificateAuthority, keys: KeysAt, staff: StaffAttributes): Promise<EnrolledIdentity | undefined> {
  if (keys === 'gateway') return await authority.enrol(staff)
  await authority.register(staff)
  return undefined
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
  if (staff.keys === 'device') return await changeAttributes(db, staff, { role, department, tokenIssuedAt })
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

/** The certificate of a device ends here with what it says: the next one, which the device asks for, says the new attributes. */
async function changeAttributes (
  db: Kysely<Tables>,
  staff: Enrolled,
  { role, department, tokenIssuedAt }: { role: string, department?: string | undefined, tokenIssuedAt: number }
): Promise<Enrolled | undefined> {
  const { numUpdatedRows } = await db.updateTable('practitioners')
    .set({ role, department: department ?? null, certificate_not_after: 0 })
    .where('staff_id', '=', staff.staffId).where('newest_token', '<=', tokenIssuedAt).executeTakeFirst()
  return numUpdatedRows === 1n ? { ...staff, role, department, certificateNotAfter: 0 } : undefined
}

/** Certificates are renewed when they have less than this left (ms): a week of a CA's absence does no harm. */
const RENEW_BEFORE_MS = 7 * 24 * 60 * 60 * 1000

/**
 * The identity under which a person's transactions are created, its certificate renewed when it is about to expire or has.
 * One of a device is renewed by the device.
 * @throws {GatewayError} NOT_ENROLLED; CA_UNAVAILABLE when it has expired and cannot be renewed; CERTIFICATE_NEEDED
 */
export async function identityOf (context: EnrolmentContext, subject: string): Promise<LedgerIdentity | DeviceIdentity> {
  const { db, authority, walletKeys, mspId, clock } = context
  const practitioner = await findPractitioner(db, subject)
  if (practitioner?.keys === 'device') return { mspId, certificate: requireCertificate(practitioner, clock()) }
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

/** @throws {GatewayError} CERTIFICATE_NEEDED */
function requireCertificate ({ certificate, certificateNotAfter }: Enrolled, now: number): string {
  if (certificate !== undefined && certificateNotAfter > now) return certificate
  throw new GatewayError(
    'CERTIFICATE_NEEDED',
    'the key of this person\'s certificate is to be at their device, and there is no certificate of it that counts: run "epione practitioner certify" there'
  )
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
    keys_at: p.keys,
    certificate: p.certificate ?? null,
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
    newestToken: row.newest_token,
    keys: row.keys_at === 'device' ? 'device' : 'gateway',
    certificate: row.certificate ?? undefined
  }
}
