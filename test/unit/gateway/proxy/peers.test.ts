import t from 'tap'
import { X509Certificate } from 'node:crypto'
import { Agent, request } from 'undici'
import { identifyPeer } from '../../../../gateway/src/peers/identify-peer.ts'
import { PeerClient } from '../../../../gateway/src/peers/peer-client.ts'
import type { Organization } from '../../../../gateway/src/network-file.ts'
import { buildGateway, createConsortium } from '../../../helpers/gateway.ts'
import { createTlsAuthority } from '../../../helpers/tls-certificates.ts'

const hash = 'ab'.repeat(32)

t.test('the organisation of a gateway is told by its certificate', async (t) => {
  const { network, hospitals } = await createConsortium(t)
  const certificateOf = (pem: string): X509Certificate => new X509Certificate(pem)
  const core = hospitals.get('CoreMSP')?.tls.certificate ?? ''
  t.equal(identifyPeer(certificateOf(core), network.organizations, Date.now()), 'CoreMSP')
  t.equal(identifyPeer(certificateOf(core), network.organizations, Date.parse('2060-01-01')), null, 'expired')
  t.equal(identifyPeer(certificateOf(core), network.organizations, Date.parse('2010-01-01')), null, 'not yet valid')

  const stranger = createTlsAuthority('tls.core')
  t.equal(
    identifyPeer(certificateOf(stranger.issue('gateway.core').certificate), network.organizations, Date.now()),
    null,
    'another root of the same name'
  )
  const [first, second] = network.organizations as [Organization, Organization]
  const own = createTlsAuthority('tls.mine')
  const mine = network.organizations.map((o) => o === second ? { ...o, tlsCaPem: own.certificate } : o)
  t.equal(
    identifyPeer(certificateOf(own.issue(`gateway.${first.id}`).certificate), mine, Date.now()),
    null,
    'one organisation\'s root in another\'s name'
  )
  t.equal(identifyPeer(certificateOf(own.issue(`gateway.${second.id}`).certificate), mine, Date.now()), second.mspId)
  t.equal(identifyPeer(certificateOf(own.issue('peer0.anything').certificate), mine, Date.now()), null, 'not a gateway')
})

t.test('routes between gateways open to gateways alone', async (t) => {
  const gateway = await buildGateway(t, { listen: true })
  const { network, hospitals } = gateway.consortium
  const url = `${gateway.config.publicUrl}/v1/peer/wraps/${hash}`
  const own = network.organizations.find((o) => o.mspId === gateway.mspId)
  const ask = async (tls: { certificate: string, privateKey: string } | undefined): Promise<{ status: number, code?: string }> => {
    const agent = new Agent({
      connect: { ca: own?.tlsCaPem ?? '', ...(tls === undefined ? {} : { cert: tls.certificate, key: tls.privateKey }) }
    })
    t.teardown(() => agent.close())
    const { statusCode, body } = await request(url, { dispatcher: agent })
    const { code } = await body.json() as { code?: string }
    return { status: statusCode, ...(code === undefined ? {} : { code }) }
  }
  t.same(await ask(undefined), { status: 401, code: 'PEER_UNKNOWN' }, 'no certificate')
  t.same(await ask(createTlsAuthority('tls.core').issue('gateway.core')), { status: 401, code: 'PEER_UNKNOWN' }, 'a root nobody knows')
  t.same(await ask(hospitals.get('Regional1MSP')?.tls), { status: 403, code: 'NOT_PERMITTED' }, 'a gateway, which must still say why')
  const injected = await gateway.app.inject({ url: `/v1/peer/wraps/${hash}` })
  t.equal(injected.statusCode, 401)
})

t.test('a gateway talks to the right server only', async (t) => {
  const gateway = await buildGateway(t, { listen: true })
  const { network, hospitals } = gateway.consortium
  const organization = network.organizations.find((o) => o.mspId === gateway.mspId) as Organization
  const tls = hospitals.get('Regional1MSP')?.tls ?? { certificate: '', privateKey: '' }
  const code = async (changed: Partial<Organization>): Promise<unknown> => {
    const client = new PeerClient({ ...organization, ...changed }, tls)
    t.teardown(() => client.close())
    return await client.getWrap(hash, { event: 'x' }).catch((error: unknown) => (error as { code: string, extensions: object }))
  }
  t.match(await code({}), { code: 'PEER_REFUSED', extensions: { mspId: gateway.mspId, peerCode: 'REQUEST_INVALID', peerStatus: 400 } })
  t.match(await code({ tlsCaPem: createTlsAuthority('tls.core').certificate }), { code: 'PEER_UNAVAILABLE' }, 'another root')
  t.match(await code({ id: 'regional1' }), { code: 'PEER_UNAVAILABLE' }, 'another organisation\'s name')
  t.match(await code({ gatewayUrl: 'https://localhost:1' }), { code: 'PEER_UNAVAILABLE' }, 'nobody there')
})
