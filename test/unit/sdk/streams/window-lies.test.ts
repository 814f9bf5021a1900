import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import type { Test } from 'tap'
import { fromHex, randomBytes, toHex } from '@epione/crypto'
import { encodeWindow } from '@epione/protocol/streams'
import { followEvent, isClientError, makeEvidence, readPermittedStream, redeemWindows, requestAccess, requestFollow, verifyEvidence } from '@epione/sdk'
import type { EvidenceFile, EvidenceMaterial, Followed, PermittedStreamRead, WindowReport } from '@epione/sdk'
import { readOrganizations } from '../../../../sdk/dist/keys/organizations.js'
import { fetchSegment } from '../../../../sdk/dist/streams/stream-read.js'
import { sealWindow } from '../../../../sdk/dist/streams/seal-window.js'
import { isSegment } from '../../../../sdk/dist/streams/stream-list.js'
import { epione } from '../../../helpers/client/cli.ts'
import { about } from '../../../helpers/client/front.ts'
import { grantTo, Hospitals } from '../../../helpers/client/hospitals.ts'
import { createLyingReencryptor } from '../../../helpers/lying-reencryptor.ts'
import { forgiveProxies } from '../../../helpers/memory-world.ts'
import { addDevice, minuteOf, startDevice } from '../../../helpers/test-device.ts'

/** Hospitals whose proxies lie now. */
const lying = new Set<string>()
const hospitals = await Hospitals.open(t, { reencryptor: (mspId) => createLyingReencryptor(() => lying.has(mspId)) })
const { core, regional1 } = hospitals
/** Proxies in the order in which the reader's gateway asks them: those that lie first. */
const liarsFirst = (mspIds: readonly string[]): string[] => mspIds.toSorted((a, b) => Number(lying.has(b)) - Number(lying.has(a)))
regional1.gateway.app.ports.lot = liarsFirst
const patient = await hospitals.patient()
const reader = await hospitals.physician(regional1)
const NOW = Date.now()
const device = await addDevice(patient, hospitals.client(core))
const { queue, recorder, sender } = await startDevice(device)
const { patientId } = patient
const { stream } = queue
const LIAR = { mspId: 'Regional2MSP', failure: 'CFRAG_PROOF_INVALID', accused: true }

for (const minute of [-4, -3, -2]) await recorder.record([minuteOf(NOW + minute * 60_000, 60)], 'source')
await sender.sendAll({ close: true })
await grantTo(reader, patient, 'vital-signs', ['read', 'follow'])

async function isForgiven (): Promise<boolean> {
  try {
    return (await readOrganizations(reader)).every(({ conviction }) => conviction === undefined)
  } catch (error) {
    if (isClientError(error, 'ORGANIZATIONS_DIFFER')) return false
    throw error
  }
}

t.afterEach(async () => {
  lying.clear()
  for (const { front } of hospitals.all) front.lies = []
  forgiveProxies(hospitals.consortium.world)
  // What gateways read of proxies serves whoever asks for two seconds, and no block tells of this mercy.
  while (!await isForgiven()) await delay(100)
})

const kept: EvidenceMaterial[] = []
const onEvidence = async (material: EvidenceMaterial): Promise<void> => { await Promise.resolve(kept.push(material)) }
t.beforeEach(() => { kept.length = 0 })

const read = (): Promise<PermittedStreamRead> => readPermittedStream(reader, { patientId, stream, purpose: 'TREAT', onEvidence })
/** As a stranger has it: through JSON. */
const passedOn = (file: EvidenceFile): EvidenceFile => JSON.parse(JSON.stringify(file)) as EvidenceFile
const replaced = (file: EvidenceFile, material: Partial<EvidenceMaterial>): EvidenceFile =>
  ({ ...file, material: { ...file.material, ...material } })

function onlyKept (): EvidenceMaterial {
  const [material, ...others] = kept
  if (material === undefined || others.length > 0) throw new Error(`${kept.length} pieces of evidence were kept`)
  return material
}

