import { deriveIndexKeys, PublicKey } from '@epione/crypto'
import t from 'tap'
import { matchRows } from '../../../../sdk/src/search/match.ts'
import { emptyIndex, rootOf, takeLinks } from '../../../../sdk/src/search/opened-index.ts'
import type { IndexState, ShownLink } from '../../../../sdk/src/search/opened-index.ts'
import { parseQuery } from '../../../../sdk/src/search/query.ts'
import { SealedCache } from '../../../../sdk/src/search/sealed-cache.ts'
import type { CachePlace } from '../../../../sdk/src/search/sealed-cache.ts'
import { indexAuthor, IndexStore } from '../../../helpers/index-store.ts'

const [ANNA, BEN] = [indexAuthor('dr-anna'), indexAuthor('dr-ben')]
const day = (text: string): number => Date.parse(text) / 86_400_000

function opened (store: IndexStore, links: readonly ShownLink[] = store.links, state: IndexState = emptyIndex()): IndexState {
  takeLinks(state, links, store.keysOf)
  return state
}

/** Records that match, newest first. */
function find (store: IndexStore, state: IndexState, query: string): string[] {
  return matchRows(state.table, parseQuery(query), (group) => {
    const keys = store.keysOf(state.groups[group] ?? { writer: '', indexKey: '', epoch: 0, issue: 0 })
    if (keys === undefined) throw new Error('no keys')
    return keys
  }).map((row) => {
    const { recordId, version } = state.table.versionAt(row)
    return `${recordId.slice(0, 2)}:${version}`
  })
}

const id = (digit: string): string => digit.repeat(32)

function filled (): IndexStore {
  const store = new IndexStore()
  store.add(ANNA, { recordId: id('a'), keywords: ['code:loinc|4548-4', 'word:smoker'], days: [day('2024-05-17')] })
  store.add(BEN, { recordId: id('b'), keywords: ['code:loinc|4548-4'], days: [day('2026-12-31')] })
  store.add(ANNA, { recordId: id('c'), keywords: ['code:loinc|4548-4'], days: [day('2027-01-01')], truncated: true })
  store.add(BEN, { recordId: id('d'), keywords: ['word:grün'], issue: 2 })
  return store
}

t.test('entries of several authors and issues are found by words, fields and days', (t) => {
  const store = filled()
  const state = opened(store)
  t.strictSame(find(store, state, 'code:loinc|4548-4'), ['cc:1', 'bb:1', 'aa:1'], 'the newest first')
  t.strictSame(find(store, state, 'code:loinc|4548-4 AND date:2024..2026 NOT smoker'), ['bb:1'])
  t.strictSame(find(store, state, 'smoker OR grün'), ['dd:1', 'aa:1'])
  t.strictSame(find(store, state, 'NOT code:loinc|4548-4'), ['dd:1'])
  t.strictSame(find(store, state, 'date:2027..'), ['cc:1'])
  t.equal(state.table.isTruncated(2), true)
  t.end()
})

t.test('a version that moves, is amended or destroyed is found where it stands, and its tags go', (t) => {
  const store = filled()
  const state = opened(store)
  store.add(ANNA, { recordId: id('a'), version: 2, keywords: ['word:never'] })
  store.takeOut('CoreMSP/dr-ben', { recordId: id('b'), version: 1 })
  opened(store, store.links.slice(4), state)
  t.strictSame(find(store, state, 'code:loinc|4548-4'), ['cc:1', 'aa:1'])
  t.strictSame(find(store, state, 'never'), ['aa:2'])
  state.table.end({ recordId: id('a'), version: 1 }, 'ended')
  t.strictSame(find(store, state, 'smoker'), [])
  const { tags } = state.table.parts()
  t.ok(tags.subarray(0, 16).every((byte) => byte === 0), 'overwritten')
  t.strictSame(find(store, state, 'NOT smoker'), ['aa:2', 'dd:1', 'cc:1'])
  state.table.end({ recordId: id('e'), version: 1 }, 'ended')
  t.end()
})

