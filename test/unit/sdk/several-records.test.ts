import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { createWrap, randomBytes, SecretKey, toHex } from '@epione/crypto'
import { FileDestination } from '@epione/cli'
import { grantConsent, makeEvidence, openRecord, openRecords, requestAccess, verifyEvidence } from '@epione/sdk'
import type { Destination, EvidenceFile, EvidenceMaterial, RecordsOpened } from '@epione/sdk'
import type { ContentManifest } from '@epione/protocol'
import type { CollectedAnswers } from '@epione/protocol/api'
import { about } from '../../helpers/client/front.ts'
import { Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { bindPractitioner, sign } from '../../helpers/ledger-fixtures.ts'
import { createLyingReencryptor } from '../../helpers/lying-reencryptor.ts'
import { forgiveProxies } from '../../helpers/memory-world.ts'
import { PLACE } from '../../helpers/places.ts'

const lying = new Set<string>()
const hospitals = await Hospitals.open(t, { reencryptor: (mspId) => createLyingReencryptor(() => lying.has(mspId)) })
const { core, regional1 } = hospitals
const patient = await hospitals.patient()
const author = await hospitals.physician(core)
const reader = await hospitals.physician(regional1)
const texts = ['one', 'two', 'three', 'four']
const categories = ['summary', 'summary', 'summary', 'laboratory']
const recordIds: string[] = []
for (const [index, text] of texts.entries()) recordIds.push(await writeRecord(author, patient, text, categories[index]))
const { consentId } = await grantConsent(patient, {
  grantee: reader.person,
  categories: ['summary', 'laboratory'],
  purposes: ['TREAT'],
  days: 1,
  fingerprint: reader.keys.receiving(reader.keyNumber).publicKey().fingerprint()
})

t.afterEach(() => {
  lying.clear()
  for (const { front } of hospitals.all) front.lies = []
  forgiveProxies(hospitals.consortium.world)
})

async function permit (ids: readonly string[] = recordIds): Promise<string> {
  const records = ids.map((recordId) => ({ recordId }))
  return (await requestAccess(reader, { patientId: patient.patientId, records, purpose: 'TREAT', consentId })).eventId
}

async function open (
  dir: string,
  eventId: string,
  more: { records?: Array<{ recordId: string, version?: number }>, onEvidence?: (material: EvidenceMaterial) => Promise<void> } = {}
): Promise<RecordsOpened> {
  return await openRecords(reader, { eventId, to: ({ recordId }) => new FileDestination(join(dir, recordId)), ...more })
}

async function contents (dir: string, ids: readonly string[] = recordIds): Promise<string[]> {
  return await Promise.all(ids.map(async (recordId) => await readFile(join(dir, recordId), 'utf8')))
}

t.test('records of two compartments open by one permit, with one answer of each proxy and compartment', async (t) => {
  const dir = t.testdir()
  const eventId = await permit()
  const { opened, failed } = await open(dir, eventId)
  t.strictSame(failed, [])
  t.strictSame(await contents(dir), texts)
  t.match(opened, texts.map(() => ({ eventId, liars: [], silent: [], verified: { length: 3 } })))
  const { answers } = await reader.gateways.own.fetchCfrags(eventId, reader.token.authorize)
  const sizes = answers.map(({ mspId, answer }) => `${mspId} ${answer.body.wrapHashes.length}`).sort()
  t.strictSame(sizes, hospitals.all.flatMap(({ mspId }) => [`${mspId} 1`, `${mspId} 3`]).sort())
})

t.test('some of a permit\'s records open without the others', async (t) => {
  const [, second = '', , fourth = ''] = recordIds
  const dir = t.testdir()
  await open(dir, await permit(), { records: [{ recordId: fourth }, { recordId: second, version: 1 }, { recordId: fourth }] })
  t.strictSame(await contents(dir, [second, fourth]), ['two', 'four'])
  const eventId = await permit()
  await openRecord(reader, { eventId, recordId: second, to: new FileDestination(join(dir, 'alone')) })
  t.equal(await readFile(join(dir, 'alone'), 'utf8'), 'two')
  await t.rejects(openRecord(reader, { eventId, to: new FileDestination(join(dir, 'none')) }), { code: 'USAGE' })
  await t.rejects(open(dir, eventId, { records: [{ recordId: second, version: 2 }] }), { code: 'NOT_FOUND', message: /version 2/ })
})

t.test('contents come few at once, are counted together, and are told in the order of the request', async (t) => {
  let [running, most, bytes] = [0, 0, 0]
  const second = Promise.withResolvers<undefined>()
  const to = (): Destination => ({
    write: async (pieces) => {
      running += 1
      most = Math.max(most, running)
      if (running === 2) second.resolve(undefined)
      await second.promise
      for await (const piece of pieces) t.ok(piece.length > 0)
      running -= 1
    }
  })
  const { opened } = await openRecords(reader, { eventId: await permit(), to, onProgress: (sum) => { bytes = sum } })
  t.ok(most >= 2 && most <= 3, `${most} at once`)
  t.strictSame(opened.map(({ recordId }) => recordId), recordIds)
  t.equal(bytes, texts.join('').length)
})

t.test('what no destination takes fails alone, and what is unforeseen ends the work', async (t) => {
  const dir = t.testdir({ [recordIds[1] ?? '']: 'there before' })
  const { opened, failed } = await open(dir, await permit())
  t.strictSame(opened.map(({ recordId }) => recordId), recordIds.filter((_, index) => index !== 1))
  t.match(failed, [{ recordId: recordIds[1], version: 1, error: { code: 'FILE_EXISTS' } }])
  const to = (): Destination => ({ write: async () => await Promise.reject(new RangeError('unforeseen')) })
  await t.rejects(openRecords(reader, { eventId: await permit(), to }), RangeError)
})

t.test('one false cfrag among right ones is found, convicts its proxy by evidence and on the ledger, and nobody else', async (t) => {
  lying.add('Regional2MSP')
  const [dir, eventId, kept] = [t.testdir(), await permit(), [] as EvidenceMaterial[]]
  const { opened } = await open(dir, eventId, { onEvidence: async (material) => { await Promise.resolve(kept.push(material)) } })
  t.strictSame(await contents(dir), texts, 'the others\' answers open all')
  t.match(opened[0]?.liars, [1, 2].map(() => ({ mspId: 'Regional2MSP', failure: 'CFRAG_PROOF_INVALID', accused: true })))
  t.match(await hospitals.consortium.world.gateway('CoreMSP').ledger.listAccusations(eventId), [
    { mspId: 'Regional2MSP', failure: 'CFRAG_PROOF_INVALID' }
  ], 'one for all of its answers')
  t.equal(kept.length, 4, 'evidence of each record')
  for (const material of kept) {
    const { file, verdict, disclosed } = await makeEvidence(reader, material)
    t.match({ verdict, disclosed }, { verdict: { culprit: 'proxy', party: { mspId: 'Regional2MSP' } }, disclosed: false })
    t.strictSame(await verifyEvidence(JSON.parse(JSON.stringify(file)) as EvidenceFile), verdict)
    const honest = { ...file, material: { ...material, answers: material.answers.filter((a) => a.mspId !== 'Regional2MSP') } }
    t.match(await verifyEvidence(honest), { culprit: 'none' }, 'the others are not accused with it')
    if (material.others.length === 0) continue
    await t.rejects(verifyEvidence({ ...file, material: { ...material, others: [] } }), { code: 'EVIDENCE_INVALID' }, 'not without the others\' outlines')
  }
})

t.test('a gateway that exchanges or withholds one wrap makes no proxy a liar', async (t) => {
  const [first = '', second = ''] = recordIds
  const wrap = toHex(createWrap(SecretKey.random().publicKey(), randomBytes(32), PLACE))
  const lie = (change: (body: CollectedAnswers) => object): void => {
    regional1.front.lies = [about('POST', /\/cfrags$/, (body: CollectedAnswers) => ({ ...body, ...change(body) }))]
  }
  const accusations = async (eventId: string): Promise<object[]> =>
    await hospitals.consortium.world.gateway('CoreMSP').ledger.listAccusations(eventId)
  const openFirst = async (eventId: string): Promise<object> =>
    await openRecord(reader, { eventId, recordId: first, to: new FileDestination(join(t.testdir(), 'opened')) })

  const exchanged = await permit()
  lie(({ wraps }) => ({ wraps: wraps.map((w) => w.recordId === second ? { ...w, wrap } : w) }))
  await t.rejects(openFirst(exchanged), { code: 'WRAP_MISMATCH', details: { party: { kind: 'store', mspId: 'Regional1MSP' } } })
  t.strictSame(await accusations(exchanged), [])

  const withheld = await permit()
  lie(({ wraps }) => ({ wraps: wraps.filter((w) => w.recordId !== second) }))
  await t.rejects(openFirst(withheld), { code: 'PROXIES_INSUFFICIENT', details: { liars: [1, 2, 3].map(() => ({ failure: 'WRAP_MISMATCH', accused: false })) } })
  t.strictSame(await accusations(withheld), [])
})

t.test('an answer with a wrap left out, doubled or moved on its way counts for nothing and against nobody', async (t) => {
  const changes: Array<(hashes: string[]) => string[]> = [
    (hashes) => hashes.slice(1), (hashes) => [...hashes, ...hashes.slice(-1)], (hashes) => hashes.toReversed()
  ]
  for (const change of changes) {
    const eventId = await permit()
    regional1.front.lies = [about('POST', /\/cfrags$/, (body: CollectedAnswers) => ({
      ...body,
      answers: body.answers.map(({ mspId, answer }) => mspId !== 'CoreMSP' || answer.body.wrapHashes.length === 1
        ? { mspId, answer }
        : { mspId, answer: { ...answer, body: { ...answer.body, wrapHashes: change(answer.body.wrapHashes) } } })
    }))]
    const { opened } = await open(t.testdir(), eventId)
    t.match(opened[0]?.liars, [{ mspId: 'CoreMSP', failure: 'ANSWER_INVALID', accused: false }])
    t.equal(opened.length, 4, 'the others\' answers suffice')
  }
})

t.test('a record that names the wrap of another, in another category, keeps that from nobody and makes no proxy a liar', async (t) => {
  const [first = '', , , fourth = ''] = recordIds
  const bodyOf = async (recordId: string): Promise<ContentManifest> => {
    const { manifest } = await reader.gateways.own.getRecord(recordId, 1, reader.token.authorize)
    return JSON.parse(manifest.statement.body) as ContentManifest
  }
  const { world } = hospitals.consortium
  const thief = await bindPractitioner(world)
  const { patientId, label, epoch, contentHash, cid, sizeClass, mediaClass } = await bodyOf(fourth)
  const [recordId, { wrapHash }] = [toHex(randomBytes(16)), await bodyOf(first)]
  const author = { kind: 'practitioner', mspId: thief.mspId, staffId: thief.staffId }
  const forged = { recordId, version: 1, patientId, author, label, epoch, contentHash, cid, sizeClass, mediaClass, wrapHash }
  await thief.ledger.registerRecord(sign(world, 'RecordManifest', forged, thief.requestSigning))
  for (const ids of [[first, recordId], [recordId, first]]) {
    const [dir, eventId] = [t.testdir(), await permit(ids)]
    const { opened, failed } = await open(dir, eventId)
    t.match(opened, [{ recordId: first, liars: [] }])
    t.strictSame(await contents(dir, [first]), ['one'])
    t.strictSame(failed.map((f) => f.recordId), [recordId])
    t.strictSame(await world.gateway('CoreMSP').ledger.listAccusations(eventId), [])
  }
})

t.test('a record whose wrap nobody has fails alone', async (t) => {
  const [, lost = ''] = recordIds
  const { manifest } = await reader.gateways.own.getRecord(lost, 1, reader.token.authorize)
  const { wrapHash } = JSON.parse(manifest.statement.body) as { wrapHash: string }
  const eventId = await permit()
  for (const { gateway } of hospitals.all) await gateway.app.store.db.deleteFrom('wraps').where('wrap_hash', '=', wrapHash).execute()
  const { opened, failed } = await open(t.testdir(), eventId)
  t.strictSame(opened.map((o) => o.recordId), recordIds.filter((id) => id !== lost))
  t.strictSame(failed.map((f) => f.recordId), [lost])
})
