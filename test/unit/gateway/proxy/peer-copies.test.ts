import t from 'tap'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { SecretKey, sealContent, toHex } from '@epione/crypto'
import type { PeerClient } from '../../../../gateway/src/peers/peer-client.ts'
import { publishPatient, sign, createManifest } from '../../../helpers/ledger-fixtures.ts'
import { READER_MSP, Sharing } from '../../../helpers/sharing.ts'

/* Ciphertext and wraps between gateways: the reader's hospital asks the author's. */

const OTHER = 'Regional2MSP'
const sharing = await Sharing.create(t)
const { world, patient, author } = sharing
const core = sharing.of('CoreMSP')
const from = (mspId: string): PeerClient => sharing.of(mspId).app.peers.of('CoreMSP')

const sealed = sealContent({ recordId: 'ab'.repeat(16), recordVersion: 1, authorKey: author.requestSigning.publicKey() }, Readable.from([Buffer.from('plain words')]))
const bytes = await buffer(sealed.ciphertext)
const stored = await core.app.contents.receive(Readable.from([bytes]), { maxBytes: 1_000_000 })
const { members, wrap } = createManifest(author, patient)
const record = { recordId: members.recordId, version: 1 }
await author.ledger.registerRecord(sign(world, 'RecordManifest', { ...members, cid: stored.cid, contentHash: stored.contentHash }, author.requestSigning))
await from(OTHER).putWrap(members.wrapHash, toHex(wrap))

async function code (attempt: Promise<unknown>): Promise<unknown> {
  return await attempt.then(() => 'served', (error: unknown) => (error as { extensions: { peerCode?: string } }).extensions.peerCode)
}

t.test('a live permit of its own staff opens content and wrap to a gateway, whole or in part', async (t) => {
  const event = await sharing.permit(await sharing.activate(), [{ ...sharing.record, ...record }])
  t.equal(await from(READER_MSP).getWrap(members.wrapHash, { event }), toHex(wrap))
  const whole = await from(READER_MSP).getContent(stored.cid, { event })
  t.match(whole, { status: 200, headers: { 'content-length': String(bytes.length) } })
  t.same(await buffer(whole.body), bytes)
  const part = await from(READER_MSP).getContent(stored.cid, { event }, 'bytes=10-19')
  t.match(part, { status: 206, headers: { 'content-range': `bytes 10-19/${bytes.length}` } })
  t.same(await buffer(part.body), bytes.subarray(10, 20))
  t.equal(await code(from(OTHER).getWrap(members.wrapHash, { event })), 'EVENT_OF_ANOTHER')
  t.equal(await code(from(READER_MSP).getWrap(sharing.record.wrapHash, { event })), 'NOT_PERMITTED', 'a wrap that the event does not name')
})

t.test('a denied event opens nothing', async (t) => {
  const { body } = await sharing.request(undefined, [{ ...sharing.record, ...record }])
  t.equal(await code(from(READER_MSP).getContent(stored.cid, { event: String(body['eventId']) })), 'EVENT_DENIED')
})

t.test('the patient\'s session for the asking gateway opens their own records', async (t) => {
  const session = (who: { patientId: string, identity: SecretKey }, at = READER_MSP): string => sharing.of(at).session(who).replace('Session ', '')
  t.equal(await from(READER_MSP).getWrap(members.wrapHash, { session: session(patient), ...record }), toHex(wrap))
  t.equal(await code(from(READER_MSP).getWrap(members.wrapHash, { session: session(await publishPatient(world)), ...record })), 'NOT_PERMITTED', 'another patient')
  t.equal(await code(from(READER_MSP).getWrap(members.wrapHash, { session: session(patient, OTHER), ...record })), 'SESSION_INVALID', 'signed for another gateway')
  t.equal(await code(from(READER_MSP).getWrap(members.wrapHash, { session: session(patient), recordId: sharing.record.recordId, version: 1 })), 'NOT_PERMITTED', 'under another record\'s name')
})

t.test('otherwise only the hospital that registered a record gets it back', async (t) => {
  t.equal(await code(from(READER_MSP).getContent(stored.cid, record)), 'NOT_PERMITTED')
  const copy = sharing.of(OTHER).app
  await core.app.peers.of(OTHER).putContent(stored.cid, await core.app.contents.read(stored.cid), stored.sizeBytes)
  await core.app.peers.of(OTHER).putWrap(members.wrapHash, toHex(wrap))
  t.match(await copy.contents.find(stored.cid), stored)
  t.equal(await core.app.peers.of(OTHER).getWrap(members.wrapHash, record), toHex(wrap))
  t.same(await buffer((await core.app.peers.of(OTHER).getContent(stored.cid, record)).body), bytes)
})

t.test('a copy that is not what it claims is refused', async (t) => {
  const flipped = Buffer.from(bytes)
  flipped[20] = (flipped[20] ?? 0) ^ 1
  t.equal(await code(from(OTHER).putContent(stored.cid, Readable.from([flipped]), flipped.length)), 'CONTENT_MISMATCH')
  t.equal(await code(from(OTHER).putWrap('00'.repeat(32), toHex(wrap))), 'WRAP_MISMATCH')
  t.equal(await code(from(OTHER).putContent('nonsense', Readable.from([bytes]), bytes.length)), 'REQUEST_INVALID')
})
