import t from 'tap'
import type { Test } from 'tap'
import { concatBytes, createWrap, randomBytes, toHex, wrapHash } from '@epione/crypto'
import type { Place } from '@epione/crypto'
import { recordPlace, searchKeyPlace, streamIdOf, windowPlace } from '@epione/protocol'
import type { ContentManifest } from '@epione/protocol'
import { storeWrap } from '../../../../gateway/src/records/wraps.ts'
import { createSearchKey, signSearch, signSearchKeys } from '../../../helpers/index-fixtures.ts'
import { bindPractitioner, createManifest, sign } from '../../../helpers/ledger-fixtures.ts'
import type { TestPractitioner, TestRecord } from '../../../helpers/ledger-fixtures.ts'
import { post, READER_MSP, Sharing } from '../../../helpers/sharing.ts'
import { TestStream } from '../../../helpers/streaming.ts'
import { addDevice, addSegment, proveRow } from '../../../helpers/window-fixtures.ts'

/*
 * Who has a store's copy of a wrap puts its capsule before a ciphertext of their own, and registers it elsewhere in the same compartment:
 * were it re-encrypted, its reader could open the first wrap, which no consent of theirs covers.
 */
const sharing = await Sharing.create(t)
const { world, patient, author, record: victim } = sharing
const [compartment] = patient.compartments
const thief = await bindPractitioner(world)
const device = await addDevice(sharing)
const stream = new TestStream(world, device)
const segment = await addSegment(sharing, stream, 2)
const [window] = segment.windows
if (window === undefined) throw new Error('two were sealed')
const searchKey = createSearchKey(patient, compartment)
await world.gateway('CoreMSP').ledger.publishSearchKeys(signSearchKeys(world, patient, [searchKey]))
const exceptions = [{ records: [victim.recordId, segment.recordId] }]
const consentId = await sharing.activate({ grade: 'intermediate', exceptions })

const copyOf = (wrap: Uint8Array): Uint8Array => concatBytes(wrap.subarray(0, 98), randomBytes(72))

interface Forged { wrap: Uint8Array, by?: TestPractitioner, of?: { recordId: string, version: number }, previous?: string, author?: ContentManifest['author'] }

/** A record version with this wrap, on the ledger, its wrap at every hospital. */
async function register ({ wrap, by = thief, of, previous, author: named }: Forged): Promise<TestRecord> {
  const { members } = createManifest(by, patient, compartment, { ...of, ...(named !== undefined && { author: named }) })
  const place = recordPlace(world.networkId, members)
  const hash = toHex(wrapHash(wrap, place))
  const manifest = { ...members, wrapHash: hash, ...(previous !== undefined && { previous }) }
  const { value } = await by.ledger.registerRecord(sign(world, 'RecordManifest', manifest, by.requestSigning))
  const { recordId, version } = members
  const record = { recordId, version, manifestId: value.manifest.id, wrap, wrapHash: hash, place, compartment }
  for (const { app } of sharing.gateways.values()) {
    const brought = { hash, wrap: toHex(wrap), owner: 'staff:thief' as const, patientId: patient.patientId, subject: record }
    await storeWrap(app.store.db, brought, Date.now())
  }
  return record
}

/** The permit is given, and no proxy answers for it: neither when the reader's gateway asks, nor when it is asked itself. */
async function refusedByAll (t: Test, record: TestRecord): Promise<void> {
  const eventId = await sharing.permit(consentId, [record])
  const { status, body } = await sharing.collect(eventId)
  t.equal(status, 503)
  t.match(body, { code: 'PROXIES_INSUFFICIENT', answers: [] })
  t.same(body.failures.map(({ mspId }) => mspId).sort(), [...world.members].sort())
  for (const { code } of body.failures) t.equal(code, 'WRAP_UNKNOWN')
  const asked = [{ recordId: record.recordId, version: record.version, wrap: toHex(record.wrap) }]
  for (const mspId of world.members) {
    await t.rejects(sharing.of(mspId).app.proxy.answerEvent(eventId, READER_MSP, asked), { code: 'WRAP_UNKNOWN' }, mspId)
  }
  t.same(await world.gateway('CoreMSP').ledger.listReleases(eventId), [])
}

t.test('the consent covers what its thief registers, and not what they copied from', async (t) => {
  const denied = await sharing.request(consentId, [victim])
  t.match(denied, { status: 403, body: { code: 'ACCESS_DENIED' } }, JSON.stringify(denied.body))
  const own = await sharing.addRecord()
  const { status, body } = await sharing.collect(await sharing.permit(consentId, [own]))
  t.equal(status, 200)
  t.equal(body.answers.length, 3)
})

const capsules: Array<[string, Uint8Array]> = [
  ['another record', victim.wrap], ['a window', Buffer.from(window.sent.wrap, 'hex')], ['a search key', searchKey.wrap]
]
for (const [what, wrap] of capsules) {
  t.test(`the capsule of ${what} in a record of its own is re-encrypted by nobody`, async (t) => {
    await refusedByAll(t, await register({ wrap: copyOf(wrap) }))
    await refusedByAll(t, await register({ wrap }))
  })
}

