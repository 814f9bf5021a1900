import { batchBytes, MAX_BATCH, SecretKey, signAnswer } from '@epione/crypto'
import { SignedAnswer, WRAPS_PER_ANSWER } from '@epione/protocol'
import { ACCESS } from '@epione/protocol/api'
import t from 'tap'
import { Value } from 'typebox/value'

const hash = 'ab'.repeat(32)
const key = SecretKey.random()
const answerFor = (count: number): SignedAnswer => signAnswer({
  eventId: `${'a'.repeat(32)}.1700000000000.${'0'.repeat(64)}`,
  wrapHashes: Array.from({ length: count }, (_, index) => index.toString(16).padStart(64, '0')),
  consentId: hash,
  kfragId: hash,
  receivingKey: key.publicKey().toHex(),
  cfrags: 'ab'.repeat(batchBytes(Math.min(count, MAX_BATCH)))
}, new Uint8Array(32), key)

t.test('an answer for as many wraps as one may be for is a statement, and an accusation of it reaches the ledger', (t) => {
  const answer = answerFor(WRAPS_PER_ANSWER)
  t.ok(Value.Check(SignedAnswer, answer))
  t.throws(() => answerFor(WRAPS_PER_ANSWER + 1), { code: 'ANSWER_INVALID' })
  // Capsule, ciphertext hash and place of each wrap.
  const outline = { capsule: 'ab'.repeat(98), ciphertextHash: hash, place: hash }
  const accusation = JSON.stringify({ mspId: 'M'.repeat(64), answer, wraps: Array(WRAPS_PER_ANSWER).fill(outline) })
  t.ok(accusation.length < ACCESS.accuse.bodyLimit, `${accusation.length}`)
  t.end()
})
