import {
  concatBytes, ENVELOPE_BYTES, envelopeHash, exportSecret, openEnvelope, sealEnvelope, sealTo, SecretKey, toHex, utf8
} from '@epione/crypto'
import t from 'tap'
import { flipBit, GROUP_ORDER, refuses, seeded } from './support.ts'

const [DEPARTMENT, OTHER_DEPARTMENT] = [SecretKey.random(seeded('department')), SecretKey.random(seeded('another department'))]
const [MEMBER, OTHER_MEMBER] = [SecretKey.random(seeded('member')), SecretKey.random(seeded('another member'))]
const PLACE = { mspId: 'CoreMSP', department: 'ward', staffId: 'staff-1' }
const RECEIVING = DEPARTMENT.publicKey()
const ENVELOPE = sealEnvelope(DEPARTMENT, MEMBER.publicKey(), PLACE, seeded('envelope'))

t.test('an envelope opens for its member, and is new each time', (t) => {
  t.equal(ENVELOPE.length, ENVELOPE_BYTES)
  t.equal(toHex(exportSecret(openEnvelope(MEMBER, ENVELOPE, RECEIVING, PLACE))), toHex(exportSecret(DEPARTMENT)))
  t.strictSame(sealEnvelope(DEPARTMENT, MEMBER.publicKey(), PLACE, seeded('envelope')), ENVELOPE, 'replays')
  t.notSame(sealEnvelope(DEPARTMENT, MEMBER.publicKey(), PLACE), sealEnvelope(DEPARTMENT, MEMBER.publicKey(), PLACE))
  t.end()
})

t.test('it opens for nobody else, nowhere else, and to no other key', (t) => {
  refuses(t, 'SEALED_INVALID', () => openEnvelope(OTHER_MEMBER, ENVELOPE, RECEIVING, PLACE), 'another member')
  refuses(t, 'SEALED_INVALID', () => openEnvelope(MEMBER, ENVELOPE, OTHER_DEPARTMENT.publicKey(), PLACE), 'another key')
  for (const other of [{ mspId: 'Regional1MSP' }, { department: 'clinic' }, { staffId: 'staff-2' }]) {
    refuses(t, 'SEALED_INVALID', () => openEnvelope(MEMBER, ENVELOPE, RECEIVING, { ...PLACE, ...other }), JSON.stringify(other))
  }
  for (let index = 0; index < ENVELOPE.length; index += 1) {
    refuses(t, 'SEALED_INVALID', () => openEnvelope(MEMBER, flipBit(ENVELOPE, index), RECEIVING, PLACE), `byte ${index}`)
  }
  refuses(t, 'SEALED_INVALID', () => openEnvelope(MEMBER, ENVELOPE.subarray(1), RECEIVING, PLACE), 'cut off')
  t.end()
})

t.test('what a member seals that is no secret of the key is refused', (t) => {
  const data = concatBytes(utf8('epione/envelope'), RECEIVING.toBytes(), utf8('CoreMSP/ward/staff-1'))
  const inside: Array<readonly [string, Uint8Array]> = [
    ['the secret of another key', exportSecret(OTHER_DEPARTMENT)], ['zero', new Uint8Array(32)], ['the order', GROUP_ORDER],
    ['too few bytes', new Uint8Array(31).fill(1)], ['nothing', new Uint8Array()]
  ]
  for (const [what, bytes] of inside) {
    refuses(t, 'SEALED_INVALID', () => openEnvelope(MEMBER, sealTo(MEMBER.publicKey(), bytes, data), RECEIVING, PLACE), what)
  }
  t.ok(openEnvelope(MEMBER, sealTo(MEMBER.publicKey(), exportSecret(DEPARTMENT), data), RECEIVING, PLACE), 'the documented layout')
  t.end()
})

t.test('a hash names one envelope, of its size', (t) => {
  t.equal(envelopeHash(ENVELOPE).length, 32)
  t.notSame(envelopeHash(ENVELOPE), envelopeHash(flipBit(ENVELOPE, 80)))
  t.throws(() => envelopeHash(ENVELOPE.subarray(1)), { message: /envelope/ })
  t.end()
})
