import t from 'tap'
import { SecretKey, fromHex, openHandedBackup, openShare, randomBytes, recoverPhrase, statementId, toHex } from '@epione/crypto'
import { sweepUnnamed } from '../../../../gateway/src/records/sweep.ts'
import { deleteUnnamedEscrow, storeEscrow } from '../../../../gateway/src/patients/escrow.ts'
import type {} from '../../../../gateway/src/ledger/ledger-plugin.ts'
import { prepareIssue, publishOwner } from '../../../helpers/escrow-fixtures.ts'
import type { Issue, Owner, TestEscrow } from '../../../helpers/escrow-fixtures.ts'
import { buildGateway, createConsortium } from '../../../helpers/gateway.ts'
import { keyHex, publishPatient, sign } from '../../../helpers/ledger-fixtures.ts'
import type { TestPatient } from '../../../helpers/ledger-fixtures.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let now = Date.now()
const consortium = await createConsortium(t, { clock: () => now })
const { world } = consortium
const core = await buildGateway(t, { consortium })
const regional = await buildGateway(t, { consortium, mspId: 'Regional1MSP' })

interface Answer { status: number, body: Record<string, unknown> }

async function send (
  gateway: typeof core,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  { payload, headers }: { payload?: object, headers?: Record<string, string> } = {}
): Promise<Answer> {
  const response = await gateway.app.inject({
    method,
    url,
    ...(payload !== undefined && { payload }),
    ...(headers !== undefined && { headers })
  })
  return { status: response.statusCode, body: response.json() }
}

const put = async ({ patientId }: { patientId: string }, { statement, id }: Issue, escrow: TestEscrow, gateway = core): Promise<Answer> =>
  await send(gateway, 'PUT', `/v1/patients/${patientId}/guardians`, { payload: { statement, escrow }, headers: { 'idempotency-key': id } })
const getShare = async (
  { patientId }: TestPatient,
  index: number,
  gateway = core
): Promise<Answer> => await send(gateway, 'GET', `/v1/patients/${patientId}/recovery/shares/${String(index)}`)
const getEscrow = async ({ patientId }: TestPatient, authorization?: string, gateway = core): Promise<Answer> =>
  await send(gateway, 'GET', `/v1/patients/${patientId}/recovery/escrow`, authorization === undefined ? {} : { headers: { authorization } })

const garbage = (): string => toHex(randomBytes(87))

/** A recovery by the first two guardians through one hospital, from its shares and its backup. */
async function recover (owner: Owner, { issue, guardians, shareHashes }: Issue, gateway: typeof core): Promise<string> {
  const { patientId } = owner
  const device = SecretKey.random()
  const [first, second] = guardians
  const request = sign(world, 'RecoveryRequest', { patientId, issue, receivingKey: keyHex(device) }, first.signing, second.signing)
  await send(gateway, 'POST', `/v1/patients/${patientId}/recoveries`, { payload: { statement: request } })
  const shares = await Promise.all([first, second].map(async ({ receiving }, index) => {
    const { body } = await getShare(owner, index, gateway)
    return openShare(receiving, fromHex(
      String(body['sealed'])
    ), { patientId, issue, index, shareHash: shareHashes[index] ?? new Uint8Array() })
  }))
  now += 8 * DAY_MS
  const { body } = await send(gateway, 'GET', `/v1/patients/${patientId}/recoveries/${statementId(request.body)}/backup`)
  const backup = openHandedBackup(device, fromHex(String(body['backup'])), statementId(request.body))
  return await recoverPhrase({ patientId, issue, threshold: 2, shareHashes, shares, backup })
}

t.test('a hospital that sends another one garbage shares first is refused; the patient\'s own are kept and recover', async (t) => {
  const owner = await publishOwner(world)
  const issue = await prepareIssue(world, owner)
  t.match(await put(owner, issue, { ...issue.escrow, shares: issue.escrow.shares.map(garbage) }), {
    status: 400,
    body: { code: 'ESCROW_MISMATCH', detail: /guardian 1\b/ }
  })
  const [first = '', second = '', third = ''] = issue.escrow.shares
  t.match(
    await put(owner, issue, { ...issue.escrow, shares: [first, third, second] }),
    { status: 400, body: { code: 'ESCROW_MISMATCH', detail: /guardian 2/ } },
    'nor in another order'
  )
  t.match(await getEscrow(owner, core.session(owner)), { status: 404, body: { code: 'BACKUP_UNKNOWN' } }, 'the ledger heard of nothing')
  t.match(await put(owner, issue, issue.escrow), { status: 200, body: { statementId: issue.id } })
  t.equal(await recover(owner, issue, core), owner.phrase)
})

