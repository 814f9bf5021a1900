import { createHash, createPublicKey, verify } from 'node:crypto'
import {
  canonicalize, cosignStatement, fromHex, MAX_SIGNATURES, parseCanonical, SecretKey, signStatement, statementId, toHex,
  verifyStatement
} from '@epione/crypto'
import type { SignedStatement, VerifiedStatement } from '@epione/crypto'
import fc from 'fast-check'
import t from 'tap'
import { refuses, runs, seeded, withHighS } from './support.ts'

const NETWORK_ID = seeded('network')(32)
const ALICE = SecretKey.random(seeded('alice'))
const BOB = SecretKey.random(seeded('bob'))
const BODY = { type: 'Consent', nonce: 'ab'.repeat(16), purposes: ['TREAT'], issuedAt: 1_800_000_000_000 }
const SIGNED = signStatement({ type: 'Consent', networkId: NETWORK_ID, body: BODY, keys: [ALICE, BOB] })

/** OpenSSL's opinion of a signature. */
function opensslVerifies (message: Buffer, key: SecretKey, signature: string): boolean {
  const point = Buffer.from(key.publicKey().toBytes())
  const der = Buffer.concat([Buffer.from('3036301006072a8648ce3d020106052b8104000a032200', 'hex'), point])
  return verify(
    'sha256',
    message,
    { key: createPublicKey({ key: der, format: 'der', type: 'spki' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'hex')
  )
}

function withSignature (change: object, index = 0): SignedStatement {
  return {
    ...SIGNED,
    signatures: SIGNED.signatures.map((signature, position) => position === index ? { ...signature, ...change } : signature)
  }
}

function withBody (body: string): SignedStatement {
  return { ...SIGNED, body }
}

function checked (statement: unknown): VerifiedStatement {
  return verifyStatement(statement as SignedStatement, NETWORK_ID)
}

t.test('a signed statement verifies and says who signed what', (t) => {
  const verified = verifyStatement(JSON.parse(JSON.stringify(SIGNED)) as SignedStatement, NETWORK_ID)
  t.equal(verified.type, 'Consent')
  t.strictSame(verified.body, BODY)
  t.equal(verified.text, canonicalize(BODY))
  t.strictSame(verified.signers, [ALICE.publicKey().toHex(), BOB.publicKey().toHex()])
  t.equal(verified.id, createHash('sha256').update(canonicalize(BODY)).digest('hex'))
  t.equal(statementId(SIGNED.body), verified.id)
  t.end()
})

t.test('signatures cover tag, type, version, network id and canonical bytes, as OpenSSL confirms', (t) => {
  const message = Buffer.concat([Buffer.from('epione/Consent/v1\0'), NETWORK_ID, Buffer.from(canonicalize(BODY))])
  t.ok(opensslVerifies(message, ALICE, SIGNED.signatures[0]?.signature ?? ''))
  t.ok(opensslVerifies(message, BOB, SIGNED.signatures[1]?.signature ?? ''))
  t.notOk(opensslVerifies(Buffer.from(canonicalize(BODY)), ALICE, SIGNED.signatures[0]?.signature ?? ''))
  t.end()
})

t.test('signing is deterministic (RFC 6979)', (t) => {
  t.strictSame(signStatement({ type: 'Consent', networkId: NETWORK_ID, body: BODY, keys: [ALICE, BOB] }), SIGNED)
  t.end()
})

t.test('a verified body cannot be changed afterwards', (t) => {
  const { body } = checked(SIGNED)
  t.throws(() => { (body as Record<string, unknown>)['type'] = 'Revocation' }, TypeError)
  t.throws(() => { (body['purposes'] as string[]).push('RESEARCH') }, TypeError)
  t.end()
})

t.test('a statement of another network is refused', (t) => {
  refuses(t, 'SIGNATURE_INVALID', () => verifyStatement(SIGNED, seeded('other network')(32)), 'other network')
  t.throws(() => verifyStatement(SIGNED, new Uint8Array(31)), RangeError)
  t.end()
})

t.test('a changed body, another type included, is refused', (t) => {
  refuses(t, 'SIGNATURE_INVALID', () => checked(withBody(canonicalize({ ...BODY, issuedAt: BODY.issuedAt + 1 }))), 'value')
  refuses(t, 'SIGNATURE_INVALID', () => checked(withBody(canonicalize({ ...BODY, type: 'Revocation' }))), 'type')
  refuses(t, 'SIGNATURE_INVALID', () => checked(withBody(canonicalize({ ...BODY, more: 1 }))), 'member')
  t.end()
})

t.test('each single bit of each signature counts', (t) => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 511 }), (index, bit) => {
    const bytes = fromHex(SIGNED.signatures[index]?.signature ?? '')
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    refuses(t, 'SIGNATURE_INVALID', () => checked(withSignature({ signature: toHex(bytes) }, index)), `bit ${bit}`)
  }), runs(15))
  t.end()
})

