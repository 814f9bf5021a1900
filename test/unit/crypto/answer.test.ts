import { createPublicKey, verify } from 'node:crypto'
import {
  batchBytes, canonicalize, encapsulate, fromHex, MAX_BATCH, reencryptBatch, SecretKey, sha256, signAnswer, signStatement, toHex, utf8,
  verifyAnswer, verifyStatement
} from '@epione/crypto'
import type { AnswerBody, SignedAnswer, SignedStatement } from '@epione/crypto'
import t from 'tap'
import { flipBit, makeGrant, refuses, seeded, withHighS } from './support.ts'
import { PLACE } from '../../helpers/places.ts'

const NETWORK_ID = seeded('network')(32)
const PROXY = SecretKey.random(seeded('proxy'))
const { keys, kfrags: [kfrag] } = makeGrant(1, 1)
if (kfrag === undefined) throw new TypeError('one was made')
const capsules = ['capsule', 'another'].map((name) => encapsulate(keys.delegatingKey, PLACE, seeded(name)).capsule)
const batch = reencryptBatch(capsules, kfrag, seeded('proof'))
const BODY: AnswerBody = {
  eventId: 'patient.1800000000000.tx',
  wrapHashes: ['wrap', 'another'].map((name) => toHex(sha256(utf8(name)))).sort(),
  consentId: toHex(sha256(utf8('consent'))),
  kfragId: toHex(batch.kfragId),
  receivingKey: keys.receivingKey.toHex(),
  cfrags: toHex(batch.toBytes())
}
const ANSWER = signAnswer(BODY, NETWORK_ID, PROXY)

function checked (answer: unknown, networkId = NETWORK_ID, key = PROXY): AnswerBody {
  return verifyAnswer(answer as SignedAnswer, networkId, key.publicKey())
}

t.test('an answer verifies under its proxy\'s key and gives back what was signed', (t) => {
  t.strictSame(checked(JSON.parse(JSON.stringify(ANSWER))), BODY)
  t.end()
})

t.test('the signature covers its own tag, the network id and every member, as OpenSSL confirms', (t) => {
  const der = Buffer.concat([Buffer.from('3036301006072a8648ce3d020106052b8104000a032200', 'hex'), PROXY.publicKey().toBytes()])
  const key = { key: createPublicKey({ key: der, format: 'der', type: 'spki' }), dsaEncoding: 'ieee-p1363' as const }
  const message = Buffer.concat([Buffer.from('epione/Answer/v1\0'), NETWORK_ID, Buffer.from(canonicalize(BODY))])
  t.ok(verify('sha256', message, key, fromHex(ANSWER.signature)))
  t.end()
})

t.test('an answer of another proxy or network is refused', (t) => {
  refuses(t, 'ANSWER_INVALID', () => checked(ANSWER, NETWORK_ID, SecretKey.random()), 'other proxy')
  refuses(t, 'ANSWER_INVALID', () => checked(ANSWER, seeded('other')(32)), 'other network')
  t.end()
})

t.test('an answer moved to another event, wrap, consent, kfrag, reader or cfrags is refused', (t) => {
  const changes: Partial<AnswerBody>[] = [
    { eventId: 'patient.1800000000001.tx' }, { wrapHashes: ['ab'.repeat(32), 'cd'.repeat(32)] }, { consentId: 'ab'.repeat(32) }, { kfragId: 'ab'.repeat(32) },
    { receivingKey: PROXY.publicKey().toHex() }, { cfrags: toHex(flipBit(batch.toBytes(), 350)) }
  ]
  for (const change of changes) {
    refuses(
      t,
      'ANSWER_INVALID',
      () => checked({ ...ANSWER, body: { ...BODY, ...change } }),
      Object.keys(change).join()
    )
  }
  t.end()
})

t.test('a signed lie stays verifiable, so that it can be shown', (t) => {
  const lie = { ...BODY, cfrags: toHex(flipBit(batch.toBytes(), 300)) }
  t.strictSame(checked(signAnswer(lie, NETWORK_ID, PROXY)), lie)
  t.end()
})

