import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { startAnchors } from '../nodes/anchors.ts'
import { ensureBinaries, findBinaries, findIpfs, type Binaries } from '../fabric/binaries.ts'
import { writeRelease, type Release } from '../fabric/release.ts'
import { caHealthy, caSpec, configureCa, publishRoots } from '../nodes/ca.ts'
import { approveDefinition, chaincodeHealthy, chaincodeSpec, commitDefinition, ensurePackage, installPackage } from '../nodes/chaincode.ts'
import { ensureGenesisBlock } from '../fabric/channel.ts'
import { enrolAll } from '../fabric/enrol.ts'
import { NetworkError } from '../errors.ts'
import { ephemeralWarning } from '../host/ephemeral-ports.ts'
import { fileExists, readTextIfExists, replaceFile } from '../../host/src/index.ts'
import { isObject, parseJson } from '../host/json.ts'
import { foundNetwork, isFounded } from '../fabric/found.ts'
import { gatewayUrl, writeNetworkFile } from '../render/network-file.ts'
import { prepareGateway, startGateway, writeGatewaySettings } from '../nodes/gateways.ts'
import { startIdentity } from '../nodes/identity.ts'
import { startIpfs } from '../nodes/ipfs.ts'
import { withLock } from '../host/lock.ts'
import { report } from '../host/logger.ts'
import { startOrderer, waitForLeader } from '../nodes/orderer.ts'
import { takeOverrides } from '../description/overrides.ts'
import { closeToOthers } from '../host/modes.ts'
import { forEachLimited } from '../host/parallel.ts'
import { joinPeer, ownOrdererOnly, renderCoreYaml, startPeer, waitForEqualHeights, waitForMembership } from '../nodes/peer.ts'
import { takenPorts } from '../host/port-check.ts'
import { ensureStarted, runsAsSpecified, waitHealthy } from '../host/processes.ts'
import { Progress } from '../host/progress.ts'
import { retryUnavailable } from '../host/retry-unavailable.ts'
import { startWatching } from '../nodes/prometheus.ts'
import { managedProcesses, SERVICE_KINDS } from '../nodes/specs.ts'
import { checkStamp, restoreStamp, writeStamp } from '../host/stamp.ts'
import type { OrganizationTopology, Topology } from '../description/topology.ts'
import { findRelease, upgradeChaincode } from './upgrade.ts'
import { loadContext, type Context } from '../description/context.ts'
import { runVerb } from './verb.ts'

const USAGE = `usage: node network/verbs/up.ts [--without-gateways] [--upgrade]
Brings the network of the consortium file up: CAs, orderers, peers, channel, chaincode, gateways, anchoring. Safe to run again:
what runs is left alone, what is down is started, what is unfinished is finished. With --upgrade every organisation approves the build of
the chaincode that is compiled here, and chaincode and gateways are exchanged one by one; without it another build is refused.
`
const CA_TIMEOUT_MS = 30_000
const CHAINCODE_TIMEOUT_MS = 30_000
/** Enrolment and start-up wait as much as they compute, so one more than there are cores at a time. */
const AT_ONCE = availableParallelism() + 1

interface Options { withGateways: boolean, upgrade: boolean }
interface Work extends Context, Options { binaries: Binaries, progress: Progress, build: string, release: Release }

await runVerb(async (args) => {
  const unknown = args.filter((argument) => argument !== '--without-gateways' && argument !== '--upgrade')
  if (unknown.length > 0) {
    process.stderr.write(USAGE)
    return unknown.includes('--help') ? 0 : 2
  }
  const context = await loadContext()
  const options = { withGateways: !args.includes('--without-gateways'), upgrade: args.includes('--upgrade') }
  await withLock(context.paths, async () => await up(context, options))
  return 0
})

