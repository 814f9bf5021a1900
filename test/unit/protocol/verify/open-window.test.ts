import t from 'tap'
import { createWrap, randomBytes, SecretKey, signStatement, statementId, toHex, wrapHash } from '@epione/crypto'
import { streamIdOf, windowPlace } from '@epione/protocol'
import type { SignedStatement } from '@epione/protocol'
import { Refusal, requireFollows, verifyOpenWindow } from '@epione/protocol/verify'
import type { OpenPlace, VerifiedDevice } from '@epione/protocol/verify'

const hash = (): string => toHex(randomBytes(32))
const networkId = randomBytes(32)
const [key, stranger] = [SecretKey.random(), SecretKey.random()]
const [patientId, deviceId] = ['a'.repeat(32), hash()]
const [stream, otherId] = [streamIdOf(deviceId), hash()]
const [BEGIN, END, NOW, MINUTE] = [1_000_000_000, 9_000_000_000, 5_000_000_000, 60_000]
const place8 = windowPlace(networkId, { stream, number: 8, deviceId })
const wrap = toHex(createWrap(SecretKey.random().publicKey(), randomBytes(32), place8))

const device: VerifiedDevice = {
  id: deviceId,
  time: BEGIN,
  body: {
    type: 'Device',
    nonce: toHex(randomBytes(16)),
    issuedAt: BEGIN,
    submitBefore: BEGIN + MINUTE,
    patientId,
    key: key.publicKey().toHex(),
    label: hash(),
    notBefore: BEGIN,
    notAfter: END,
    shortestWindowMs: 1000,
    kindsHash: hash()
  }
}

function sign (members: object = {}, keys = [key], network = networkId): SignedStatement {
  const body = {
    type: 'Window',
    nonce: toHex(randomBytes(16)),
    issuedAt: NOW,
    submitBefore: NOW + MINUTE,
    patientId,
    deviceId,
    stream,
    number: 8,
    previous: hash(),
    epoch: 2,
    contentHash: hash(),
    cid: `b${'a'.repeat(58)}`,
    wrapHash: toHex(wrapHash(Buffer.from(wrap, 'hex'), place8)),
    ...members
  }
  const { body: text, signatures } = signStatement({ type: 'Window', networkId: network, body, keys })
  return { body: text, signatures: [...signatures] }
}

const cases: ReadonlyArray<readonly [string, string, {
  members?: object, keys?: SecretKey[], place?: Partial<OpenPlace>, of?: Partial<VerifiedDevice>, wrap?: string, network?: Uint8Array
}]> = [
  ['as its device made it', 'accepted', {}],
  ['after the head', 'accepted', { place: { after: 7 } }],
  ['in the epoch that its reader may read', 'accepted', { place: { epoch: 2 } }],
  ['in another epoch', 'FOREIGN', { place: { epoch: 1 } }],
  ['at the head', 'CHAIN_BROKEN', { place: { after: 8 } }],
  ['of another stream', 'FOREIGN', { members: { stream: streamIdOf(deviceId, 2) } }],
  ['of another device', 'FOREIGN', { members: { deviceId: otherId, stream: streamIdOf(otherId) } }],
  ['of a stream that is not its device\'s', 'STATEMENT_MALFORMED', { members: { deviceId: otherId } }],
  ['of another patient', 'FOREIGN', { members: { patientId: 'b'.repeat(32) } }],
  ['signed by a stranger', 'SIGNER_WRONG', { keys: [stranger] }],
  ['signed by a stranger, too', 'SIGNER_WRONG', { keys: [key, stranger] }],
  ['said before the device began', 'SIGNER_WRONG', { members: { issuedAt: BEGIN - 1 } }],
  ['said after its period', 'SIGNER_WRONG', { members: { issuedAt: END + 1, submitBefore: END + MINUTE } }],
  ['said at the end within the tolerance of two clocks', 'accepted', { of: { endedAt: NOW - MINUTE } }],
  ['said after its end', 'SIGNER_WRONG', { of: { endedAt: NOW - MINUTE - 1 } }],
  ['with another wrap', 'FOREIGN', { wrap: toHex(createWrap(SecretKey.random().publicKey(), randomBytes(32), place8)) }],
  ['whose wrap has the name of another number', 'FOREIGN', { members: { number: 9 } }],
  ['for another network', 'SIGNATURE_INVALID', { network: randomBytes(32) }],
  ['that is none', 'STATEMENT_MALFORMED', { members: { number: 0 } }]
]

for (const [name, verdict, { members, keys, network, place = {}, of = {}, wrap: shown = wrap }] of cases) {
  t.test(`a window of no segment ${name}: ${verdict}`, (t) => {
    const statement = sign(members, keys, network)
    const asked = { stream, after: 0, ...place }
    const judge = (): unknown => verifyOpenWindow({ statement, wrap: shown }, asked, { ...device, ...of }, networkId)
    if (verdict === 'accepted') t.match(judge(), { id: statementId(statement.body), body: { number: 8 } })
    else t.throws(judge, { name: 'Refusal', code: verdict })
    t.end()
  })
}

t.test('a window follows another by number and name', (t) => {
  const id = hash()
  t.equal(requireFollows({ number: 7, id }, { stream, number: 8, previous: id }), undefined)
  t.equal(requireFollows({ number: 7 }, { stream, number: 8, previous: hash() }), undefined, 'a head has no name here')
  t.same(requireFollows({ number: 3, id }, { stream, number: 8, previous: hash() }), { first: 4, last: 7 })
  for (const [last, previous] of [[{ number: 7, id }, hash()], [{ number: 8, id }, id], [{ number: 9, id }, id]] as const) {
    t.throws(() => requireFollows(last, { stream, number: 8, previous }), { code: 'CHAIN_BROKEN' })
  }
  t.throws(() => requireFollows({ number: 7, id }, { stream, number: 8 }), Refusal)
  t.end()
})
