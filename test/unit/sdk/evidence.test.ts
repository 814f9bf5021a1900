import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { makeCard, makeEvidence, openRecord, requestAccess, verifyEvidence } from '@epione/sdk'
import type { EvidenceFile, EvidenceMaterial } from '@epione/sdk'
import { createLyingReencryptor } from '../../helpers/lying-reencryptor.ts'
import { forgiveProxies } from '../../helpers/memory-world.ts'
import { epione } from '../../helpers/client/cli.ts'
import { addWithForeignWrap } from '../../helpers/client/foreign-wrap.ts'
import { Hospitals, grantTo, writeRecord } from '../../helpers/client/hospitals.ts'
import { FileDestination } from '@epione/cli'

const lying = new Set<string>()
const hospitals = await Hospitals.open(t, {
  reencryptor: (mspId) => createLyingReencryptor(() => lying.has(mspId))
})
const { core, regional1 } = hospitals
const patient = await hospitals.patient()
const author = await hospitals.physician(core)
const reader = await hospitals.physician(regional1)
const recordId = await writeRecord(author, patient, 'the truth, and nothing but the truth')
const { consentId } = await grantTo(reader, patient)

t.afterEach(() => {
  lying.clear()
  for (const { front } of hospitals.all) front.corrupt = undefined
  forgiveProxies(hospitals.consortium.world)
})

/** What the reader keeps of an opening; it may fail. */
async function materialOf (t: Test, id: string): Promise<EvidenceMaterial> {
  const { eventId } = await requestAccess(reader, {
    patientId: patient.patientId,
    records: [{ recordId: id }],
    purpose: 'TREAT',
    consentId
  })
  const kept: EvidenceMaterial[] = []
  await openRecord(reader, {
    eventId,
    to: new FileDestination(join(t.testdir(), 'opened')),
    onEvidence: async (material) => { await Promise.resolve(kept.push(material)) }
  })
    .catch((error: unknown) => { t.match(error, { name: 'ClientError', exitCode: 4 }) })
  const [material] = kept
  if (material === undefined) throw new Error('no evidence was kept')
  return material
}

/** As a third party has it: through JSON, without the reader. */
const passedOn = (file: EvidenceFile): EvidenceFile => JSON.parse(JSON.stringify(file)) as EvidenceFile

t.test('a proxy that signed a false answer is convicted without network, and nothing is disclosed', async (t) => {
  lying.add('Regional2MSP')
  const { file, verdict, disclosed } = await makeEvidence(reader, await materialOf(t, recordId))
  t.match({ verdict, disclosed }, { verdict: { culprit: 'proxy', party: { kind: 'proxy', mspId: 'Regional2MSP' } }, disclosed: false })
  t.strictSame(await verifyEvidence(passedOn(file)), verdict)
  const without = { ...file, material: { ...file.material, answers: file.material.answers.filter((a) => a.mspId !== 'Regional2MSP') } }
  t.match(await verifyEvidence(without), { culprit: 'none' }, 'the others are not accused with it')
  const moved = { ...file, material: { ...file.material, answers: file.material.answers.map((a) => ({ ...a, mspId: 'CoreMSP' })) } }
  await t.rejects(verifyEvidence(moved), { code: 'EVIDENCE_INVALID', exitCode: 4 }, 'nor is another proxy convicted by its answer')
})

t.test('an author whose wrap holds no fitting key is convicted by the opening of that wrap, and nothing of the grant is disclosed', async (t) => {
  const { card } = await makeCard(patient)
  const { recordId: broken } = await addWithForeignWrap(author, patient, card)
  const { file, verdict, disclosed } = await makeEvidence(reader, await materialOf(t, broken))
  t.match({ verdict, disclosed }, {
    verdict: { culprit: 'author', party: { kind: 'author', ...author.person }, recordId: broken },
    disclosed: false
  })
  t.equal(file.disclosure, undefined)
  t.strictSame(await verifyEvidence(passedOn(file)), verdict)
  const { opening = '' } = file
  await t.rejects(verifyEvidence({ ...file, opening: opening.replace(/..$/, (last) => last === '00' ? '01' : '00') }), {
    code: 'EVIDENCE_INVALID'
  })
})

t.test('bytes that no manifest names are the store\'s, on the reader\'s word', async (t) => {
  regional1.front.corrupt = (piece) => { const copy = Buffer.from(piece); copy[130] = (copy[130] ?? 0) ^ 1; return copy }
  const { file, verdict, disclosed } = await makeEvidence(reader, await materialOf(t, recordId))
  t.match(verdict, { culprit: 'store', party: { kind: 'store', mspId: 'Regional1MSP' }, warnings: [/reader's word/] })
  t.strictSame(
    [disclosed, file.disclosure, file.opening],
    [false, undefined, undefined],
    'else one gateway that changes a byte would have the grant opened to it'
  )
  t.strictSame(await verifyEvidence(passedOn(file)), verdict)
})

t.test('statements that were not signed as they stand are refused', async (t) => {
  lying.add('CoreMSP')
  const { file } = await makeEvidence(reader, await materialOf(t, recordId))
  const other = await hospitals.patient()
  const foreign = await other.gateways.own.getDirectory(other.patientId)
  await t.rejects(verifyEvidence({ ...file, directory: { ...file.directory, versions: foreign.versions } }), { code: 'DIRECTORY_INVALID' })
  await t.rejects(verifyEvidence({ ...file, directory: foreign }), { code: 'EVIDENCE_INVALID' })
  await t.rejects(verifyEvidence({ ...file, networkId: '00'.repeat(32) }), { code: 'DIRECTORY_INVALID' })
  const { record } = file
  if (record === undefined) throw new Error('it is of a record')
  const rewritten = {
    ...record,
    manifest: {
      ...record.manifest,
      statement: { ...record.manifest.statement, body: record.manifest.statement.body.replace('"version":1', '"version":2') }
    }
  }
  await t.rejects(verifyEvidence({ ...file, record: rewritten }), { code: 'MANIFEST_INVALID' })
  const { binding: _, ...withoutKeys } = file
  await t.rejects(verifyEvidence(withoutKeys), { code: 'EVIDENCE_INVALID' })
})

t.test('the command judges a file with no home, no network and no keys', async (t) => {
  lying.add('Regional2MSP')
  const { file } = await makeEvidence(reader, await materialOf(t, recordId))
  const dir = t.testdir({ 'evidence.json': JSON.stringify(file), 'other.json': '{}' })
  const path = join(dir, 'evidence.json')
  t.match(await epione(['verify-evidence', path, '--json']), {
    exitCode: 0,
    json: { culprit: 'proxy', party: { mspId: 'Regional2MSP' }, proxyKeys: [{ fingerprint: /^([0-9a-f]{4}-)+/ }] }
  })
  const honest = { ...file, material: { ...file.material, answers: file.material.answers.filter((a) => a.mspId !== 'Regional2MSP') } }
  writeFileSync(join(dir, 'honest.json'), JSON.stringify(honest))
  t.match(await epione(['verify-evidence', join(dir, 'honest.json'), '--json']), {
    exitCode: 3,
    json: { error: { code: 'ACCUSATION_UNFOUNDED' } }
  })
  t.match(await epione(['verify-evidence', join(dir, 'other.json'), '--json']), { exitCode: 2, json: { error: { code: 'USAGE' } } })
  t.notMatch(readFileSync(path, 'utf8'), 'nothing but the truth')
})