t.test('a signature with high S is refused, though plain ECDSA would take it', (t) => {
  const high = toHex(withHighS(fromHex(SIGNED.signatures[0]?.signature ?? '')))
  const message = Buffer.concat([Buffer.from('epione/Consent/v1\0'), NETWORK_ID, Buffer.from(canonicalize(BODY))])
  t.ok(opensslVerifies(message, ALICE, high))
  refuses(t, 'SIGNATURE_INVALID', () => checked(withSignature({ signature: high })), 'high S')
  t.end()
})

t.test('a signature or key in another encoding is refused', (t) => {
  const [{ key, signature }] = SIGNED.signatures as [{ key: string, signature: string }]
  for (const other of [signature.toUpperCase(), signature.slice(2), `${signature}00`, '00'.repeat(64), 'ff'.repeat(64), '']) {
    refuses(t, 'SIGNATURE_INVALID', () => checked(withSignature({ signature: other })), other.slice(0, 16))
  }
  for (const other of [key.toUpperCase(), key.slice(2), `04${key.slice(2)}`, '00'.repeat(33), BOB.publicKey().toHex()]) {
    refuses(t, 'SIGNATURE_INVALID', () => checked(withSignature({ key: other })), other.slice(0, 16))
  }
  t.end()
})

t.test('one bad signature among good ones spoils the statement', (t) => {
  const [good] = SIGNED.signatures
  t.ok(checked({ ...SIGNED, signatures: [good] }))
  refuses(t, 'SIGNATURE_INVALID', () => checked(withSignature({ signature: good?.signature }, 1)), 'second')
  t.end()
})

t.test('a key that signs twice is refused', (t) => {
  const [good] = SIGNED.signatures
  refuses(t, 'SIGNATURE_INVALID', () => checked({ ...SIGNED, signatures: [good, good] }), 'twice')
  t.throws(() => signStatement({ type: 'Consent', networkId: NETWORK_ID, body: BODY, keys: [ALICE, ALICE] }), RangeError)
  t.end()
})

t.test('a statement without signatures, or with too many, is refused', (t) => {
  refuses(t, 'STATEMENT_MALFORMED', () => checked({ ...SIGNED, signatures: [] }), 'none')
  refuses(
    t,
    'STATEMENT_MALFORMED',
    () => checked({ ...SIGNED, signatures: Array(MAX_SIGNATURES + 1).fill(SIGNED.signatures[0]) }),
    'too many'
  )
  t.throws(() => signStatement({ type: 'Consent', networkId: NETWORK_ID, body: BODY, keys: [] }), RangeError)
  t.end()
})

t.test('a body that is not canonical is refused before its signatures are looked at', (t) => {
  for (const body of [
    ` ${SIGNED.body}`, SIGNED.body.replace('{"issuedAt"', '{ "issuedAt"'), `{"type":"Consent",${SIGNED.body.slice(1)}`,
    JSON.stringify(BODY)
  ]) {
    refuses(t, 'STATEMENT_NOT_CANONICAL', () => checked(withBody(body)), body.slice(0, 30))
  }
  t.end()
})

