import t from 'tap'
import { toHex } from '@epione/crypto'
import { addRecord, grantConsent, makeCard, searchOwn, searchPatient } from '@epione/sdk'
import type { PatientContext, SearchFound } from '@epione/sdk'
import { bytes } from '../../../helpers/client/bytes.ts'
import { Hospitals } from '../../../helpers/client/hospitals.ts'
import type { Hospital } from '../../../helpers/client/hospitals.ts'
import { LyingIndex } from '../../../helpers/lying-index.ts'

// Three gateways start here, beside whatever else the machine does.
t.setTimeout(600_000)
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
  ['signs a false head', (index) => index.falsifyHead()],
  ['invents a link', (index) => index.invent()]
]

for (const [what, lie] of LIES) {
  t.test(`another hospital that ${what} is named, and the search is complete`, async (t) => {
    const { lying, search } = await prepare()
    await lie(lying(core))
    t.match(await search(), { total: 3, liars: [{ mspId: 'CoreMSP', failure: 'HEADS_FALSE' }], notSearched: { lost: { count: 0 } } })
  })
}

for (const [what, lie] of [...GAPS, ...LIES.filter(([name]) => name !== 'signs a false head')]) {
  t.test(`the own hospital that ${what} is named, and nothing of it is shown`, async (t) => {
    const { lying, search } = await prepare()
    await lie(lying(regional1))
    await t.rejects(search(), { code: 'INDEX_INVALID', exitCode: 4, details: { party: { kind: 'store', mspId: 'Regional1MSP' } } })
  })
}

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
