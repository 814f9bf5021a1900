import { X509Certificate } from 'node:crypto'
import { AttributeValue, checkSchema, OFFICES, OFFICE_UNIT } from '@epione/protocol'
import type { Office } from '@epione/protocol'
import type { ClientIdentity } from './fabric-types.ts'

/** Who created the transaction, as certified by the organisation's CA. */
export interface Creator {
  mspId: string
  /** Enrolment id: the certificate's common name. */
  staffId: string
  /** Serial number of the certificate, hex in whole bytes without leading zeros. */
  serial: string
  /** The certificate has the node OU `admin`. */
  isAdmin: boolean
  role?: string
  /** The role, when it is an office and the certificate has the unit that only the hospital's admin gives. */
  office?: Office
  department?: string
  /** What an auditor may see; without the attribute only the own organisation. */
  scope: 'organization' | 'consortium'
}

/** Certificates read last: a member of staff submits many transactions under one, and reading it is a tenth of a transaction's CPU. */
const CACHE_SIZE = 256
/** Longest one kept, in bytes; a hospital's own CA may issue some of megabytes, which would fill every other's memory. */
const CACHED_BYTES_MAX = 8_192
const creators = new Map<string, Creator>()

/** The creator by the certificate alone: the same on every endorser, whether it was read before or not. */
export function readCreator (identity: ClientIdentity): Creator {
  const certificate = identity.getIDBytes()
  if (certificate.length > CACHED_BYTES_MAX) return parseCreator(identity, certificate)
  const name = `${identity.getMSPID()} ${Buffer.from(certificate).toString('latin1')}`
  const known = creators.get(name)
  if (known !== undefined) return known
  const creator = Object.freeze(parseCreator(identity, certificate))
  if (creators.size >= CACHE_SIZE) creators.delete(creators.keys().next().value ?? '')
  creators.set(name, creator)
  return creator
}

function parseCreator (identity: ClientIdentity, certificate: Uint8Array): Creator {
  // The identity's id string does not escape slashes, so a common name could pass for another field; the certificate cannot.
  const x509 = new X509Certificate(certificate)
  const subject: Record<string, string | string[] | undefined> = x509.toLegacyObject().subject
  const units = [subject['OU']].flat()
  const role = readCode(identity, 'role')
  const office = units.includes(OFFICE_UNIT) ? OFFICES.find((o) => o === role) : undefined
  const department = readCode(identity, 'department')
  return {
    mspId: identity.getMSPID(),
    staffId: [subject['CN']].flat().at(-1) ?? '',
    serial: x509.serialNumber.toLowerCase(),
    isAdmin: units.includes('admin'),
    ...(role !== undefined && { role }),
    ...(office !== undefined && { office }),
    ...(department !== undefined && { department }),
    scope: readCode(identity, 'scope') === 'consortium' ? 'consortium' : 'organization'
  }
}

/** An attribute's value when it is a code; free text from a certificate must not reach the ledger. */
function readCode (identity: ClientIdentity, name: string): string | undefined {
  const value = identity.getAttributeValue(name)
  if (value === null) return undefined
  try {
    return checkSchema(AttributeValue, value, name)
  } catch {
    return undefined
  }
}
