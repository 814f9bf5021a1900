import { startAnchors } from '../nodes/anchors.ts'
import { ensureBinaries, findBinaries, findIpfs, type Binaries } from '../fabric/binaries.ts'
import type { Release } from '../fabric/release.ts'
import { ensureFounded, requireTogether } from '../founding/together.ts'
import { ephemeralWarning } from '../host/ephemeral-ports.ts'
import { fileExists, readTextIfExists } from '../../host/src/index.ts'
import { isObject, parseJson } from '../host/json.ts'
import { foundNetwork } from '../fabric/found.ts'
import { writeNetworkFile } from '../render/network-file.ts'
import { prepareGateway, startGateway, writeGatewaySettings } from '../nodes/gateways.ts'
import { startIdentity } from '../nodes/identity.ts'
import { startIpfs } from '../nodes/ipfs.ts'
import { withLock } from '../host/lock.ts'
import { report } from '../host/logger.ts'
import { startOrderer, waitForLeader } from '../nodes/orderer.ts'
import { takeOverrides } from '../description/overrides.ts'
import { forEachLimited } from '../host/parallel.ts'
import { joinPeer, startPeer, waitForEqualHeights, waitForMembership } from '../nodes/peer.ts'
import { runsAsSpecified } from '../host/processes.ts'
import { Progress } from '../host/progress.ts'
import { retryUnavailable } from '../host/retry-unavailable.ts'
import { startWatching } from '../nodes/prometheus.ts'
import { managedProcesses, SERVICE_KINDS } from '../nodes/specs.ts'
import { writeStamp } from '../host/stamp.ts'
import { gatewayUrl, playsAlone, playsFirst } from '../description/topology.ts'
import { deployChaincode } from './deploy.ts'
import { withOthers } from './others.ts'
import { AT_ONCE, forEachPeer, openFolder, renderConfig, requirePorts, startCas } from './prepare.ts'
import { findRelease, upgradeChaincode } from './upgrade.ts'
import { loadContext, type Context } from '../description/context.ts'
import { runVerb } from './verb.ts'

const USAGE = `usage: node network/verbs/up.ts [--without-gateways] [--upgrade]
Brings the network of the consortium file up: CAs, orderers, peers, channel, chaincode, gateways, anchoring. Safe to run again:
what runs is left alone, what is down is started, what is unfinished is finished. With --upgrade every organisation approves the build of
the chaincode that is compiled here, and chaincode and gateways are exchanged one by one; without it another build is refused.
`

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
  const stamped = await openFolder(context)
  await requireTogether(context)
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
  await requirePorts(context)
  if (!stamped) await writeStamp(paths, topology)
  const work: Work = { ...context, binaries, progress, withGateways, upgrade, build, release }
  if (!stamped) await renderConfig(context)
  await startCas(work)
  await ensureFounded(work, AT_ONCE)
  await startNodes(work)
  if (release.build === build) await deployChaincode(work)
  await startServices(release.build === build ? work : { ...work, topology: await upgradeChaincode(work, release, build) })
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

async function startNodes ({ topology, paths, settings, binaries }: Work): Promise<void> {
  report('orderers and peers')
  await forEachLimited(topology.played, topology.played.length, async (organization) => {
    await startOrderer(organization, topology, paths, binaries)
  })
  await forEachPeer(topology.played, async (organization, index) => {
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

async function startServices (work: Work): Promise<void> {
  const { topology, paths, binaries, progress, withGateways } = work
  await writeNetworkFile(work)
  await progress.once('founded', async () =>
    await withOthers(topology, 'the founding', async () => await foundNetwork(topology, paths, binaries)))
  await withOthers(topology, 'the other members\' peers', async () => await waitForMembership(topology, paths))
  if (!withGateways) return
  if (topology.consortium.ipfs === true) report('IPFS nodes')
  await startIpfs(work)
  // None needs another.
  await forEachLimited([startGateways, startIdentities, startAnchoring], AT_ONCE, async (start) => { await start(work) })
}

async function startGateways ({ topology, paths, settings, binaries, progress, upgrade }: Work): Promise<void> {
  report('gateways')
  await forEachLimited(topology.played, AT_ONCE, async (organization) => {
    await writeGatewaySettings(organization, topology, paths, settings)
    await progress.once(`registered ${organization.gateway.process}`, async () =>
      await withOthers(topology, 'the other members\' peers', async () =>
        await prepareGateway(organization, topology, paths, settings, binaries)))
  })
  // While the network runs one hospital's at a time, so that the others answer meanwhile.
  await forEachLimited(topology.played, upgrade ? 1 : AT_ONCE, async (organization) =>
    await startGateway(organization, paths, settings))
  await progress.once('gateways', async () => await Promise.resolve())
}

async function startIdentities ({ topology, paths, settings }: Work): Promise<void> {
  await forEachLimited(topology.played, AT_ONCE, async (organization) => await startIdentity(organization, paths, settings))
}

async function startAnchoring (work: Work): Promise<void> {
  const { anchor } = work.topology.consortium
  if (anchor === undefined) return
  if (playsAlone(work.topology) && !playsFirst(work.topology) && !await fileExists(work.paths.anchorContract)) {
    report(`anchoring is left out: put ${work.topology.organizations[0]?.id ?? ''}'s anchor.json, which says where the contract is, at ${work.paths.anchorContract}`)
    return
  }
  report(`anchoring on ${anchor.network}`)
  await startAnchors(work)
}

function tellUp ({ topology, paths }: Context, withGateways: boolean, state: string): void {
  report(`network ${topology.consortium.name} is ${state}: ${paths.networkFile}`)
  if (withGateways) for (const organization of topology.played) report(`  ${organization.name}: ${gatewayUrl(organization)}`)
}
