import t from 'tap'
import type { Test } from 'tap'
import { signAnswer, toHex } from '@epione/crypto'
import type { SignedAnswer } from '@epione/crypto'
import { addRecord, grantConsent, makeCard, raiseSearchKeys, SealedCache, searchOwn, searchPatient } from '@epione/sdk'
import type { PatientContext, SearchFound } from '@epione/sdk'
import { bytes } from '../../../helpers/client/bytes.ts'
import { about } from '../../../helpers/client/front.ts'
import { Hospitals } from '../../../helpers/client/hospitals.ts'
import type { Hospital } from '../../../helpers/client/hospitals.ts'
import { forgiveProxies } from '../../../helpers/memory-world.ts'
import { MemoryCache } from '../../../helpers/memory-cache.ts'
import { LyingIndex } from '../../../helpers/lying-index.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1, regional2 } = hospitals
const author = await hospitals.physician(core)
const reader = await hospitals.physician(regional1)

interface Case { patient: PatientContext, lying: (hospital: Hospital) => LyingIndex, search: () => Promise<SearchFound> }

/** A patient of three records by one author, all opened to searches by the reader, whose own hospital is Regional1MSP. */
async function prepare (): Promise<Case> {
  const patient = await hospitals.patient()
  const { card } = await makeCard(patient)
  const record = { category: 'summary', mediaClass: 'document', card } as const
  await addRecord(author, { source: bytes('word number1'), ...record })
  // Two workstations at once: the ledger orders what both sign.
  await Promise.all(['number2', 'number3'].map((text) => addRecord(author, { source: bytes(`word ${text}`), ...record })))
  await grantConsent(patient, {
    grantee: reader.person, categories: ['summary'], purposes: ['TREAT'], days: 1, actions: ['search'], approve: () => Promise.resolve(true)
  })
  const of = { patientId: patient.patientId, label: toHex(patient.keys.compartmentLabel('summary')) }
  return {
    patient,
    lying: ({ gateway }) => new LyingIndex(gateway.app, of),
    search: async () => await searchPatient(reader, { patientId: patient.patientId, purpose: 'TREAT', query: 'word' })
  }
}

type Lie = [name: string, lie: (index: LyingIndex) => Promise<void>]

/** Of links that no head tells: a lie to those whom the hospital serves. */
const GAPS: Lie[] = [
  ['leaves out the oldest', (index) => index.drop(0)],
  ['leaves out one in the middle', (index) => index.drop(1)]
]
const LIES: Lie[] = [
  ['leaves out the newest', (index) => index.drop(-1)],
  ['shows an old head', (index) => index.forget(2)],
  ['has a false head', (index) => index.falsifyHead()],
  ['invents a link', (index) => index.invent()]
]

/** Gives the hospital back the links that it has now. */
async function saveLinks ({ gateway: { app: { store: { db } } } }: Hospital): Promise<() => Promise<void>> {
  const links = await db.selectFrom('index_links').selectAll().execute()
  return async () => {
    await db.deleteFrom('index_links').execute()
    await db.insertInto('index_links').values(links).execute()
  }
}

t.test('another hospital whose index lacks a link, is old, false or has one too many signs nothing, and the search is complete', async (t) => {
  const { lying, search } = await prepare()
  const restore = await saveLinks(core)
  for (const [what, lie] of LIES) {
    await lie(lying(core))
    t.match(await search(), {
      total: 3, liars: [], silent: [{ mspId: 'CoreMSP', code: 'STATEMENT_UNPROVEN' }], notSearched: { lost: { count: 0 } }
    }, what)
    await restore()
  }
  t.match(await search(), { total: 3, liars: [], silent: [] })
})

type Heads = { label: string, writers: number, root: string } | undefined

