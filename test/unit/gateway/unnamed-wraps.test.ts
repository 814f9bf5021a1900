import { toHex } from '@epione/crypto'
import type { SignedStatement } from '@epione/protocol'
import { sql } from 'kysely'
import { DEFAULT_LIMITS } from '../../../gateway/src/http/limits.ts'
import { sweepUnnamed } from '../../../gateway/src/records/sweep.ts'
import { acceptWrap } from '../../../gateway/src/peers/accept-wrap.ts'
import { UNNAMED_MAX } from '../../../gateway/src/records/wraps.ts'
import t from 'tap'
import type {} from '../../../gateway/src/ledger/ledger-plugin.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import { bindPractitioner, createManifest, HOUR_MS, publishPatient, sign } from '../../helpers/ledger-fixtures.ts'
import type { TestPatient, TestPractitioner } from '../../helpers/ledger-fixtures.ts'
import { createRewrap } from '../../helpers/lifetime-fixtures.ts'

/* What other members' gateways bring before the ledger names it. */

const [NEAR, FAR] = ['Regional1MSP', 'Regional2MSP']
let now = Date.now()
const consortium = await createConsortium(t, { clock: () => now })
const { world } = consortium
const { app } = await buildGateway(t, { consortium, config: { maxContentBytes: 2 ** 30, limits: DEFAULT_LIMITS } })
const { db } = app.store
const [
  author,
  rival,
  patient,
  other
] = [
  await bindPractitioner(world, { mspId: NEAR }), await bindPractitioner(world, { mspId: FAR }),
  await publishPatient(world), await publishPatient(world)
]
const sweep = async (): Promise<unknown> =>
  await sweepUnnamed({ remove: true, db, contents: app.contents, clock: () => now, log: app.log, ledger: app.ledger.gateway })

let brought = 0
const cidOf = (number: number): string =>
  `b${String(number).padStart(58, 'a').replace(/[0189]/g, (digit) => 'wxyz'['0189'.indexOf(digit)] ?? '')}`

const plain = (
  { body, signatures }: SignedStatement
): { body: string, signatures: { key: string, signature: string }[] } => ({ body, signatures: [...signatures] })

/** A gateway brings a wrap with a manifest of its own author. */
async function bring (by: TestPractitioner, of: TestPatient, members: object = {}, made = createManifest(by, of)): Promise<unknown> {
  const manifest = plain(sign(world, 'RecordManifest', { ...made.members, cid: cidOf(brought += 1), ...members }, by.requestSigning))
  return await acceptWrap(app, by.mspId, made.members.wrapHash, { wrap: toHex(made.wrap), manifest }).catch((error: unknown) =>
    (error as { code?: unknown }).code)
}

const hashes = async (): Promise<string[]> => (await db.selectFrom('wraps').select('wrap_hash').execute()).map((row) => row.wrap_hash)