/** The command, without home, network or keys. */
async function convictsByFile (t: Test, file: EvidenceFile): Promise<void> {
  const path = join(t.testdir({ 'evidence.json': JSON.stringify(file) }), 'evidence.json')
  t.match(await epione(['verify-evidence', path, '--json']), { exitCode: 0, json: { culprit: 'proxy', party: { mspId: 'Regional2MSP' }, recordId: stream } })
}

t.test('a proxy that lies about windows is named and accused, the others open them, and a stranger convicts it by the file alone', async (t) => {
  lying.add('Regional2MSP')
  const { windows, liars, eventIds: [eventId = ''] } = await read()
  t.equal(windows.length, 3)
  t.match(liars, [LIAR])
  t.match(await hospitals.consortium.world.gateway('CoreMSP').ledger.listAccusations(eventId), [{ mspId: 'Regional2MSP', failure: 'CFRAG_PROOF_INVALID' }])
  const { file, verdict, disclosed } = await makeEvidence(reader, onlyKept())
  t.match({ verdict, disclosed }, {
    verdict: { culprit: 'proxy', party: { kind: 'proxy', mspId: 'Regional2MSP' }, recordId: stream, version: 1, number: Number, eventId }, disclosed: false
  })
  t.strictSame(await verifyEvidence(passedOn(file)), verdict)
  const { material: { answers, window } } = file
  await convictsByFile(t, file)
  t.match(await verifyEvidence(replaced(file, { answers: answers.filter(({ mspId }) => mspId !== 'Regional2MSP') })), { culprit: 'none' })
  await t.rejects(verifyEvidence(replaced(file, { answers: answers.map((one) => ({ ...one, mspId: 'CoreMSP' })) })), { code: 'EVIDENCE_INVALID' })
  if (window === undefined || !('path' in window)) throw new Error('it is proven under its segment')
  await t.rejects(verifyEvidence(replaced(file, { window: { ...window, path: window.path.slice(1) } })), { code: 'EVIDENCE_INVALID' }, 'under no root')
  await t.rejects(verifyEvidence(replaced(file, { window: { ...window, text: window.text.replace(/"number":\d/, '"number":9') } })), { code: 'EVIDENCE_INVALID' })
  const { window: ___, ...ofRecord } = file.material
  await t.rejects(verifyEvidence({ ...file, material: ofRecord }), { code: 'RECORD_IS_STREAM' }, 'a segment has no wrap of its own')
  await t.rejects(verifyEvidence(replaced(file, { version: 2 })), { code: 'EVIDENCE_INVALID' })
  const { device: _, ...withoutDevice } = file
  await t.rejects(verifyEvidence(withoutDevice), { code: 'EVIDENCE_INVALID' })
  const { record: __, ...withoutRecord } = file
  await t.rejects(verifyEvidence(withoutRecord), { code: 'EVIDENCE_INVALID' })
})

t.test('a proxy that was found to lie is left out from then on, even where nobody could convict it', async (t) => {
  lying.add('Regional2MSP')
  const asked: string[][] = []
  regional1.gateway.app.ports.lot = (mspIds) => {
    asked.push([...mspIds].sort())
    return liarsFirst(mspIds)
  }
  t.teardown(() => { regional1.gateway.app.ports.lot = liarsFirst })
  const { eventId } = await requestAccess(reader, { patientId, records: [{ recordId: stream, version: 1 }], purpose: 'TREAT' })
  const { facts, keys } = await redeemWindows(reader, eventId)
  const [segment] = facts.manifests.filter(isSegment)
  if (segment === undefined) throw new Error('the event names the segment')
  const windows = await fetchSegment(reader, segment, eventId)
  t.equal((await keys.open(segment, windows)).length, 3)
  t.match(keys.report.liars, [LIAR])
  t.strictSame(asked, [['CoreMSP', 'Regional1MSP', 'Regional2MSP'], ['Regional1MSP']], 'one more is asked for what the false answer lacks')
  t.equal((await keys.open(segment, windows)).length, 3)
  t.strictSame(asked.slice(2), [['CoreMSP', 'Regional1MSP']])
})

