import t from 'tap'
import type { Test } from 'tap'
import { exportSecret, fromHex, openHandedBackup, openShare, recoverPhrase, SecretKey, statementId, toHex } from '@epione/crypto'
import { TRANSACTIONS } from '@epione/protocol'
import type { PatientSafety, SignedStatement } from '@epione/protocol'
import { prepareIssue, publishOwner } from '../../../helpers/escrow-fixtures.ts'
import type { Issue, Owner } from '../../../helpers/escrow-fixtures.ts'
import { buildGateway, createConsortium } from '../../../helpers/gateway.ts'
import type { TestGateway } from '../../../helpers/gateway.ts'
import { keyHex, publishPatient, sign } from '../../../helpers/ledger-fixtures.ts'
import type { TestPatient } from '../../../helpers/ledger-fixtures.ts'
import { signStop } from '../../../helpers/lifetime-fixtures.ts'
import { LyingPeers, until } from '../../../helpers/sharing.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const WAIT_MS = 7 * DAY_MS

let now = Date.now()
const consortium = await createConsortium(t, { clock: () => now })
const { world } = consortium
const peers = new LyingPeers()
const core = await buildGateway(t, { consortium, ports: peers.ports(consortium) })
const regional = await buildGateway(t, { consortium, mspId: 'Regional1MSP' })

interface Answer { status: number, body: Record<string, unknown>, headers: Record<string, unknown> }

async function send (
  gateway: TestGateway,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  payload?: object,
  authorization?: string
): Promise<Answer> {
  const response = await gateway.app.inject({
    method,
    url,
    ...(payload !== undefined && { payload }),
    ...(authorization !== undefined && { headers: { authorization } })
  })
  return { status: response.statusCode, body: response.json(), headers: response.headers }
}

const prepare = async (owner: Owner, former?: Issue, signer?: SecretKey): Promise<Issue> => await prepareIssue(world, owner, former, signer)

const put = async (
  { patientId }: { patientId: string },
  { statement, escrow }: Pick<Issue, 'statement' | 'escrow'>,
  gateway = core
): Promise<Answer> =>
  await send(gateway, 'PUT', `/v1/patients/${patientId}/guardians`, { statement, escrow })

async function issueTo (owner: Owner, former?: Issue): Promise<Issue> {
  const issue = await prepare(owner, former)
  for (const gateway of [core, regional]) {
    const answer = await put(owner, issue, gateway)
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  }
  return issue
}

function signRequest (
  { patientId }: TestPatient,
  { issue, guardians: [first, second] }: Issue,
  device = SecretKey.random(),
  keys = [first.signing, second.signing]
): SignedStatement {
  return sign(world, 'RecoveryRequest', { patientId, issue, receivingKey: keyHex(device) }, ...keys)
}

const request = async ({ patientId }: TestPatient, statement: SignedStatement, gateway = core): Promise<Answer> =>
  await send(gateway, 'POST', `/v1/patients/${patientId}/recoveries`, { statement })
const fetchBackup = async ({ patientId }: TestPatient, requestId: string, gateway = core): Promise<Answer> =>
  await send(gateway, 'GET', `/v1/patients/${patientId}/recoveries/${requestId}/backup`)

/** A token that outlives the weeks which these tests wait. */
const bearer = async (
  subject: string,
  scope: string
): Promise<string> => `Bearer ${await core.token(subject, scope, { expiresInSeconds: DAY_MS })}`

/** A recovery on the ledger. */
async function begin (owner: Owner, issue: Issue, device = SecretKey.random()): Promise<string> {
  const answer = await request(owner, signRequest(owner, issue, device))
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return String(answer.body['requestId'])
}

function lie (t: Test, change: (safety: PatientSafety) => PatientSafety): void {
  peers.state = (transaction, value) => transaction === TRANSACTIONS.recoveryGetPatient ? change(value as PatientSafety) : undefined
  t.teardown(() => { peers.state = () => undefined })
}

