import t from 'tap'
import { SecretKey, sha256, toHex } from '@epione/crypto'
import { ORDER_TOLERANCE_MS } from '@epione/protocol'
import type { Erasure, RecordState, SignedStatement, StatementType, StoredStatement } from '@epione/protocol'
import { StatementReader, provenDestructions, tallyKfrags, tallyWraps, verifyDirectory, verifyErasedCompartments, verifyRecord } from '@epione/protocol/verify'
import type { VerifiedRecord } from '@epione/protocol/verify'
import { statementId } from '@epione/crypto'
import { bindPractitioner, directoryMembers, keyHex, publishPatient, randomHash, registerRecord, sign } from '../../../helpers/ledger-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

/* Ends of records as a peer, or a gateway, may show them. */

const world = await createMemoryWorld()
const { ledger } = world.gateway('CoreMSP')
const reader = new StatementReader(world.networkId)
const author = await bindPractitioner(world)
const patient = await publishPatient(world)
const stranger = await publishPatient(world)
const record = await registerRecord(world, author, patient)
const state = await ledger.getRecord(record.recordId)
const directory = verifyDirectory(await ledger.getDirectory(patient.patientId), patient.patientId, reader)

function stored (statement: SignedStatement, time = world.now()): StoredStatement {
  return { id: statementId(statement.body), statement, txId: randomHash(), time, submittedBy: 'CoreMSP' }
}

const make = (type: StatementType, members: object, key: SecretKey): StoredStatement => stored(sign(world, type, members, key))
const verify = (end: StoredStatement, of: RecordState = state): Promise<VerifiedRecord> =>
  verifyRecord({ ...of, end }, directory, { source: ledger, reader })

const erasure = (members: { [K in keyof Erasure]?: Erasure[K] | undefined } = {}, key = patient.identity): StoredStatement =>
  make('Erasure', JSON.parse(JSON.stringify({ patientId: patient.patientId, records: [{ recordId: record.recordId }], ...members })) as object, key)
const withdrawal = (members: object = {}, key = author.requestSigning): StoredStatement => make('Withdrawal', {
  patientId: patient.patientId,
  recordId: record.recordId,
  version: 1,
  manifestId: record.manifestId,
  cause: 'wrong-patient',
  ...members
}, key)

t.test('an end is proven to be its patient\'s or its author\'s will', async (t) => {
  const end = erasure()
  t.match((await verify(end)).end, { id: end.id, cause: 'erased', time: end.time })
  t.match((await verify(erasure({ records: [{ recordId: record.recordId, version: 1 }] }))).end, { cause: 'erased' })
  const { label } = record.compartment
  const whole = { records: undefined, compartments: [{ label, epoch: 1 }] }
  t.match((await verify(erasure(whole))).end, { cause: 'erased' }, 'with its compartment')
  t.match((await verify(erasure({ ...whole, compartments: [{ label: randomHash(), epoch: 1 }, { label, epoch: 7 }] }))).end, { cause: 'erased' })
  t.match((await verify(withdrawal())).end, { cause: 'withdrawn', reason: 'wrong-patient' })
  t.equal((await verifyRecord(state, directory, { source: ledger, reader })).end, undefined)
})

t.test('an erasure that is not the patient\'s, or of something else, is refused', async (t) => {
  const other = [{ recordId: '00'.repeat(16) }]
  for (const [what, end, code] of [
    ['signed by the author', erasure({}, author.requestSigning), 'SIGNER_WRONG'],
    ['signed by a stranger', erasure({}, SecretKey.random()), 'SIGNER_WRONG'],
    ['another patient\'s', erasure({ patientId: stranger.patientId }, stranger.identity), 'FOREIGN'],
    ['of another record', erasure({ records: other }), 'FOREIGN'],
    ['of another compartment', erasure({ records: undefined, compartments: [{ label: randomHash(), epoch: 1 }] }), 'FOREIGN'],
    ['of another version', erasure({ records: [{ recordId: record.recordId, version: 2 }] }), 'FOREIGN'],
    ['kept under another id', { ...erasure(), id: randomHash() }, 'ID_MISMATCH']
  ] as const) await t.rejects(verify(end), { name: 'Refusal', code }, what)
})

