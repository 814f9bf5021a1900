import t from 'tap'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SecretKey } from '@epione/crypto'
import { LedgerError } from '@epione/protocol'
import { publishPatient, sign, signRevocation } from '../../../helpers/ledger-fixtures.ts'
import { LyingPeers, READER_MSP, Sharing, until } from '../../../helpers/sharing.ts'

/* Invariant I6: revoked is revoked; honest proxies destroy their kfrags and say so. */

async function destroyed (sharing: Sharing, consentId: string): Promise<string[]> {
  return (await sharing.world.gateway('CoreMSP').ledger.getConsent(consentId)).destructions.map((d) => d.submittedBy)
}

async function keysOf (sharing: Sharing, mspId: string): Promise<string[]> {
  return (await readdir(join(sharing.of(mspId).config.dataDir, 'kfrag-keys')))
}

t.test('a revocation', async (t) => {
  const sharing = await Sharing.create(t)
  const consentId = await sharing.activate()
  const held = await sharing.permit(consentId)
  const statement = signRevocation(sharing.world, sharing.patient, consentId)
  const answer = await sharing.revoke(consentId, 'CoreMSP', statement)

  t.test('through one hospital makes every proxy destroy its kfrags and say so', async (t) => {
    t.match(answer, { status: 201, body: { consentId, statementId: /^[0-9a-f]{64}$/, txId: String, blockNumber: Number } })
    await until(async () => (await destroyed(sharing, consentId)).length === 3)
    for (const [mspId, { app }] of sharing.gateways) {
      t.same(await app.proxy.context.vault.listKfragIds(consentId), [])
      t.notOk((await keysOf(sharing, mspId)).includes(consentId))
    }
    const { destructions } = await sharing.world.gateway('CoreMSP').ledger.getConsent(consentId)
    t.ok(destructions.every((d) => (JSON.parse(d.statement.body) as { cause: string }).cause === 'revoked'))
  })

  t.test('ends permits that were live, and later requests are denied', async (t) => {
    t.match(await sharing.collect(held), { status: 403, body: { code: 'CONSENT_ENDED' } })
    t.match(await sharing.request(consentId), { status: 403, body: { code: 'ACCESS_DENIED', reasons: [{ rule: 'consent.revoked' }] } })
  })

  t.test('sent again, or through another hospital, answers the same', async (t) => {
    t.same(await sharing.revoke(consentId, 'CoreMSP', statement), answer)
    t.same(await sharing.revoke(consentId, READER_MSP, statement), answer)
  })

  t.test('signed by anyone but the patient ends nothing', async (t) => {
    const other = await sharing.activate()
    const forged = sign(sharing.world, 'Revocation', { patientId: sharing.patient.patientId, consentId: other }, SecretKey.random())
    t.match(await sharing.revoke(other, 'CoreMSP', forged), { status: 400, body: { code: 'SIGNATURE_INVALID' } })
    const stranger = await publishPatient(sharing.world)
    t.match(
      await sharing.revoke(other, 'CoreMSP', signRevocation(sharing.world, stranger, other)),
      { status: 201 },
      'a stranger\'s own revocation of it commits'
    )
    const future = sign(
      sharing.world,
      'Revocation',
      { patientId: sharing.patient.patientId, consentId: other, issuedAt: Date.now() + 120_000 },
      sharing.patient.identity
    )
    t.match(await sharing.revoke(other, 'CoreMSP', future), { status: 400, body: { code: 'STATEMENT_NOT_YET_VALID' } })
    t.match(await sharing.collect(await sharing.permit(other)), { status: 200 }, 'and means nothing')
  })

  t.test('may come before its consent', async (t) => {
    const grant = await sharing.createGrant()
    t.match(await sharing.revoke(grant.consentId), { status: 201 })
    t.match(await sharing.grant(grant), { status: 409, body: { code: 'CONSENT_ENDED' } })
    const { db } = sharing.of('CoreMSP').app.store
    t.same(await db.selectFrom('outbox').select('id').where('kind', '=', 'relay-kfrags').execute(), [])
    t.notOk((await keysOf(sharing, 'CoreMSP')).includes(grant.consentId))
  })
})