t.test('a statement over 64 KiB is neither signed nor verified', (t) => {
  const body = { type: 'Consent', filler: 'x'.repeat(65_536) }
  refuses(t, 'STATEMENT_TOO_LARGE', () => signStatement({ type: 'Consent', networkId: NETWORK_ID, body, keys: [ALICE] }), 'sign')
  refuses(t, 'STATEMENT_TOO_LARGE', () => checked(withBody(canonicalize(body))), 'verify')
  refuses(t, 'STATEMENT_TOO_LARGE', () => statementId(canonicalize(body)), 'id')
  const largest = { type: 'Consent', filler: 'x'.repeat(65_536 - canonicalize({ type: 'Consent', filler: '' }).length) }
  t.ok(checked(signStatement({ type: 'Consent', networkId: NETWORK_ID, body: largest, keys: [ALICE] })))
  t.end()
})

t.test('a body without a proper type is refused', (t) => {
  for (const body of [
    {}, { type: 1 }, { type: '' }, { type: 'consent' }, { type: 'A/v1\0' }, { type: 'A'.repeat(65) },
    { type: 'Answer' }, [], 'Consent', null
  ]) {
    refuses(t, 'STATEMENT_MALFORMED', () => checked(withBody(canonicalize(body))), canonicalize(body))
  }
  for (const type of ['', 'consent', 'A B', 'Answer']) {
    t.throws(() => signStatement({ type, networkId: NETWORK_ID, body: { type }, keys: [ALICE] }), RangeError, type)
  }
  t.throws(
    () => signStatement({ type: 'Consent', networkId: NETWORK_ID, body: { type: 'Revocation' }, keys: [ALICE] }),
    RangeError,
    'differs'
  )
  t.end()
})

t.test('whatever else arrives in place of a statement is refused', (t) => {
  const bad: unknown[] = [
    null, undefined, 1, 'text', [], {}, { body: SIGNED.body }, {
      signatures: SIGNED.signatures
    }, { ...SIGNED, more: 1 }, { ...SIGNED, body: BODY },
    {
      ...SIGNED,
      signatures: {}
    }, {
      ...SIGNED,
      signatures: [null]
    }, { ...SIGNED, signatures: [{}] }, { ...SIGNED, signatures: [{ ...SIGNED.signatures[0], more: 1 }] },
    { ...SIGNED, signatures: [{ key: 1, signature: 2 }] }
  ]
  bad.forEach((value, index) => refuses(t, 'STATEMENT_MALFORMED', () => checked(value), `case ${index}`))
  t.end()
})

t.test('a further signature joins the others over the same bytes', (t) => {
  const alone = signStatement({ type: 'Consent', networkId: NETWORK_ID, body: BODY, keys: [ALICE] })
  const both = cosignStatement(alone, NETWORK_ID, BOB)
  t.strictSame(both, SIGNED)
  t.equal(checked(both).id, checked(alone).id, 'the id does not depend on signatures')
  t.throws(() => cosignStatement(both, NETWORK_ID, BOB), RangeError, 'twice')
  refuses(t, 'SIGNATURE_INVALID', () => cosignStatement(alone, seeded('other')(32), BOB), 'other network')
  refuses(
    t,
    'SIGNATURE_INVALID',
    () => cosignStatement(withSignature({ signature: SIGNED.signatures[1]?.signature }), NETWORK_ID, SecretKey.random()),
    'nobody co-signs a bad one'
  )
  t.end()
})

t.test('any plain data can be stated and comes back', (t) => {
  const data = fc.dictionary(fc.string({ unit: 'grapheme' }).filter((name) => name !== 'type' && name !== '__proto__'),
    fc.oneof(
      fc.boolean(),
      fc.maxSafeInteger().map((value) => value + 0),
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.boolean())
    ), { noNullPrototype: true })
  fc.assert(fc.property(data, (members) => {
    const body = { ...members, type: 'Anything' }
    const { text } = checked(signStatement({ type: 'Anything', networkId: NETWORK_ID, body, keys: [ALICE] }))
    t.strictSame(parseCanonical(text), JSON.parse(canonicalize(body)))
  }), runs(20))
  t.end()
})
