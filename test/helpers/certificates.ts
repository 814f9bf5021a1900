import { createHash, createSign, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** Subject and Fabric attributes of a test certificate, as Fabric's CA would certify them. */
export interface CertificateSubject { commonName: string, units: string[], attributes: Record<string, string> }

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** OIDs in DER: id-at-commonName, id-at-organizationalUnitName, ecdsa-with-SHA256, and Fabric's attribute extension. */
const OID = {
  commonName: '0603550403',
  unit: '060355040b',
  ecdsaSha256: '06082a8648ce3d040302',
  fabricAttributes: '06082a03040506070801'
}
const TEN_YEARS = ['260101000000Z', '360101000000Z']

/** A PEM certificate with Fabric's attribute extension, signed by a key of this process: for in-memory ledgers only. */
export function createCertificate ({ commonName, units, attributes }: CertificateSubject, subjectKey: KeyObject = publicKey): string {
  const subject = name([...units.map((u) => ({ oid: OID.unit, value: u })), { oid: OID.commonName, value: commonName }])
  const issuer = name([{ oid: OID.commonName, value: 'memory-ca' }])
  const serial = createHash('sha256').update(JSON.stringify([commonName, units, attributes]))
    .update(subjectKey === publicKey ? '' : subjectKey.export({ type: 'spki', format: 'der' })).digest().subarray(0, 8)
  serial[0] = 0x01
  const algorithm = der(0x30, Buffer.from(OID.ecdsaSha256, 'hex'))
  const extension = der(0x30, Buffer.from(OID.fabricAttributes, 'hex'), der(0x04, Buffer.from(JSON.stringify({ attrs: attributes }))))
  const body = der(0x30,
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, serial),
    algorithm,
    issuer,
    der(0x30, ...TEN_YEARS.map((t) => der(0x17, Buffer.from(t)))),
    subject,
    subjectKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, extension))
  )
  const signature = createSign('sha256').update(body).sign(privateKey)
  const certificate = der(0x30, body, algorithm, der(0x03, Buffer.of(0), signature))
  return `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replaceAll(
    /.{64}/g,
    '$&\n'
  ).trimEnd()}\n-----END CERTIFICATE-----\n`
}

function name (parts: { oid: string, value: string }[]): Buffer {
  return der(0x30, ...parts.map(({ oid, value }) => der(0x31, der(0x30, Buffer.from(oid, 'hex'), der(0x0c, Buffer.from(value))))))
}

function der (tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content])
  const length = Buffer.from(content.length.toString(16).padStart(content.length > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.of(tag, 0x80 | length.length, ...length), content])
}
