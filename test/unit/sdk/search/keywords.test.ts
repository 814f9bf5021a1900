import { readFile } from 'node:fs/promises'
import { INDEX_SLOTS_MAX } from '@epione/crypto'
import t from 'tap'
import { ContentKeywords } from '../../../../sdk/src/search/content-keywords.ts'
import type { IndexTerms } from '../../../../sdk/src/search/found-keywords.ts'
import { parseKeywords } from '../../../../sdk/src/search/query.ts'

const DATA = new URL('../../../data/', import.meta.url)

async function termsOf (content: Uint8Array | string, named: string[] = [], pieceBytes = 64 * 1024): Promise<IndexTerms> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const keywords = new ContentKeywords()
  let passed = 0
  const pieces = async function * (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield await Promise.resolve(bytes.subarray(at, at + pieceBytes))
  }
  for await (const piece of keywords.through(pieces())) passed += piece.length
  if (passed !== bytes.length) throw new Error('not all of the content went through')
  return keywords.terms(named)
}

t.test('a FHIR resource is found by type, codings, days and words', async (t) => {
  const { keywords, days, truncated } = await termsOf(JSON.stringify({
    resourceType: 'Observation',
    meta: { lastUpdated: '2030-01-01T00:00:00Z', tag: [{ system: 'urn:x', code: 'never' }] },
    code: { coding: [{ system: 'http://loinc.org', code: '4548-4', display: 'Hemoglobin A1c' }], text: 'ＨｂＡ１ｃ' },
    valueQuantity: { value: 6.1, system: 'http://unitsofmeasure.org', code: '%' },
    category: [{ coding: [{ system: 'urn:Local', code: 'Lab X' }] }],
    effectiveDateTime: '2024-02-29T23:30:00-05:00',
    issued: '2024-03',
    note: [{ text: 'Patient is a smoker; recheck' }],
    text: { div: '<div class="hidden">Élevé&#160;<b>ok</b></div>' }
  }))
  t.ok(['type:observation', 'code:loinc|4548-4', 'code:ucum|%', 'code:urn:local|lab x'].every((keyword) => keywords.includes(keyword)))
  t.ok(['word:hemoglobin', 'word:a1c', 'word:hba1c', 'word:smoker', 'word:élevé', 'word:ok'].every((keyword) => keywords.includes(keyword)))
  t.notOk(keywords.some((keyword) => /never|hidden|^word:a$/.test(keyword)), 'tags of meta, attributes and single letters are left out')
  t.strictSame(days.map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)), ['2024-02-29', '2024-03-01', '2024-03-31'])
  t.equal(truncated, false)
})

t.test('bundles of real data, resources by line, and texts that travel within', async (t) => {
  const bundle = await readFile(new URL('fhir/Gustavo_Mejia_59a8543c-e24f-4a01-b28b-47ccde6bc11d.json', DATA))
  const whole = await termsOf(bundle)
  t.ok(whole.keywords.includes('type:immunization') && whole.keywords.includes('code:snomed|185349003'))
  t.ok(whole.keywords.length + whole.days.length <= INDEX_SLOTS_MAX)
  t.strictSame(await termsOf(bundle, [], 977), whole, 'however the content comes in pieces')
  const lines = '{"resourceType":"Condition","recordedDate":"2020"}\n{"resourceType":"Media","content":{"contentType":"text/plain","data":"Z3LDvG4="}}\n'
  t.strictSame(await termsOf(lines), { keywords: ['type:condition', 'type:media', 'word:grün'], days: [18262, 18627], truncated: false })
  t.equal((await termsOf('{"resourceType":"Media","content":{"contentType":"application/pdf","data":"AAAA"}}')).truncated, true)
  t.equal((await termsOf('{"resourceType":"Media","content":{"contentType":"text/plain","data":"%"}}')).truncated, true)
  t.equal((await termsOf(`{"resourceType":"X","a":${'['.repeat(200)}${']'.repeat(200)}}`)).truncated, true, 'nested beyond any FHIR')
})

