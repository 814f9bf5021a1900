import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { AMENDMENT_NOTICE_MS, hashOfDocument, POLICY_1, policyHash } from '@epione/protocol'
import type { NetworkDocument, PolicyDocument } from '@epione/protocol'
import { nextDocument, signApproval, signProposal } from '../../helpers/founding.ts'
import type { GatewayAnswer } from '../../helpers/gateway-client.ts'
import { RealSharing } from '../../helpers/proxies.ts'
import { TestNetwork } from '../../helpers/test-network.ts'
import { waitFor } from '../../../network/host/wait.ts'

/** Time to propose and approve before a version's notice begins. */
const ROOM_MS = 20_000

const network = await TestNetwork.shared()
t.teardown(() => network.destroy())
const file = await network.network()
const sharing = await RealSharing.create(file, network.stateDir)
t.teardown(() => sharing.close())
const { reader, author } = sharing
const [core, regional1, regional2] = file.organizations.map(({ identitiesDir }) => {
  const { d = '' } = createPrivateKey(readFileSync(join(identitiesDir, 'admin', 'key.pem'))).export({ format: 'jwk' })
  return new Uint8Array(Buffer.from(d, 'base64url'))
}) as [Uint8Array, Uint8Array, Uint8Array]

const inForce = async (): Promise<NetworkDocument> => (await reader.send('GET', '/v1/network')).body['document'] as NetworkDocument
const event = ({ body }: GatewayAnswer): { decision: string, policyVersion: string } =>
  body['event'] as { decision: string, policyVersion: string }

t.test('hospitals agree on a policy by their admins\' keys, and decide by it from its time on; a minority changes nothing', async (t) => {
  const first = await inForce()
  const policy: PolicyDocument = {
    ...POLICY_1,
    version: 2,
    rules: [...POLICY_1.rules, { id: 'physicians-operate', effect: 'permit', roles: ['physician'], actions: ['read'], purposes: ['HOPERAT'] }]
  }
  const [before, after] = [POLICY_1, policy].map((p) => `${String(p.version)}/${policyHash(p)}`) as [string, string]
  const grant = await sharing.createGrant({ purposes: ['TREAT', 'HOPERAT'] })
  t.match(await sharing.grant(grant), { status: 201, body: { status: 'active' } })
  const ask = async (): Promise<GatewayAnswer> => await sharing.request(grant.consentId, [sharing.record], 'HOPERAT')
  const denied = await ask()
  t.match(denied.body, { code: 'ACCESS_DENIED' })

  const inForceFrom = Date.now() + AMENDMENT_NOTICE_MS + ROOM_MS
  const second = nextDocument(first, { policyHash: policyHash(policy), inForceFrom })
  const other = nextDocument(first, { settings: { ...first.settings, permitSeconds: 30 }, inForceFrom })
  t.match(await author.send('POST', '/v1/network/proposals', { statement: signProposal(second, core) }), { status: 404, body: { code: 'POLICY_UNKNOWN' } })
  t.match(await author.send('POST', '/v1/network/proposals', { statement: signProposal(second, core), policy }), { status: 201 })
  t.match(await reader.send('POST', '/v1/network/proposals', { statement: signProposal(other, regional2) }), { status: 201 })
  t.match(await reader.send('POST', '/v1/network/approvals', { statement: signApproval(other, regional2) }), { status: 201 })
  t.match(await author.send('POST', '/v1/network/approvals', { statement: signApproval(second, core) }), { status: 201 })
  t.match(await reader.send('GET', '/v1/network/proposals'), { status: 200, body: { items: { length: 2 } } })
  t.match(await reader.send('POST', '/v1/network/approvals', { statement: signApproval(second, regional1) }), { status: 201 })
  t.ok(Date.now() < inForceFrom, 'there was time for all that')
  t.match((await ask()).body, { code: 'ACCESS_DENIED' }, 'approved is not in force')

  await waitFor('the second version', AMENDMENT_NOTICE_MS + 2 * ROOM_MS, async () => (await inForce()).version === second.version || undefined)
  t.equal(hashOfDocument(await inForce()), hashOfDocument(second), 'the one that a majority approved')
  const permitted = await ask()
  t.match(permitted, { status: 201 })
  t.match(event(permitted), { decision: 'permit', policyVersion: after })
  t.not(before, after)
  const { eventId } = permitted.body['event'] as { eventId: string }
  const collected = await sharing.collect(eventId)
  t.equal(collected.status, 200)
  t.ok((collected.body['answers'] as object[]).length >= 2, 'proxies decide by it, too')
  t.match(await sharing.request(grant.consentId), { status: 201, body: { event: { decision: 'permit', policyVersion: after } } })
})
