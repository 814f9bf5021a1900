import t from 'tap'
import { eraseRecords, withdrawRecord } from '@epione/sdk'
import { Journal } from '@epione/sync'
import { Hospitals } from '../../helpers/client/hospitals.ts'
import { Ehr, observation } from '../../helpers/ehr.ts'
import { contentsOf, SyncDesk } from '../../helpers/sync.ts'

/* A run that ends at the worst moments, as a kill does: between the ledger and the journal. */

const hospitals = await Hospitals.open(t)
const author = await hospitals.physician(hospitals.core)

/** Ends the run instead of writing down what the ledger has taken. */
class Dying extends Journal {
  left = Infinity
  override finish (...given: Parameters<Journal['finish']>): void {
    if (--this.left < 0) throw new Error('killed')
    super.finish(...given)
  }
}
/** Ends it before anything is registered. */
class DyingEarly extends Journal {
  override begin (...given: Parameters<Journal['begin']>): void {
    super.begin(...given)
    throw new Error('killed')
  }
}

async function prepared (t: Parameters<typeof Ehr.open>[0] & ConstructorParameters<typeof SyncDesk>[0], count: number): Promise<{ ehr: Ehr, desk: SyncDesk, patient: Awaited<ReturnType<Hospitals['patient']>> }> {
  const [ehr, desk, patient] = [await Ehr.open(t), new SyncDesk(t, author), await hospitals.patient()]
  await desk.map('1', patient)
  for (let i = 0; i < count; i++) ehr.put(observation(`o${String(i)}`, '1', i))
  return { ehr, desk, patient }
}
const path = (desk: SyncDesk): string => `${desk.folder}/journal.sqlite`

t.test('killed after the ledger took versions and before the journal heard of it, each is there once', async (t) => {
  const { ehr, desk, patient } = await prepared(t, 9)
  for (const left of [2, 0, 3]) {
    const journal = new Dying(path(desk), 'test')
    journal.left = left
    await t.rejects(desk.run(desk.server(ehr, { count: 4 }), { journal }), { message: 'killed' })
  }
  t.match((await desk.run(desk.server(ehr))).counts, { failed: 0 })
  const sealed = await contentsOf(patient)
  t.equal(sealed.length, 9)
  t.ok(sealed.every(({ version }) => version === 1))
  ehr.put(observation('o1', '1', 100))
  const journal = new Dying(path(desk), 'test')
  journal.left = 0
  await t.rejects(desk.run(desk.server(ehr), { journal }), { message: 'killed' })
  t.match((await desk.run(desk.server(ehr))).counts, { failed: 0 })
  t.equal((await contentsOf(patient)).filter(({ version }) => version === 2).length, 1)
  t.equal((await contentsOf(patient)).length, 10)
})

t.test('killed before anything was registered, it is registered later', async (t) => {
  const { ehr, desk, patient } = await prepared(t, 2)
  await t.rejects(desk.run(desk.server(ehr), { journal: new DyingEarly(path(desk), 'test') }), { message: 'killed' })
  // What was on its way is of no moment by the time that it goes on.
  ehr.put(observation('o0', '1', 77))
  t.match((await desk.run(desk.server(ehr))).counts, { added: 2, failed: 0 })
  const sealed = await contentsOf(patient)
  t.equal(sealed.length, 2)
  t.ok(sealed.some(({ text }) => text.includes('"value":77')))
})

t.test('what came of a killed run, and changed since, becomes the next version', async (t) => {
  const { ehr, desk, patient } = await prepared(t, 1)
  const journal = new Dying(path(desk), 'test')
  journal.left = 0
  await t.rejects(desk.run(desk.server(ehr), { journal }))
  ehr.put(observation('o0', '1', 78))
  t.match((await desk.run(desk.server(ehr))).counts, { updated: 1, failed: 0 })
  const sealed = await contentsOf(patient)
  t.strictSame(sealed.map(({ version }) => version).sort(), [1, 2])
  t.match(sealed.find(({ version }) => version === 2)?.text, '"value":78')
})

t.test('without its journal a thing stays one record', async (t) => {
  const { ehr, desk, patient } = await prepared(t, 3)
  await desk.run(desk.server(ehr))
  const other = new Journal(`${desk.folder}/another.sqlite`, 'test')
  t.match((await desk.run(desk.server(ehr), { journal: other })).counts, { failed: 0 })
  const sealed = await contentsOf(patient)
  t.equal(new Set(sealed.map(({ recordId }) => recordId)).size, 3)
  t.ok(sealed.every(({ version }) => version <= 2))
  t.match((await desk.run(desk.server(ehr), { journal: new Journal(`${desk.folder}/another.sqlite`, 'test') })).counts, { unchanged: 3 })
})

t.test('what its patient erased is not made again, what its author withdrew is', async (t) => {
  const { ehr, desk, patient } = await prepared(t, 2)
  await desk.run(desk.server(ehr))
  const [one, other] = await contentsOf(patient)
  if (one === undefined || other === undefined) throw new Error('two were sealed')
  await eraseRecords(patient, [{ recordId: one.recordId }])
  await withdrawRecord(author, { recordId: other.recordId, cause: 'entered-in-error' })
  for (const id of ['o0', 'o1']) ehr.put(observation(id, '1', 50))
  const report = await desk.run(desk.server(ehr))
  t.match(report.counts, { added: 1, skipped: 1, failed: 0 })
  t.ok((report.said['entries'] as Array<{ reason?: string }>).some(({ reason }) => reason === 'ERASED'))
  ehr.put(observation(one.text.includes('"value":0') ? 'o0' : 'o1', '1', 51))
  t.match((await desk.run(desk.server(ehr))).counts, { added: 0, skipped: 1 })
  t.equal((await contentsOf(patient)).filter(({ end }) => end === undefined).length, 1)
})

t.test('a journal is for one run at a time, and for whom it was begun', async (t) => {
  const { desk } = await prepared(t, 0)
  const open = new Journal(path(desk), 'test')
  t.throws(() => new Journal(path(desk), 'test'), { code: 'JOURNAL_IN_USE' })
  open.close()
  t.throws(() => new Journal(path(desk), 'another'), { code: 'JOURNAL_FOREIGN' })
  new Journal(path(desk), 'test').close()
})

t.test('a mapping says one thing of one patient', async (t) => {
  const { readMapping } = await import('@epione/sync')
  const folder = t.testdir({
    'good.csv': '\ufeffpatient,card\r\nPatient/1,a.json\n"2,3","b ""x"".json"\n',
    'good.json': '{"1": "a.json", "2": "/b.json"}',
    'two.csv': 'patient,card\n1,a.json\n1,b.json\n',
    'columns.csv': 'id,card\n1,a.json\n',
    'three.csv': 'patient,card\n1,a.json,x\n',
    'list.json': '{"1": 2}',
    'no.json': '{"1": '
  })
  t.strictSame([...await readMapping(`${folder}/good.csv`)], [['1', `${folder}/a.json`], ['2,3', `${folder}/b "x".json`]])
  t.strictSame([...await readMapping(`${folder}/good.json`)], [['1', `${folder}/a.json`], ['2', '/b.json']])
  for (const name of ['two.csv', 'columns.csv', 'three.csv', 'list.json', 'no.json', 'none.json']) {
    await t.rejects(readMapping(`${folder}/${name}`), { code: 'MAPPING_INVALID' }, name)
  }
})