t.test('a DICOM file is found by modality, body part, study date and descriptions', async (t) => {
  const file = new Uint8Array(await readFile(new URL('dicom/CT_small.dcm', DATA)))
  const { keywords, days, truncated } = await termsOf(file)
  t.ok(keywords.includes('modality:ct'), keywords.join())
  t.ok(keywords.includes('word:1'), 'of the study\'s description')
  t.strictSame(days, [Date.UTC(2004, 0, 19) / 86_400_000])
  t.equal(truncated, false)
  const cut = await termsOf(file.subarray(0, 900))
  t.ok(cut.keywords.includes('modality:ct') && cut.truncated, 'a file that ends early is read as far as it goes')
  for (const at of [140, 300, 500]) {
    const damaged = file.slice()
    damaged.fill(0xff, at, at + 40)
    await t.resolves(termsOf(damaged), 'a damaged file is never a reason to refuse a record')
  }
})

t.test('plain text is found by its words, and what is no text by what is named alone', async (t) => {
  t.strictSame((await termsOf('Smoker, SMOKER. I x 5 mg/day – naïve ﬁx 肺炎です')).keywords.slice(0, 6), [
    'word:smoker', 'word:5', 'word:mg', 'word:day', 'word:naïve', 'word:fix'
  ])
  const named = parseKeywords('smoker code:http://loinc.org|4548-4 "lung nodule"')
  t.strictSame(await termsOf(Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0xff, 0xfe), named), {
    keywords: ['word:smoker', 'code:loinc|4548-4', 'word:lung', 'word:nodule'], days: [], truncated: true
  })
  t.strictSame((await termsOf('{"not":"fhir"}')).keywords, ['word:not', 'word:fhir'])
  t.strictSame(await termsOf('x'.repeat(65)), { keywords: [], days: [], truncated: false }, 'encoded data is no word')
})

t.test('of more than 512 terms, the named ones and codes stay and words go', async (t) => {
  const coding = Array.from({ length: 300 }, (_, i) => ({ system: 'http://loinc.org', code: String(i) }))
  const text = Array.from({ length: 600 }, (_, i) => `word${i}`).join(' ')
  const period = Array.from({ length: 40 }, (_, i) => ({ start: `2024-01-${String(i % 28 + 1).padStart(2, '0')}` }))
  const { keywords, days, truncated } = await termsOf(JSON.stringify({ text: { div: text }, period, coding, resourceType: 'Bundle' }), ['word:mine'])
  t.equal(truncated, true)
  t.equal(keywords[0], 'word:mine')
  t.equal(keywords.filter((keyword) => keyword.startsWith('code:')).length, 300)
  t.equal(days.length, 28)
  t.equal(keywords.length + days.length, INDEX_SLOTS_MAX)
  t.equal(keywords.at(-1), `word:word${INDEX_SLOTS_MAX - 300 - 28 - 3}`)
})

t.test('content made to keep a program busy is read in its stride, and DICOM that lies is no error', async (t) => {
  const began = performance.now()
  await termsOf(JSON.stringify({ resourceType: 'X', text: { div: '<'.repeat(2 ** 20) } }))
  await termsOf(`{${'\n'.repeat(2 ** 21)}`)
  await termsOf('{\n'.repeat(2 ** 20))
  await termsOf('a\u0301\u0327' + '\u0301\u0327'.repeat(2 ** 18))
  await termsOf('a' + '\u0301\uFF9E'.repeat(2 ** 18))
  t.ok(performance.now() - began < 20_000, `${performance.now() - began} ms, and minutes if it took the square of their size`)
  const file = Buffer.from(await readFile(new URL('dicom/CT_small.dcm', DATA)))
  const at = file.indexOf('ISO_IR 100')
  for (const lie of ['valueOf   ', '__proto__ ']) {
    file.write(lie, at, 'latin1')
    t.ok((await termsOf(new Uint8Array(file))).keywords.includes('modality:ct'), `a character set that is called ${lie}`)
  }
  t.strictSame(await termsOf('{"resourceType":"Media"}\n\n{"resourceT'), { keywords: ['type:media'], days: [], truncated: true })
})
