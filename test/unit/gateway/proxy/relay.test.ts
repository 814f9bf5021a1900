import t from 'tap'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { randomBytes, toHex } from '@epione/crypto'
import { sign } from '../../../helpers/ledger-fixtures.ts'
import { LedgerError } from '@epione/protocol'
import { LyingPeers, READER_MSP, Sharing, until } from '../../../helpers/sharing.ts'
import type { GrantRequest } from '../../../helpers/sharing.ts'
import type { SignedStatement } from '@epione/protocol'

const LATE = 'Regional2MSP'

async function custodyOf ({ world }: Sharing, consentId: string): Promise<string[]> {
  return (await world.gateway('CoreMSP').ledger.getConsent(consentId)).custody.map((c) => c.submittedBy)
}

t.test('kfrags for a proxy that is down wait, sealed, until it is there', async (t) => {
  const sharing = await Sharing.create(t, { running: ['CoreMSP', READER_MSP] })
  const grant = await sharing.createGrant()
  const { db } = sharing.of('CoreMSP').app.store

  t.test('the consent is active with the others', async (t) => {
    t.match(await sharing.grant(grant), { status: 201, body: { status: 'active', custody: ['CoreMSP', READER_MSP] } })
    const rows = await db.selectFrom('outbox').selectAll().where('kind', '=', 'relay-kfrags').execute()
    t.match(rows, [
      {
        id: new RegExp(`^relay-kfrags:${grant.consentId}:${LATE}:[0-9a-f]{64}$`),
        attempts: Number,
        last_error: /^GatewayError: the gateway of Regional2MSP/
      }
    ])
    t.notOk(grant.kfrags.some((k) => JSON.stringify(rows).includes(k.sealed.slice(0, 64))))
  })

  t.test('a gateway that is killed and started again goes on', async (t) => {
    await sharing.of('CoreMSP').close()
    await sharing.start('CoreMSP')
    await sharing.start(LATE)
    await until(async () => (await custodyOf(sharing, grant.consentId)).includes(LATE))
    const { db: reopened } = sharing.of('CoreMSP').app.store
    await until(async () => (await reopened.selectFrom('outbox').select('id').where('kind', '=', 'relay-kfrags').execute()).length === 0)
    t.equal((await sharing.of(LATE).app.proxy.context.vault.listKfragIds(grant.consentId)).length, 1)
  })
})

t.test('other bytes that somebody sends first, or long after, do not take the place of the patient\'s kfrags', async (t) => {
  let aheadMs = 0
  const sharing = await Sharing.create(t, { running: ['CoreMSP', READER_MSP], clock: () => Date.now() + aheadMs })
  const grant = await sharing.createGrant()
  const { db } = sharing.of('CoreMSP').app.store
  const waiting = async (): Promise<number> =>
    (await db.selectFrom('outbox').selectAll().where('kind', '=', 'relay-kfrags').execute()).length
  const other = {
    ...grant,
    kfrags: grant.kfrags.map((k) => k.mspId === LATE ? { ...k, sealed: toHex(randomBytes(k.sealed.length / 2)) } : k)
  }
  t.match(await sharing.grant(other), { status: 201 })
  t.match(await sharing.grant(grant), { status: 201, body: { status: 'active' } })
  t.match(await sharing.grant(grant), { status: 201 }, 'sent again it is the same')
  t.equal(await waiting(), 2)
  // The ledger takes the statement no more, but it has it: what waits goes on waiting.
  aheadMs = 2 * 60 * 60 * 1000
  t.match(await sharing.grant(grant), { status: 201 })
  t.equal(await waiting(), 2)
  await sharing.start(LATE)
  await until(async () => {
    await db.updateTable('outbox').set({ due_at: 0 }).execute()
    return (await custodyOf(sharing, grant.consentId)).includes(LATE)
  })
  await until(async () => await waiting() === 0)
})