t.test('entries that are lost, destroyed, of an unknown issue or sealed wrongly are none to search, and are told apart', (t) => {
  const store = filled()
  const [a, b, c] = store.links
  if (a === undefined || b === undefined || c === undefined) throw new Error('no links')
  const { entry: _, ...lost } = a
  const { entry: __, ...without } = b
  const foreign = new IndexStore()
  const state = emptyIndex()
  takeLinks(state, [lost, { ...without, ended: '44'.repeat(32) }, c], foreign.keysOf)
  takeLinks(state, store.links.slice(3), () => undefined)
  t.strictSame([0, 1, 2, 3].map((row) => state.table.stateAt(row)), ['lost', 'ended', 'false', 'keyless'])
  t.equal(rootOf(state), rootOf(opened(store)), 'chains hold without entries')
  t.strictSame(find(store, state, 'NOT nothing'), [])
  t.end()
})

/** The link with some of what it says in other words. */
function changed (shown: ShownLink, members: object): ShownLink {
  return { ...shown, link: { ...shown.link, ...members } }
}

const hashOf = ({ link }: ShownLink): string => link.kind === 'in' ? link.entryHash : ''

t.test('a key of another compartment, epoch or issue opens no entry', (t) => {
  const store = filled()
  const { keys: patient, patientId } = store
  const place = { patientId, label: patient.compartmentLabel('labs'), epoch: 1, issue: 1 }
  const own = patient.search('labs', 1, 1)
  const others: Array<[string, { secret: typeof own, place: typeof place }]> = [
    ['another compartment\'s key', { secret: patient.search('imaging', 1, 1), place }],
    ['another compartment\'s place', { secret: own, place: { ...place, label: patient.compartmentLabel('imaging') } }],
    ['the key of another epoch', { secret: patient.search('labs', 2, 1), place }],
    ['the key of another issue', { secret: patient.search('labs', 1, 2), place }],
    ['the place of another issue', { secret: own, place: { ...place, issue: 2 } }]
  ]
  for (const [what, { secret, place: of }] of others) {
    const state = emptyIndex()
    takeLinks(state, store.links, ({ indexKey }) => deriveIndexKeys(of, { search: secret, indexKey: PublicKey.fromHex(indexKey) }))
    t.strictSame([0, 1, 2, 3].map((row) => state.table.stateAt(row)), ['false', 'false', 'false', 'false'], what)
  }
  t.end()
})

t.test('a link that is missing, moved, changed, added or another\'s never gives the root of the heads', (t) => {
  const store = filled()
  const root = rootOf(opened(store))
  const [a, b, c, d] = store.links
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('no links')
  const other = filled()
  const stranger = other.links[0] ?? a
  const broken: Array<[string, ShownLink[], string | undefined]> = [
    ['the oldest', [b, c, d], 'CHAIN_BROKEN'],
    ['the oldest, counted anew', [b, { ...c, number: 1 }, d], undefined],
    ['one in the middle', [a, c, d], 'CHAIN_BROKEN'],
    ['the newest', [a, b, c], undefined],
    ['all of a writer', [a, c], undefined],
    ['moved', [c, b, a, d], 'CHAIN_BROKEN'],
    ['another patient\'s entry', [a, b, c, { ...d, ...stranger, number: 2, writer: 'CoreMSP/dr-ben' }], undefined],
    ['another patient\'s chain', [a, b, c, d, { ...stranger, writer: 'CoreMSP/dr-new' }], undefined],
    ['under another name', [a, b, { ...c, writer: 'CoreMSP/dr-ben', number: 2 }, { ...d, number: 3 }], undefined],
    ['other bytes', [{ ...a, entry: b.entry ?? '' }, b, c, d], 'INDEX_ENTRY_INVALID'],
    ['another entry hash', [changed(a, { entryHash: '55'.repeat(32) }), b, c, d], 'INDEX_ENTRY_INVALID'],
    ['another entry with its hash', [changed({ ...a, entry: b.entry ?? '' }, { entryHash: hashOf(b) }), b, c, d], undefined],
    ['another statement', [changed(a, { statementId: '66'.repeat(32) }), b, c, d], undefined],
    ['another index key', [changed(a, { indexKey: BEN.keys.identity().publicKey().toHex() }), b, c, d], undefined],
    ['another epoch', [changed(a, { epoch: 2 }), b, c, d], undefined],
    ['another issue', [changed(a, { issue: 2 }), b, c, d], undefined],
    ['said to be truncated', [changed(a, { truncated: true }), b, c, d], undefined],
    ['an entry for an out', [{ ...a, link: { kind: 'out', recordId: a.link.recordId, version: 1, statementId: a.link.statementId } }, b, c, d], undefined],
    ['another version', [changed(a, { version: 2 }), b, c, d], undefined],
    ['no key', [changed(a, { indexKey: `02${'ff'.repeat(32)}` }), b, c, d], 'POINT_INVALID']
  ]
  for (const [what, links, code] of broken) {
    if (code === undefined) {
      let found = ''
      try {
        found = rootOf(opened(store, links))
      } catch {
        found = 'refused'
      }
      t.not(found, root, what)
    } else {
      t.throws(() => opened(store, links), { code }, what)
    }
  }
  t.end()
})

