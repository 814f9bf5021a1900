import { Value } from 'typebox/value'
import t from 'tap'
import { Batch, Capsule, encapsulate, MAX_BATCH, randomBytes, toHex, UNPLACED, verifyBatch } from '@epione/crypto'
import type { VerifiedKfrag } from '@epione/crypto'
import { RECORDS_PER_REQUEST, WRAPS_PER_ANSWER } from '@epione/protocol'
import { PEERS } from '@epione/protocol/api'
import { createReencryptor, toKeyBytes } from '../../../../gateway/src/proxy/reencryptor.ts'
import type { Reencryption } from '../../../../gateway/src/proxy/reencryptor.ts'
import { OTHER_PLACE, PLACE } from '../../../helpers/places.ts'
import { listKfrag, makeGrant } from '../../crypto/support.ts'

const { keys, kfrags } = makeGrant(2, 3, 'reencryptor')
const [kfrag] = kfrags as [VerifiedKfrag]
const capsules = Array.from({ length: MAX_BATCH }, () => encapsulate(keys.delegatingKey, PLACE).capsule.toBytes())
const half = capsules.slice(0, MAX_BATCH / 2)
const task = (of: readonly Uint8Array[], place = PLACE): Reencryption => {
  const capsules = of.map((bytes) => ({ bytes, place: place.toBytes() }))
  return { kfrag: kfrag.toBytes(), capsules, keys: toKeyBytes(keys), precursor: kfrag.precursor }
}

t.test('one batch answers for one capsule, for many, and for as many as an answer may be for', async (t) => {
  const reencryptor = createReencryptor(1)
  t.teardown(async () => { await reencryptor.close() })
  t.equal(MAX_BATCH, WRAPS_PER_ANSWER)
  for (const count of [1, 16, MAX_BATCH]) {
    const of = capsules.slice(0, count)
    const { batch, broken } = await reencryptor.reencrypt(task(of), 'CoreMSP')
    t.same(broken, [])
    const asked = of.map((bytes) => Capsule.fromBytes(bytes, PLACE))
    t.equal(verifyBatch(Batch.fromBytes(batch ?? new Uint8Array()), asked, listKfrag(kfrag, keys)).length, count)
  }
})

t.test('broken capsules are left out and named, and of nothing else there is no batch', async (t) => {
  const reencryptor = createReencryptor(1)
  t.teardown(async () => { await reencryptor.close() })
  const [first = new Uint8Array(), second = new Uint8Array(), third = new Uint8Array()] = capsules
  const bad = Uint8Array.from([...second.subarray(33, 66), ...second.subarray(0, 33), ...second.subarray(66)])
  const { batch, broken } = await reencryptor.reencrypt(task([first, bad, third]), 'CoreMSP')
  t.same(broken, [1])
  const right = [first, third].map((bytes) => Capsule.fromBytes(bytes, PLACE))
  t.equal(verifyBatch(Batch.fromBytes(batch ?? new Uint8Array()), right, listKfrag(kfrag, keys)).length, 2)
  t.same(await reencryptor.reencrypt(task([bad]), 'CoreMSP'), { batch: null, broken: [0] })
  t.same(await reencryptor.reencrypt(task([first, third], OTHER_PLACE), 'CoreMSP'), { batch: null, broken: [0, 1] }, 'of another place')
  const unplaced = encapsulate(keys.delegatingKey, UNPLACED).capsule.toBytes()
  t.same(await reencryptor.reencrypt(task([unplaced]), 'CoreMSP'), { batch: null, broken: [0] }, 'of none')
  await t.rejects(reencryptor.reencrypt({ ...task([unplaced]), capsules: [{ bytes: unplaced, place: new Uint8Array() }] }, 'CoreMSP'), RangeError)
})