t.test('an answer with another form, member, hex spelling or length is refused', (t) => {
  const bodies: unknown[] = [
    null, [], {}, { ...BODY, more: 1 }, {
      ...BODY,
      eventId: undefined
    }, { ...BODY, eventId: '' }, { ...BODY, eventId: 'x'.repeat(257) }, { ...BODY, eventId: 7 },
    {
      ...BODY,
      wrapHashes: BODY.wrapHashes.map((hash) => hash.toUpperCase())
    }, { ...BODY, consentId: BODY.consentId.slice(2) }, { ...BODY, kfragId: `${BODY.kfragId}00` },
    { ...BODY, receivingKey: `0x${BODY.receivingKey}` }, { ...BODY, cfrags: BODY.cfrags.slice(2) }, { ...BODY, cfrags: null }, { ...BODY, cfrag: BODY.cfrags },
    { ...BODY, wrapHashes: toHex(sha256(utf8('wrap'))) }, { ...BODY, wrapHashes: BODY.wrapHashes.map(() => 7) }
  ]
  bodies.forEach((body, index) => {
    refuses(t, 'ANSWER_INVALID', () => checked({ ...ANSWER, body }), `case ${index}`)
    refuses(t, 'ANSWER_INVALID', () => signAnswer(body as AnswerBody, NETWORK_ID, PROXY), `not signed either, case ${index}`)
  })
  for (const answer of [
    null, [], 1, { body: BODY }, { ...ANSWER, more: 1 }, { ...ANSWER, signature: 1 }
  ]) refuses(t, 'ANSWER_INVALID', () => checked(answer), 'answer')
  t.end()
})

t.test('an answer names 1 to 64 wraps, each once and in ascending order, with as many cfrags', (t) => {
  const of = (wrapHashes: string[], count = wrapHashes.length): AnswerBody => ({ ...BODY, wrapHashes, cfrags: '00'.repeat(batchBytes(count)) })
  const hashes = Array.from({ length: MAX_BATCH + 1 }, (_, index) => toHex(sha256(utf8(`wrap ${index}`)))).sort()
  for (const count of [1, 16, MAX_BATCH]) {
    const body = of(hashes.slice(0, count))
    t.strictSame(checked(signAnswer(body, NETWORK_ID, PROXY)), body, `${count}`)
  }
  const [a = '', b = '', c = ''] = hashes
  for (const [what, body] of [
    ['none', of([])], ['too many', of(hashes)], ['one twice', of([a, a])], ['another order', of([b, a])], ['one twice among others', of([a, b, b, c])],
    ['a cfrag missing', of([a, b], 1)], ['a cfrag too many', of([a, b], 3)]
  ] as const) {
    refuses(t, 'ANSWER_INVALID', () => signAnswer(body, NETWORK_ID, PROXY), what)
    refuses(t, 'ANSWER_INVALID', () => checked({ ...ANSWER, body }), what)
  }
  t.end()
})

t.test('a signature in another encoding or with high S is refused', (t) => {
  const { signature } = ANSWER
  for (const other of [signature.toUpperCase(), signature.slice(2), `${signature}00`, '', toHex(withHighS(fromHex(signature)))]) {
    refuses(t, 'ANSWER_INVALID', () => checked({ ...ANSWER, signature: other }), other.slice(0, 16))
  }
  t.end()
})

t.test('an answer cannot pass for a statement, nor a statement for an answer', (t) => {
  const asStatement: SignedStatement = {
    body: canonicalize({ ...BODY, type: 'Answer' }),
    signatures: [{ key: PROXY.publicKey().toHex(), signature: ANSWER.signature }]
  }
  refuses(t, 'STATEMENT_MALFORMED', () => verifyStatement(asStatement, NETWORK_ID), 'reserved name')
  const statement = signStatement({ type: 'Answers', networkId: NETWORK_ID, body: { ...BODY, type: 'Answers' }, keys: [PROXY] })
  refuses(t, 'ANSWER_INVALID', () => checked({ body: BODY, signature: statement.signatures[0]?.signature }), 'other tag')
  t.end()
})

t.test('heads of a search are signed with the rest, and have one form', (t) => {
  const heads = { label: 'ab'.repeat(32), writers: 0, root: 'cd'.repeat(32) }
  const body = { ...BODY, heads }
  const answer = signAnswer(body, NETWORK_ID, PROXY)
  t.strictSame(checked(JSON.parse(JSON.stringify(answer))), body)
  refuses(t, 'ANSWER_INVALID', () => checked({ ...answer, body: BODY }), 'taken away')
  refuses(t, 'ANSWER_INVALID', () => checked({ ...ANSWER, body }), 'added')
  const others: unknown[] = [
    null, [], {}, { ...heads, more: 1 }, { ...heads, writers: -1 }, { ...heads, writers: 1.5 }, { ...heads, writers: 2 ** 53 },
    { ...heads, writers: '1' }, { ...heads, label: 'AB'.repeat(32) }, { ...heads, label: 'ab' }, { ...heads, root: 7 }, { ...heads, root: '' }
  ]
  for (const other of others) {
    refuses(t, 'ANSWER_INVALID', () => signAnswer({ ...BODY, heads: other } as AnswerBody, NETWORK_ID, PROXY), JSON.stringify(other))
    refuses(t, 'ANSWER_INVALID', () => checked({ ...answer, body: { ...BODY, heads: other } }), JSON.stringify(other))
  }
  const changed = { ...heads, root: 'ef'.repeat(32) }
  refuses(t, 'ANSWER_INVALID', () => checked({ ...answer, body: { ...BODY, heads: changed } }), 'changed')
  t.end()
})