/** What the reader's hospital passes on, with other heads in the answers of some, which their own proxies signed. */
function signing (t: Test, lies: ReadonlyArray<[Hospital, (heads: Heads) => Heads]>): void {
  lyingAbout(t, regional1, /\/search-answers$/, (body) => ({
    ...body,
    answers: body.answers.map(({ mspId, answer }) => {
      const [hospital, lie] = lies.find(([{ mspId: of }]) => of === mspId) ?? []
      if (hospital === undefined || lie === undefined) return { mspId, answer }
      const { heads, ...rest } = answer.body
      const changed = lie(heads)
      const { networkId, keys } = hospital.gateway.app.proxy.context
      return { mspId, answer: signAnswer({ ...rest, ...(changed === undefined ? {} : { heads: changed }) }, networkId, keys.signing) }
    })
  }), 'POST')
}

t.test('a proxy that signs other chains than the permit has is convicted, and asked no more', async (t) => {
  const { search } = await prepare()
  signing(t, [[core, (heads) => heads && { ...heads, writers: heads.writers + 1 }]])
  t.match(await search(), { total: 3, liars: [{ mspId: 'CoreMSP', failure: 'HEADS_FALSE', accused: true }] })
  regional1.front.lies = []
  t.match(await search(), { total: 3, liars: [], silent: [{ mspId: 'CoreMSP', code: 'PROXY_CONVICTED' }] })
  forgiveProxies(hospitals.consortium.world)
})

t.test('the own hospital that leaves out, forgets or invents a link is named, and nothing of it is shown', async (t) => {
  const { lying, search } = await prepare()
  const restore = await saveLinks(regional1)
  for (const [what, lie] of [...GAPS, ...LIES.filter(([name]) => name !== 'has a false head')]) {
    await lie(lying(regional1))
    await t.rejects(search(), { code: 'INDEX_INVALID', exitCode: 4, details: { party: { kind: 'store', mspId: 'Regional1MSP' } } }, what)
    await restore()
  }
})

t.test('other bytes in the place of an entry name the hospital that serves them', async (t) => {
  const [{ lying, search }, other] = [await prepare(), await prepare()]
  const app = regional1.gateway.app
  const [foreign] = await app.store.db.selectFrom('index_entries').selectAll().execute()
  if (foreign === undefined) throw new Error('no entry')
  await lying(regional1).replaceEntry(0, toHex(foreign.entry), foreign.entry_hash)
  await t.rejects(search(), { code: 'INDEX_INVALID', details: { party: { mspId: 'Regional1MSP' } } })
  t.equal((await other.search()).total, 3, 'a neighbour is found')
})

t.test('an entry that one hospital lost comes from another; that all lost is lost, and convicts nobody', async (t) => {
  const { patient, lying, search } = await prepare()
  await lying(regional1).lose(0)
  t.match(await search(), { total: 3, liars: [], notSearched: { lost: { count: 0 } } })
  for (const hospital of [core, regional1, regional2]) await lying(hospital).lose(1)
  const found = await search()
  t.match(found, { total: 2, liars: [], notSearched: { lost: { count: 1, items: [{ version: 1 }] } } })
  t.match(await searchOwn(patient, { query: 'word' }), { total: 2, notSearched: { lost: { count: 1 } } })
})

t.test('of two hospitals that a patient asks, one that leaves something out is not believed', async (t) => {
  const { patient, lying } = await prepare()
  await lying(core).drop(-1)
  t.match(await searchOwn(patient, { query: 'word' }), { total: 3 }, 'what is behind is made good by the other')
  const second = await prepare()
  await second.lying(core).drop(0)
  await t.rejects(searchOwn(second.patient, { query: 'word' }), { name: 'ClientError', exitCode: 4 }, 'a gap is none')
  const third = await prepare()
  await third.lying(regional1).falsifyHead()
  await t.rejects(searchOwn(third.patient, { query: 'word' }), { code: 'ORGANIZATIONS_DIFFER' })
})