t.test('a revocation while the ledger cannot be reached stops this proxy at once and reaches the ledger later', async (t) => {
  const peers = new LyingPeers()
  const sharing = await Sharing.create(t, { running: [READER_MSP], special: (_mspId, consortium) => ({ ports: peers.ports(consortium) }) })
  const grant = await sharing.createGrant()
  await sharing.commit(grant, 'CoreMSP')
  const { proxy } = sharing.of(READER_MSP).app
  await proxy.acceptCustody(grant.consentId, grant.kfrags.filter((k) => k.mspId === READER_MSP))
  peers.down = true
  const { status } = await sharing.revoke(grant.consentId, READER_MSP)
  t.ok(status >= 500)
  t.equal(await proxy.endings.isEnded(sharing.patient.patientId, grant.consentId), true)
  t.same(await proxy.context.vault.listKfragIds(grant.consentId), [])
  peers.down = false
  const row = await proxy.context.db.selectFrom('outbox').select('id').where('kind', '=', 'revocation').executeTakeFirstOrThrow()
  t.equal(await sharing.of(READER_MSP).app.outbox.deliver(row.id), true)
  const state = await sharing.world.gateway('CoreMSP').ledger.getConsent(grant.consentId)
  t.ok(state.revocation)
  await until(async () => (await destroyed(sharing, grant.consentId)).length === 1)
})

t.test('a revocation that was taken is given up for a refusal that can never end, and for no other', async (t) => {
  const peers = new LyingPeers()
  const sharing = await Sharing.create(t, { running: [READER_MSP], special: (_mspId, consortium) => ({ ports: peers.ports(consortium) }) })
  const { app, log } = sharing.of(READER_MSP)
  const rows = async (): Promise<{ id: string }[]> =>
    await app.store.db.selectFrom('outbox').select('id').where('kind', '=', 'revocation').execute()
  const deliver = async (): Promise<boolean> => {
    const [row] = await rows()
    await app.store.db.updateTable('outbox').set({ due_at: 0 }).where('kind', '=', 'revocation').execute()
    return await app.outbox.deliver(row?.id ?? '')
  }
  const grant = await sharing.createGrant()
  await sharing.commit(grant)
  const isRevoked = async (): Promise<boolean> =>
    (await sharing.world.gateway('CoreMSP').ledger.getConsent(grant.consentId)).revocation !== undefined
  for (const code of ['INTERNAL', 'NOT_AUTHORIZED', 'PATIENT_UNKNOWN', 'STATEMENT_REPLAYED'] as const) {
    peers.refusal = new LedgerError(code, 'says one peer')
    const { body } = await sharing.revoke(grant.consentId, READER_MSP)
    t.match(body, { code })
    t.equal((await rows()).length, 1, `${code} is kept`)
    t.equal(await deliver(), false)
    peers.refusal = undefined
    t.equal(await deliver(), true)
    t.equal(await isRevoked(), true)
  }
  const other = await sharing.createGrant()
  await sharing.commit(other)
  peers.down = true
  t.match(await sharing.revoke(other.consentId, READER_MSP), { status: 503 })
  peers.down = false
  const shown = async (consentId: string): Promise<unknown> => (await app.inject({
    url: `/v1/consents/${consentId}`,
    headers: { authorization: sharing.of(READER_MSP).session(sharing.patient) }
  })).json()
  t.match(await shown(other.consentId), { ending: true, status: 'pending' }, 'the patient sees that it is on its way')
  t.match(await shown(grant.consentId), { ending: false, status: 'revoked' })
  peers.refusal = new LedgerError('SIGNATURE_INVALID', 'says every peer')
  t.equal(await deliver(), true)
  t.same(await rows(), [])
  t.match(log.filter((line) => line.includes('a revocation for good')), [/"level":50.*"statementId":"[0-9a-f]{64}"/])
})

t.test('a gateway that was away when a consent ended destroys before it is ready again', async (t) => {
  const sharing = await Sharing.create(t)
  const [first, second] = [await sharing.activate(), await sharing.activate()]
  await sharing.of('Regional2MSP').close()
  await sharing.revoke(first)
  const { app } = await sharing.start('Regional2MSP')
  t.same(await app.proxy.context.vault.listKfragIds(first), [])
  t.equal((await app.proxy.context.vault.listKfragIds(second)).length, 1)
  t.match((await app.inject({ url: '/health/ready' })).json(), { checks: { reconciled: 'ok' } })
  await until(async () => (await destroyed(sharing, first)).includes('Regional2MSP'))
})