t.test('a phrase is lost and recovered by two of three guardians through two hospitals', async (t) => {
  const owner = await publishOwner(world)
  const { patientId } = owner
  const issue = await prepare(owner)
  const first = await put(owner, issue)
  t.match(first, { status: 200, body: { patientId, issue: 1, statementId: issue.id, txId: String, blockNumber: Number } })
  t.same((await put(owner, issue)).body, first.body, 'again')
  t.same((await put(owner, issue, regional)).body, first.body, 'a second hospital only stores')

  const device = SecretKey.random()
  const statement = signRequest(owner, issue, device)
  const requested = await request(owner, statement)
  const requestId = statementId(statement.body)
  const availableFrom = now + WAIT_MS
  t.match(requested, { status: 201, body: { requestId, availableFrom, txId: String, blockNumber: Number } })
  t.same((await request(owner, statement, regional)).body, requested.body, 'through another hospital too')
  t.match((await send(regional, 'GET', `/v1/patients/${patientId}/recovery`)).body, {
    patientId,
    guardians: { id: issue.id },
    recoveries: [{ request: { id: requestId }, availableFrom }]
  })

  const early = await fetchBackup(owner, requestId)
  t.match(early, { status: 409, body: { code: 'RECOVERY_PENDING', availableFrom }, headers: { 'retry-after': String(WAIT_MS / 1000) } })
  now += WAIT_MS - 1
  t.match(await fetchBackup(owner, requestId), { status: 409, body: { code: 'RECOVERY_PENDING' }, headers: { 'retry-after': '1' } })
  now += 1
  const shares = await Promise.all([0, 2].map(async (index) => {
    const { body } = await send(regional, 'GET', `/v1/patients/${patientId}/recovery/shares/${String(index)}?issue=1`)
    const guardian = issue.guardians[index]
    if (guardian === undefined) throw new Error('no such guardian')
    return openShare(guardian.receiving, fromHex(
      String(body['sealed'])
    ), { patientId, issue: 1, index, shareHash: issue.shareHashes[index] ?? new Uint8Array() })
  }))
  for (const gateway of [core, regional]) {
    const { status, body } = await fetchBackup(owner, requestId, gateway)
    t.same([status, body['issue']], [200, 1])
    const backup = openHandedBackup(device, fromHex(String(body['backup'])), requestId)
    t.equal(await recoverPhrase({ patientId, issue: 1, threshold: 2, shareHashes: issue.shareHashes, shares, backup }), owner.phrase)
  }

  t.test('no gateway stored or logged the phrase, or ciphertext of it in a log', async (t) => {
    const secrets = {
      phrase: owner.phrase,
      identity: toHex(exportSecret(owner.identity)),
      backup: issue.escrow.backup,
      share: issue.escrow.shares[0] ?? ''
    }
    for (const { app, log } of [core, regional]) {
      const logged = log.join('\n')
      for (const secret of Object.values(secrets)) t.notOk(logged.includes(secret))
      const stored = JSON.stringify(await app.store.db.selectFrom('escrows').selectAll().execute(), (_key, value: unknown) =>
        value instanceof Uint8Array ? toHex(value) : value)
      t.notOk([secrets.phrase, secrets.identity].some((secret) => stored.includes(secret)))
      t.same(await app.store.db.selectFrom('idempotency').selectAll().execute(), [])
    }
    await Promise.resolve()
  })
})

t.test('an escrow that is not the one which the patient signed is refused', async (t) => {
  const owner = await publishOwner(world)
  const issue = await prepare(owner)
  const other = await prepare(owner)
  t.match(await put(owner, { statement: issue.statement, escrow: { ...issue.escrow, backup: other.escrow.backup } }), {
    status: 400,
    body: { code: 'ESCROW_MISMATCH' }
  })
  t.match(await put(owner, { statement: issue.statement, escrow: { ...issue.escrow, shares: issue.escrow.shares.slice(1) } }), {
    status: 400,
    body: { code: 'ESCROW_MISMATCH' }
  })
  t.match(await put(owner, { statement: issue.statement, escrow: { ...issue.escrow, shares: ['zz'] } }), {
    status: 400,
    body: { code: 'REQUEST_INVALID' }
  })
  t.match(
    await put(owner, await prepare(owner, undefined, SecretKey.random())),
    { status: 400, body: { code: 'STATEMENT_INVALID' } },
    'a stranger\'s'
  )
  t.match(
    await put(await publishPatient(world), issue),
    { status: 400, body: { code: 'REQUEST_INVALID' } },
    'under another patient\'s name'
  )
  t.match(await put({ patientId: 'b'.repeat(32) }, issue), { status: 400, body: { code: 'REQUEST_INVALID' } })
  t.same(
    await core.app.store.db.selectFrom('escrows').selectAll().where('patient_id', '=', owner.patientId).execute(),
    [],
    'nothing is kept of it'
  )
})

