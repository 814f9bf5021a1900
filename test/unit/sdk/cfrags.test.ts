import t from 'tap'
import {
  Cfrag, SecretKey, createWrap, fromHex, generateKfrags, parseWrap, provePrecursor, randomBytes, reencrypt, signAnswer,
  toHex, verifyPrecursor, wrapHash, CAPSULE_BYTES
} from '@epione/crypto'
import type { AnswerBody } from '@epione/crypto'
import { judgeAnswers } from '@epione/sdk'
import type { AnswerContext, ReceivedAnswer } from '@epione/sdk'

const PROXIES = ['CoreMSP', 'Regional1MSP', 'Regional2MSP']
const EVENT = `${'a'.repeat(32)}.1700000000000.${'0'.repeat(64)}`
const networkId = randomBytes(32)
const [compartment, receiving, signing] = [SecretKey.random(), SecretKey.random(), SecretKey.random()]
const proxyKeys = PROXIES.map(() => SecretKey.random())
const kfrags = generateKfrags({
  delegatingKey: compartment,
  receivingKey: receiving.publicKey(),
  signingKey: signing,
  threshold: 2,
  shares: 3
})
const wrap = createWrap(compartment.publicKey(), randomBytes(32))
const { capsule } = parseWrap(wrap)
const consentId = toHex(randomBytes(32))
const label = toHex(randomBytes(32))
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index]
  if (found === undefined) throw new Error(`nothing at ${index}`)
  return found
}

const keys = { signingKey: signing.publicKey(), delegatingKey: compartment.publicKey(), receivingKey: receiving.publicKey() }
const place = { networkId, patientId: 'a'.repeat(32), label, epoch: 1 }

const context: AnswerContext = {
  networkId,
  organizations: PROXIES.map((mspId, i) =>
    ({
      mspId,
      id: mspId,
      name: mspId,
      encryptionKey: at(proxyKeys, i).publicKey(),
      signingKey: at(proxyKeys, i).publicKey(),
      formerSigningKeys: []
    })),
  eventId: EVENT,
  capsule: wrap.subarray(0, CAPSULE_BYTES),
  wrapHash: toHex(wrapHash(wrap)),
  consentId,
  grant: {
    label,
    epoch: 1,
    keys,
    precursor: verifyPrecursor(provePrecursor(at(kfrags, 0), place), { ...place, ...keys }),
    shares: PROXIES.map((mspId, i) => ({ mspId, kfragId: toHex(at(kfrags, i).id), commitment: toHex(at(kfrags, i).commitment) }))
  }
}

/** The answer of proxy `i`, its body changed before the proxy signs it. */
function answerOf (i: number, change: Partial<AnswerBody> = {}, signer = at(proxyKeys, i)): ReceivedAnswer {
  const cfrag = reencrypt(capsule, at(kfrags, i))
  const body = {
    eventId: EVENT,
    wrapHash: context.wrapHash,
    consentId,
    kfragId: toHex(cfrag.kfragId),
    receivingKey: receiving.publicKey().toHex(),
    cfrag: toHex(cfrag.toBytes()),
    ...change
  }
  return { mspId: at(PROXIES, i), answer: signAnswer(body, networkId, signer) }
}

const foreignWrap = parseWrap(createWrap(compartment.publicKey(), randomBytes(32))).capsule
const foreignKfrag = at(
  generateKfrags({ delegatingKey: compartment, receivingKey: receiving.publicKey(), signingKey: signing, threshold: 2, shares: 3 }),
  0
)

t.test('answers that are right are proven right', (t) => {
  const { good, false: liars } = judgeAnswers([answerOf(0), answerOf(1), answerOf(2)], context)
  t.strictSame(good.map((g) => g.mspId), PROXIES)
  t.strictSame(liars, [])
  t.end()
})

t.test('a proxy that signed something false is named with what it signed', (t) => {
  const lies: Array<[string, ReceivedAnswer]> = [
    ['CONSENT_MISMATCH', answerOf(1, { consentId: toHex(randomBytes(32)) })],
    ['RECEIVING_KEY_MISMATCH', answerOf(1, { receivingKey: SecretKey.random().publicKey().toHex() })],
    ['KFRAG_NOT_LISTED', answerOf(1, { kfragId: toHex(randomBytes(32)) })],
    ['KFRAG_NOT_LISTED', answerOf(1, { kfragId: toHex(at(kfrags, 2).id) })],
    ['CFRAG_MALFORMED', answerOf(1, { cfrag: '00'.repeat(359) })],
    ['CFRAG_MISMATCH', answerOf(1, { cfrag: toHex(reencrypt(capsule, at(kfrags, 2)).toBytes()) })],
    ['CFRAG_MISMATCH', answerOf(1, { cfrag: toHex(reencrypt(capsule, foreignKfrag).toBytes()) })],
    ['CFRAG_PROOF_INVALID', answerOf(1, { cfrag: toHex(reencrypt(foreignWrap, at(kfrags, 1)).toBytes()) })]
  ]
  for (const [failure, lie] of lies) {
    const { good, false: liars } = judgeAnswers([answerOf(0), lie, answerOf(2)], context)
    t.match(liars, [{ mspId: 'Regional1MSP', failure, provable: true }], failure)
    t.strictSame(good.map((g) => g.mspId), ['CoreMSP', 'Regional2MSP'])
  }
  t.end()
})

t.test('I4: any flipped byte of a cfrag is found, whoever signs it', (t) => {
  const cfrag = reencrypt(capsule, at(kfrags, 1)).toBytes()
  for (let at = 0; at < cfrag.length; at += 13) {
    const flipped = Uint8Array.from(cfrag)
    flipped[at] = (flipped[at] ?? 0) ^ 1
    t.match(judgeAnswers([answerOf(1, { cfrag: toHex(flipped) })], context), { good: [], false: [{ provable: true }] })
  }
  t.end()
})

t.test('what a proxy did not sign is not held against it', (t) => {
  const relayed: Array<[string, ReceivedAnswer]> = [
    ['ANSWER_INVALID', answerOf(1, {}, SecretKey.random())],
    ['ANSWER_INVALID', answerOf(1, {}, at(proxyKeys, 0))],
    ['EVENT_MISMATCH', answerOf(1, { eventId: `${'a'.repeat(32)}.1700000000001.${'0'.repeat(64)}` })],
    ['WRAP_MISMATCH', answerOf(1, { wrapHash: toHex(randomBytes(32)) })],
    ['PROXY_UNKNOWN', { ...answerOf(1), mspId: 'NobodyMSP' }]
  ]
  for (const [failure, answer] of relayed) {
    t.match(
      judgeAnswers([answer], context),
      { good: [], false: [{ failure, provable: false }] },
      failure
    )
  }
  const changed = answerOf(1)
  const cfrag = fromHex(changed.answer.body.cfrag)
  t.match(judgeAnswers(
    [
      {
        ...changed,
        answer: { ...changed.answer, body: { ...changed.answer.body, cfrag: toHex(Cfrag.fromBytes(cfrag).toBytes()).replace(/..$/, '00') } }
      }
    ],
    context
  ), { good: [], false: [{ failure: 'ANSWER_INVALID', provable: false }] })
  t.end()
})

t.test('an answer given twice counts once', (t) => {
  const twice = answerOf(0)
  t.equal(judgeAnswers([twice, twice], context).good.length, 1)
  t.end()
})