/** Rows as if `owner` had brought them, of nobody in particular or of one patient. */
async function fill (table: 'wraps' | 'announced_contents', mspId: string, patientId: string, count: number): Promise<void> {
  const numbers = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`
  await (table === 'wraps'
    ? sql`insert into wraps (wrap_hash, wrap, created_at, owner, patient_id, named) ${numbers} select ${`${mspId}${patientId}`} || i, x'00', ${now}, ${`peer:${mspId}`}, ${patientId}, 0 from n`
    : sql`insert into announced_contents (cid, msp_id, patient_id, size_bytes_max, created_at) ${numbers} select ${patientId} || i, ${mspId}, ${patientId}, 1, ${now} from n`).execute(
    db
  )
}

async function empty (): Promise<void> {
  await db.deleteFrom('wraps').execute()
  await db.deleteFrom('announced_contents').execute()
}

t.test('wraps and announcements of one member take no other\'s room, and one patient\'s not all of that member\'s', async (t) => {
  t.afterEach(empty)
  for (const table of ['wraps', 'announced_contents'] as const) {
    await t.test(table, async (t) => {
      await fill(table, NEAR, patient.patientId, UNNAMED_MAX.patient)
      t.equal(await bring(author, patient), 'QUOTA_EXCEEDED')
      t.equal(await bring(author, other), true, 'for another patient')
      t.equal(await bring(rival, patient), true, 'through another member')
      await fill(table, NEAR, '', UNNAMED_MAX.peer - UNNAMED_MAX.patient)
      t.equal(await bring(author, other), 'QUOTA_EXCEEDED')
      t.equal(await bring(rival, other), true)
      await db.updateTable('wraps').set({ named: 1 }).execute()
      if (table === 'wraps') t.equal(await bring(author, patient), true, 'what records name counts no longer')
    })
  }
})

t.test('many manifests of one wrap are as many announcements', async (t) => {
  t.teardown(empty)
  const made = createManifest(author, patient)
  await fill('announced_contents', NEAR, patient.patientId, UNNAMED_MAX.patient - 2)
  t.equal(await bring(author, patient, { cid: cidOf(1001) }, made), true)
  t.equal(await bring(author, patient, { cid: cidOf(1002) }, made), true)
  t.equal(await bring(author, patient, { cid: cidOf(1003) }, made), 'QUOTA_EXCEEDED')
  t.equal(await bring(author, patient, { cid: cidOf(1002) }, made), true, 'one that is known')
})

t.test('nothing is kept for a statement that the ledger can only refuse, or for a content that is never taken here', async (t) => {
  t.equal(await bring(author, patient, { issuedAt: now - 25 * HOUR_MS, submitBefore: now - HOUR_MS }), 'STATEMENT_EXPIRED')
  t.equal(await bring(author, patient, { issuedAt: now + HOUR_MS, submitBefore: now + 2 * HOUR_MS }), 'STATEMENT_NOT_YET_VALID')
  t.equal(await bring(author, patient, { issuedAt: now, submitBefore: now + 48 * HOUR_MS }), 'STATEMENT_INVALID')
  t.equal(await bring(author, patient, { sizeClass: 31 }), 'CONTENT_TOO_LARGE')
  t.same([await hashes(), await db.selectFrom('announced_contents').selectAll().execute()], [[], []])
  t.equal(await bring(author, patient, { sizeClass: 30 }), true)
  await empty()
  const made = createManifest(author, patient)
  const manifest = plain(sign(world, 'RecordManifest', made.members, author.requestSigning))
  await author.ledger.registerRecord(manifest)
  now += 48 * HOUR_MS
  t.equal(
    await acceptWrap(app, NEAR, made.members.wrapHash, { wrap: toHex(made.wrap), manifest }),
    true,
    'what the ledger took in time is copied at any later one'
  )
  await empty()
})

t.test('a wrap is taken for its own record alone, and stays as long as that names it; one that was replaced goes', async (t) => {
  const made = createManifest(author, patient)
  const decoy = createManifest(rival, other)
  t.equal(
    await bring(rival, other, {}, { ...decoy, members: { ...decoy.members, wrapHash: made.members.wrapHash }, wrap: made.wrap }),
    'WRAP_MISMATCH',
    'another member names it for a record of its own'
  )
  t.equal(await bring(author, patient, {}, made), true)
  await author.ledger.registerRecord(sign(world, 'RecordManifest', made.members, author.requestSigning))
  await rival.ledger.registerRecord(sign(world, 'RecordManifest', { ...decoy.members, wrapHash: made.members.wrapHash }, rival.requestSigning))
  now += 25 * HOUR_MS
  t.match(await sweep(), { wraps: 0 })
  t.same(await hashes(), [made.members.wrapHash])
  t.same((await db.selectFrom('wraps').select('named').execute()).map((row) => row.named), [1])

  const record = { ...made.members, manifestId: '', wrap: made.wrap, place: made.place, compartment: patient.compartments[0] }
  const { members, wrap } = createRewrap(patient, record, patient.compartments[1])
  const rewrap = plain(sign(world, 'Rewrap', members, patient.identity))
  t.equal(await acceptWrap(app, FAR, members.wrapHash, { wrap: toHex(wrap), rewrap }), true)
  await world.gateway(NEAR).ledger.rewrapRecord(rewrap)
  await db.updateTable('wraps').set({ named: 0 }).execute()
  now += 25 * HOUR_MS
  t.match(await sweep(), { wraps: 1 })
  t.same(await hashes(), [members.wrapHash])
})
