import { readdir, readFile } from 'node:fs/promises'
import { deriveKeyRing, fromHex, generatePhrase, INDEX_ENTRY_BYTES, patientIdOf, toHex } from '@epione/crypto'
import t from 'tap'
import { ContentKeywords } from '../../../../sdk/src/search/content-keywords.ts'
import type { IndexTerms } from '../../../../sdk/src/search/found-keywords.ts'
import { makeEntry } from '../../../../sdk/src/search/make-entry.ts'
import { bytes } from '../../../helpers/client/bytes.ts'

/* What sizes of entries tell of real records: the files of test/data, and each resource of their bundles. */

interface Bundle { resourceType: string, entry?: Array<{ resource?: object }> }

/** Every file as a record, and of a bundle each resource as one of its own. */
async function realRecords (): Promise<Uint8Array[]> {
  const folder = new URL('../../../data/fhir/', import.meta.url)
  const texts = await Promise.all((await readdir(folder)).map((name) => readFile(new URL(name, folder), 'utf8')))
  const parts = texts.flatMap((text) => (JSON.parse(text) as Bundle).entry?.map(({ resource = {} }) => JSON.stringify(resource)) ?? [])
  const scan = await readFile(new URL('../../../data/dicom/CT_small.dcm', import.meta.url))
  return [...[...texts, ...parts].map((text) => new TextEncoder().encode(text)), new Uint8Array(scan)]
}

async function termsOf (record: Uint8Array): Promise<IndexTerms> {
  const keywords = new ContentKeywords()
  const passed = keywords.through(bytes(record))
  while ((await passed.next()).done !== true) continue
  return await keywords.terms()
}

const SLOT = 8
/** What an entry of so many keywords and days would have without padding. */
const bare = (count: number): number => INDEX_ENTRY_BYTES.min - (16 - count) * SLOT

t.test('sizes of entries of real records tell six classes, and without padding they would tell how many keywords each has', async (t) => {
  const [patient, author] = [deriveKeyRing(generatePhrase()), deriveKeyRing(generatePhrase())]
  const patientId = patientIdOf(patient.identity().publicKey())
  const label = toHex(patient.compartmentLabel('summary'))
  const key = { label, epoch: 1, issue: 1, key: patient.search('summary', 1, 1).publicKey().toHex(), wrapHash: '00'.repeat(32) }
  const observed: Array<{ count: number, size: number }> = []
  for (const record of await realRecords()) {
    const terms = await termsOf(record)
    const { entry } = makeEntry(author, patientId, key, { recordId: '11'.repeat(16), version: 1 }, terms)
    observed.push({ count: terms.keywords.length + terms.days.length, size: fromHex(entry).length })
  }
  const counts = new Set(observed.map(({ count }) => count))
  t.ok(observed.length > 100 && counts.size > 12, `${String(observed.length)} records with ${String(counts.size)} numbers of keywords`)
  const sizes = new Set(observed.map(({ size }) => size))
  t.same([...sizes].filter((size) => ![16, 32, 64, 128, 256, 512].map(bare).includes(size)), [], 'a size class each')
  t.ok(sizes.size < counts.size)
  for (const { count, size } of observed) {
    t.ok(bare(count) <= size && (size === INDEX_ENTRY_BYTES.min || bare(count) > bare((size - bare(0)) / SLOT / 2)), 'the smallest class that holds it')
  }
  t.equal(new Set(observed.map(({ count }) => bare(count))).size, counts.size, 'without padding each number of keywords has its own size')
})
