import t from 'tap'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { SecretKey, sealContent, toHex } from '@epione/crypto'
import type { PeerClient } from '../../../../gateway/src/peers/peer-client.ts'
import { bindPractitioner, createManifest, publishPatient, sign } from '../../../helpers/ledger-fixtures.ts'
import { nameDelegate } from '../../../helpers/lifetime-fixtures.ts'
import type { SignedStatement } from '@epione/protocol'
import { storeWrap } from '../../../../gateway/src/records/wraps.ts'
import { READER_MSP, Sharing } from '../../../helpers/sharing.ts'

/* Ciphertext and wraps between gateways: the reader's hospital asks the author's. */

const OTHER = 'Regional2MSP'
const sharing = await Sharing.create(t)
const { world, patient, author } = sharing
const core = sharing.of('CoreMSP')
const from = (mspId: string): PeerClient => sharing.of(mspId).app.peers.of('CoreMSP')

const { members, wrap } = createManifest(author, patient)
const record = { recordId: members.recordId, version: 1 }
const sealed = sealContent(
  { recordId: members.recordId, recordVersion: 1, authorKey: author.requestSigning.publicKey() },
  Readable.from([Buffer.from('plain words')])
)
const bytes = await buffer(sealed.ciphertext)
const stored = await core.app.contents.receive(Readable.from([bytes]), { maxBytes: 1_000_000 })
const sizeClass = Math.ceil(Math.log2(stored.sizeBytes))
const manifest = sign(
  world,
  'RecordManifest',
  { ...members, cid: stored.cid, contentHash: stored.contentHash, sizeClass },
  author.requestSigning
)
await author.ledger.registerRecord(manifest)
await storeWrap(
  core.app.store.db,
  { hash: members.wrapHash, wrap: toHex(wrap), owner: 'staff:author', patientId: patient.patientId, subject: members },
  Date.now()
)

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
  const session = (
    who: { patientId: string, identity: SecretKey },
    at = READER_MSP,
    members: object = { record }
  ): string => sharing.of(at).session(who, members).replace('Session ', '')
  t.equal(await from(READER_MSP).getWrap(members.wrapHash, { session: session(patient), ...record }), toHex(wrap))
  t.equal(
    await code(from(READER_MSP).getWrap(members.wrapHash, { session: session(await publishPatient(world)), ...record })),
    'NOT_PERMITTED',
    'another patient'
  )
  t.equal(
    await code(from(READER_MSP).getWrap(members.wrapHash, { session: session(patient, OTHER), ...record })),
    'SESSION_INVALID',
    'signed for another gateway'
  )
  t.equal(
    await code(from(READER_MSP).getWrap(members.wrapHash, { session: session(patient), recordId: sharing.record.recordId, version: 1 })),
    'NOT_PERMITTED',
    'under another record\'s name'
  )
})

t.test('a session is shown on once, and for the record version that its patient named', async (t) => {
  const session = (members: object): string => sharing.of(READER_MSP).session(patient, members).replace('Session ', '')
  t.equal(
    await code(from(READER_MSP).getWrap(members.wrapHash, { session: session({}), ...record })),
    'SESSION_INVALID',
    'signed for a request of another kind'
  )
  t.equal(
    await code(from(READER_MSP).getWrap(members.wrapHash, { session: session({ record: { ...record, version: 2 } }), ...record })),
    'SESSION_INVALID',
    'for another version'
  )
  t.equal(
    await code(
      from(READER_MSP).getWrap(members.wrapHash, {
        session: session({ record: { recordId: sharing.record.recordId, version: 1 } }),
        ...record
      })
    ),
    'SESSION_INVALID',
    'for another record'
  )
  const once = session({ record })
  t.equal(
    await code(from(OTHER).getWrap(members.wrapHash, { session: once, ...record })),
    'SESSION_INVALID',
    'by a gateway that it was not signed for'
  )
  t.equal(await from(READER_MSP).getWrap(members.wrapHash, { session: once, ...record }), toHex(wrap))
  t.equal(await code(from(READER_MSP).getWrap(members.wrapHash, { session: once, ...record })), 'SESSION_REPLAYED')
  t.equal(await code(from(READER_MSP).getContent(stored.cid, { session: once, ...record })), 'SESSION_REPLAYED')
})

t.test('a limited key\'s session opens no bytes, whichever gateway shows it', async (t) => {
  const { id, acting } = await nameDelegate(world, patient)
  const session = (): string => sharing.of(READER_MSP).session(acting, { as: { kind: 'delegate', delegateId: id }, record }).replace('Session ', '')
  t.equal(await code(from(READER_MSP).getWrap(members.wrapHash, { session: session(), ...record })), 'NOT_PERMITTED')
  t.equal(await code(from(READER_MSP).getContent(stored.cid, { session: session(), ...record })), 'NOT_PERMITTED')
})