t.test('an erasure of compartments is their patient\'s word of epochs that nobody writes to, told whether by a key of before', async (t) => {
  const [compartment, other] = patient.compartments
  const { label } = compartment
  const second = SecretKey.random()
  const renewed: typeof patient = { ...patient, compartments: [{ ...compartment, epoch: 2, secret: SecretKey.random() }, other] }
  const raised = { ...directoryMembers(renewed), version: 2, previous: patient.directoryId }
  const version = (members: object, keys: SecretKey[], time: number): StoredStatement => stored(sign(world, 'KeyDirectory', members, ...keys), time)
  const now = world.now()
  const next = version(raised, [patient.identity], now)
  const last = version({ ...raised, version: 3, previous: next.id, identityKey: keyHex(second) }, [patient.identity, second], now + 500_000)
  const shown = await ledger.getDirectory(patient.patientId)
  const proven = verifyDirectory({ ...shown, versions: [...shown.versions, next, last] }, patient.patientId, reader)
  const order = (compartments: Erasure['compartments'], time: number, key = patient.identity, members: object = {}): StoredStatement =>
    ({ ...erasure({ records: undefined, compartments, ...members }, key), time })
  const named = [{ label, epoch: 1 }]
  const judge = (end: StoredStatement): object => verifyErasedCompartments(end, proven, reader)
  t.match(judge(order(named, now + 600_000, second)), { compartments: named, time: now + 600_000, isByNewestKey: true })
  t.match(judge(order(named, now + 100_000)), { isByNewestKey: false })
  for (const [what, end, code] of [
    ['by the key of before, after it ended', order(named, now + 600_000), 'SIGNER_WRONG'],
    ['by the key that came later', order(named, now + 100_000, second), 'SIGNER_WRONG'],
    ['by a stranger', order(named, now, SecretKey.random()), 'SIGNER_WRONG'],
    ['another patient\'s', order(named, now, stranger.identity, { patientId: stranger.patientId }), 'FOREIGN'],
    ['of the newest epoch', order([{ label, epoch: 2 }], now + 600_000, second), 'FOREIGN'],
    ['of a compartment that is not there', order([...named, { label: randomHash(), epoch: 1 }], now + 600_000, second), 'FOREIGN'],
    ['of records', { ...erasure({}, second), time: now + 600_000 }, 'FOREIGN'],
    ['kept under another id', { ...order(named, now + 600_000, second), id: randomHash() }, 'ID_MISMATCH']
  ] as const) t.throws(() => judge(end), { name: 'Refusal', code }, what)
})

t.test('a withdrawal that is not the author\'s, or of something else, is refused', async (t) => {
  const colleague = await bindPractitioner(world)
  for (const [what, end, code] of [
    ['signed by the patient', withdrawal({}, patient.identity), 'SIGNER_WRONG'],
    ['signed by a colleague', withdrawal({}, colleague.requestSigning), 'SIGNER_WRONG'],
    ['from another patient', withdrawal({ patientId: stranger.patientId }), 'FOREIGN'],
    ['of another version', withdrawal({ version: 2 }), 'FOREIGN'],
    ['of another record', withdrawal({ recordId: '00'.repeat(16) }), 'FOREIGN'],
    ['of another manifest', withdrawal({ manifestId: randomHash() }), 'FOREIGN'],
    ['a statement of another kind', make('Revocation', { patientId: patient.patientId, consentId: randomHash() }, patient.identity), 'STATEMENT_MALFORMED'],
    ['no JSON', stored({ body: 'x', signatures: [] }), 'STATEMENT_MALFORMED']
  ] as const) await t.rejects(verify(end), { name: 'Refusal', code }, what)
})