t.test('what the ledger refuses is not kept', async (t) => {
  const owner = await publishOwner(world)
  const issue = await prepare(owner, { issue: 4, id: 'ab'.repeat(32) } as Issue)
  t.match(await put(owner, issue), { status: 409, body: { code: 'GUARDIANS_CONFLICT' } })
  t.same(await core.app.store.db.selectFrom('escrows').selectAll().where('patient_id', '=', owner.patientId).execute(), [])
})

t.test('a new issue replaces the one before everywhere', async (t) => {
  const owner = await publishOwner(world)
  const first = await issueTo(owner)
  const outdated = await begin(owner, first)
  const second = await prepare(owner, first)
  t.match(await put(owner, second), { status: 200, body: { issue: 2 } })
  for (const { app } of [core, regional]) {
    await until(async () =>
      (await app.store.db.selectFrom('escrows').selectAll().where('statement_id', '=', first.id).execute()).length === 0)
    t.same(await app.store.db.selectFrom('escrow_shares').selectAll().where('statement_id', '=', first.id).execute(), [])
  }
  t.match(await put(owner, first), { status: 409, body: { code: 'GUARDIANS_CONFLICT' } }, 'it cannot be brought back')
  const share = async (
    index: number,
    query = '',
    gateway = core
  ): Promise<Answer> => await send(gateway, 'GET', `/v1/patients/${owner.patientId}/recovery/shares/${String(index)}${query}`)
  t.match(await share(0), { status: 200, body: { issue: 2, sealed: second.escrow.shares[0] } })
  t.match(await share(0, '?issue=1'), { status: 409, body: { code: 'RECOVERY_OUTDATED' } })
  t.match(await share(0, '?issue=3'), { status: 404, body: { code: 'SHARE_UNKNOWN' } })
  t.match(await share(3), { status: 404, body: { code: 'SHARE_UNKNOWN' } })
  t.match(await share(0, '', regional), { status: 404, body: { code: 'SHARE_UNKNOWN' } }, 'a hospital that was not given it')
  t.match(await share(99), { status: 400, body: { code: 'REQUEST_INVALID' } })
  now += WAIT_MS
  t.match(await fetchBackup(owner, outdated), { status: 409, body: { code: 'RECOVERY_OUTDATED' } })
  t.match(await request(owner, signRequest(owner, first)), { status: 409, body: { code: 'RECOVERY_OUTDATED' } }, 'nor asked for any more')
  const current = await begin(owner, second)
  now += WAIT_MS
  t.match(await fetchBackup(owner, current), { status: 200 })
  t.match(await fetchBackup(owner, current, regional), { status: 404, body: { code: 'BACKUP_UNKNOWN' } })
})

t.test('a recovery that nobody asked for, too few asked for, or a stranger asked for', async (t) => {
  const owner = await publishOwner(world)
  t.match(await request(owner, signRequest(owner, await prepare(owner))), { status: 404, body: { code: 'GUARDIANS_UNKNOWN' } })
  t.match(await send(core, 'GET', `/v1/patients/${owner.patientId}/recovery/shares/0`), { status: 404, body: { code: 'BACKUP_UNKNOWN' } })
  const issue = await issueTo(owner)
  t.match(await fetchBackup(owner, 'ab'.repeat(32)), { status: 404, body: { code: 'RECOVERY_UNKNOWN' } })
  t.match(await request(owner, signRequest(owner, issue, undefined, [issue.guardians[0].signing])), {
    status: 403,
    body: { code: 'GUARDIANS_TOO_FEW' }
  })
  t.match(await request(owner, signRequest(owner, issue, undefined, [issue.guardians[0].signing, SecretKey.random()])), {
    status: 400,
    body: { code: 'SIGNATURE_INVALID' }
  })
  t.match(await request(await publishPatient(world), signRequest(owner, issue)), { status: 400, body: { code: 'REQUEST_INVALID' } })
})

