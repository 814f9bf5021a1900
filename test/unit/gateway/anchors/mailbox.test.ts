import t from 'tap'
import { GatewayMailbox } from '../../../../anchor/src/service/mailbox.ts'
import type {} from '../../../../gateway/src/outbox/outbox-plugin.ts'
import type {} from '../../../../gateway/src/store/store-plugin.ts'
import { findBatchOf } from '../../../../gateway/src/anchors/batches.ts'
import { RELAY_BEHIND_MAX } from '../../../../gateway/src/anchors/relay.ts'
import type { KeptProposal } from '@epione/protocol/api'
import { callAs, createBatch, createProposal } from '../../../helpers/anchor-service.ts'
import type { Ask } from '../../../helpers/anchor-service.ts'
import { buildGateway, createConsortium } from '../../../helpers/gateway.ts'
import type { TestGateway } from '../../../helpers/gateway.ts'
import { until } from '../../../helpers/sharing.ts'

const proposalsOf = async (
  ask: Ask,
  number: number
): Promise<KeptProposal[]> => (await ask('GET', `/v1/anchors/proposals?number=${number}`)).body['items'] as KeptProposal[]
const waiting = async ({ app }: TestGateway): Promise<string[]> =>
  (await app.store.db.selectFrom('outbox').select('id').execute()).map((row) => row.id)

t.test('the mailbox opens to the own organisation\'s services alone', async (t) => {
  const gateway = await buildGateway(t, { listen: true })
  const proposal = createProposal()
  const calls: [Parameters<Ask>[0], string, object?][] = [
    ['POST', '/v1/anchors/proposals', proposal],
    ['GET', '/v1/anchors/proposals?number=1'],
    ['GET', '/v1/anchors/conflicts'],
    ['PUT', '/v1/anchors/batches/1', createBatch(1, 0, [new Uint8Array(32)])]
  ]
  for (const [method, path, body] of calls) {
    t.match(
      await callAs(t, gateway, undefined)(method, path, body),
      { status: 401, body: { code: 'PEER_UNKNOWN' } },
      `${method} ${path}: nobody`
    )
    t.match(
      await callAs(t, gateway, 'Regional1MSP')(method, path, body),
      { status: 403, body: { code: 'NOT_PERMITTED' } },
      `${method} ${path}: another organisation`
    )
  }
  t.match(await callAs(t, gateway, undefined)('POST', '/v1/peer/anchors/proposals', proposal), {
    status: 401,
    body: { code: 'PEER_UNKNOWN' }
  })
  t.same(await proposalsOf(callAs(t, gateway, 'CoreMSP'), 1), [], 'nothing of it was kept')
})

t.test('what does not fit is refused', async (t) => {
  const gateway = await buildGateway(t, { listen: true })
  const ask = callAs(t, gateway, 'CoreMSP')
  const good = createProposal()
  for (const bad of [
    { number: 0 }, { firstBlock: -1 }, { root: good.root.toUpperCase() + 'x' }, { witness: `0x${good.witness}` },
    { signature: good.signature.slice(2) }, { mspId: 'CoreMSP' }, { lastBlock: 2 ** 60 }
  ]) {
    t.match(
      await ask('POST', '/v1/anchors/proposals', { ...good, ...bad }),
      { status: 400, body: { code: 'REQUEST_INVALID' } },
      JSON.stringify(bad)
    )
  }
  t.match(await ask('POST', '/v1/anchors/proposals', { ...good, firstBlock: 9, lastBlock: 8 }), {
    status: 400,
    body: { code: 'REQUEST_INVALID' }
  })
  t.match(await ask('GET', '/v1/anchors/proposals'), { status: 400 })
  t.match(await ask('GET', '/v1/anchors/conflicts?limit=101'), { status: 400 })
  const batch = createBatch(1, 0, [new Uint8Array(32), new Uint8Array(32)])
  t.match(
    await ask('PUT', '/v1/anchors/batches/2', batch),
    { status: 400, body: { code: 'REQUEST_INVALID' } },
    'another number than the path'
  )
  t.match(await ask('PUT', '/v1/anchors/batches/1', { ...batch, state: 'lost' }), { status: 400, body: { code: 'REQUEST_INVALID' } })
  t.match(await ask('PUT', '/v1/anchors/batches/1', { ...batch, lastBlock: 2 }), { status: 400, body: { code: 'BATCH_INVALID' } })
  t.same(await ask('PUT', '/v1/anchors/batches/1', batch), { status: 200, body: { number: 1, state: 'submitted' } })
  t.same(await ask('PUT', '/v1/anchors/batches/1', { ...batch, state: 'final' }), { status: 200, body: { number: 1, state: 'final' } })
  t.match(await ask('PUT', '/v1/anchors/batches/1', createBatch(1, 0, [new Uint8Array(32)])), {
    status: 409,
    body: { code: 'BATCH_FINAL' }
  })
})

