import { generateKeyPairSync, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import t from 'tap'
import { createSigner, encodeSignature } from '../../../ledger/src/fabric/signer.ts'

const HALF_ORDER = p256.Point.Fn.ORDER / 2n

t.test('signatures verify elsewhere, in DER, with the lower s always', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signer = createSigner(toPem(privateKey))
  const point = Buffer.from(p256.Point.fromAffine(readPoint(publicKey.export({ format: 'jwk' }))).toBytes())
  for (let n = 0; n < 64; n++) {
    const message = Buffer.from(`message ${String(n)}`)
    const signature = await signer(message)
    t.ok(verify('sha256', message, publicKey, signature))
    t.ok(p256.verify(signature, message, point, { format: 'der', lowS: true }))
    t.ok(p256.Signature.fromBytes(signature, 'der').s <= HALF_ORDER)
  }
})

t.test('numbers with leading zeros and with a first bit set are encoded as short as DER asks', (t) => {
  const join = (r: string, s: string): Uint8Array => Buffer.from(r.padStart(64, '0') + s.padStart(64, '0'), 'hex')
  const hex = (signature: Uint8Array): string => Buffer.from(signature).toString('hex')
  t.equal(hex(encodeSignature(join('01', '02'))), '3006020101020102')
  t.equal(hex(encodeSignature(join('80', 'ff'))), '300802020080020200ff')
  t.equal(hex(encodeSignature(join('00', '7f'))), '300602010002017f')
  const order = p256.Point.Fn.ORDER
  t.equal(hex(encodeSignature(join('01', (order - 5n).toString(16)))), '3006020101020105')
  t.end()
})

t.test('a key of another curve is refused', (t) => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
  t.throws(() => createSigner(toPem(other)), { message: /P-256/ })
  t.end()
})

function toPem (key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function readPoint ({ x = '', y = '' }: { x?: string | undefined, y?: string | undefined }): { x: bigint, y: bigint } {
  const read = (text: string): bigint => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`)
  return { x: read(x), y: read(y) }
}
