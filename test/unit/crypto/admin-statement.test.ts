import t from 'tap'
import { adminKeyOf, fromHex, SecretKey, signAsAdmin, signStatement, toHex, verifyAdminStatement, verifyStatement } from '@epione/crypto'

const networkId = new Uint8Array(32).fill(7)
const secret = new Uint8Array(32).fill(9)
const body = { type: 'Founding', version: 1 }
const signed = signAsAdmin(body, networkId, secret)
const [signature = { key: '', signature: '' }] = signed.signatures
/** Order of P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

t.test('what an admin signed is proven for its network, and names the key', (t) => {
  t.match(verifyAdminStatement(signed, networkId), { type: 'Founding', body, signers: [adminKeyOf(secret)] })
  t.throws(() => verifyAdminStatement(signed, new Uint8Array(32)), { code: 'SIGNATURE_INVALID' })
  t.throws(() => verifyAdminStatement({ ...signed, body: '{"type":"Founding","version":2}' }, networkId), { code: 'SIGNATURE_INVALID' })
  t.throws(() => verifyAdminStatement({ ...signed, signatures: [signature, signature] }, networkId), { code: 'SIGNATURE_INVALID' })
  t.throws(() =>
    verifyAdminStatement({ ...signed, signatures: [{ ...signature, key: adminKeyOf(new Uint8Array(32).fill(8)) }] }, networkId), {
    code: 'SIGNATURE_INVALID'
  })
  t.throws(() => verifyAdminStatement({ ...signed, signatures: [{ ...signature, key: `02${'f'.repeat(64)}` }] }, networkId), {
    code: 'SIGNATURE_INVALID'
  })
  t.end()
})

t.test('a signature has one spelling: high s is refused', (t) => {
  const s = ORDER - BigInt(`0x${signature.signature.slice(64)}`)
  const high = signature.signature.slice(0, 64) + s.toString(16).padStart(64, '0')
  t.throws(() => verifyAdminStatement({ ...signed, signatures: [{ ...signature, signature: high }] }, networkId), {
    code: 'SIGNATURE_INVALID'
  })
  for (const malformed of [
    '00'.repeat(64), 'ff'.repeat(64)
  ]) {
    t.throws(() => verifyAdminStatement({ ...signed, signatures: [{ ...signature, signature: malformed }] }, networkId), {
      code: 'SIGNATURE_INVALID'
    })
  }
  t.end()
})

t.test('an admin\'s statement passes for no other, and no other for an admin\'s', (t) => {
  const key = SecretKey.fromBytes(fromHex(toHex(secret)))
  t.throws(() => verifyStatement(signed, networkId), { code: 'SIGNATURE_INVALID' })
  t.throws(() => verifyAdminStatement(signStatement({ type: 'Founding', networkId, body, keys: [key] }), networkId), {
    code: 'SIGNATURE_INVALID'
  })
  t.end()
})