t.test('a proposal reaches every other gateway, is not passed on by them, and a silent gateway gets it later', async (t) => {
  const consortium = await createConsortium(t)
  const start = async (mspId: string): Promise<TestGateway> => await buildGateway(t, { consortium, mspId, listen: true })
  const [core, regional1] = [await start('CoreMSP'), await start('Regional1MSP')]
  const [asCore, asRegional1] = [callAs(t, core, 'CoreMSP'), callAs(t, regional1, 'Regional1MSP')]
  const proposal = createProposal({ number: 7 })
  const answer = await asCore('POST', '/v1/anchors/proposals', proposal)
  t.match(answer, { status: 202, body: { ...proposal, mspId: 'CoreMSP', receivedAt: Number } })
  t.same(await proposalsOf(asCore, 7), [answer.body])
  await until(async () => (await proposalsOf(asRegional1, 7)).length > 0)
  t.match(await proposalsOf(asRegional1, 7), [{ ...proposal, mspId: 'CoreMSP' }])
  t.same(await waiting(regional1), [], 'it passes nothing on')
  await until(async () => (await waiting(core)).length === 1)
  t.match(await waiting(core), [/relay-anchor-proposal:Regional2MSP/], 'the silent one\'s still waits')

  const regional2 = await start('Regional2MSP')
  const asRegional2 = callAs(t, regional2, 'Regional2MSP')
  await until(async () => (await proposalsOf(asRegional2, 7)).length > 0)
  t.match(await proposalsOf(asRegional2, 7), [{ ...proposal, mspId: 'CoreMSP' }])
  await until(async () => (await waiting(core)).length === 0)

  const contrary = createProposal({ number: 7, witness: proposal.witness })
  t.match(await asCore('POST', '/v1/anchors/proposals', contrary), { status: 202 })
  for (const ask of [asCore, asRegional1, asRegional2]) {
    await until(async () => ((await ask('GET', '/v1/anchors/conflicts')).body['items'] as unknown[]).length === 2)
    const { items } = (await ask('GET', '/v1/anchors/conflicts')).body as { items: KeptProposal[] }
    t.same(
      new Set(items.map((item) => item.signature)),
      new Set([proposal.signature, contrary.signature]),
      'every gateway has the evidence'
    )
  }
})

t.test('work for a gateway that stays away does not pile up, and what it refuses for good is not sent again', async (t) => {
  const consortium = await createConsortium(t)
  const core = await buildGateway(t, { consortium, listen: true })
  await buildGateway(t, { consortium, mspId: 'Regional1MSP', listen: true })
  const ask = callAs(t, core, 'CoreMSP')
  const silent = async (): Promise<number[]> =>
    (await waiting(core)).filter((id) => id.includes('Regional2MSP')).map((id) => Number(id.split('/')[1])).sort((a, b) => a - b)
  for (let number = 1; number <= 3; number++) await ask('POST', '/v1/anchors/proposals', createProposal({ number }))
  t.same(await silent(), [1, 2, 3])
  await ask('POST', '/v1/anchors/proposals', createProposal({ number: RELAY_BEHIND_MAX + 2 }))
  await until(async () => (await silent()).length === 2)
  t.same(await silent(), [3, RELAY_BEHIND_MAX + 2], 'those that may still count')

  const bad = { ...createProposal({ number: RELAY_BEHIND_MAX }), lastBlock: 0 }
  await core.app.outbox.add({ kind: 'relay-anchor-proposal', key: 'Regional1MSP/bad', payload: { mspId: 'Regional1MSP', proposal: bad } })
  core.app.outbox.nudge()
  await until(async () => (await waiting(core)).every((id) => !id.includes('Regional1MSP')))
  t.ok(core.log.some((line) => line.includes('refused a proposal for good')))
})

t.test('the anchor service\'s own client and the mailbox understand each other', async (t) => {
  const gateway = await buildGateway(t, { listen: true })
  const { network, hospitals } = gateway.consortium
  const tlsCaPem = network.organizations.find((organization) => organization.mspId === gateway.mspId)?.tlsCaPem ?? ''
  const mailbox = new GatewayMailbox({
    gatewayUrl: gateway.config.publicUrl,
    tlsCaPem,
    ...(hospitals.get(gateway.mspId)?.tls ?? { certificate: '', privateKey: '' })
  })
  t.teardown(() => mailbox.close())
  const vote = createProposal({ number: 3 })
  await mailbox.propose(vote)
  t.match(await mailbox.list(3), [{ ...vote, mspId: gateway.mspId }])
  const batch = createBatch(3, 30, [new Uint8Array(32)], { state: 'final' })
  await mailbox.publish(batch)
  t.same(await findBatchOf(gateway.app.store.db, 30), batch)
  await t.rejects(mailbox.publish({ ...batch, lastBlock: 31 }), { code: 'MAILBOX_UNAVAILABLE' })
})