t.test('of one consent few kfrags wait for a proxy that is away, and none for one that has confirmed', async (t) => {
  const sharing = await Sharing.create(t)
  const [grant, later] = [await sharing.createGrant(), await sharing.createGrant()]
  const { db } = sharing.of('CoreMSP').app.store
  const waiting = async (): Promise<number> =>
    (await db.selectFrom('outbox').selectAll().where('kind', '=', 'relay-kfrags').execute()).length
  const garbage = (
    { kfrags, ...rest }: GrantRequest
  ): GrantRequest => ({ ...rest, kfrags: kfrags.map((k) => ({ ...k, sealed: toHex(randomBytes(k.sealed.length / 2)) })) })
  t.match(await sharing.grant(grant), { status: 201, body: { custody: { length: 3 } } })
  await sharing.of(LATE).close()
  t.match(await sharing.grant(garbage(grant)), { status: 201 })
  t.equal(await waiting(), 0)

  t.match(await sharing.grant(later), { status: 201, body: { status: 'active' } })
  for (let i = 0; i < 3; i += 1) t.match(await sharing.grant(garbage(later)), { status: 201 })
  t.equal(await waiting(), 4)
  t.match(await sharing.grant(garbage(later)), { status: 503, body: { code: 'OVERLOADED' } })
  t.match(await sharing.grant(later), { status: 201 }, 'the patient\'s own wait already')
  t.equal(await waiting(), 4)
  const other = await sharing.createGrant()
  t.match(await sharing.grant(other), { status: 201 }, 'and another consent of the same patient is none of it')
})

t.test('kfrags of a consent that are forgotten leave others of the same consent readable', async (t) => {
  const sharing = await Sharing.create(t)
  const grant = await sharing.createGrant()
  const { proxy: { relay }, store: { db } } = sharing.of('CoreMSP').app
  const { patientId, submitBefore } = JSON.parse(grant.statement.body) as { patientId: string, submitBefore: number }
  const consent = { consentId: grant.consentId, patientId, submitBefore }
  await relay.prepare({ ...consent, kfrags: grant.kfrags })
  const garbage = await relay.prepare({
    ...consent,
    kfrags: grant.kfrags.map((k) => ({ ...k, sealed: toHex(randomBytes(k.sealed.length / 2)) }))
  })
  await relay.cancel(consent, garbage)
  await sharing.commit(grant)
  await db.updateTable('outbox').set({ due_at: 0 }).execute()
  await until(async () => (await custodyOf(sharing, grant.consentId)).length === 3)
})

t.test('kfrags for an organisation that is no member are tried once', async (t) => {
  const sharing = await Sharing.create(t)
  const grant = await sharing.createGrant()
  const { proxy: { relay }, store: { db } } = sharing.of('CoreMSP').app
  const { patientId, submitBefore } = JSON.parse(grant.statement.body) as { patientId: string, submitBefore: number }
  const names = await relay.prepare({
    consentId: grant.consentId,
    patientId,
    submitBefore,
    kfrags: grant.kfrags.map((k) => ({ ...k, mspId: 'MadeUpMSP' }))
  })
  await relay.deliver(names, 5_000)
  t.same(await db.selectFrom('outbox').select('id').where('kind', '=', 'relay-kfrags').execute(), [])
})

t.test('a gateway that dies between the ledger and the proxies loses no kfrag', async (t) => {
  const sharing = await Sharing.create(t)
  const grant = await sharing.createGrant()
  const { app } = sharing.of('CoreMSP')
  const { patientId, submitBefore } = JSON.parse(grant.statement.body) as { patientId: string, submitBefore: number }
  await app.proxy.relay.prepare({ consentId: grant.consentId, patientId, submitBefore, kfrags: grant.kfrags })
  await sharing.of('CoreMSP').close()
  await sharing.commit(grant)
  const { app: restarted } = await sharing.start('CoreMSP')
  await restarted.store.db.updateTable('outbox').set({ due_at: 0 }).execute()
  await until(async () => (await custodyOf(sharing, grant.consentId)).length === 3)
})

