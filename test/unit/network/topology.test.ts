import fc from 'fast-check'
import t from 'tap'
import type { Consortium } from '../../../network/description/consortium.ts'
import { statePaths } from '../../../network/description/paths.ts'
import { BLOCK_SIZE, MAX_PEERS } from '../../../network/description/ports.ts'
import { deriveTopology, gatewayUrl, hostsOf, LOCAL_HOST, portUses } from '../../../network/description/topology.ts'
import { isFree } from '../../../network/host/port-check.ts'
import { ordererSpec } from '../../../network/nodes/orderer.ts'
import { peerSpec } from '../../../network/nodes/peer.ts'

function consortium (peers: number[], basePort = 7050): Consortium {
  return {
    name: 'epione',
    channel: 'records',
    chaincode: 'epione',
    basePort,
    policy: {},
    organizations: peers.map((count, index) =>
      ({ id: `org${index}`, mspId: `Org${index}MSP`, name: `Hospital ${index}`, kind: index === 0 ? 'core' : 'regional', peers: count }))
  }
}

t.test('names and ports follow from the position in the description', (t) => {
  const [first, second] = deriveTopology(consortium([1, 2])).organizations
  t.match(first, { orderer: { process: 'orderer.org0', port: 7050, adminPort: 7051, operationsPort: 7052 }, gateway: { port: 7055 } })
  t.match(first, { host: { address: '127.0.0.1', name: 'localhost' }, gateway: { host: { address: '127.0.0.1' } } })
  t.same(second?.peerNodes, [
    { process: 'peer0.org1', name: 'peer0', port: 7100, chaincodeListenPort: 7101, operationsPort: 7102 },
    { process: 'peer1.org1', name: 'peer1', port: 7103, chaincodeListenPort: 7104, operationsPort: 7105 }
  ])
  t.end()
})

t.test('a consortium that anchors has a service for each organisation, and one EVM node only where no address is given', (t) => {
  const anchoring = (anchor: NonNullable<Consortium['anchor']>): Consortium => ({ ...consortium([1, 1]), anchor })
  const local = deriveTopology(anchoring({ network: 'goerli' }))
  t.same(local.evm, { process: 'evm.org0', host: LOCAL_HOST, port: 7058 })
  t.same(local.organizations.map((o) => o.anchor), [
    { process: 'anchor.org0', host: LOCAL_HOST, port: 7057 }, { process: 'anchor.org1', host: LOCAL_HOST, port: 7097 }
  ])
  t.equal(deriveTopology(anchoring({ network: 'goerli', rpcUrl: 'http://127.0.0.1:8545' })).evm, undefined)
  t.equal(deriveTopology(anchoring({ network: 'hoodi' })).evm, undefined)
  t.equal(deriveTopology(consortium([1])).organizations[0]?.anchor, undefined)
  t.end()
})

t.test('a consortium with a swarm has an IPFS node for each organisation', (t) => {
  const swarm = deriveTopology({ ...consortium([1, 1]), ipfs: true })
  t.same(swarm.organizations.map(({ ipfs }) => ipfs), [
    { process: 'ipfs.org0', host: LOCAL_HOST, swarmPort: 7085, rpcPort: 7086 },
    { process: 'ipfs.org1', host: LOCAL_HOST, swarmPort: 7125, rpcPort: 7126 }
  ])
  t.equal(deriveTopology(consortium([1])).organizations[0]?.ipfs, undefined)
  t.end()
})

t.test('no port is used twice, and each stays in its organisation\'s block', (t) => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: MAX_PEERS }), {
    minLength: 1,
    maxLength: 12
  }), fc.boolean(), (peers, all) => {
    const topology = deriveTopology({ ...consortium(peers), ...all ? { anchor: { network: 'goerli' }, ipfs: true } : {} })
    const uses = portUses(topology)
    const inBlock = uses.every((use) => use.process.endsWith(`.org${Math.floor((use.port - 7050) / BLOCK_SIZE)}`))
    return new Set(uses.map((use) => use.port)).size === uses.length && inBlock
  }))
  t.pass()
  t.end()
})

t.test('an organisation\'s host stands in the description, and all of its processes are there, but for what asks for no credentials', (t) => {
  const described = consortium([1, 1, 1])
  const host = { address: '10.0.0.2', name: 'core.example' }
  const organizations = described.organizations.map((organization, index) => index === 1 ? { ...organization, host } : organization)
  const topology = deriveTopology({ ...described, organizations })
  t.same(hostsOf(topology), [LOCAL_HOST, host])
  const elsewhere = portUses(topology).filter((use) => use.host.address === host.address)
  t.same(elsewhere, portUses(topology).filter(({ process, use }) => process.endsWith('.org1') && use !== 'gateway metrics'))
  t.end()
})

t.test('what asks for no credentials, and the IPFS node, is reached from this machine alone, wherever its organisation runs', (t) => {
  const host = { address: '10.0.0.2', name: 'core.example' }
  const described: Consortium = { ...consortium([1]), anchor: { network: 'goerli' }, ipfs: true }
  const topology = deriveTopology({ ...described, organizations: described.organizations.map((one) => ({ ...one, host })) })
  const local = portUses(topology).filter((use) => use.host.address === LOCAL_HOST.address)
  t.same(local.map(({ use }) => use), ['EVM node', 'Prometheus', 'gateway metrics', 'anchor service', 'IPFS swarm', 'IPFS interface'])
  t.end()
})

t.test('what all nodes of an organisation listen on, name in certificates and tell others is that host', (t) => {
  const described = consortium([1, 1])
  const host = { address: '10.0.0.2', name: 'core.example' }
  const topology = deriveTopology({ ...described, organizations: described.organizations.map((one) => ({ ...one, host })) })
  const [first] = topology.organizations
  const [peer] = first?.peerNodes ?? []
  if (first === undefined || peer === undefined) throw new Error('no organisation')
  const [paths, binaries] = [statePaths('/srv/state'), { fabric: '/bin', fabricCa: '/bin' }]
  const specs = [peerSpec(peer, first, paths, binaries, '/bin'), ordererSpec(first, topology, paths, binaries)]
  for (const { env } of specs) t.notMatch(JSON.stringify(env), /127\.0\.0\.1|localhost/)
  t.equal(gatewayUrl(first), 'https://core.example:7055')
  t.end()
})

t.test('an address that is none of this machine is refused with what to do', async (t) => {
  // Of a block that is kept for examples and that no machine has.
  await t.rejects(isFree(0, '192.0.2.1'), { code: 'consortium-invalid', message: '192.0.2.1 is no address of this machine' })
  t.equal(await isFree(0), true)
})
