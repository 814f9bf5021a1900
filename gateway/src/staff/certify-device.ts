import { X509Certificate } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Practitioner } from '../http/caller.ts'
import type { Tables } from '../store/tables.ts'
import { serialOf } from './certificate-authority.ts'
import { checkCertificateRequest } from './certificate-request.ts'
import { notEnrolled } from './not-enrolled.ts'
import { findPractitioner, noteSuspension } from './practitioners.ts'
import type { Enrolled } from './practitioners.ts'

type Certifier = Pick<FastifyInstance, 'enrolment' | 'ledger' | 'store' | 'wallet' | 'log'>

/** Whoever acts under a certificate of the hospital's CA; auditors do not. @throws {GatewayError} NOT_ENROLLED */
export async function requirePractitioner (db: Kysely<Tables>, { subject }: Practitioner): Promise<Enrolled> {
  const found = await findPractitioner(db, subject)
  if (found === undefined) throw notEnrolled()
  return found
}

/**
 * Has the CA certify the key of a person's device. A key of theirs that the wallet has ends with that: its certificate on the ledger, for
 * good and at once, so that neither this gateway nor a backup of it acts by it, and then the key itself. A request that comes to nothing
 * ends nothing.
 * @throws {GatewayError} NOT_ENROLLED, CA_UNAVAILABLE, REQUEST_INVALID for a key of another kind or another name
 */
export async function certifyDevice (app: Certifier, self: Practitioner, request: string): Promise<Enrolled & { certificate: string }> {
  const { db, authority } = app.enrolment
  const staff = await requirePractitioner(db, self)
  const { subject, staffId, role, department } = staff
  checkCertificateRequest(request, staffId)
  const { certificate, notAfter } = await authority.certifyRequest({ staffId, role, department }, request)
  requireFit(certificate, staffId)
  if (staff.keys === 'gateway') await endWalletKey(app, staff)
  await db.transaction().execute(async (trx) => {
    await trx.updateTable('practitioners').set({ keys_at: 'device', certificate, certificate_not_after: notAfter })
      .where('staff_id', '=', staffId).execute()
    await trx.deleteFrom('wallet').where('label', '=', subject).execute()
    // What was prepared for the certificate before is signed by nobody any more.
    await trx.deleteFrom('signings').where('staff_id', '=', staffId).where('stage', 'in', ['proposal', 'transaction']).execute()
  })
  app.log.info({ staffId, serial: serialOf(certificate) }, 'certified a key of the person\'s own device')
  return { ...staff, keys: 'device', certificate, certificateNotAfter: notAfter }
}

async function endWalletKey (app: Certifier, { subject, staffId }: Enrolled): Promise<void> {
  const { certificate } = await app.wallet.get(subject)
  const target = { kind: 'certificate', serial: serialOf(certificate) } as const
  const { value } = await app.ledger.registrar.suspendStaff({ staffId, target, cause: 'replaced' })
  await noteSuspension(app.store.db, value)
}

/** @throws {GatewayError} REQUEST_INVALID */
function requireFit (certificate: string, staffId: string): void {
  const { publicKey, subject } = new X509Certificate(certificate)
  const isNamed = subject.split('\n').includes(`CN=${staffId}`)
  if (isNamed && publicKey.asymmetricKeyDetails?.namedCurve === 'prime256v1') return
  throw new GatewayError('REQUEST_INVALID', 'request a certificate for a key of P-256, with the staff id as its common name')
}