t.test('a destruction counts that its hospital\'s own proxy signed, of just that order', (t) => {
  const order = erasure()
  const versions = [{ recordId: record.recordId, version: 1, wrapHash: record.wrapHash }]
  const [key, former] = [SecretKey.random(), SecretKey.random()]
  const time = world.now()
  const proxies = [
    { mspId: 'CoreMSP', signingKey: keyHex(key), formerSigningKeys: [{ key: keyHex(former), until: time }] },
    { mspId: 'Regional1MSP', signingKey: keyHex(SecretKey.random()), formerSigningKeys: [] }
  ]
  const says = (members: object = {}, by = key): StoredStatement => make('Destruction', {
    mspId: 'CoreMSP', cause: 'erased', orderId: order.id, wrapHashes: [record.wrapHash], backupsGoneBy: 5, ...members
  }, by)
  const prove = (...destructions: StoredStatement[]): unknown[] =>
    provenDestructions({ order, versions, destructions }, proxies, reader).map(({ mspId, stored: { id } }) => ({ mspId, id }))
  const [good, old] = [says(), says({}, former)]
  t.strictSame(prove(good, old), [{ mspId: 'CoreMSP', id: good.id }], 'once each')
  t.strictSame(prove(old), [{ mspId: 'CoreMSP', id: old.id }], 'with a former key, too')
  const at = (later: number): StoredStatement => ({ ...says({}, former), time: time + ORDER_TOLERANCE_MS + later })
  const last = at(0)
  t.strictSame(prove(last), [{ mspId: 'CoreMSP', id: last.id }], 'within the tolerance of two clocks')
  t.strictSame(prove(at(1)), [], 'and not once another had taken its place')
  const false_ = [
    says({ mspId: 'Regional1MSP' }), says({}, SecretKey.random()), says({ orderId: randomHash() }), says({ wrapHashes: [randomHash()] }),
    says({ cause: 'withdrawn' }), says({ mspId: 'Regional9MSP' }), { ...says(), id: randomHash() },
    make('Destruction', { mspId: 'CoreMSP', consentId: randomHash(), kfragIds: [randomHash()], cause: 'revoked' }, key)
  ]
  t.strictSame(prove(...false_), [], 'nothing else does')
  t.strictSame(prove(...false_, good), [{ mspId: 'CoreMSP', id: good.id }], 'nor keeps others from counting')
  t.end()
})

t.test('of whole compartments a destruction counts with its tallies, and tallies tell what was there', (t) => {
  const order = make('Erasure', { patientId: patient.patientId, compartments: [{ label: record.compartment.label, epoch: 1 }] }, patient.identity)
  const key = SecretKey.random()
  const proxies = [{ mspId: 'CoreMSP', signingKey: keyHex(key), formerSigningKeys: [] }]
  const [first, second] = [{ recordId: 'ab'.repeat(16), version: 1, wrapHash: randomHash() }, { recordId: 'ab'.repeat(16), version: 2, wrapHash: randomHash() }]
  const says = (members: object): StoredStatement => make('Destruction', {
    mspId: 'CoreMSP', cause: 'erased', orderId: order.id, backupsGoneBy: 5, ...members
  }, key)
  const tallies = { wraps: tallyWraps([second, first]), kfrags: tallyKfrags([]) }
  const prove = (...destructions: StoredStatement[]): object[] => provenDestructions({ order, versions: [], destructions }, proxies, reader)
  t.match(prove(says(tallies)), [{ mspId: 'CoreMSP', backupsGoneBy: 5, ...tallies }])
  t.strictSame(prove(says({ wrapHashes: [randomHash()] })), [], 'none of single wraps')
  t.strictSame(tallyWraps([first, second]), tallies.wraps, 'in whatever order')
  t.not(tallyWraps([first]).root, tallies.wraps.root)
  t.not(tallyWraps([first, { ...second, version: 3 }]).root, tallies.wraps.root)
  t.strictSame(tallyKfrags([]), { count: 0, root: toHex(sha256(new Uint8Array())) })
  const [a, b] = [randomHash(), randomHash()]
  t.strictSame(tallyKfrags([a, b]), tallyKfrags([b, a]))
  t.end()
})