t.test('a request counts by its capsules: what would wait too long is shed at once, and room comes back', async (t) => {
  const reencryptor = createReencryptor(1)
  t.teardown(async () => { await reencryptor.close() })
  const many = Array.from({ length: 40 }, async (_, index) =>
    await reencryptor.reencrypt(task(half), index % 2 === 0 ? 'CoreMSP' : 'RegionalMSP').then(() => 'done', (error: unknown) =>
      (error as { code: string }).code))
  const outcomes = await Promise.all(many)
  t.equal(outcomes.filter((outcome) => outcome === 'done').length, 32)
  t.equal(outcomes.filter((outcome) => outcome === 'OVERLOADED').length, 8)
  t.equal((await reencryptor.reencrypt(task(half), 'CoreMSP')).broken.length, 0)
})

t.test('an organisation that asks for more than its share takes nothing from another', async (t) => {
  const reencryptor = createReencryptor(1)
  t.teardown(async () => { await reencryptor.close() })
  const flood = Array.from({ length: 32 }, async () => await reencryptor.reencrypt(task(half), 'CoreMSP').then(() => 'done', (error: unknown) =>
    (error as { code: string }).code))
  t.equal((await reencryptor.reencrypt(task(half), 'RegionalMSP')).broken.length, 0)
  const outcomes = await Promise.all(flood)
  t.equal(outcomes.filter((outcome) => outcome === 'OVERLOADED').length, 16)
})

t.test('a person who asks for more than their share takes nothing from a colleague', async (t) => {
  const reencryptor = createReencryptor(1)
  t.teardown(async () => { await reencryptor.close() })
  const codeOf = (error: unknown): string => (error as { code: string }).code
  const flood = Array.from({ length: 16 }, async () =>
    await reencryptor.reencrypt(task(half), 'CoreMSP', 'reader').then(() => 'done', codeOf))
  t.equal((await reencryptor.reencrypt(task(half), 'CoreMSP', 'colleague')).broken.length, 0)
  t.equal((await reencryptor.reencrypt(task(half), 'RegionalMSP', 'reader')).broken.length, 0, 'nor from a namesake elsewhere')
  const outcomes = await Promise.all(flood)
  t.equal(outcomes.filter((outcome) => outcome === 'OVERLOADED').length, 4)
  t.equal((await reencryptor.reencrypt(task(half), 'CoreMSP', 'reader')).broken.length, 0)
})

t.test('whoever asks for room first is refused as the request itself would be, and takes none', async (t) => {
  const reencryptor = createReencryptor(1)
  t.teardown(async () => { await reencryptor.close() })
  for (let i = 0; i < 100; i += 1) reencryptor.requireRoom(MAX_BATCH, 'CoreMSP', 'reader')
  const work = Array.from({ length: 12 }, async () => await reencryptor.reencrypt(task(half), 'CoreMSP', 'reader'))
  t.throws(() => { reencryptor.requireRoom(1, 'CoreMSP', 'reader') }, { code: 'OVERLOADED' })
  t.doesNotThrow(() => { reencryptor.requireRoom(MAX_BATCH, 'CoreMSP', 'colleague') })
  t.throws(() => { reencryptor.requireRoom(4 * MAX_BATCH, 'CoreMSP', 'colleague') }, { code: 'OVERLOADED' }, 'the organisation has half of the pool')
  await Promise.all(work)
  t.doesNotThrow(() => { reencryptor.requireRoom(1, 'CoreMSP', 'reader') })
})

t.test('a request for more wraps than a permit may name has no form', (t) => {
  const wrap = { recordId: toHex(randomBytes(16)), version: 1, wrap: toHex(randomBytes(170)) }
  const eventId = `${'a'.repeat(32)}.1700000000000.${'0'.repeat(64)}`
  const of = (count: number): object => ({ eventId, wraps: Array.from({ length: count }, () => wrap) })
  for (const [count, isTaken] of [[0, false], [1, true], [RECORDS_PER_REQUEST, true], [RECORDS_PER_REQUEST + 1, false]] as const) {
    t.equal(Value.Check(PEERS.reencrypt.body, of(count)), isTaken, `${count}`)
  }
  t.end()
})