t.test('a gateway that names ever new hospitals is not asked for ever', async (t) => {
  const { eventId } = await requestAccess(reader, { patientId, records: [{ recordId: stream, version: 1 }], purpose: 'TREAT' })
  const { facts, keys } = await redeemWindows(reader, eventId)
  const [segment] = facts.manifests.filter(isSegment)
  if (segment === undefined) throw new Error('the event names the segment')
  const windows = await fetchSegment(reader, segment, eventId)
  let asked = 0
  const { readers } = reader.gateways.own
  const collect = readers.collect.bind(readers)
  readers.collect = async (...of) => {
    const { answers, failures } = await collect(...of)
    asked += 1
    return { answers: answers.slice(0, 1).map(({ answer }) => ({ mspId: `Made${asked}MSP`, answer })), failures }
  }
  t.teardown(() => { readers.collect = collect })
  await t.rejects(keys.open(segment, windows), { code: 'PROXIES_INSUFFICIENT' })
  t.ok(asked <= 4, `${asked} times`)
})

t.test('where too many lie no window opens, and all of them are named', async (t) => {
  lying.add('Regional2MSP').add('CoreMSP')
  await t.rejects(read(), {
    code: 'PROXIES_LIED', details: { liars: [{ mspId: 'CoreMSP', accused: true }, LIAR], verified: ['Regional1MSP'], threshold: 2 }
  })
  t.strictSame(kept.map(({ recordId, version }) => [recordId, version]), [[stream, 1], [stream, 1]])
  t.match((await makeEvidence(reader, kept[0] ?? onlyKept())).verdict, { culprit: 'proxy', party: { mspId: /CoreMSP|Regional2MSP/ } })
})

t.test('a permit is redeemed for windows, their keys opened by what is asked for alone, and a denied one for none', async (t) => {
  const { eventId } = await requestAccess(reader, { patientId, records: [{ recordId: stream, version: 1 }], purpose: 'TREAT' })
  const { facts, keys } = await redeemWindows(reader, eventId)
  const [segment] = facts.manifests.filter(isSegment)
  if (segment === undefined) throw new Error('the event names the segment')
  const windows = await fetchSegment(reader, segment, eventId)
  const opened = await keys.open(segment, windows)
  t.strictSame(opened.map(({ length }) => length), [32, 32, 32])
  t.match(keys.report, { liars: [], silent: [], warnings: [] })
  t.equal(keys.report.verified.size, 2, 'as many proxies as are needed')
  const [first, ...others] = windows
  if (first === undefined) throw new Error('it has windows')
  await t.rejects(keys.open(segment, [{ ...first, wrap: others[0]?.wrap ?? first.wrap }, ...others]), { code: 'REFUSED' }, 'another wrap than was signed for')
  await t.rejects(redeemWindows(reader, eventId, [{ recordId: 'ab'.repeat(16) }]), { code: 'NOT_FOUND' })
  const denied = await requestAccess(reader, { patientId, records: [{ recordId: stream, version: 1 }], purpose: 'HRESCH' }).catch((error: unknown) => error)
  t.match(denied, { code: 'ACCESS_DENIED' })
})