/** What a hospital's front puts in the place of an answer on this path. */
function lyingAbout (t: Test, { front }: Hospital, path: RegExp, lie: (body: Body) => unknown, method = 'GET'): void {
  front.lies.push(about(method, path, lie))
  t.teardown(() => { front.lies = [] })
}
interface Body {
  items: Shown[]
  heads: object[]
  event: { compartments: object[] }
  answers: Array<{ mspId: string, answer: SignedAnswer }>
}
interface Shown {
  at: string, writer: string, number: number, link: Record<string, unknown>, statement?: object, entry?: string
}

const outOf = ({ link: { recordId, version } }: Shown, more: Partial<Shown> = {}): Shown => ({
  at: '999999.0', writer: 'EvilMSP/x', number: 1, link: { kind: 'out', recordId, version, statementId: 'ab'.repeat(32) }, ...more
})

t.test('a patient\'s own hospital hides no match by a link that no other shows', async (t) => {
  for (const withHead of [false, true]) {
    const { patient } = await prepare()
    const cache = new SealedCache(new MemoryCache(), patient.keys.searchCacheKey())
    const search = async (): Promise<SearchFound> => await searchOwn(patient, { query: 'word', cache })
    lyingAbout(t, core, /\/index$/, (body) => ({
      ...body, items: [...body.items, ...body.items.slice(0, 1).map((item) => outOf(item))]
    }))
    if (withHead) {
      lyingAbout(t, core, /\/index\/heads/, (body) => ({
        ...body, heads: [{ writer: 'EvilMSP/x', count: 1, digest: 'ab'.repeat(32) }, ...body.heads]
      }))
      await t.rejects(search(), { name: 'ClientError', exitCode: 4 }, 'nor with a head that it invents')
    } else {
      t.equal((await search()).total, 3)
    }
    core.front.lies = []
    t.equal((await search()).total, 3, 'and nothing of it stays')
  }
})

t.test('a search and a patient\'s new record read nothing twice from one hospital', async (t) => {
  const { patient, search } = await prepare()
  const asked: string[] = []
  for (const { mspId, front } of [core, regional1, regional2]) {
    front.lies = [({ method, path }) => { asked.push(`${mspId} ${method} ${path}`); return undefined }]
    t.teardown(() => { front.lies = [] })
  }
  const repeated = (): string[] => asked.filter((one, i) => asked.indexOf(one) !== i)
  t.equal((await search()).total, 3)
  t.ok(asked.some((one) => /GET .*directory/.test(one)), asked.join('\n'))
  t.strictSame(repeated(), [])
  asked.length = 0
  await addRecord(patient, { source: bytes('word'), category: 'summary', mediaClass: 'document' })
  t.ok(asked.some((one) => /GET .*search-keys/.test(one)), asked.join('\n'))
  t.strictSame(repeated().filter((one) => one.includes(' GET ')), [])
})

t.test('proxies of which too few sign one root are at odds, and each is shown with what it signs', async (t) => {
  const { search } = await prepare()
  const other = (root: string) => (heads: Heads): Heads => heads && { ...heads, root }
  signing(t, [[core, other('ab'.repeat(32))], [regional2, other('cd'.repeat(32))]])
  await t.rejects(search(), {
    code: 'PROXIES_LIED',
    exitCode: 4,
    details: {
      party: { kind: 'proxy' },
      roots: [{ mspIds: [/MSP$/] }, { mspIds: [/MSP$/] }, { mspIds: [/MSP$/] }],
      liars: [{ mspId: 'CoreMSP', accused: true }, { mspId: 'Regional2MSP', accused: true }]
    }
  })
  forgiveProxies(hospitals.consortium.world)
})

