import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** A certificate and its key, PEM. */
export interface TlsPair { certificate: string, privateKey: string }

/** A TLS root of its own, for tests with real connections. */
export interface TlsAuthority { certificate: string, issue: (commonName: string, unit?: string) => TlsPair }

const OID = {
  commonName: '0603550403',
  unit: '060355040b',
  ecdsaSha256: '06082a8648ce3d040302',
  basicConstraints: '0603551d13',
  alternativeNames: '0603551d11'
}
/** UTCTime values around any clock that a test runs with. */
const VALIDITY = ['200101000000Z', '491231235959Z']
const TRUE = Buffer.from('0101ff', 'hex')

/** Makes a root; what it issues is for localhost and 127.0.0.1, for servers and clients, with a unit in the subject if given. */
export function createTlsAuthority (commonName: string): TlsAuthority {
  const root = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuer = name(commonName)
  const isAuthority = der(0x30, Buffer.from(OID.basicConstraints, 'hex'), TRUE, der(0x04, der(0x30, TRUE)))
  return {
    certificate: sign(issuer, issuer, root.publicKey, isAuthority, root.privateKey),
    issue: (subject, unit) => {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const names = der(0x30, der(0x82, Buffer.from('localhost')), der(0x87, Buffer.of(127, 0, 0, 1)))
      const extension = der(0x30, Buffer.from(OID.alternativeNames, 'hex'), der(0x04, names))
      return {
        certificate: sign(issuer, name(subject, unit), pair.publicKey, extension, root.privateKey),
        privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
      }
    }
  }
}

function sign (issuer: Buffer, subject: Buffer, key: KeyObject, extension: Buffer, rootKey: KeyObject): string {
  const algorithm = der(0x30, Buffer.from(OID.ecdsaSha256, 'hex'))
  const serial = randomBytes(8)
  serial[0] = 0x01
  const body = der(0x30,
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, serial),
    algorithm,
    issuer,
    der(0x30, ...VALIDITY.map((t) => der(0x17, Buffer.from(t)))),
    subject,
    key.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, extension))
  )
  const signature = createSign('sha256').update(body).sign(rootKey)
  const certificate = der(0x30, body, algorithm, der(0x03, Buffer.of(0), signature))
  return `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replaceAll(
    /.{64}/g,
    '$&\n'
  ).trimEnd()}\n-----END CERTIFICATE-----\n`
}

function name (commonName: string, unit?: string): Buffer {
  const part = (oid: string, value: string): Buffer => der(0x31, der(0x30, Buffer.from(oid, 'hex'), der(0x0c, Buffer.from(value))))
  return der(0x30, ...unit === undefined ? [] : [part(OID.unit, unit)], part(OID.commonName, commonName))
}

function der (tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content])
  const length = Buffer.from(content.length.toString(16).padStart(content.length > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.of(tag, 0x80 | length.length, ...length), content])
}