t.test('wrong bytes in a store are not handed out, and the patient\'s own PUT replaces them at any later time', async (t) => {
  const owner = await publishOwner(world)
  const issue = await prepareIssue(world, owner)
  await put(owner, issue, issue.escrow)
  const { db } = core.app.store
  await db.updateTable('escrow_shares').set({ sealed: randomBytes(87) }).where('statement_id', '=', issue.id).where(
    'share_index',
    '=',
    0
  ).execute()
  await db.updateTable('escrows').set({ backup: randomBytes(48) }).where('statement_id', '=', issue.id).execute()
  t.match(await getShare(owner, 0), { status: 404, body: { code: 'SHARE_UNKNOWN' } })
  t.match(await getShare(owner, 1), { status: 200, body: { sealed: issue.escrow.shares[1] } })
  // The statement itself can be submitted no more; what it names can be brought back for as long as it counts.
  now += 2 * DAY_MS
  t.match(await put(owner, issue, issue.escrow), {
    status: 200,
    body: { issue: 1, statementId: issue.id, txId: String, blockNumber: Number }
  })
  t.match(await put(owner, issue, { ...issue.escrow, shares: issue.escrow.shares.map(garbage) }), {
    status: 400,
    body: { code: 'ESCROW_MISMATCH' }
  })
  t.match(await put(owner, issue, issue.escrow, regional), { status: 200 }, 'also to a hospital that never had it')
  t.equal(await recover(owner, issue, core), owner.phrase)
})

t.test('a patient, and nobody else, asks a hospital for all that it keeps', async (t) => {
  const [owner, other] = [await publishOwner(world), await publishPatient(world)]
  const issue = await prepareIssue(world, owner)
  await put(owner, issue, issue.escrow)
  t.match(await getEscrow(owner), { status: 401, body: { code: 'TOKEN_MISSING' } })
  t.match(await getEscrow(owner, core.session(other)), { status: 403, body: { code: 'NOT_PERMITTED' } })
  t.match(await getEscrow(owner, `Bearer ${await core.token('dr-a', 'user/DocumentReference.rs')}`), {
    status: 401,
    body: { code: 'TOKEN_MISSING' }
  })
  t.match(await getEscrow(other, core.session(other)), { status: 404, body: { code: 'BACKUP_UNKNOWN' } }, 'who has no guardians')
  t.same(await getEscrow(owner, core.session(owner)), {
    status: 200,
    body: { statementId: issue.id, issue: 1, backup: issue.escrow.backup, shares: issue.escrow.shares }
  })
  t.same(await getEscrow(owner, regional.session(owner), regional), {
    status: 200,
    body: { statementId: issue.id, issue: 1, backup: null, shares: [null, null, null] }
  })
  await core.app.store.db.deleteFrom('escrow_shares').where('statement_id', '=', issue.id).where('share_index', '=', 1).execute()
  t.match(
    await getEscrow(owner, core.session(owner)),
    { body: { shares: [issue.escrow.shares[0], null, issue.escrow.shares[2]] } },
    'one share is gone'
  )
})

