import type { Binaries } from '../fabric/binaries.ts'
import { anchorReady, anchorServices, anchorSpec } from './anchors.ts'
import { caHealthy, caSpec } from './ca.ts'
import { chaincodeHealthy, chaincodeSpec } from './chaincode.ts'
import { evmHealthy, evmSpec } from './evm.ts'
import { gatewayReady, gatewaySpec } from './gateways.ts'
import { ordererHealthy, ordererSpec } from './orderer.ts'
import { peerHealthy, peerSpec } from './peer.ts'
import { ipfsHealthy, ipfsSpec } from './ipfs.ts'
import { identityReady, identitySpec } from './identity.ts'
import { prometheusReady, prometheusSpec, watchOf } from './prometheus.ts'
import { NetworkError } from '../errors.ts'
import { readRelease } from '../fabric/release.ts'
import type { Release } from '../fabric/release.ts'
import type { StatePaths } from '../description/paths.ts'
import type { ProcessSpec } from '../host/processes.ts'
import { playsFirst, type OrganizationTopology } from '../description/topology.ts'
import type { Context } from '../description/context.ts'

const PROCESS_KINDS = ['ca', 'orderer', 'peer', 'chaincode', 'identity', 'ipfs', 'gateway', 'evm', 'anchor', 'prometheus'] as const
/** Kinds that serve hospitals over the ledger; the ledger runs without them. */
export const SERVICE_KINDS: readonly ProcessKind[] = ['identity', 'ipfs', 'gateway', 'evm', 'anchor', 'prometheus']
export type ProcessKind = typeof PROCESS_KINDS[number]

/** One process of the network: how to run it, how to ask for its health, which certificate it shows. */
export interface ManagedProcess {
  name: string
  kind: ProcessKind
  organization: OrganizationTopology
  ports: number[]
  /** File of the certificate that it shows; EVM node, anchor service, IPFS node and Prometheus listen on loopback without one. */
  certificate?: string
  spec: (binaries: Binaries) => Promise<ProcessSpec>
  healthy: () => Promise<true | undefined>
}

/** All processes of the network that are played here in the order in which they start. */
export function managedProcesses (context: Context): ManagedProcess[] {
  const { topology } = context
  const ofAll = topology.played.flatMap((organization) => processesOf(organization, context))
  const all = [...ofAll, ...anchoringOf(context), ...watchingOf(context)]
  return PROCESS_KINDS.flatMap((kind) => all.filter((process) => process.kind === kind))
}

function processesOf (organization: OrganizationTopology, { topology, paths, settings }: Context): ManagedProcess[] {
  const own = paths.organization(organization.id)
  const { ca, orderer, chaincodeService, gateway, metrics, identity, ipfs } = organization
  return [
    {
      name: ca.process,
      kind: 'ca',
      organization,
      ports: [ca.port, ca.operationsPort],
      certificate: own.tls('ca').cert,
      spec: async (binaries) => await caSpec(organization, own, binaries),
      healthy: async () => await caHealthy(organization, own)
    },
    {
      name: orderer.process,
      kind: 'orderer',
      organization,
      ports: [orderer.port, orderer.adminPort, orderer.operationsPort],
      certificate: own.tls('orderer').cert,
      spec: async (binaries) => await Promise.resolve(ordererSpec(organization, topology, paths, binaries)),
      healthy: async () => await ordererHealthy(organization, paths)
    },
    ...organization.peerNodes.map((peer): ManagedProcess => ({
      name: peer.process,
      kind: 'peer',
      organization,
      ports: [peer.port, peer.chaincodeListenPort, peer.operationsPort],
      certificate: own.tls(peer.name).cert,
      spec: async (binaries) => await Promise.resolve(peerSpec(peer, organization, paths, binaries, settings.searchPath)),
      healthy: async () => await peerHealthy(peer, organization, paths)
    })),
    {
      name: chaincodeService.process,
      kind: 'chaincode',
      organization,
      ports: [chaincodeService.port],
      certificate: own.tls('chaincode').cert,
      spec: async () => await chaincodeSpec(organization, topology, paths, settings, await requireRelease(paths)),
      healthy: async () => await chaincodeHealthy(organization, paths)
    },
    ...identity === undefined
      ? []
      : [{
          name: identity.process,
          kind: 'identity' as const,
          organization,
          ports: [identity.port],
          certificate: own.tls('identity').cert,
          spec: async () => await identitySpec(organization, identity, paths, settings),
          healthy: async () => await identityReady(organization, paths)
        }],
    ...ipfs === undefined
      ? []
      : [{
          name: ipfs.process,
          kind: 'ipfs' as const,
          organization,
          ports: [ipfs.swarmPort, ipfs.rpcPort],
          spec: async () => await ipfsSpec(ipfs, own, settings),
          healthy: async () => await ipfsHealthy(ipfs, own)
        }],
    {
      name: gateway.process,
      kind: 'gateway',
      organization,
      ports: [gateway.port, metrics.port],
      certificate: own.tls('gateway').cert,
      spec: async () => await gatewaySpec(organization, paths, settings),
      healthy: async () => await gatewayReady(organization, paths)
    }
  ]
}

async function requireRelease (paths: StatePaths): Promise<Release> {
  const release = await readRelease(paths)
  if (release !== undefined) return release
  throw new NetworkError('state-damaged', `${paths.release}, which names the approved chaincode, is not there or damaged`, {
    advice: 'Restore it from a backup; `peer lifecycle chaincode querycommitted` says the build (version) and sequence that it holds.'
  })
}

/** Prometheus, where this network was told to be watched. */
function watchingOf (context: Context): ManagedProcess[] {
  const [watch, [organization]] = [watchOf(context), context.topology.played]
  if (watch === undefined || organization === undefined) return []
  return [{
    name: watch.process,
    kind: 'prometheus',
    organization,
    ports: [watch.port],
    spec: async () => await prometheusSpec(watch, context),
    healthy: async () => await prometheusReady(watch)
  }]
}

/** The local EVM node, where there is one, and the anchor services. */
function anchoringOf (context: Context): ManagedProcess[] {
  const { topology: { evm, played: [first] }, topology, paths, settings } = context
  const node: ManagedProcess[] = evm === undefined || first === undefined || !playsFirst(topology)
    ? []
    : [{
        name: evm.process,
        kind: 'evm',
        organization: first,
        ports: [evm.port],
        spec: async () => await Promise.resolve(evmSpec(evm, paths, settings)),
        healthy: async () => await evmHealthy(evm)
      }]
  return [...node, ...anchorServices(topology).map(({ organization, service }): ManagedProcess => ({
    name: service.process,
    kind: 'anchor',
    organization,
    ports: [service.port],
    spec: async () => await anchorSpec(organization, service, context),
    healthy: async () => await anchorReady(service)
  }))]
}