t.test('a gateway that starts with more releases unsaid than may wait, while no transaction can be submitted, is ready and takes custody', async (t) => {
  const peers = new LyingPeers()
  const sharing = await Sharing.create(t, { running: [READER_MSP], special: (_mspId, consortium) => ({ ports: peers.ports(consortium) }) })
  const grant = await sharing.createGrant()
  await sharing.commit(grant)
  const { db } = sharing.of(READER_MSP).app.store
  const far = Date.now() + 3_600_000
  const waiting = Array.from({ length: 2_000 }, (_, i) =>
    ({
      id: `own-receipt:${i}`,
      kind: 'own-receipt',
      payload: '{}',
      attempts: 1,
      due_at: far,
      give_up_at: null,
      owner: null,
      created_at: 0,
      last_error: null
    }))
  for (let i = 0; i < waiting.length; i += 500) await db.insertInto('outbox').values(waiting.slice(i, i + 500)).execute()
  await db.insertInto('releases').values({ event_id: 'e'.repeat(64), wrap_hash: '0'.repeat(64), released_at: 0 }).execute()
  await sharing.of(READER_MSP).close()
  peers.down = true
  const { app, log } = await sharing.start(READER_MSP)
  t.match((await app.inject({ url: '/health/ready' })).json(), { checks: { reconciled: 'ok' } })
  await app.proxy.acceptCustody(grant.consentId, grant.kfrags.filter((k) => k.mspId === READER_MSP)).catch((error: unknown) => error)
  t.equal((await app.proxy.context.vault.listKfragIds(grant.consentId)).length, 1)
  await until(() => log.some((line) => line.includes('the releases are kept')))
  t.equal((await app.store.db.selectFrom('releases').select('event_id').execute()).length, 1)
})

t.test('consents that end by themselves', async (t) => {
  let aheadMs = 0
  const sharing = await Sharing.create(t, { running: [READER_MSP], special: () => ({ ports: { clock: () => Date.now() + aheadMs } }) })
  const { proxy } = sharing.of(READER_MSP).app
  const hold = async (members: object, ...confirming: string[]): Promise<string> => {
    const grant = await sharing.createGrant(members)
    await sharing.commit(grant, ...confirming)
    await proxy.acceptCustody(grant.consentId, grant.kfrags.filter((k) => k.mspId === READER_MSP))
    return grant.consentId
  }
  const holds = async (consentId: string): Promise<boolean> => (await proxy.context.vault.listKfragIds(consentId)).length > 0
  const [brief, lonely, lasting] = [await hold({ notAfter: Date.now() + 3_600_000 }, 'CoreMSP'), await hold({}), await hold({}, 'CoreMSP')]

  t.test('are left alone before', async (t) => {
    await proxy.endings.sweep()
    t.same([await holds(brief), await holds(lonely), await holds(lasting)], [true, true, true])
  })

  t.test('expired: the kfrags are destroyed', async (t) => {
    aheadMs = 3_600_000 + 31_000
    await proxy.endings.sweep()
    t.same([await holds(brief), await holds(lonely), await holds(lasting)], [false, true, true])
  })

  t.test('void for lack of custody: likewise, and only those', async (t) => {
    aheadMs = 26 * 3_600_000
    await proxy.endings.sweep()
    t.same([await holds(brief), await holds(lonely), await holds(lasting)], [false, false, true])
  })
})

t.test('one consent that cannot be compared with the ledger keeps no other from its end, and is looked at again', async (t) => {
  let aheadMs = 0
  const peers = new LyingPeers()
  const sharing = await Sharing.create(t, {
    running: [READER_MSP],
    special: (_mspId, consortium) => ({ ports: { ...peers.ports(consortium), clock: () => Date.now() + aheadMs } })
  })
  const { app: { proxy }, log } = sharing.of(READER_MSP)
  const ids: string[] = []
  for (let i = 0; i < 4; i += 1) {
    const grant = await sharing.createGrant()
    await sharing.commit(grant)
    await proxy.acceptCustody(grant.consentId, grant.kfrags.filter((k) => k.mspId === READER_MSP))
    ids.push(grant.consentId)
  }
  ids.sort()
  const held = async (): Promise<string[]> => {
    const found: string[] = []
    for await (const { consentId } of proxy.context.vault.listConsents()) found.push(consentId)
    return found
  }
  const breakOne = (broken: string | undefined): void => {
    peers.state = (transaction, value) => {
      if (transaction === 'Consents:Get' && (value as { consent: { id: string } } | undefined)?.consent.id === broken) {
        throw new LedgerError('INTERNAL', 'says this peer')
      }
      return undefined
    }
  }
  const [first, second] = ids
  breakOne(first)
  aheadMs = 26 * 3_600_000
  await proxy.endings.sweep()
  t.same(await held(), [first])
  breakOne(second)
  t.equal(await proxy.endings.reconcile(), 1)
  t.same(await held(), [])
  t.equal(log.filter((line) => line.includes('could not be compared')).length, 1)
})