t.test('a record that names another\'s wrap by its own hash finds none, and is answered for by nobody', async (t) => {
  const { members } = createManifest(thief, patient)
  const manifest = { ...members, wrapHash: victim.wrapHash }
  await thief.ledger.registerRecord(sign(world, 'RecordManifest', manifest, thief.requestSigning))
  const named = { ...victim, recordId: members.recordId }
  const eventId = await sharing.permit(consentId, [named])
  t.equal((await sharing.collect(eventId)).body.code, 'CONTENT_UNAVAILABLE')
  const asked = [{ recordId: named.recordId, version: 1, wrap: toHex(victim.wrap) }]
  for (const mspId of world.members) {
    await t.rejects(sharing.of(mspId).app.proxy.answerEvent(eventId, READER_MSP, asked), { code: 'WRAP_UNKNOWN' }, mspId)
  }
})

t.test('the capsule of one version is none of the next, by the same author', async (t) => {
  const first = await sharing.addRecord()
  const of = { recordId: first.recordId, version: 2 }
  await refusedByAll(t, await register({ wrap: copyOf(first.wrap), by: author, of, previous: first.manifestId }))
})

t.test('who registers a record under its id before its author does has none of its capsule', async (t) => {
  const { members, wrap } = createManifest(author, patient)
  const of = { recordId: members.recordId, version: 1 }
  await refusedByAll(t, await register({ wrap: copyOf(wrap), of }))
})

t.test('a window with another\'s capsule is refused by name, and the others are answered for', async (t) => {
  const reading = await sharing.activate()
  const ofRecord = { recordId: stream.stream, version: 1, author: { kind: 'device', deviceId: device.deviceId } as const }
  const sources: Array<[string, Uint8Array, Place]> = [
    ['another window', Buffer.from(window.sent.wrap, 'hex'), window.place],
    ['a record', victim.wrap, victim.place],
    ['a record version of the same name', createWrapAt(recordPlace(world.networkId, ofRecord)), recordPlace(world.networkId, ofRecord)],
    ['a search key', searchKey.wrap, searchKeyPlace(world.networkId, patient.patientId, searchKey.published)]
  ]
  for (const [i, [what, wrap, from]] of sources.entries()) {
    const other = new TestStream(world, device, streamIdOf(device.deviceId, i + 2))
    const copied = copyOf(wrap)
    const place = windowPlace(world.networkId, { stream: other.stream, number: 1, deviceId: device.deviceId })
    t.equal(place.equals(from), false)
    const forged = await other.seal(undefined, { wrapHash: toHex(wrapHash(copied, place)) } as object)
    const honest = await other.seal()
    const { value: { items: [item] } } = await world.gateway('CoreMSP').ledger.registerSegments([other.close([forged, honest])])
    if (item === undefined || !('record' in item)) throw new Error('the segment was refused')
    const shown = { recordId: other.stream, version: 1, windows: [forged, honest] }
    const eventId = await sharing.permit(reading, [shown as unknown as TestRecord])
    const [stolen, good] = [proveRow(shown, 0, 1), proveRow(shown, 1, 2)]
    for (const mspId of world.members) {
      const { proxy } = sharing.of(mspId).app
      const { answers, refused } = await proxy.answerWindows(eventId, READER_MSP, [{ ...stolen, wraps: [toHex(copied)] }, good])
      t.same(answers.map(({ body }) => body.wrapHashes), [[honest.wrapHash]], `${what}, at ${mspId}`)
      t.match(refused, [{ number: 1, code: 'WRAP_UNKNOWN' }])
    }
  }
})

t.test('a search key published with a record\'s capsule is re-encrypted by nobody', async (t) => {
  const next = createSearchKey(patient, compartment, searchKey)
  const copied = copyOf(victim.wrap)
  const hash = toHex(wrapHash(copied, next.wrapPlace))
  const forged = { ...next, published: { ...next.published, wrapHash: hash } }
  await world.gateway('CoreMSP').ledger.publishSearchKeys(signSearchKeys(world, patient, [forged]))
  const searching = await sharing.activate({ actions: ['search'] })
  const statement = signSearch(world, sharing.reader, patient, [compartment], searching)
  const { body } = await post(sharing.of(READER_MSP).app, '/v1/access-requests', { statement }, sharing.token)
  const { eventId } = body['event'] as { eventId: string }
  const { label, epoch } = compartment
  for (const mspId of world.members) {
    const asked = [{ label, epoch, wrap: toHex(copied) }]
    await t.rejects(sharing.of(mspId).app.proxy.answerSearch(eventId, READER_MSP, asked), { code: 'WRAP_UNKNOWN' }, mspId)
  }
})

function createWrapAt (place: Place): Uint8Array {
  return createWrap(compartment.secret.publicKey(), randomBytes(32), place)
}
