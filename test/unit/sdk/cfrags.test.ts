import t from 'tap'
import {
  SecretKey, ShownCapsules, batchBytes, createWrap, generateKfrags, outlineWrap, parseWrap, provePrecursor, randomBytes, reencryptBatch,
  signAnswer, toHex, verifyPrecursor, wrapHash
} from '@epione/crypto'
import type { AnswerBody } from '@epione/crypto'
import { judgeAnswers } from '@epione/sdk'
import type { AnswerContext, ReceivedAnswer } from '@epione/sdk'
import { PLACE } from '../../helpers/places.ts'

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
const byHash = (a: Uint8Array, b: Uint8Array): number => toHex(wrapHash(a, PLACE)) < toHex(wrapHash(b, PLACE)) ? -1 : 1
const wraps = [0, 1, 2].map(() => createWrap(compartment.publicKey(), randomBytes(32), PLACE)).sort(byHash)
const capsulesOf = (some: readonly Uint8Array[]): ReturnType<typeof parseWrap>['capsule'][] => some.map((wrap) => parseWrap(wrap, PLACE).capsule)
const hashesOf = (some: readonly Uint8Array[]): string[] => some.map((wrap) => toHex(wrapHash(wrap, PLACE)))
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
  capsules: new ShownCapsules(wraps.map((wrap) => outlineWrap(wrap, PLACE))),
  compartments: new Map(hashesOf(wraps.slice(0, 1)).map((hash) => [hash, { label, epoch: 1 }])),
  consentId,
  receivingKey: receiving.publicKey().toHex(),
  grants: [{
    label,
    epoch: 1,
    keys,
    precursor: verifyPrecursor(provePrecursor(at(kfrags, 0), place), { ...place, ...keys }),
    shares: PROXIES.map((mspId, i) => ({ mspId, kfragId: toHex(at(kfrags, i).id), commitment: toHex(at(kfrags, i).commitment) }))
  }]
}

const batchOf = (i: number, some = wraps): Uint8Array => reencryptBatch(capsulesOf(some), at(kfrags, i)).toBytes()

/** The answer of proxy `i`, its body changed before the proxy signs it. */
function answerOf (i: number, change: Partial<AnswerBody> = {}, signer = at(proxyKeys, i)): ReceivedAnswer {
  const body = {
    eventId: EVENT,
    wrapHashes: hashesOf(wraps),
    consentId,
    kfragId: toHex(at(kfrags, i).id),
    receivingKey: receiving.publicKey().toHex(),
    cfrags: toHex(batchOf(i)),
    ...change
  }
  return { mspId: at(PROXIES, i), answer: signAnswer(body, networkId, signer) }
}

const foreignWrap = createWrap(compartment.publicKey(), randomBytes(32), PLACE)
const foreignKfrag = at(
  generateKfrags({ delegatingKey: compartment, receivingKey: receiving.publicKey(), signingKey: signing, threshold: 2, shares: 3 }),
  0
)

t.test('answers that are right are proven right', (t) => {
  const { good, false: liars } = judgeAnswers([answerOf(0), answerOf(1), answerOf(2)], context)
  t.strictSame(good.map((g) => g.mspId), PROXIES)
  for (const { fragments } of good) t.strictSame([...fragments.keys()], hashesOf(wraps), 'each wrap has its own')
  t.strictSame(liars, [])
  t.end()
})

t.test('a proxy that signed something false is named with what it signed', (t) => {
  const lies: Array<[string, ReceivedAnswer]> = [
    ['CONSENT_MISMATCH', answerOf(1, { consentId: toHex(randomBytes(32)) })],
    ['RECEIVING_KEY_MISMATCH', answerOf(1, { receivingKey: SecretKey.random().publicKey().toHex() })],
    ['KFRAG_NOT_LISTED', answerOf(1, { kfragId: toHex(randomBytes(32)) })],
    ['KFRAG_NOT_LISTED', answerOf(1, { kfragId: toHex(at(kfrags, 2).id) })],
    ['CFRAG_MALFORMED', answerOf(1, { cfrags: '00'.repeat(batchBytes(3)) })],
    ['CFRAG_MISMATCH', answerOf(1, { cfrags: toHex(batchOf(2)) })],
    ['CFRAG_MISMATCH', answerOf(1, { cfrags: toHex(reencryptBatch(capsulesOf(wraps), foreignKfrag).toBytes()) })],
    ['CFRAG_PROOF_INVALID', answerOf(1, { cfrags: toHex(batchOf(1, [...wraps.slice(1), foreignWrap])) })],
    ['CFRAG_PROOF_INVALID', answerOf(1, { cfrags: toHex(batchOf(1, wraps.toReversed())) })]
  ]
  for (const [failure, lie] of lies) {
    const { good, false: liars } = judgeAnswers([answerOf(0), lie, answerOf(2)], context)
    t.match(liars, [{ mspId: 'Regional1MSP', failure, provable: true }], failure)
    t.strictSame(good.map((g) => g.mspId), ['CoreMSP', 'Regional2MSP'])
  }
  t.end()
})