t.test('bytes that a store changed are its own, on the reader\'s word', async (t) => {
  const flipped = (text: string): string => { const bytes = Buffer.from(text, 'base64'); bytes[130] = (bytes[130] ?? 0) ^ 1; return bytes.toString('base64') }
  regional1.front.lies = [about('GET', /\/versions\/1\/windows/, (body: { items: Array<{ ciphertext: string }> }) =>
    ({ status: 200, body: { ...body, items: body.items.map((item) => ({ ...item, ciphertext: flipped(item.ciphertext) })) } }))]
  await t.rejects(read(), { code: 'CONTENT_MODIFIED', details: { party: { kind: 'store', mspId: 'Regional1MSP' } } })
  const { file, verdict } = await makeEvidence(reader, onlyKept())
  t.match(verdict, { culprit: 'store', party: { kind: 'store', mspId: 'Regional1MSP' }, number: 1, warnings: [/reader's word/] })
  t.strictSame([file.opening, file.disclosure], [undefined, undefined])
  t.strictSame(await verifyEvidence(passedOn(file)), verdict)
})

t.test('who follows names a lying proxy, too, and its evidence needs no segment', async (t) => {
  lying.add('Regional2MSP')
  const { eventId } = await requestFollow(reader, { patientId, stream, lastsMs: 600_000, purpose: 'TREAT' })
  const reports: WindowReport[] = []
  const followed = followEvent(reader, eventId, { onEvidence, onReport: (report) => { reports.push(report) } })
  const coming = followed.next()
  await recorder.record([minuteOf(NOW - 60_000, 64)], 'source')
  await sender.sendAll()
  const { value } = await coming as { value: Followed }
  t.match(value, { kind: 'window', number: 4, grade: 'stored' })
  t.match(reports, [{ liars: [LIAR] }])
  await followed.return()
  const { file, verdict } = await makeEvidence(reader, onlyKept())
  t.match(verdict, { culprit: 'proxy', party: { kind: 'proxy', mspId: 'Regional2MSP' }, recordId: stream, number: 4, eventId })
  t.equal(file.record, undefined)
  t.strictSame(await verifyEvidence(passedOn(file)), verdict)
  await convictsByFile(t, file)
  const { window } = file.material
  if (window === undefined || !('statement' in window)) throw new Error('its device signed it')
  const [signature] = window.statement.signatures
  if (signature === undefined) throw new Error('it is signed')
  const forged = { ...window.statement, body: window.statement.body.replace('"number":4', '"number":5') }
  await t.rejects(verifyEvidence(replaced(file, { window: { statement: forged } })), { code: 'EVIDENCE_INVALID' })
  await t.rejects(verifyEvidence(replaced(file, { wrap: toHex(randomBytes(170)) })), { code: 'EVIDENCE_INVALID' })
  const other = await addDevice(patient, hospitals.client(core))
  const foreign = await reader.gateways.own.getDevice(patientId, other.context.deviceId)
  await t.rejects(verifyEvidence({ ...file, device: foreign }), { code: 'EVIDENCE_INVALID' }, 'another device\'s')
})

t.test('a device that wraps another key than it sealed with is convicted by the opening of that wrap', async (t) => {
  await sender.sendAll({ close: true })
  const { kinds: { kinds, salt }, context: { key, clock } } = device
  const clockMark = { bootId: clock.bootId, by: 'source' as const, monotonicMs: 0, ...clock.offset() }
  const plain = encodeWindow({ kinds, salt, clock: clockMark, series: [minuteOf(NOW, 65)] })
  const { window, ciphertext } = await sealWindow({ stream, number: queue.nextNumber, key }, plain)
  await queue.addWindow({ ...window, contentKey: toHex(randomBytes(32)) }, ciphertext)
  await sender.sendAll({ close: true })
  await t.rejects(read(), { code: 'SEALED_WRONGLY' })
  const { file, verdict, disclosed } = await makeEvidence(reader, onlyKept())
  t.match({ verdict, disclosed }, { verdict: { culprit: 'author', party: { kind: 'author', patientId }, number: 5 }, disclosed: false })
  t.ok(fromHex(file.opening ?? '').length > 99, 'the key seed of this one wrap is shown, nothing of the grant')
  t.equal(file.disclosure, undefined)
  t.strictSame(await verifyEvidence(passedOn(file)), verdict)
})