t.test('what the ledger refuses leaves nothing behind', async (t) => {
  const peers = new LyingPeers()
  const sharing = await Sharing.create(t, { running: [READER_MSP], special: (_mspId, consortium) => ({ ports: peers.ports(consortium) }) })
  const { db } = sharing.of(READER_MSP).app.store
  const left = async (): Promise<number> => (await db.selectFrom('outbox').selectAll().where('kind', '=', 'relay-kfrags').execute()).length
  const keys = async (): Promise<string[]> => await readdir(join(sharing.of(READER_MSP).config.dataDir, 'kfrag-keys')).catch(() => [])
  const grant = await sharing.createGrant()
  const send = async (request: Partial<GrantRequest>): Promise<unknown> => await sharing.grant({ ...grant, ...request }, READER_MSP)

  t.test('kfrags other than the listed ones', async (t) => {
    t.match(await send({ kfrags: grant.kfrags.slice(1) }), { status: 400, body: { code: 'KFRAGS_MISMATCH' } })
    t.match(await send({ kfrags: [...grant.kfrags, ...grant.kfrags.slice(0, 1)] }), { status: 400, body: { code: 'KFRAGS_MISMATCH' } })
    t.match(await send({ kfrags: grant.kfrags.map((k) => ({ ...k, mspId: 'CoreMSP' })) }), {
      status: 400,
      body: { code: 'KFRAGS_MISMATCH' }
    })
    t.same([await left(), await keys()], [0, []])
  })

  t.test('a consent signed by somebody else', async (t) => {
    const forged = sign(sharing.world, 'Consent', JSON.parse(grant.statement.body) as object, sharing.author.requestSigning)
    t.match(await send({ statement: forged }), { status: 400, body: { code: 'SIGNATURE_INVALID' } })
    const [{ key, signature } = { key: '', signature: '' }] = grant.statement.signatures
    const flipped: SignedStatement = {
      body: grant.statement.body,
      signatures: [{ key, signature: `${signature.startsWith('0') ? '1' : '0'}${signature.slice(1)}` }]
    }
    t.match(await send({ statement: flipped }), { status: 400, body: { code: 'STATEMENT_INVALID' } })
    t.same([await left(), await keys()], [0, []])
  })

  t.test('proxies that are no members, also of a patient who is frozen', async (t) => {
    const body = JSON.parse(grant.statement.body) as { compartments: { shares: object[] }[] }
    const strangers = Array.from({ length: 64 }, (_, i) =>
      ({ ...body.compartments[0]?.shares[0], mspId: `Made${String(i)}MSP`, kfragId: toHex(randomBytes(32)) }))
    const statement = sign(
      sharing.world,
      'Consent',
      { ...body, compartments: [{ ...body.compartments[0], shares: strangers }] },
      sharing.patient.identity
    )
    const kfrags = strangers.map(({ mspId, kfragId }) => ({ mspId, kfragId, sealed: grant.kfrags[0]?.sealed ?? '' }))
    t.match(await send({ statement, kfrags }), { status: 400, body: { code: 'CONSENT_INVALID' } })
    t.same([await left(), await keys()], [0, []])
  })

  t.test('a consent that its patient has to make anew', async (t) => {
    for (const code of [
      'PATIENT_FROZEN', 'CONSENT_OUTDATED', 'COMPARTMENT_OUTDATED', 'COMPARTMENT_UNKNOWN', 'CONSENT_INVALID',
      'PATIENT_SUCCEEDED'
    ] as const) {
      peers.refusal = new LedgerError(code, 'says the ledger')
      t.match(await send({}), { body: { code } })
      t.same([await left(), await keys()], [0, []], code)
    }
    peers.refusal = undefined
  })

  t.test('but a ledger that cannot be reached leaves the kfrags prepared, and the same consent can be sent again', async (t) => {
    peers.down = true
    t.match(await send({}), { status: 503, body: { code: 'LEDGER_UNAVAILABLE' } })
    t.equal(await left(), 3)
    for (const code of ['INTERNAL', 'NOT_AUTHORIZED', 'PATIENT_UNKNOWN', 'STATEMENT_EXPIRED'] as const) {
      peers.refusal = new LedgerError(code, 'says one peer')
      peers.down = false
      t.match(await send({}), { body: { code } })
      t.equal(await left(), 3, code)
    }
    peers.refusal = undefined
    peers.down = false
    t.match(await send({}), { status: 201, body: { status: 'pending', custody: [READER_MSP] } })
  })
})
