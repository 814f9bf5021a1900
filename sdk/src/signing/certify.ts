import { CertificateKey } from '@epione/crypto/certificate-key'
import type { PractitionerContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { makeCertificateRequest } from './certificate-request.ts'
import { findCertificateKey } from './transaction-signer.ts'

/** A certificate of this device's own key; `certificateNotAfter` in ms. */
export interface Certified {
  mspId: string
  staffId: string
  role: string
  department?: string
  certificateKey: number
  certificateNotAfter: number
}

/**
 * Has the hospital's CA certify a key of this phrase, the one before or with `newKey` the next, so that transactions are signed on this
 * device alone. A key that the gateway kept for this person ends. @throws {ClientError} ECHO_MISMATCH for a certificate of something else
 */
export async function certifyDevice (context: PractitionerContext, { newKey = false } = {}): Promise<Certified> {
  const { keys, person, token: { authorize }, gateways: { own } } = context
  const { certificate: former } = await own.getCertificate(authorize)
  const known = former === undefined ? undefined : findCertificateKey(keys, former)?.number
  const certificateKey = known === undefined ? 1 : newKey ? known + 1 : known
  const key = CertificateKey.fromSeed(keys.certificateSeed(certificateKey))
  const { certificate, ...certified } = await own.certifyDevice(makeCertificateRequest(key, person.staffId), authorize)
  const isOwn = findCertificateKey(keys, certificate)?.number === certificateKey
  if (isOwn && certified.mspId === person.mspId && certified.staffId === person.staffId) return { ...certified, certificateKey }
  throw new ClientError('ECHO_MISMATCH', `The gateway of ${own.info.mspId} answers with a certificate that is not of this device's key.`, {
    party: { kind: 'gateway', mspId: own.info.mspId }
  })
}
