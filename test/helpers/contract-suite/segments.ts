import { inclusionProof, merkleRoot, SecretKey, toHex } from '@epione/crypto'
import { SEGMENTS_PER_BATCH } from '@epione/protocol'
import { StatementReader, verifyDirectory, verifyRecordChain, verifyWindow, verifyWindows, windowLeaf } from '@epione/protocol/verify'
import type { EndedVersion, SignedStatement } from '@epione/protocol'
import type { Test } from 'tap'
import { addDevice, outcomesOf, recordOf, SegmentMaker, showWindow, signDeviceEnd } from '../device-fixtures.ts'
import {
  bindPractitioner, createManifest, directoryMembers, publishPatient, randomHash, registerRecord, sign, signRequest, activateConsent
} from '../ledger-fixtures.ts'
import { publishGuardians, signFreeze, signSuccession, twoOf } from '../lifetime-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

/** Segments: many in one transaction, each decided alone, what verifies them, how they are rewrapped and end. */
export async function segmentsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const author = await bindPractitioner(world)

  await t.test('a segment is the next version of its stream, and every window of it is proven by its path', async (t) => {
    const patient = await publishPatient(world)
    const device = await addDevice(world, patient)
    const maker = new SegmentMaker(world, device)
    const [first, second] = [maker.next({ count: 5 }), maker.next({ lost: 7 })]
    const { value } = await gateway.registerSegments([first.statement])
    t.match(recordOf(value.items[0]), { recordId: maker.stream, version: 1, level: 'N', manifest: { id: first.manifestId, submittedBy: regional } })
    t.strictSame(await gateway.getRecord(maker.stream), recordOf(value.items[0]))
    await gateway.registerSegments([second.statement])
    t.equal((await gateway.listRecords(patient.patientId)).items.length, 2)
    t.match(await gateway.findStatement(second.manifestId), { type: 'RecordManifest' })

    const reader = new StatementReader(world.networkId)
    const directory = verifyDirectory(await gateway.getDirectory(patient.patientId), patient.patientId, reader)
    const read = (version: number): ReturnType<typeof gateway.getRecord> => gateway.getRecord(maker.stream, version)
    const verified = await verifyRecordChain(await read(2), read, directory, { reader, source: gateway })
    t.match(verified, { body: { segment: { first: 13, last: 15 } }, segment: { stream: maker.stream, first: 13, last: 15 } })
    for (const index of [0, 1, 2]) t.match(verifyWindow(showWindow(second, index), verified), { body: { number: 13 + index } })
    const texts = [0, 1, 2].map((index) => showWindow(second, index).text)
    const start = verified.segment?.first ?? 0
    const whole = (of: string[]): number[] =>
      verifyWindows({ first: start, texts: of, wrapHashes: [] }, verified).map(({ body }) => body.number)
    t.strictSame(whole(texts), [13, 14, 15], 'together they need no paths')
    t.throws(() => whole(texts.slice(0, 2)), { code: 'CHAIN_BROKEN' }, 'one is left out')
    t.throws(() => whole(texts.toReversed()), { code: 'CHAIN_BROKEN' }, 'in another order')
    t.throws(() => whole(texts.with(1, showWindow(first, 1).text)), { code: 'FOREIGN' })
    const other = texts.with(1, texts[1]?.replace(/"nonce":"../, '"nonce":"zz') ?? '')
    t.throws(() => whole(other), { code: 'STATEMENT_MALFORMED' })
    t.throws(() => whole(texts.with(1, texts[1]?.replace(/"wrapHash":"[0-9a-f]{2}/, '"wrapHash":"00') ?? '')), { code: 'CHAIN_BROKEN' }, 'another wrap')
    t.throws(() => verifyWindow(showWindow(first, 0), verified), { code: 'FOREIGN' }, 'of the segment before')
    t.throws(() => verifyWindow({ ...showWindow(second, 0), path: showWindow(second, 1).path }, verified), { code: 'CHAIN_BROKEN' })
    t.throws(() => verifyWindow({ ...showWindow(second, 0), text: `${showWindow(second, 0).text} ` }, verified), { code: 'STATEMENT_MALFORMED' })
  })

  await t.test('a roll-up says of which stream it is, and of nothing else', async (t) => {
    const device = await addDevice(world, await publishPatient(world))
    const [samples, sums] = [new SegmentMaker(world, device), new SegmentMaker(world, device, 2)]
    const summarizes = { stream: samples.stream, every: 'hour', last: 1 }
    await gateway.registerSegments([samples.next().statement])
    const { value } = await gateway.registerSegments([sums.next({ members: { summarizes } }).statement])
    t.match(JSON.parse(recordOf(value.items[0]).manifest.statement.body), { recordId: sums.stream, summarizes })
    const wrong = [
      { ...summarizes, every: 'week' }, { ...summarizes, last: 0 }, { ...summarizes, stream: sums.stream }, { stream: samples.stream, every: 'day' },
      [{ recordId: samples.stream, version: 1 }]
    ]
    for (const members of wrong) {
      const { statement } = sums.make({ version: 2, first: 4, count: 1, members: { summarizes: members } })
      await t.rejects(gateway.registerSegments([statement]), { code: 'STATEMENT_INVALID' }, JSON.stringify(members))
    }
  })

  await t.test('what is wrong with one of many is answered in its place, and the others are registered', async (t) => {
    const patients = [await publishPatient(world), await publishPatient(world)] as const
    const devices = [await addDevice(world, patients[0]), await addDevice(world, patients[1])] as const
    const makers = Array.from({ length: SEGMENTS_PER_BATCH }, (_, i) => new SegmentMaker(world, devices[i % 2 === 0 ? 0 : 1], i + 1))
    const statements = makers.map((maker) => maker.next({ count: 1 }).statement)
    const bad = { ...statements[16], body: `${statements[16]?.body ?? ''} ` } as SignedStatement
    const { value, txId } = await gateway.registerSegments(statements.with(16, bad))
    t.strictSame(outcomesOf(value), Array<number | string>(SEGMENTS_PER_BATCH).fill(1).with(16, 'STATEMENT_INVALID'), 'one among 32')
    t.equal(recordOf(value.items[31]).manifest.txId, txId)
    const { value: again } = await gateway.registerSegments([statements[0], statements[16]] as SignedStatement[])
    t.strictSame(outcomesOf(again), ['STATEMENT_REPLAYED', 1], 'that one comes again, and only that one')
  })

  await t.test('several segments of one stream go together, each reading what the one before will write', async (t) => {
    const patient = await publishPatient(world)
    const device = await addDevice(world, patient)
    const [maker, other] = [new SegmentMaker(world, device), new SegmentMaker(world, device, 2)]
    const [one, two, three] = [maker.next(), maker.next(), maker.next()]
    const { value } = await gateway.registerSegments([
      one.statement, two.statement, two.statement, other.next().statement,
      maker.make({ version: 3, first: 7, count: 1 }).statement, three.statement
    ])
    t.strictSame(outcomesOf(value), [1, 2, 'STATEMENT_REPLAYED', 1, 'RECORD_CONFLICT', 3], 'the same twice, and one that follows none')
    t.strictSame(await gateway.getRecord(maker.stream), recordOf(value.items[5]), 'the last one is the newest')
    const back = maker.make({ version: 4, first: 9, count: 2, previous: three.manifestId })
    await t.rejects(gateway.registerSegments([back.statement]), { code: 'SEGMENT_CONFLICT', message: /window 9/ })
    const { value: after } = await gateway.registerSegments([maker.next().statement])
    t.strictSame(outcomesOf(after), [4])
  })

  await t.test('nobody but the device writes to its stream, for its patient and its compartment', async (t) => {
    const [patient, stranger] = [await publishPatient(world), await publishPatient(world)]
    const [device, rival] = [await addDevice(world, patient), await addDevice(world, patient)]
    const maker = new SegmentMaker(world, device)
    const first = maker.next()
    await gateway.registerSegments([first.statement])
    const refused = async (members: object, code: string, key?: SecretKey): Promise<void> => {
      const made = maker.make({ version: 2, first: 4, count: 2, previous: first.manifestId, members, ...(key !== undefined && { key }) })
      await t.rejects(gateway.registerSegments([made.statement]), { code }, code)
    }
    await refused({}, 'SIGNATURE_INVALID', rival.key)
    await refused({}, 'SIGNATURE_INVALID', patient.identity)
    await refused({ author: { kind: 'device', deviceId: rival.deviceId } }, 'STATEMENT_INVALID', rival.key)
    await refused({ patientId: stranger.patientId }, 'DEVICE_UNKNOWN')
    await refused({ label: patient.compartments[1].label }, 'SEGMENT_INVALID')
    await refused({ label: randomHash() }, 'SEGMENT_INVALID')
    await refused({ epoch: 2 }, 'COMPARTMENT_OUTDATED')
    const { members } = createManifest(author, patient)
    await t.rejects(gateway.registerSegments([sign(world, 'RecordManifest', members, author.requestSigning)]), { code: 'SEGMENT_INVALID' })
    await t.rejects(gateway.registerRecord(maker.next().statement), { code: 'SEGMENT_INVALID' }, 'nor one by itself')
    await t.rejects(author.ledger.registerSegments([first.statement]), { code: 'NOT_AUTHORIZED' }, 'but a gateway brings it')
  })

  await t.test('windows that were stored before the patient raised the epoch are registered, and none of an earlier one after that', async (t) => {
    const patient = await publishPatient(world)
    const maker = new SegmentMaker(world, await addDevice(world, patient))
    const before = maker.next()
    const raised = directoryMembers(patient)
    const compartments = raised.compartments.map((c, i) => i === 0 ? { ...c, epoch: 2, key: SecretKey.random().publicKey().toHex() } : c)
    const members = { ...raised, compartments, version: 2, previous: patient.directoryId }
    await gateway.publishDirectory(sign(world, 'KeyDirectory', members, patient.identity))
    const after = maker.next({ epoch: 2 })
    const { value } = await gateway.registerSegments([before.statement, after.statement])
    t.strictSame(outcomesOf(value), [1, 2])
    await t.rejects(gateway.registerSegments([maker.next({ epoch: 1 }).statement]), { code: 'SEGMENT_CONFLICT', message: /epoch 2/ })
  })

  await t.test('a batch is bounded, and one of which nothing is left is not ordered', async (t) => {
    const patient = await publishPatient(world)
    const { statement } = new SegmentMaker(world, await addDevice(world, patient)).next()
    await t.rejects(gateway.registerSegments([]), { code: 'ARGUMENT_INVALID' })
    await t.rejects(gateway.registerSegments(Array<SignedStatement>(SEGMENTS_PER_BATCH + 1).fill(statement)), { code: 'ARGUMENT_INVALID' })
    // Bytes count, not characters: this text has fewer characters than may come, and more bytes.
    const wide = { body: '\u00e4'.repeat(60_000), signatures: statement.signatures }
    await t.rejects(gateway.registerSegments([statement, wide, wide, wide]), { code: 'ARGUMENT_INVALID', message: /bytes/ })
    const spoilt = { ...statement, body: `${statement.body} ` }
    await t.rejects(gateway.registerSegments([spoilt, spoilt]), { code: 'BATCH_REFUSED', message: /STATEMENT_INVALID STATEMENT_INVALID/ })
    await t.rejects(gateway.registerSegments([spoilt]), { code: 'STATEMENT_INVALID' }, 'a single one is refused by its own code')
    t.strictSame(outcomesOf((await gateway.registerSegments([statement])).value), [1])
  })

  await t.test('a device of a frozen or handed over patient registers nothing, and costs no other', async (t) => {
    const [frozen, former, heir, free] = await Promise.all([0, 1, 2, 3].map(() => publishPatient(world)))
    if (frozen === undefined || former === undefined || heir === undefined || free === undefined) throw new Error('four')
    const [first, second, third] = await Promise.all([frozen, former, free].map(async (patient) =>
      new SegmentMaker(world, await addDevice(world, patient)).next().statement))
    if (first === undefined || second === undefined || third === undefined) throw new Error('three')
    await gateway.freezePatient(signFreeze(world, frozen, ...twoOf(await publishGuardians(world, frozen))))
    await gateway.succeedPatient(signSuccession(world, former, heir, former.identity, heir.identity))
    t.strictSame(outcomesOf((await gateway.registerSegments([first, second, third])).value), ['PATIENT_FROZEN', 'PATIENT_SUCCEEDED', 1])
  })

  await t.test('the windows of a segment get new wraps together, and a reader is told which count', async (t) => {
    const patient = await publishPatient(world)
    const device = await addDevice(world, patient)
    const made = new SegmentMaker(world, device).next()
    const { value } = await gateway.registerSegments([made.statement])
    const { recordId } = recordOf(value.items[0])
    const [, hidden] = patient.compartments
    const hashes = made.texts.map(() => randomHash())
    const root = toHex(merkleRoot(hashes.map(windowLeaf)))
    const place = { patientId: patient.patientId, recordId, version: 1, label: hidden.label, epoch: 1 }
    const rewrap = async (members: object): Promise<unknown> =>
      await gateway.rewrapRecord(sign(world, 'Rewrap', { ...place, segment: { root }, ...members }, patient.identity))
    const single = { ...place, wrapHash: randomHash(), previousWrapHash: randomHash() }
    await t.rejects(gateway.rewrapRecord(sign(world, 'Rewrap', single, patient.identity)), { code: 'REWRAP_CONFLICT', message: /all its windows/ })
    await t.rejects(rewrap({ segment: { root, previousRoot: randomHash() } }), { code: 'REWRAP_CONFLICT' }, 'there is none before')
    await rewrap({})
    await t.rejects(rewrap({ segment: { root: randomHash() } }), { code: 'REWRAP_CONFLICT', message: new RegExp(root) })

    const reader = new StatementReader(world.networkId)
    const directory = verifyDirectory(await gateway.getDirectory(patient.patientId), patient.patientId, reader)
    const read = (number: number): ReturnType<typeof gateway.getRecord> => gateway.getRecord(recordId, number)
    const verified = await verifyRecordChain(await read(1), read, directory, { reader, source: gateway })
    t.match(verified, { label: hidden.label, segment: { wrapsRoot: root } })
    const shown = showWindow(made, 1)
    const rewrapped = { wrapHash: hashes[1] ?? '', path: showHash(hashes, 1) }
    t.match(verifyWindow({ ...shown, rewrapped }, verified), { wrapHash: hashes[1] })
    const whole = (wrapHashes: readonly string[]): string[] =>
      verifyWindows({ first: verified.segment?.first ?? 0, texts: made.texts, wrapHashes }, verified).map((window) => window.wrapHash)
    t.strictSame(whole(hashes), hashes)
    for (const wrong of [hashes.toReversed(), hashes.slice(1), hashes.with(0, randomHash())]) t.throws(() => whole(wrong), { code: 'CHAIN_BROKEN' })
    t.throws(() => verifyWindow(shown, verified), { code: 'MISSING' }, 'the wrap of its statement counts no more')
    t.throws(() => verifyWindow({ ...shown, rewrapped: { ...rewrapped, wrapHash: randomHash() } }, verified), { code: 'CHAIN_BROKEN' })

    const record = await registerRecord(world, author, patient)
    const windows = { ...place, recordId: record.recordId, segment: { root } }
    await t.rejects(gateway.rewrapRecord(sign(world, 'Rewrap', windows, patient.identity)), { code: 'REWRAP_CONFLICT', message: /no segment/ })
  })

  await t.test('a permit names segments with their roots, and receipts name them by these', async (t) => {
    const patient = await publishPatient(world)
    const reader = await bindPractitioner(world, { mspId: regional })
    const maker = new SegmentMaker(world, await addDevice(world, patient))
    const made = maker.next()
    const state = recordOf((await gateway.registerSegments([made.statement])).value.items[0])
    const { segment } = JSON.parse(state.manifest.statement.body) as { segment: { root: string } }
    const { consentId } = await activateConsent(world, patient, reader)
    const named = { recordId: state.recordId, version: 1 }
    const { value: event } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [named as never], consentId))
    t.match(event, { decision: 'permit', records: [{ ...named, segment, mediaClass: 'signal', origin: regional }] })
    t.equal(event.records[0]?.wrapHash, undefined)
    t.strictSame(event.streams, [{ stream: state.recordId, version: 1, last: 3 }])
    await gateway.registerSegments([maker.next({ count: 2 }).statement])
    const { value: later } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [named as never], consentId))
    t.strictSame(later.streams, [{ stream: state.recordId, version: 2, last: 5 }], 'how far the stream is, whatever is asked for')
    const { value: denied } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [named as never], randomHash()))
    t.match(denied, { decision: 'deny' })
    t.notOk('streams' in denied)
    const receipt = (release: object): Promise<unknown> => world.gateway(core).ledger.recordRelease(
      sign(world, 'ReleaseReceipt', { mspId: core, releases: [{ eventId: event.eventId, ...release }] }, world.proxySigner(core)))
    await receipt({ wrapHashes: [segment.root] })
    await t.rejects(receipt({ wrapHashes: [randomHash()] }), { code: 'EVENT_NOT_PERMITTED' })
    await t.rejects(receipt({ windows: { first: 1, last: 2 } }), { code: 'EVENT_NOT_PERMITTED' }, 'numbers are of what is followed')
    await t.rejects(receipt({ end: 'ended' }), { code: 'EVENT_NOT_PERMITTED' })
  })

  await t.test('its patient erases segments by their roots, and nothing follows; the device withdraws none', async (t) => {
    const patient = await publishPatient(world)
    const device = await addDevice(world, patient)
    const maker = new SegmentMaker(world, device)
    const [first, second] = [maker.next(), maker.next()]
    await gateway.registerSegments([first.statement, second.statement])
    const withdrawal = {
      patientId: patient.patientId, recordId: maker.stream, version: 2, manifestId: second.manifestId, cause: 'entered-in-error'
    }
    await t.rejects(gateway.withdrawRecord(sign(world, 'Withdrawal', withdrawal, device.key)), { code: 'NOT_AUTHORIZED', message: /erases/ })
    const erasure = { patientId: patient.patientId, records: [{ recordId: maker.stream }] }
    await t.rejects(gateway.eraseRecords(sign(world, 'Erasure', erasure, device.key)), { code: 'SIGNATURE_INVALID' })
    const { value: order } = await gateway.eraseRecords(sign(world, 'Erasure', erasure, patient.identity))
    const rootOf = (statement: SignedStatement): string => (JSON.parse(statement.body) as { segment: { root: string } }).segment.root
    t.match(order.versions.map((v: EndedVersion) => [v.version, v.wrapHash]), [[1, rootOf(first.statement)], [2, rootOf(second.statement)]])
    t.match(order.versions, [{ segment: { first: 1, last: 3 } }, { segment: { first: 4, last: 6 } }])
    const destruction = {
      mspId: core, cause: 'erased', orderId: order.order.id, wrapHashes: order.versions.map((v) => v.wrapHash), backupsGoneBy: world.now()
    }
    await world.gateway(core).ledger.confirmErased(sign(world, 'Destruction', destruction, world.proxySigner(core)))
    await t.rejects(gateway.registerSegments([maker.next().statement]), { code: 'RECORD_ENDED' })
    await gateway.endDevice(signDeviceEnd(world, device, device.key))
  })
}

function showHash (hashes: readonly string[], index: number): string[] {
  return inclusionProof(hashes.map(windowLeaf), index).map((hash) => toHex(hash))
}