t.test('a record is sealed for no search key that the patient did not publish', async (t) => {
  const patient = await hospitals.patient()
  const { card } = await makeCard(patient)
  const add = async (): Promise<unknown> =>
    await addRecord(author, { source: bytes('word'), category: 'summary', mediaClass: 'document', card })
  lyingAbout(t, core, /\/search-keys/, (body) => ({ ...body, items: [], statements: [] }))
  await t.rejects(add(), { code: 'COMPARTMENT_MISMATCH', exitCode: 4 }, 'hidden')
  core.front.lies = []
  const other = await hospitals.patient()
  await makeCard(other)
  const foreign = await author.gateways.own.search.listKeys(other.patientId, {})
  lyingAbout(t, core, /\/search-keys/, () => foreign)
  await t.rejects(add(), { code: 'SEARCH_KEYS_INVALID', exitCode: 4 }, 'another patient\'s')
  core.front.lies = []
  t.match(await add(), { index: { issue: 1 } })
})

t.test('a record is sealed for no search key that is older than the card\'s', async (t) => {
  const patient = await hospitals.patient()
  await makeCard(patient)
  const former = await author.gateways.own.search.listKeys(patient.patientId, {})
  await raiseSearchKeys(patient, ['summary'])
  const { card } = await makeCard(patient)
  const record = { source: bytes('word'), category: 'summary', mediaClass: 'document', card } as const
  lyingAbout(t, core, /\/search-keys/, () => former)
  await t.rejects(addRecord(author, record), { code: 'COMPARTMENT_MISMATCH', exitCode: 4 })
  core.front.lies = []
  t.match(await addRecord(author, { ...record, source: bytes('word') }), { index: { issue: 2 } })
})

t.test('a patient\'s own hospital hides no compartment by showing no search key of it', async (t) => {
  const { patient } = await prepare()
  lyingAbout(t, core, /\/search-keys/, (body) => ({ ...body, items: [], statements: [] }))
  t.equal((await searchOwn(patient, { query: 'word' })).total, 3)
})

t.test('a reader\'s own hospital hides neither a compartment of the permit nor what a link is for', async (t) => {
  const { search } = await prepare()
  lyingAbout(t, regional1, /\/access-requests$/, (body) => ({ ...body, event: { ...body.event, compartments: [] } }), 'POST')
  await t.rejects(search(), { code: 'EVENT_INVALID' })
  regional1.front.lies = []
  for (const change of [{ issue: 7 }, { epoch: 7 }, { truncated: true }, { statementId: 'ab'.repeat(32) }]) {
    lyingAbout(t, regional1, /\/index$/, (body) => ({
      ...body, items: body.items.map(({ link, ...item }) => ({ ...item, link: { ...link, ...change } }))
    }))
    await t.rejects(search(), { code: 'INDEX_INVALID', details: { party: { mspId: 'Regional1MSP' } } }, Object.keys(change).join())
    regional1.front.lies = []
  }
})

t.test('a reader\'s own hospital that serves another patient\'s index is named', async (t) => {
  const [{ search }, other] = [await prepare(), await prepare()]
  const served: Body[] = []
  lyingAbout(t, regional1, /\/index$/, (body) => { served.push(body); return body })
  t.equal((await other.search()).total, 3)
  regional1.front.lies = []
  lyingAbout(t, regional1, /\/index$/, () => served[0])
  await t.rejects(search(), { code: 'INDEX_INVALID', details: { party: { mspId: 'Regional1MSP' } } })
})

t.test('a reader\'s own hospital that shows the permit with other chains is named, and convicts nobody', async (t) => {
  const { search } = await prepare()
  lyingAbout(t, regional1, /\/access-requests$/, (body) => ({
    ...body, event: { ...body.event, compartments: body.event.compartments.map((c) => ({ ...c, heads: { writers: 1, root: 'ab'.repeat(32) } })) }
  }), 'POST')
  await t.rejects(search(), { code: 'EVENT_INVALID', exitCode: 4, details: { party: { mspId: 'Regional1MSP' } } })
  regional1.front.lies = []
  t.match(await search(), { total: 3, liars: [], silent: [] })
})