async function up (context: Context, { withGateways, upgrade }: Options): Promise<void> {
  const { settings, topology, paths } = context
  if (await restoreStamp(paths, topology.consortium)) {
    report(`${paths.stamp} was lost, and is written anew: network.json names the same network`)
  }
  const stamped = await checkStamp(paths, topology.consortium)
  await closeToOthers(paths.root)
  const { release, build } = await findRelease(context, upgrade)
  const outgoing = await ephemeralWarning(topology)
  if (outgoing !== undefined) report(`warning: ${outgoing.problem}\n  advice: ${outgoing.advice}`)
  const progress = await Progress.load(paths)
  // What the description may change later: a process that reads it no longer runs as specified.
  if (stamped) await renderConfig(context)
  if (stamped && withGateways) await takeOverrides(context)
  if (await isUp(context, progress, withGateways)) {
    tellUp(context, withGateways, 'already up')
    if (withGateways) await startWatching(context)
    return
  }
  const binaries = await ensureBinaries(settings)
  const taken = await takenPorts(context)
  if (taken.length > 0) {
    throw new NetworkError('port-taken', taken.map((use) =>
      `port ${use.port} (${use.use} of ${use.process}) is taken by another program`).join('\n'), {
      advice: 'End that program, or change basePort in the consortium file.'
    })
  }
  if (!stamped) await writeStamp(paths, topology.consortium)
  const work: Work = { ...context, binaries, progress, withGateways, upgrade, build, release }
  if (!stamped) await renderConfig(context)
  await startCas(work)
  await startNodes(work)
  const topologyInService = await deployChaincode(work)
  await startServices({ ...work, topology: topologyInService })
  await progress.once('complete', async () => await Promise.resolve())
  tellUp(context, withGateways, 'up')
  if (withGateways) await startWatching(context)
}

/** Whether nothing is left to do: every step noted, every process as specified and healthy. */
async function isUp (context: Context, progress: Progress, withGateways: boolean): Promise<boolean> {
  if (!isObject(parseJson(await readTextIfExists(context.paths.networkFile) ?? ''))) return false
  if (!progress.has('complete') || (withGateways && !progress.has('gateways'))) return false
  const { fabric, fabricCa } = await findBinaries(context.settings)
  if (fabric === undefined || fabricCa === undefined) return false
  const { settings, topology: { consortium } } = context
  if (withGateways && consortium.ipfs === true && await findIpfs(settings) === undefined) return false
  const checks = managedProcesses(context).filter((managed) =>
    withGateways || !SERVICE_KINDS.includes(managed.kind)).map(async (managed) => {
    if (!await runsAsSpecified(context.paths, await managed.spec({ fabric, fabricCa }))) return false
    return await managed.healthy().then((healthy) => healthy === true, () => false)
  })
  return (await Promise.all(checks)).every((running) => running)
}

async function renderConfig ({ settings, topology, paths }: Context): Promise<void> {
  const templates = join(settings.projectDir, 'network', 'templates')
  const core = await readFile(join(templates, 'core.yaml'), 'utf8')
  for (const organization of topology.organizations) {
    const own = paths.organization(organization.id)
    const overrides = settings.ordererChoice === 'own' ? ownOrdererOnly(organization, topology, paths) : []
    await replaceFile(join(own.peerConfig, 'core.yaml'), renderCoreYaml(core, settings, overrides))
    await configureCa(organization, own)
  }
  await replaceFile(join(paths.ordererConfig, 'orderer.yaml'), await readFile(join(templates, 'orderer.yaml')))
  if (await fileExists(paths.genesisBlock)) await writeNetworkFile({ settings, topology, paths })
}

async function startCas ({ topology, paths, binaries }: Work): Promise<void> {
  report(`certificate authorities and identities of ${topology.organizations.length} organisations`)
  await forEachLimited(topology.organizations, AT_ONCE, async (organization) => {
    const own = paths.organization(organization.id)
    const secrets = await configureCa(organization, own)
    const start = async (why?: string): Promise<void> => {
      await ensureStarted(paths, await caSpec(organization, own, binaries), why)
      await waitHealthy(paths, organization.ca.process, CA_TIMEOUT_MS, async () =>
        await publishRoots(own) === true ? await caHealthy(organization, own) : undefined)
    }
    await start()
    // Looks itself for what is missing: a pair that was moved away to be renewed is enrolled anew.
    await enrolAll(organization, own, binaries, secrets)
    await start('its TLS pair is enrolled, and it serves with that from now on')
  })
}

async function startNodes ({ topology, paths, settings, binaries }: Work): Promise<void> {
  await ensureGenesisBlock(topology, paths, binaries)
  report('orderers and peers')
  await forEachLimited(topology.organizations, topology.organizations.length, async (organization) => {
    await startOrderer(organization, topology, paths, binaries)
  })
  await forEachPeer(topology.organizations, async (organization, index) => {
    const peer = organization.peerNodes[index]
    if (peer === undefined) return
    await startPeer(peer, organization, paths, binaries, settings.searchPath)
    // Looks itself, whatever was noted: a peer whose damaged ledger was moved away joins again.
    await retryUnavailable(async () => { await joinPeer(peer, organization, topology.consortium.channel, paths, binaries) })
  })
  await waitForLeader(topology, paths, binaries)
  // On an old state an approval would be made in vain, and every call be answered with what was.
  await waitForEqualHeights(topology, paths)
}

