import { createHash, randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { PLACE } from '../helpers/places.ts'
import { createWrap, openContent, openWrapOriginal, PublicKey, deriveIndexKeys, fromHex, sealContent, SecretKey, searchKeyOf, wrapSearchKey } from '@epione/crypto'
import { parseQuery } from '../../sdk/src/search/query.ts'
import { matchRows } from '../../sdk/src/search/match.ts'
import { emptyIndex, rootOf, tagKeyOf, takeLinks } from '../../sdk/src/search/opened-index.ts'
import type { GroupKeys, IndexState, ShownLink } from '../../sdk/src/search/opened-index.ts'
import { SealedCache } from '../../sdk/src/search/sealed-cache.ts'
import type { CachePlace } from '../../sdk/src/search/sealed-cache.ts'
import { indexAuthor, IndexStore } from '../helpers/index-store.ts'
import { median } from './measure.ts'

const [KEYWORDS, AUTHORS, PAGE] = [20, 50, 500]
const DAY_MS = 24 * 60 * 60 * 1000
const QUERY = 'code:loinc|4548-4 AND date:2024..2026 NOT smoker'

interface Stored { recordId: string, wrap: Uint8Array, ciphertext: Uint8Array, text: string }

/** Everything of `count` records of 20 keywords by 50 authors, as stores and gateways hold it. */
export class SearchWorld {
  readonly store = new IndexStore()
  readonly records: Stored[] = []
  readonly pages: string[] = []
  readonly searchWrap: Uint8Array
  readonly root: string

  private constructor (records: Stored[], store: IndexStore) {
    this.records = records
    this.store = store
    const { links } = store
    for (let at = 0; at < links.length; at += PAGE) this.pages.push(JSON.stringify({ items: links.slice(at, at + PAGE) }))
    this.searchWrap = wrapSearchKey(store.keys.compartment('labs').publicKey(), store.keys.search('labs', 1, 1), PLACE)
    const state = emptyIndex()
    takeLinks(state, links, store.keysOf)
    this.root = rootOf(state)
  }

  static async create (count: number): Promise<SearchWorld> {
    const store = new IndexStore()
    const authors = Array.from({ length: AUTHORS }, (_, i) => indexAuthor(`dr-${i}`))
    const signing = SecretKey.random()
    const records: Stored[] = []
    for (let i = 0; i < count; i++) {
      const author = authors[i % AUTHORS] ?? indexAuthor('dr-x')
      const recordId = randomBytes(16).toString('hex')
      const words = Array.from({ length: KEYWORDS - 4 }, (_, k) => `term${createHash('sha256').update(`${i * 31 + k}`).digest().readUInt16BE() % 5000}`)
      const day = new Date(Date.UTC(2020, 0, 1) + i % 2500 * DAY_MS).toISOString().slice(0, 10)
      const code = i % 10 === 0 ? '4548-4' : `${i % 97}-0`
      const text = JSON.stringify({
        resourceType: 'Observation',
        code: { coding: [{ system: 'http://loinc.org', code }] },
        effectiveDateTime: day,
        note: [{ text: `${words.join(' ')} ${i % 3 === 0 ? 'smoker' : 'nonsmoker'}` }]
      })
      store.add(author, {
        recordId,
        keywords: ['type:observation', `code:loinc|${code}`, ...words.map((word) => `word:${word}`), i % 3 === 0 ? 'word:smoker' : 'word:nonsmoker'],
        days: [Date.parse(day) / DAY_MS]
      })
      records.push({ recordId, text, ...await seal(store, signing, recordId, text) })
    }
    return new SearchWorld(records, store)
  }
}

async function seal (store: IndexStore, signing: SecretKey, recordId: string, text: string): Promise<Pick<Stored, 'wrap' | 'ciphertext'>> {
  const { contentKey, ciphertext } = sealContent({ recordId, recordVersion: 1, authorKey: signing.publicKey() }, once(Buffer.from(text)))
  const pieces: Uint8Array[] = []
  for await (const piece of ciphertext) pieces.push(piece)
  return { wrap: createWrap(store.keys.compartment('labs').publicKey(), contentKey, PLACE), ciphertext: Buffer.concat(pieces) }
}

async function * once (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}

/** A cold search: links and entries as they come, the search key out of its wrap, all of it verified and opened, and kept. */
async function searchCold ({ store, pages, searchWrap, root }: SearchWorld, cache: SealedCache): Promise<number> {
  const state = emptyIndex()
  const keysOf = openKeys(store, searchWrap)
  takeLinks(state, pages.flatMap((page) => (JSON.parse(page) as { items: ShownLink[] }).items), keysOf)
  if (rootOf(state) !== root) throw new Error('the chains are not those of the heads')
  await cache.write(placeOf(store), state)
  return match(state, keysOf)
}

/** A warm one: what is known comes out of the sealed cache; the heads are the same. */
async function searchWarm ({ store, searchWrap, root }: SearchWorld, cache: SealedCache): Promise<number> {
  const state = await cache.read(placeOf(store))
  if (state === undefined || rootOf(state) !== root) throw new Error('not kept')
  return match(state, openKeys(store, searchWrap))
}

function match (state: IndexState, keysOf: GroupKeys): number {
  return matchRows(state.table, parseQuery(QUERY), (group) => tagKeyOf(state.groups[group], keysOf)).length
}

function openKeys (store: IndexStore, searchWrap: Uint8Array): GroupKeys {
  const search = searchKeyOf(openWrapOriginal(searchWrap, PLACE, store.keys.compartment('labs')), store.keys.search('labs', 1, 1).publicKey())
  const place = { patientId: store.patientId, label: fromHex(store.label), epoch: 1, issue: 1 }
  return ({ indexKey }) => deriveIndexKeys(place, { search, indexKey: PublicKey.fromHex(indexKey) })
}

/** Without an index: every record is opened and looked through; what verifying each manifest costs comes on top. */
async function scan ({ store, records }: SearchWorld): Promise<number> {
  const compartment = store.keys.compartment('labs')
  const [from, until] = ['2024-01-01', '2026-12-31']
  let found = 0
  for (const { recordId, wrap, ciphertext } of records) {
    const contentKey = openWrapOriginal(wrap, PLACE, compartment)
    const pieces: Uint8Array[] = []
    for await (const piece of openContent({ contentKey, recordId, recordVersion: 1 }, once(ciphertext))) pieces.push(piece)
    const resource = JSON.parse(Buffer.concat(pieces).toString()) as {
      code: { coding: Array<{ code: string }> }, effectiveDateTime: string, note: Array<{ text: string }>
    }
    const isFound = resource.code.coding.some(({ code }) => code === '4548-4') &&
      resource.effectiveDateTime >= from && resource.effectiveDateTime <= until && !/\bsmoker\b/.test(resource.note[0]?.text ?? '')
    if (isFound) found += 1
  }
  return found
}

/** SQLite's full-text index over the plaintext, on this machine: what a hospital without sealed records would have. */
function fullText ({ records }: SearchWorld): () => number {
  const database = new DatabaseSync(':memory:')
  database.exec('CREATE VIRTUAL TABLE texts USING fts5(text, day UNINDEXED)')
  const insert = database.prepare('INSERT INTO texts (text, day) VALUES (?, ?)')
  database.exec('BEGIN')
  for (const { text } of records) insert.run(text, /"effectiveDateTime":"([^"]*)"/.exec(text)?.[1] ?? '')
  database.exec('COMMIT')
  const query = database.prepare('SELECT rowid FROM texts WHERE texts MATCH \'"4548 4" NOT smoker\' AND day BETWEEN \'2024-01-01\' AND \'2026-12-31\'')
  return () => query.all().length
}