t.test('I4: any flipped byte of cfrags is found, whoever signs them', (t) => {
  const batch = batchOf(1)
  for (let at = 0; at < batch.length; at += 13) {
    const flipped = Uint8Array.from(batch)
    flipped[at] = (flipped[at] ?? 0) ^ 1
    t.match(judgeAnswers([answerOf(1, { cfrags: toHex(flipped) })], context), { good: [], false: [{ provable: true }] })
  }
  t.end()
})

t.test('an answer for some of the wraps is good for these', (t) => {
  const { good } = judgeAnswers([answerOf(1, { wrapHashes: hashesOf(wraps.slice(1)), cfrags: toHex(batchOf(1, wraps.slice(1))) })], context)
  t.strictSame(good.map((g) => [...g.fragments.keys()]), [hashesOf(wraps.slice(1))])
  t.end()
})

t.test('a wrap of a record in another compartment than the kfrag\'s is held against the proxy that answers for it', (t) => {
  const compartments = new Map(hashesOf(wraps.slice(0, 1)).map((hash) => [hash, { label, epoch: 2 }]))
  t.match(judgeAnswers([answerOf(1)], { ...context, compartments }), { good: [], false: [{ failure: 'WRAP_NOT_REQUESTED', provable: true }] })
  t.end()
})

t.test('a broken wrap among right ones is held against the proxy that answers for it', (t) => {
  const wrap = at(wraps, 0)
  const broken = Uint8Array.from([...wrap.subarray(33, 66), ...wrap.subarray(0, 33), ...wrap.subarray(66)])
  const some = [at(wraps, 1), at(wraps, 2), broken].sort(byHash)
  const capsules = new ShownCapsules(some.map((wrap) => outlineWrap(wrap, PLACE)))
  t.match(judgeAnswers([answerOf(1, { wrapHashes: hashesOf(some) })], { ...context, capsules, compartments: new Map() }), {
    good: [], false: [{ failure: 'WRAP_BROKEN', provable: true }]
  })
  t.end()
})

t.test('what a proxy did not sign is not held against it', (t) => {
  const relayed: Array<[string, ReceivedAnswer]> = [
    ['ANSWER_INVALID', answerOf(1, {}, SecretKey.random())],
    ['ANSWER_INVALID', answerOf(1, {}, at(proxyKeys, 0))],
    ['EVENT_MISMATCH', answerOf(1, { eventId: `${'a'.repeat(32)}.1700000000001.${'0'.repeat(64)}` })],
    ['WRAP_MISMATCH', answerOf(1, { wrapHashes: [...hashesOf(wraps.slice(1)), toHex(randomBytes(32))].sort() })],
    ['PROXY_UNKNOWN', { ...answerOf(1), mspId: 'NobodyMSP' }]
  ]
  for (const [failure, answer] of relayed) {
    t.match(
      judgeAnswers([answer], context),
      { good: [], false: [{ failure, provable: false }] },
      failure
    )
  }
  const { mspId, answer } = answerOf(1)
  const changes: Array<Partial<AnswerBody>> = [
    { cfrags: answer.body.cfrags.replace(/..$/, '00') }, { wrapHashes: answer.body.wrapHashes.toReversed() }, { wrapHashes: hashesOf(wraps.slice(1)) },
    { wrapHashes: hashesOf([at(wraps, 0), at(wraps, 0), at(wraps, 1)]) }
  ]
  for (const change of changes) {
    t.match(judgeAnswers([{ mspId, answer: { ...answer, body: { ...answer.body, ...change } } }], context), {
      good: [], false: [{ failure: 'ANSWER_INVALID', provable: false }]
    })
  }
  t.end()
})
