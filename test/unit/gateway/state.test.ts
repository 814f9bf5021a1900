import t from 'tap'
import { STATE } from '@epione/protocol/api'
import type { HospitalState } from '@epione/protocol/api'
import { callAs, createAnchorStatus } from '../../helpers/anchor-service.ts'
import { buildGateway, createConsortium, showCertificates } from '../../helpers/gateway.ts'
import type { TestGateway } from '../../helpers/gateway.ts'
import type {} from '../../../gateway/src/peers/heads-plugin.ts'

const SILENCE_MS = 120_000

async function read (gateway: TestGateway, scope = 'user/Endpoint.rs'): Promise<{ status: number, state: HospitalState & { code?: string } }> {
  const authorization = `Bearer ${await gateway.token('network-admin', scope)}`
  const answer = await gateway.app.inject({ url: STATE.read.path, headers: { authorization } })
  return { status: answer.statusCode, state: answer.json() }
}

t.test('whoever looks after the network reads how the hospital is, and nobody else does', async (t) => {
  const consortium = await createConsortium(t)
  const gateway = await buildGateway(t, { consortium, listen: true })
  showCertificates(gateway)
  const { status, state } = await read(gateway)
  t.equal(status, 200, 'without being enrolled')
  t.match(state, { mspId: gateway.mspId, unread: [], readiness: { checks: { store: 'ok' } }, outbox: { inDoubt: 0 } })
  t.ok(state.ledger !== undefined && state.ledger.height > 0 && state.ledger.position < state.ledger.height)
  t.match(state.outbox?.kinds.find(({ kind }) => kind === 'revocation'), { waiting: 0, overdueMs: 0 })
  const own = state.certificates?.filter(({ certificate }) => certificate !== 'tls-root')
  t.same(own?.map(({ certificate }) => certificate), ['tls', 'gateway', 'registrar'])
  t.ok(state.certificates?.every(({ notAfter }) => notAfter > Date.now()))
  const members = consortium.network.organizations.map(({ mspId }) => mspId)
  t.same(state.certificates?.filter(({ certificate }) => certificate === 'tls-root').map(({ mspId }) => mspId), members)
  t.same(state.hospitals?.map(({ mspId }) => mspId), members.filter((mspId) => mspId !== gateway.mspId))
  for (const scope of ['user/AuditEvent.rs', 'user/Practitioner.cruds', 'user/Endpoint.c']) {
    t.match(await read(gateway, scope), { status: 403, state: { code: 'SCOPE_MISSING' } }, scope)
  }
  t.equal((await gateway.app.inject(STATE.read.path)).statusCode, 401)
})

t.test('how anchoring stands is what the own anchor service told last, with its time', async (t) => {
  const gateway = await buildGateway(t, { listen: true })
  const told = createAnchorStatus({ alarms: ['submission_waits'] })
  const tell = async (mspId: string, status: object): Promise<object> => await callAs(t, gateway, mspId)('PUT', '/v1/anchors/status', status)
  t.equal((await read(gateway)).state.anchoring, undefined, 'nothing was told yet')
  t.match(await tell('Regional1MSP', told), { status: 403, body: { code: 'NOT_PERMITTED' } })
  for (const bad of [{ balanceWei: '-1' }, { costWei: '1.5' }, { contract: `0x${told.contract}` }, { alarms: ['all is lost'] }, { more: 1 }]) {
    t.match(await tell(gateway.mspId, { ...told, ...bad }), { status: 400, body: { code: 'REQUEST_INVALID' } }, JSON.stringify(bad))
  }
  t.equal((await read(gateway)).state.anchoring, undefined, 'nothing of it was kept')
  const before = gateway.consortium.clock()
  t.match(await tell(gateway.mspId, told), { status: 200 })
  t.match(await tell(gateway.mspId, { ...told, lagBlocks: 9 }), { status: 200 })
  const { anchoring } = (await read(gateway)).state
  t.match(anchoring, { ...told, lagBlocks: 9 })
  t.ok(anchoring !== undefined && anchoring.toldAt >= before)
})

t.test('what cannot be read is named and left out; hospitals that say nothing are named as silent', async (t) => {
  let ahead = 0
  const consortium = await createConsortium(t, { clock: () => Date.now() + ahead })
  const connection = consortium.blocks.connect(consortium.network.networkId)
  const gateway = await buildGateway(t, {
    consortium, ports: { connectLedger: () => ({ ...connection, height: () => Promise.reject(new Error('no peer answers')) }) }
  })
  showCertificates(gateway)
  const [heard = '', unheard = ''] = gateway.app.peers.others()
  gateway.app.heads.hear(heard, { blockNumber: 41, headerHash: 'a'.repeat(64) })
  const { state } = await read(gateway)
  t.same(state.unread, ['ledger'])
  t.equal(state.ledger, undefined, 'and not 0, which would look well')
  t.match(state.readiness, { ready: false, checks: { projection: 'failing' } })
  t.match(state.hospitals?.find(({ mspId }) => mspId === heard), { silent: false, blockNumber: 41, differs: false })
  ahead = SILENCE_MS
  const later = (await read(gateway)).state
  const { heardAt } = state.hospitals?.find(({ mspId }) => mspId === heard) ?? {}
  t.match(later.hospitals?.find(({ mspId }) => mspId === heard), { silent: true, blockNumber: 41, heardAt })
  t.match(later.hospitals?.find(({ mspId }) => mspId === unheard), { silent: true })
  t.equal(later.hospitals?.find(({ mspId }) => mspId === unheard)?.blockNumber, undefined)
})
