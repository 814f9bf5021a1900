import { createHash } from 'node:crypto'
import { INDEX_ENTRY_BYTES } from '@epione/crypto'
import { addRecord, Gateways, makeCard, searchOwn } from '@epione/sdk'
import type { GatewayInfo, HttpRequest, PatientContext, PractitionerContext, Transport } from '@epione/sdk'
import { UndiciTransport } from '@epione/cli'
import t from 'tap'
import { bytes } from '../../../helpers/client/bytes.ts'
import { Hospitals } from '../../../helpers/client/hospitals.ts'

const SLOW = process.env['SLOW'] === '1'
const [RECORDS, SEARCHES] = SLOW ? [500, 50] : [12, 4]
const WORDS = ['zebrafish', 'quinquagesima', 'xylophonist', 'hexadactyly']
const hospitals = await Hospitals.open(t)

/** Everything that gateways are asked for, as it goes out. */
class Wiretap {
  readonly heard: string[] = []

  readonly connect = (info: GatewayInfo): Transport => {
    const transport = new UndiciTransport(info)
    const hear = (request: HttpRequest): HttpRequest => {
      const { method, path, headers, json, upload } = request
      this.heard.push(JSON.stringify({ method, path, headers, json }))
      return upload === undefined ? request : { ...request, upload: this.#listen(upload) }
    }
    return {
      request: (request) => transport.request(hear(request)),
      download: (request) => transport.download(hear(request)),
      close: () => transport.close()
    }
  }

  /** What was asked for, without what differs from one request to the next by chance: ids, numbers and signatures. */
  shapes (from: number): string[] {
    return this.heard.slice(from).map((text) => {
      const { method, path } = JSON.parse(text) as { method: string, path: string }
      return `${method} ${path.replace(/[0-9a-f]{32,}|[a-z2-7]{32}|\d+\.\d+/g, '*')}`
    })
  }

  async * #listen (upload: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of upload) {
      this.heard.push(Buffer.from(piece).toString('latin1'), Buffer.from(piece).toString('hex'))
      yield piece
    }
  }
}

/** The spellings in which a keyword could stand somewhere: itself, in hex and base64, and what anybody could compute of it. */
function spellings (keyword: string): string[] {
  const forms = [keyword, `word:${keyword}`]
  const hashed = forms.flatMap((form) => ['sha256', 'sha1', 'md5', 'sha512'].map((name) => createHash(name).update(form).digest()))
  const encoded = forms.flatMap((form) => [0, 1, 2].map((skip) => Buffer.from(`${'x'.repeat(skip)}${form}`).toString('base64').slice(4, -4)))
  return [
    ...forms, ...forms.map((form) => form.toUpperCase()), ...forms.map((form) => Buffer.from(form).toString('hex')), ...encoded,
    ...hashed.flatMap((digest) => [digest.toString('hex').slice(0, 16), digest.toString('base64').slice(0, 10)])
  ]
}

/** Whether anything of 8 bytes stands in two places: tags of one keyword would. */
function hasEqualPieces (entries: readonly Uint8Array[]): boolean {
  const seen = new Set<string>()
  return entries.some((entry) => {
    const hex = Buffer.from(entry).toString('hex')
    const pieces = new Set(Array.from({ length: entry.length - 7 }, (_, i) => hex.slice(2 * i, 2 * i + 16)))
    const isKnown = [...pieces].some((piece) => seen.has(piece))
    for (const piece of pieces) seen.add(piece)
    return isKnown
  })
}

/** Whether sizes tell more than the size class: how many keywords an entry has. */
const tellsCounts = (sizes: readonly number[], classes: number): boolean => new Set(sizes).size > classes

t.test('over all that gateways receive and store, an observer counts sizes and times alone', async (t) => {
  const tap = new Wiretap()
  const tapped = <C extends PatientContext | PractitionerContext>(context: C): C =>
    ({ ...context, gateways: new Gateways(hospitals.all.map(({ info }) => info), { connect: tap.connect }) })
  const patient = tapped(await hospitals.patient())
  // One person writes 300 times a minute at most, and twice for a record.
  const authors = await Promise.all([0, 1, 2, 3].map(async () => tapped(await hospitals.physician(hospitals.core))))
  t.teardown(async () => { await Promise.all([patient, ...authors].map(({ gateways }) => gateways.close())) })
  const { card } = await makeCard(patient)
  const counts: number[] = []
  for (let i = 0; i < RECORDS; i++) {
    const words = Array.from({ length: 1 + i % 10 }, (_, k) => `filler${i}x${k}`)
    counts.push(words.length)
    const text = `${WORDS[i % WORDS.length] ?? ''} ${words.join(' ')}`
    const author = authors[i % authors.length]
    if (author === undefined) throw new RangeError('no author')
    await addRecord(author, { source: bytes(text), category: 'summary', mediaClass: 'document', card, keywords: ['zebrafish'] })
  }
  const shapes = new Set<string>()
  for (let i = 0; i < SEARCHES; i++) {
    const from = tap.heard.length
    const { total } = await searchOwn(patient, { query: i % 2 === 0 ? WORDS[i % WORDS.length] ?? '' : `unheard${i}`, categories: ['summary'] })
    t.equal(total > 0, i % 2 === 0)
    shapes.add(JSON.stringify(tap.shapes(from)))
  }
  t.equal(shapes.size, 1, 'what is searched, and whether it is found, changes no request')

  const heard = tap.heard.join('\n')
  const stored = await Promise.all(hospitals.all.map(async ({ gateway: { app } }) =>
    JSON.stringify(await app.store.db.selectFrom('index_links').selectAll().execute()) +
    JSON.stringify(await app.store.db.selectFrom('index_entries').selectAll().execute(), (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') + Buffer.from(value).toString('hex') : value)))
  for (const word of WORDS) {
    for (const form of spellings(word)) {
      if ([heard, ...stored].some((text) => text.includes(form))) t.fail(`${word} stands somewhere as ${form}`)
    }
  }
  const rows = await hospitals.core.gateway.app.store.db.selectFrom('index_entries').selectAll().execute()
  const entries = rows.map(({ entry }) => new Uint8Array(entry))
  t.equal(entries.length, RECORDS)
  t.equal(hasEqualPieces(entries), false, 'no two entries show that they have a keyword in common')
  t.equal(tellsCounts(entries.map((entry) => entry.length), 1), false, 'one size for 1 to 16 keywords')

  // Without padding an entry would have a slot a keyword: the same test then fails.
  const unpadded = counts.map((count) => INDEX_ENTRY_BYTES.min - (16 - count) * 8)
  t.equal(tellsCounts(unpadded, 1), true)
  t.equal(hasEqualPieces([Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), Uint8Array.of(0, 2, 3, 4, 5, 6, 7, 8, 9)]), true)
})
