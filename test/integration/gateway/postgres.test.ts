import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import t from 'tap'
import { assembleCast } from '../../helpers/cast.ts'
import { startPostgres } from '../../helpers/postgresql.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

const RECORD = join(import.meta.dirname, '..', '..', 'data', 'dicom', 'CT_small.dcm')
const sha256 = async (path: string): Promise<string> => createHash('sha256').update(await readFile(path)).digest('hex')

t.test('a record is shared, its events are listed and its kfrags destroyed by gateways on PostgreSQL', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'epione-postgres-story-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const server = await startPostgres()
  t.teardown(() => server.stop())
  const prefix = `epione_${randomBytes(4).toString('hex')}`
  const urls = await Promise.all(['core', 'regional1', 'regional2'].map((id) => server.createDatabase(`${prefix}_${id}`)))
  const DATABASE_URL = (urls[0] ?? '').replace(`${prefix}_core`, `${prefix}_{id}`)
  const network = await TestNetwork.create({ environment: { DATABASE_URL } })
  t.teardown(() => network.destroy())

  const { stateDir } = network
  const {
    patient,
    author,
    reader,
    auditor,
    readerId,
    readerFingerprint
  } = await assembleCast({ stateDir, folder, home: 'core', readerHospital: 'regional1' })
  const {
    json: { patientId }
  } = await patient.must([
    'patient', 'init', '--network', join(stateDir, 'network.json'), '--gateway', 'core', '--phrase-file',
    patient.path('phrase')
  ])
  await patient.must(['patient', 'card', '--out', patient.path('card.json')])
  const { json: { recordId } } = await author.must(['record', 'add', '--card', patient.path('card.json'), '--category', 'imaging', RECORD])
  const grant = await patient.must([
    'consent', 'grant', '--practitioner', readerId, '--category', 'imaging', '--purpose', 'TREAT', '--days', '1',
    '--fingerprint', readerFingerprint
  ])
  const permit = await reader.must([
    'access', 'request', '--patient', String(patientId), '--record', String(recordId), '--purpose', 'TREAT'
  ])
  const out = join(folder, 'opened.dcm')
  await reader.must(['open', String(permit.json['eventId']), '--out', out])
  t.equal(await sha256(out), await sha256(RECORD), 'byte-identical')
  const listed = await auditor.must(['audit', 'list', '--patient', String(patientId)])
  t.match(listed.json['items'], [{ eventId: permit.json['eventId'], decision: 'permit' }])

  const kfrags = await countRows(urls, 'kfrags')
  t.same(kfrags, [1, 1, 1], 'each hospital keeps its kfrag in its own database')
  await patient.must(['consent', 'revoke', String(grant.json['consentId'])])
  const deadline = Date.now() + 30_000
  while ((await countRows(urls, 'kfrags')).some((n) => n > 0) &&
    Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 200))
  t.same(await countRows(urls, 'kfrags'), [0, 0, 0], 'destroyed everywhere')
})

async function countRows (urls: readonly string[], table: 'kfrags'): Promise<number[]> {
  return await Promise.all(urls.map(async (connectionString) => {
    const client = new pg.Client({ connectionString })
    await client.connect()
    const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${table}`)
    await client.end()
    return Number(rows[0]?.n)
  }))
}