/** Returns the topology with the chaincode in service. */
async function deployChaincode (work: Work): Promise<Topology> {
  const { topology, paths, settings, binaries, progress, release, build } = work
  if (release.build !== build) return await upgradeChaincode(work, release, build)
  report(`chaincode ${topology.consortium.chaincode}, build ${build.slice(0, 12)}`)
  await forEachLimited(topology.organizations, AT_ONCE, async (organization) => {
    await ensurePackage(organization, topology, paths, release, settings.searchPath)
    await ensureStarted(paths, await chaincodeSpec(organization, topology, paths, settings, release))
  })
  await forEachPeer(topology.organizations, async (organization, index) => {
    const peer = organization.peerNodes[index]
    if (peer === undefined) return
    await progress.once(`installed ${peer.process}`, async () =>
      await retryUnavailable(async () => await installPackage(peer, organization, topology, paths, release, binaries)))
  })
  await forEachLimited(topology.organizations, AT_ONCE, async (organization) => {
    await progress.once(`approved ${organization.id}`, async () =>
      await retryUnavailable(async () => await approveDefinition(organization, topology, paths, release, binaries)))
  })
  await progress.once('committed', async () => {
    await waitForEqualHeights(topology, paths)
    await retryUnavailable(async () => { await commitDefinition(topology, paths, release, binaries) })
    await writeRelease(paths, release)
  })
  await forEachLimited(topology.organizations, topology.organizations.length, async (organization) => {
    await waitHealthy(paths, organization.chaincodeService.process, CHAINCODE_TIMEOUT_MS, async () =>
      await chaincodeHealthy(organization, paths))
  })
  await waitForEqualHeights(topology, paths)
  // Every peer must reach its chaincode: a first call is answered only once they are connected.
  await forEachPeer(topology.organizations, async (organization, index) => {
    await isFounded(organization, organization.peerNodes[index], topology, paths, binaries)
  })
  return topology
}

async function startServices (work: Work): Promise<void> {
  const { topology, paths, binaries, progress, withGateways } = work
  await writeNetworkFile(work)
  await progress.once('founded', async () => await foundNetwork(topology, paths, binaries))
  await waitForMembership(topology, paths)
  if (!withGateways) return
  if (topology.consortium.ipfs === true) report('IPFS nodes')
  await startIpfs(work)
  // None needs another.
  await forEachLimited([startGateways, startIdentities, startAnchoring], AT_ONCE, async (start) => { await start(work) })
}

async function startGateways ({ topology, paths, settings, binaries, progress, upgrade }: Work): Promise<void> {
  report('gateways')
  await forEachLimited(topology.organizations, AT_ONCE, async (organization) => {
    await writeGatewaySettings(organization, topology, paths, settings)
    await progress.once(`registered ${organization.gateway.process}`, async () =>
      await prepareGateway(organization, topology, paths, settings, binaries))
  })
  // While the network runs one hospital's at a time, so that the others answer meanwhile.
  await forEachLimited(topology.organizations, upgrade ? 1 : AT_ONCE, async (organization) =>
    await startGateway(organization, paths, settings))
  await progress.once('gateways', async () => await Promise.resolve())
}

async function startIdentities ({ topology, paths, settings }: Work): Promise<void> {
  await forEachLimited(topology.organizations, AT_ONCE, async (organization) => await startIdentity(organization, paths, settings))
}

async function startAnchoring (work: Work): Promise<void> {
  const { anchor } = work.topology.consortium
  if (anchor === undefined) return
  report(`anchoring on ${anchor.network}`)
  await startAnchors(work)
}

async function forEachPeer (
  organizations: OrganizationTopology[],
  work: (organization: OrganizationTopology, index: number) => Promise<void>
): Promise<void> {
  const peers = organizations.flatMap((organization) => organization.peerNodes.map((_, index) => ({ organization, index })))
  await forEachLimited(peers, AT_ONCE, async ({ organization, index }) => await work(organization, index))
}

function tellUp ({ topology, paths }: Context, withGateways: boolean, state: string): void {
  report(`network ${topology.consortium.name} is ${state}: ${paths.networkFile}`)
  if (withGateways) for (const organization of topology.organizations) report(`  ${organization.name}: ${gatewayUrl(organization)}`)
}