t.test('a record that names a stranger\'s content does not reach it, whoever registered it, and their wrap is no other record\'s', async (t) => {
  const staff = await bindPractitioner(world, { mspId: OTHER })
  const attacker = await publishPatient(world)
  const named = { cid: stored.cid, contentHash: stored.contentHash }
  const byMember = createManifest(staff, attacker).members
  const byPatient = createManifest(staff, attacker, undefined, { author: { kind: 'patient' } }).members
  const register = async (more: object): Promise<void> => {
    await staff.ledger.registerRecord(sign(world, 'RecordManifest', { ...byMember, ...named, ...more }, staff.requestSigning))
    await world.gateway(OTHER).ledger.registerRecord(sign(world, 'RecordManifest', { ...byPatient, ...named, ...more }, attacker.identity))
  }
  await register({ wrapHash: members.wrapHash })
  for (const { recordId } of [byMember, byPatient]) {
    const decoy = { recordId, version: 1 }
    t.equal(await code(from(OTHER).getContent(stored.cid, decoy)), 'CONTENT_MISMATCH', 'as its origin')
    const session = (): string => sharing.of(OTHER).session(attacker, { record: decoy }).replace('Session ', '')
    t.equal(await code(from(OTHER).getContent(stored.cid, { session: session(), ...decoy })), 'CONTENT_MISMATCH', 'for its patient')
    t.equal(await code(from(OTHER).getWrap(members.wrapHash, { session: session(), ...decoy })), 'CONTENT_UNKNOWN', 'it lies here for another')
    const read = await core.app.inject({
      method: 'GET',
      url: `/v1/records/${recordId}/versions/1/content`,
      headers: { authorization: core.session(attacker) }
    })
    t.match(read.json(), { status: 400, code: 'CONTENT_MISMATCH' }, 'at the hospital that has it')
  }
})

t.test('otherwise only the hospital that registered a record gets it back', async (t) => {
  t.equal(await code(from(READER_MSP).getContent(stored.cid, record)), 'NOT_PERMITTED')
  const copy = sharing.of(OTHER).app
  await core.app.peers.of(OTHER).putWrap(members.wrapHash, { wrap: toHex(wrap) }, { manifest })
  await core.app.peers.of(OTHER).putContent(stored.cid, await core.app.contents.read(stored.cid), stored.sizeBytes)
  t.match(await copy.contents.find(stored.cid), stored)
  t.equal(await core.app.peers.of(OTHER).getWrap(members.wrapHash, record), toHex(wrap))
  t.same(await buffer((await core.app.peers.of(OTHER).getContent(stored.cid, record)).body), bytes)
})

t.test('a copy that is not what it claims is refused', async (t) => {
  const flipped = Buffer.from(bytes)
  flipped[20] = (flipped[20] ?? 0) ^ 1
  const other = core.app.peers.of(OTHER)
  t.equal(await code(other.putContent(stored.cid, Readable.from([flipped]), flipped.length)), 'CONTENT_MISMATCH')
  t.equal(await code(other.putWrap('00'.repeat(32), { wrap: toHex(wrap) }, { manifest })), 'WRAP_MISMATCH')
  t.equal(await code(other.putContent('nonsense', Readable.from([bytes]), bytes.length)), 'REQUEST_INVALID')
})

t.test('a gateway keeps nothing that no signed manifest of the other one\'s own author names', async (t) => {
  const other = core.app.peers.of(OTHER)
  const fresh = createManifest(author, patient)
  const put = async (statement: SignedStatement): Promise<unknown> =>
    await code(other.putWrap(fresh.members.wrapHash, { wrap: toHex(fresh.wrap) }, { manifest: statement }))
  t.equal(await put(sign(world, 'RecordManifest', fresh.members, SecretKey.random())), 'SIGNATURE_INVALID', 'a stranger\'s signature')
  t.equal(await put(manifest), 'WRAP_MISMATCH', 'a manifest of another wrap')
  t.equal(
    await code(
      from(READER_MSP).putWrap(fresh.members.wrapHash, { wrap: toHex(fresh.wrap) }, {
        manifest: sign(world, 'RecordManifest', fresh.members, author.requestSigning)
      })
    ),
    'NOT_PERMITTED',
    'through another hospital'
  )
  t.equal(
    await code(from(READER_MSP).putContent(stored.cid, Readable.from([bytes]), bytes.length)),
    'NOT_PERMITTED',
    'content that it announced nothing of'
  )
  const { db } = sharing.of(OTHER).app.store
  t.equal(await db.selectFrom('wraps').select('wrap_hash').where('wrap_hash', '=', fresh.members.wrapHash).executeTakeFirst(), undefined)
  t.equal(await put(sign(world, 'RecordManifest', { ...fresh.members, sizeClass: 4 }, author.requestSigning)), 'served')
  t.equal(
    await code(other.putContent(fresh.members.cid, Readable.from([Buffer.alloc(1000)]), 1000)),
    'CONTENT_TOO_LARGE',
    'more than it announced'
  )
})