t.test('an escrow whose statement never reached the ledger is deleted after a day, one that counts never', async (t) => {
  const { app } = core
  const { db } = app.store
  const [owner, other] = [await publishOwner(world), await publishOwner(world)]
  const [kept, lost] = [await prepareIssue(world, owner), await prepareIssue(world, other)]
  await put(owner, kept, kept.escrow)
  // As when this gateway dies between the store and the ledger, or before it learns of the ledger's answer.
  await storeEscrow(db, lost.id, { patientId: other.patientId, issue: 1 }, lost.escrow, now)
  await db.updateTable('escrows').set({ named: 0 }).execute()
  const ours = async (): Promise<unknown> =>
    await db.selectFrom('escrows').select([
      'statement_id', 'named'
    ]).where('statement_id', 'in', [kept.id, lost.id]).orderBy('created_at').execute()
  const sweep = async (): Promise<unknown> =>
    await sweepUnnamed({ remove: true, db, contents: app.contents, clock: () => now, log: app.log, ledger: app.ledger.gateway })
  now += 23 * DAY_MS / 24
  await sweep()
  t.equal((await db.selectFrom('escrows').select('statement_id').where('statement_id', '=', lost.id).execute()).length, 1)
  now += 2 * DAY_MS / 24
  await sweep()
  t.same(await ours(), [{ statement_id: kept.id, named: 1 }])
  t.same(await db.selectFrom('escrow_shares').select('share_index').where('statement_id', '=', lost.id).execute(), [])
  t.equal(await deleteUnnamedEscrow(db, kept.id, now), false)
  t.equal(await recover(owner, kept, core), owner.phrase)
})

t.test('an escrow is kept before the ledger hears of its issue, which replaces nothing until the ledger has it', async (t) => {
  const owner = await publishOwner(world)
  const former = await prepareIssue(world, owner)
  await put(owner, former, former.escrow)
  const next = await prepareIssue(world, owner, former)
  const deposit = async (
    { statement }: Issue,
    escrow: TestEscrow
  ): Promise<Answer> => await send(core, 'PUT', `/v1/patients/${owner.patientId}/guardians/escrow`, { payload: { statement, escrow } })
  t.match(await deposit(next, next.escrow), { status: 200, body: { patientId: owner.patientId, issue: 2, statementId: next.id } })
  t.match(await deposit(next, next.escrow), { status: 200 }, 'again')
  t.match(await getEscrow(owner, core.session(owner)), {
    body: { statementId: former.id, issue: 1, backup: former.escrow.backup, shares: former.escrow.shares }
  })
  t.match(await deposit(next, { ...next.escrow, backup: former.escrow.backup }), { status: 400, body: { code: 'ESCROW_MISMATCH' } })
  const stranger = await publishOwner(world)
  const forged = await prepareIssue(world, owner, former, stranger.identity)
  t.match(await deposit(forged, forged.escrow), { status: 400, body: { code: 'SIGNATURE_INVALID' } })

  // The ledger learns of it through another hospital: what was deposited here is its escrow then.
  t.match(await put(owner, next, next.escrow, regional), { status: 200 })
  let shown: Answer
  do { shown = await getEscrow(owner, core.session(owner)) } while (shown.body['issue'] !== 2)
  t.match(shown, { body: { statementId: next.id, backup: next.escrow.backup, shares: next.escrow.shares } })
  t.match(await deposit(former, former.escrow), { status: 409, body: { code: 'GUARDIANS_CONFLICT' } })
})

t.test('of one patient so many escrows wait for their statements and no more, and what is not named goes after a day', async (t) => {
  const owner = await publishOwner(world)
  const deposit = async ({ statement, escrow }: Issue): Promise<Answer> =>
    await send(core, 'PUT', `/v1/patients/${owner.patientId}/guardians/escrow`, { payload: { statement, escrow } })
  const issue = await prepareIssue(world, owner)
  t.match(await deposit(issue), { status: 200 })
  const row = { patient_id: owner.patientId, issue: 1, backup: randomBytes(48), created_at: now }
  await core.app.store.db.insertInto('escrows').values(
    Array.from({ length: 31 }, (_, i) => ({ ...row, statement_id: `${i}`.padStart(64, '0') }))
  ).execute()
  t.match(await deposit(await prepareIssue(world, owner)), { status: 429, body: { code: 'QUOTA_EXCEEDED' } })
  t.match(await deposit(issue), { status: 200 }, 'the same again')
  now += 2 * DAY_MS
  await sweepUnnamed({
    remove: true,
    db: core.app.store.db,
    contents: core.app.contents,
    clock: () => now,
    log: core.app.log,
    ledger: core.app.ledger.gateway
  })
  const left = await core.app.store.db.selectFrom('escrows').select('statement_id').where('patient_id', '=', owner.patientId).execute()
  t.same(left, [])
})
