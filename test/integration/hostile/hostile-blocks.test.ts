import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { auditLedger } from '@epione/ledger/audit'
import { STAFF_UNIT } from '@epione/protocol'
import { SecretKey } from '@epione/crypto'
import { connectFabricAuthority } from '../../../gateway/src/staff/fabric-authority.ts'
import { waitFor } from '../../../network/host/wait.ts'
import { keyHex, sign } from '../../helpers/ledger-fixtures.ts'
import { GatewayClient } from '../../helpers/gateway-client.ts'
import { HostileMember } from '../../helpers/hostile-envelopes.ts'
import { openPeerWorld } from '../../helpers/peer-world.ts'
import { RealSharing } from '../../helpers/proxies.ts'
import { TestNetwork } from '../../helpers/test-network.ts'
import t from 'tap'
import type { SignedStatement } from '@epione/protocol'

const TIMEOUT_MS = 120_000
const KINDS_MIN = 12
/** Peers look at these again for the sake of a good transaction in the same block. */
const BESIDE_GOOD_ONES = ['no data', 'an action without endorsed action', '64 bytes of garbage as data', 'metadata of a key']

// A network of its own: if garbage did stop it, no other test should stand still.
const network = await TestNetwork.create({ anchors: true, environment: { BATCH_INTERVAL_MS: '500', TURN_TIMEOUT_MS: '3000' } })
t.teardown(() => network.destroy())
const file = await network.network()
const world = await openPeerWorld(network)
t.teardown(() => world.close())
const { ledger } = world.gateway(world.members[0])
const sharing = await RealSharing.create(file, network.stateDir)
t.teardown(() => sharing.close())
const gateways = file.organizations.map(({ id }) => new GatewayClient(file, network.stateDir, id))
t.teardown(async () => { await Promise.all(gateways.map((gateway) => gateway.close())) })
const auditors = await Promise.all(
  gateways.map(async (gateway) => ({ gateway, authorization: await gateway.token('auditor-wide', 'user/AuditEvent.rs') }))
)
const member = await enrolPhysician()
t.teardown(() => { member.close() })

async function enrolPhysician (): Promise<HostileMember> {
  const [organization] = file.organizations
  if (organization === undefined) throw new Error('the network has hospitals')
  const read = (name: string): string => readFileSync(join(organization.identitiesDir, 'ca-registrar', name), 'utf8')
  const { url, caName, tlsCaFile } = organization.ca
  const registrar = { mspId: organization.mspId, certificate: read('cert.pem'), privateKey: read('key.pem') }
  const { enrol } = connectFabricAuthority({ url, caName, tlsCaPem: readFileSync(tlsCaFile, 'utf8'), registrar, affiliation: STAFF_UNIT })
  const { mspId } = organization
  const staffId = 'dr-hostile'
  const identity = { mspId, ...await enrol({ staffId, role: 'physician' }) }
  return new HostileMember(file, organization, identity, () => bind(mspId, staffId))
}

function bind (mspId: string, staffId: string): SignedStatement {
  const [receiving, requestSigning] = [SecretKey.random(), SecretKey.random()]
  return sign(
    world,
    'KeyBinding',
    { mspId, staffId, version: 1, receivingKey: keyHex(receiving), requestKey: keyHex(requestSigning) },
    requestSigning,
    receiving
  )
}

/** Event ids of the patient's log at a gateway, by the patient's own session and by its auditor; all pages. */
async function logs (): Promise<string[][]> {
  const listed = await Promise.all(auditors.flatMap((
    { gateway, authorization }
  ) => [authorization, gateway.session(sharing.patient)].map(async (header) => {
    const { status, body } = await gateway.send('GET', `/v1/access-events?patientId=${sharing.patient.patientId}&limit=100`, undefined, {
      authorization: header
    })
    if (status !== 200) throw new Error(`the log answered ${String(status)}: ${JSON.stringify(body)}`)
    return (body['items'] as { eventId: string }[]).map(({ eventId }) => eventId).sort()
  })))
  return listed
}

/** Has the bytes ordered again and again; returns how often. */
async function repeat (bytes: Uint8Array, signal: AbortSignal): Promise<number> {
  let copies = 0
  for (; !signal.aborted; copies++) await member.broadcast(bytes)
  return copies
}

async function onLedger (): Promise<string[]> {
  const { items } = await ledger.listAccessByPatient(sharing.patient.patientId)
  return items.map(({ eventId }) => eventId).sort()
}

const granted = await sharing.createGrant()
const { consentId } = granted
const answered = await sharing.grant(granted)
if (answered.status !== 201) throw new Error(`the consent was refused: ${JSON.stringify(answered.body)}`)

await t.test('garbage that a physician has ordered stops nobody, and hides nothing', async (t) => {
  const made = await member.makeAll()
  const ordered: string[] = []
  for (const { kind, bytes } of made) {
    const status = await member.broadcast(bytes)
    t.comment(`${kind}: ${status}`)
    if (status === 'SUCCESS') ordered.push(kind)
    // Others go on between.
    if (ordered.length % 10 === 5) await sharing.permit(consentId)
  }
  for (const { kind, bytes } of made.filter(({ kind }) => BESIDE_GOOD_ONES.includes(kind))) {
    const beside = new AbortController()
    const permitted = sharing.permit(consentId).finally(() => { beside.abort() })
    const [eventId, copies] = await Promise.all([permitted, repeat(bytes, beside.signal)])
    t.ok(eventId, `${kind}, ${copies} times in the blocks with a permit`)
  }
  t.ok(ordered.length >= KINDS_MIN, `${ordered.length} kinds were ordered`)
  const eventId = await sharing.permit(consentId)
  t.equal((await sharing.collect(eventId)).status, 200, 'proxies release')
  t.equal((await sharing.request()).status, 403, 'and deny')
  const expected = await onLedger()
  t.ok(expected.includes(eventId))
  for (const shown of await logs()) t.same(shown, expected)
  for (const gateway of gateways) t.equal((await gateway.send('GET', '/health/ready')).status, 200, `${gateway.mspId} is ready`)
})

await t.test('kfrags of a consent revoked after the garbage are destroyed by every proxy', async (t) => {
  t.equal((await sharing.revoke(consentId)).status, 201)
  const { destructions } = await waitFor('the destruction of all kfrags', TIMEOUT_MS, async () => {
    const state = await sharing.consent(consentId)
    return state.destructions.length === world.members.length ? state : undefined
  })
  t.equal(new Set(destructions.map(({ submittedBy }) => submittedBy)).size, world.members.length)
})

await t.test('the blocks with the garbage are anchored by every hospital', async (t) => {
  const eventId = (await onLedger()).at(-1) ?? ''
  const header = { authorization: auditors[0]?.authorization ?? '' }
  const anchor = await waitFor('an anchor', TIMEOUT_MS, async () => {
    const { status, body } = await sharing.author.send('GET', `/v1/access-events/${eventId}/anchor`, undefined, header)
    return status === 200 && body['state'] === 'final' ? body : undefined
  })
  t.match(anchor, { state: 'final' })
})

await t.test('an auditor finds every validation code as an honest peer gives it', async (t) => {
  await network.stop()
  for (const { id } of file.organizations) {
    const folder = join(network.paths.organization(id).nodeData('peer0'), 'ledgersData', 'chains', 'chains', file.channel)
    const { counts, height } = await auditLedger({ folder, networkId: file.networkId })
    t.ok(height > 0)
    t.ok(counts.invalid >= KINDS_MIN, `${counts.invalid} invalid transactions`)
    t.same(counts.unreadable, [])
  }
})