t.test('a stopped recovery hands out nothing, before and after its wait', async (t) => {
  const owner = await publishOwner(world)
  const issue = await issueTo(owner)
  const stops = `/v1/patients/${owner.patientId}/recoveries/stops`

  t.test('by the patient\'s key', async (t) => {
    const target = await begin(owner, issue)
    const stop = signStop(world, owner, target, owner.identity)
    const stopped = await send(core, 'POST', stops, { statement: stop })
    t.match(stopped, { status: 201, body: { target, statementId: statementId(stop.body), txId: String, blockNumber: Number } })
    t.same((await send(regional, 'POST', stops, { statement: stop })).body, stopped.body, 'through any hospital')
    t.match(await fetchBackup(owner, target), { status: 409, body: { code: 'RECOVERY_STOPPED' } })
    now += WAIT_MS
    t.match(await fetchBackup(owner, target), { status: 409, body: { code: 'RECOVERY_STOPPED' } })
    t.match((await send(core, 'GET', `/v1/patients/${owner.patientId}/recovery`)).body, {
      recoveries: [{ stop: { statement: { id: statementId(stop.body) } } }]
    })
  })

  t.test('in advance', async (t) => {
    const statement = signRequest(owner, issue)
    const stop = signStop(world, owner, statementId(statement.body), owner.identity)
    t.match(await send(core, 'POST', stops, { statement: stop }), { status: 201 })
    t.match(await request(owner, statement), { status: 409, body: { code: 'RECOVERY_STOPPED' } })
  })

  t.test('not by a stranger\'s, nor under another patient\'s name', async (t) => {
    const target = await begin(owner, issue)
    t.match(await send(core, 'POST', stops, { statement: signStop(world, owner, target, SecretKey.random()) }), {
      status: 400,
      body: { code: 'SIGNATURE_INVALID' }
    })
    const other = await publishPatient(world)
    t.match(await send(core, 'POST', stops, { statement: signStop(world, other, target, other.identity) }), {
      status: 400,
      body: { code: 'REQUEST_INVALID' }
    })
    now += WAIT_MS
    t.match(await fetchBackup(owner, target), { status: 200 })
  })

  t.test('by the registration desk before which the patient appeared, and nobody else of the staff', async (t) => {
    const target = await begin(owner, issue)
    const url = `/v1/patients/${owner.patientId}/recoveries/${target}/stop-in-person`
    t.match(await send(core, 'POST', url), { status: 401, body: { code: 'TOKEN_MISSING' } })
    t.match(await send(core, 'POST', url, undefined, await bearer('dr-a', 'user/DocumentReference.rs')), {
      status: 403,
      body: { code: 'SCOPE_MISSING' }
    })
    t.match(await send(core, 'POST', url, undefined, await bearer('desk', 'user/Patient.c')), {
      status: 201,
      body: { target, txId: String }
    })
    now += WAIT_MS
    t.match(await fetchBackup(owner, target, regional), { status: 409, body: { code: 'RECOVERY_STOPPED' } })
  })
})

t.test('a peer that lies about a recovery gets nothing handed out', async (t) => {
  const owner = await publishOwner(world)
  const issue = await issueTo(owner)
  const requestId = await begin(owner, issue)
  const safety = await world.gateway('CoreMSP').ledger.getSafety(owner.patientId)
  const [recovery] = safety.recoveries
  if (recovery === undefined) throw new Error('no recovery')

  t.test('that it has waited', async (t) => {
    const early = { ...recovery, availableFrom: now, request: { ...recovery.request, time: now - WAIT_MS } }
    lie(t, (shown) => ({ ...shown, recoveries: [early] }))
    t.match(await fetchBackup(owner, requestId), { status: 404, body: { code: 'RECOVERY_UNKNOWN' } })
  })

  now += WAIT_MS

  t.test('that guardians signed who did not', async (t) => {
    const [first] = issue.guardians
    for (const keys of [[first.signing], [first.signing, SecretKey.random()], [SecretKey.random(), SecretKey.random()]]) {
      const forged = signRequest(owner, issue, undefined, keys)
      lie(t, (shown) =>
        ({ ...shown, recoveries: [{ ...recovery, request: { ...recovery.request, id: statementId(forged.body), statement: forged } }] }))
      t.match(await fetchBackup(owner, statementId(forged.body)), { status: 403, body: { code: 'STATEMENT_UNPROVEN' } })
    }
  })

  t.test('who the guardians are', async (t) => {
    const { statement, id } = await prepare(owner, undefined, SecretKey.random())
    lie(t, (shown) => ({ ...shown, guardians: { ...recovery.request, id, statement } }))
    t.match(await fetchBackup(owner, requestId), { status: 403, body: { code: 'STATEMENT_UNPROVEN' } })
    t.match(await send(core, 'GET', `/v1/patients/${owner.patientId}/recovery/shares/0`), {
      status: 403,
      body: { code: 'STATEMENT_UNPROVEN' }
    })
  })

  t.test('and the truth is answered', async (t) => {
    t.match(await fetchBackup(owner, requestId), { status: 200, body: { issue: 1 } })
  })
})
