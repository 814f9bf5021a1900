import { deriveIndexKeys, fromHex, keywordTag, openIndexEntry, PublicKey } from '@epione/crypto'
import type { IndexPlace, SecretKey } from '@epione/crypto'
import { addRecord, eraseRecords, makeCard, readErasure, searchOwn, succeedPatient, withdrawRecord } from '@epione/sdk'
import type { PatientContext, SearchFound } from '@epione/sdk'
import t from 'tap'
import { authorizePatient } from '../../../../sdk/dist/context/session.js'
import { bytes } from '../../../helpers/client/bytes.ts'
import { Hospitals } from '../../../helpers/client/hospitals.ts'
import { bytesNeedle, searchFolder } from '../../../helpers/search.ts'
import { until } from '../../../helpers/sharing.ts'

const hospitals = await Hospitals.open(t)
const author = await hospitals.physician(hospitals.core)

async function write (patient: PatientContext, text: string): Promise<string> {
  const { card } = await makeCard(patient)
  const { recordId } = await addRecord(author, { source: bytes(text), category: 'summary', mediaClass: 'document', card })
  return recordId
}

const found = ({ items }: SearchFound): string[] => items.map(({ recordId, version }) => `${recordId}:${version}`)

t.test('a successor finds what the former patient could find, under keys of their own, and nothing that had ended', async (t) => {
  const former = await hospitals.patient()
  const successor = await hospitals.patient()
  const [kept, erased, withdrawn] = [await write(former, 'wording kept'), await write(former, 'wording gone'), await write(former, 'wording wrong')]
  await eraseRecords(former, [{ recordId: erased }])
  await withdrawRecord(author, { recordId: withdrawn, cause: 'entered-in-error' })
  await until(async () => (await searchOwn(former, { query: 'wording' })).total === 1)
  t.match(await succeedPatient(former, successor), { items: [{ recordId: kept, index: { issue: 1, keywords: 2 } }] })
  const after = await searchOwn(successor, { query: 'wording', explain: true })
  t.strictSame(found(after), [`${kept}:1`])
  t.match(after, { items: [{ indexedBy: 'patient' }], explained: { withoutEntry: { count: 0 } } })
  t.match(await succeedPatient(former, successor), { items: [] }, 'done again it changes nothing')
  const own = await write(successor, 'wording of later')
  t.strictSame(found(await searchOwn(successor, { query: 'wording' })), [`${own}:1`, `${kept}:1`])
})

/** What somebody can do who has the phrase's search secret and whatever gateways and ledger still hold of a record's index entry. */
async function remains (patient: PatientContext, recordId: string): Promise<{ entries: string[], indexKeys: string[], texts: string }> {
  const label = Buffer.from(patient.keys.compartmentLabel('summary')).toString('hex')
  const shown = await Promise.all(patient.gateways.all.map((gateway) =>
    gateway.search.listLinks(patient.patientId, { label }, authorizePatient(patient))))
  const items = shown.flatMap(({ items }) => items).flatMap((item) => 'link' in item && item.link.recordId === recordId ? [item] : [])
  return {
    entries: items.flatMap(({ entry }) => entry ?? []),
    indexKeys: items.flatMap(({ link }) => link.kind === 'in' ? [link.indexKey] : []),
    texts: JSON.stringify(shown)
  }
}

const openWith = (search: SecretKey, place: IndexPlace, indexKey = ''): ReturnType<typeof deriveIndexKeys> =>
  deriveIndexKeys(place, { search, indexKey: PublicKey.fromHex(indexKey) })

t.test('phrase, ledger and a kept search key find no keyword of an erased record, and those of its neighbour', async (t) => {
  const patient = await hospitals.patient()
  const [erased, neighbour] = [await write(patient, 'hexadactyly seen'), await write(patient, 'hexadactyly again')]
  const { patientId, keys } = patient
  const place = { patientId, label: keys.compartmentLabel('summary'), epoch: 1, issue: 1 }
  const search = keys.search('summary', 1, 1)
  const before = await remains(patient, erased)
  t.ok(before.entries.length >= 2, 'as many hospitals keep it as keep a record')
  const [entry = '', indexKey] = [before.entries[0], before.indexKeys[0]]
  const indexKeys = openWith(search, place, indexKey)
  const tag = keywordTag(indexKeys, 'word:hexadactyly')
  t.ok(openIndexEntry(indexKeys, { recordId: erased, version: 1 }, fromHex(entry)).tags.has(tag), 'a kept key opens the entry while it is there')
  const needles = [bytesNeedle('entry', fromHex(entry).subarray(24)), bytesNeedle('tag', Buffer.from(tag))]
  const folders = [...hospitals.consortium.hospitals.values()].map(({ directory }) => directory)
  const look = async (): Promise<string[]> =>
    (await Promise.all(folders.map((folder) => searchFolder(folder, needles))))
      .flatMap(({ findings }) => findings.map(({ needle }) => needle))
  t.ok((await look()).includes('entry'), 'and it lies in the stores')

  await eraseRecords(patient, [{ recordId: erased }])
  await until(async () => (await readErasure(patient, { recordId: erased })).shown.complete)
  const after = await remains(patient, erased)
  t.strictSame(after.entries, [], 'no hospital gives it')
  t.notOk(after.texts.includes(tag) || after.texts.includes(entry))
  t.strictSame(await look(), [], 'and no store has a trace of it')
  const [next = ''] = (await remains(patient, neighbour)).entries
  t.ok(openIndexEntry(openWith(search, place, indexKey), { recordId: neighbour, version: 1 }, fromHex(next)).tags.has(tag))
  t.throws(() => openIndexEntry(indexKeys, { recordId: erased, version: 1 }, fromHex(next)), { code: 'INDEX_ENTRY_INVALID' })
  t.strictSame(found(await searchOwn(patient, { query: 'hexadactyly' })), [`${neighbour}:1`])
})