async function timed (work: () => Promise<number> | number, expected: number): Promise<number> {
  const started = performance.now()
  const found = await work()
  const ms = performance.now() - started
  if (found !== expected) throw new Error(`${found} found, ${expected} expected`)
  return ms
}

function verify ({ store, pages }: SearchWorld): number {
  const state = emptyIndex()
  takeLinks(state, pages.flatMap((page) => (JSON.parse(page) as { items: ShownLink[] }).items), () => undefined)
  rootOf(state)
  return 0
}

const placeOf = ({ patientId, label }: IndexStore): CachePlace => ({ networkId: new Uint8Array(32), patientId, label, epoch: 1, issue: 1 })

function memoryCache (): SealedCache {
  const kept = new Map<string, Uint8Array>()
  return new SealedCache({
    read: async (name) => await Promise.resolve(kept.get(name)),
    write: async (name, bytes) => { await Promise.resolve(kept.set(name, bytes)) },
    remove: async (name) => { await Promise.resolve(kept.delete(name)) }
  }, randomBytes(32))
}

export interface ClientFigures {
  ratios: { vsScanCold: number, vsScanWarm: number }
  /** Names say how many records were searched: `searchWarmMs10k`, `searchColdMs500`. */
  figures: Record<string, number>
}

/** Both sides in turn, `rounds` times; medians of the rounds. */
export async function measureSearch (count = 10_000, rounds = 5): Promise<ClientFigures> {
  const world = await SearchWorld.create(count)
  const small = await SearchWorld.create(500)
  const [cache, smallCache] = [memoryCache(), memoryCache()]
  const expected = await scan(world)
  const fts = fullText(world)
  const samples: Array<Record<'scan' | 'cold' | 'warm' | 'cold500' | 'verify' | 'fts', number>> = []
  const smallFound = await scan(small)
  await searchCold(small, smallCache)
  for (let round = 0; round < rounds; round++) {
    samples.push({
      cold: await timed(() => searchCold(world, cache), expected),
      scan: await timed(() => scan(world), expected),
      warm: await timed(() => searchWarm(world, cache), expected),
      cold500: await timed(() => searchCold(small, smallCache), smallFound),
      verify: await timed(() => verify(world), 0),
      fts: await timed(fts, expected)
    })
  }
  const size = count % 1000 === 0 ? `${count / 1000}k` : `${count}`
  const of = (side: keyof typeof samples[number]): number => median(samples.map((sample) => sample[side]))
  const ratio = (side: 'cold' | 'warm'): number => median(samples.map((sample) => sample.scan / sample[side]))
  const entries = world.store.links.map(({ entry = '' }) => entry.length / 2)
  return {
    ratios: { vsScanCold: round(ratio('cold')), vsScanWarm: round(ratio('warm')) },
    figures: {
      [`searchWarmMs${size}`]: round(of('warm')),
      [`searchColdMs${size}`]: round(of('cold')),
      searchColdMs500: round(of('cold500')),
      verifyMs: round(of('verify')),
      bytesPerEntry: Math.round(entries.reduce((sum, bytes) => sum + bytes, 0) / entries.length),
      [`scanMs${size}`]: round(of('scan')),
      [`fullTextMs${size}`]: round(of('fts'))
    }
  }
}

const round = (value: number): number => Number(value.toFixed(2))

if (import.meta.main) console.log(JSON.stringify(await measureSearch(Number(process.argv[2] ?? 10_000), 3)))