t.test('the cache gives back what was found, to nobody else, and ends with the issue', async (t) => {
  const files = new Map<string, Uint8Array>()
  const at = {
    read: async (name: string) => await Promise.resolve(files.get(name)),
    write: async (name: string, bytes: Uint8Array) => { await Promise.resolve(files.set(name, bytes)) },
    remove: async (name: string) => { await Promise.resolve(files.delete(name)) }
  }
  const store = filled()
  const state = opened(store)
  const cache = new SealedCache(at, ANNA.keys.searchCacheKey())
  const place: CachePlace = { networkId: new Uint8Array(32), patientId: store.patientId, label: store.label, epoch: 1, issue: 2 }
  t.equal(await cache.read(place), undefined)
  await cache.write(place, state)
  const [[name, bytes] = ['', new Uint8Array()]] = files
  t.notOk(name.includes(store.patientId) || Buffer.from(bytes).includes(store.patientId) || Buffer.from(bytes).includes(id('a')))
  const read = await cache.read(place)
  if (read === undefined) return t.fail('not kept')
  t.equal(rootOf(read), rootOf(state))
  t.equal(read.after, store.links.at(-1)?.at)
  for (const query of ['smoker', 'code:loinc|4548-4', 'date:2026', 'NOT smoker']) t.strictSame(find(store, read, query), find(store, state, query), query)
  store.add(ANNA, { recordId: id('e'), keywords: ['word:later'] })
  opened(store, store.links.slice(4), read)
  t.strictSame(find(store, read, 'later'), ['ee:1'], 'it is gone on with')

  const mine = files.get(name) ?? new Uint8Array()
  const cases: Array<[string, CachePlace, SealedCache, Uint8Array]> = [
    ['another issue', { ...place, issue: 3 }, cache, mine],
    ['another epoch', { ...place, epoch: 2 }, cache, mine],
    ['a changed byte', place, cache, mine.map((byte, i) => i === 40 ? byte ^ 1 : byte)],
    ['cut off', place, cache, mine.subarray(0, 20)],
    ['empty', place, cache, new Uint8Array()]
  ]
  for (const [what, asked, by, stored] of cases) {
    files.set(name, stored)
    t.equal(await by.read(asked), undefined, what)
    t.equal(files.has(name), false, `${what}: it is removed`)
  }
  files.set(name, mine)
  const stranger = new SealedCache(at, BEN.keys.searchCacheKey())
  t.equal(await stranger.read(place), undefined, 'another person')
  await cache.forget(place)
  t.equal(files.size, 0)
})
