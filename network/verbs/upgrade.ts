import { NetworkError } from '../errors.ts'
import type { Binaries } from '../fabric/binaries.ts'
import { isFounded } from '../fabric/found.ts'
import { chaincodeBuild, readRelease, slotOf, writeRelease } from '../fabric/release.ts'
import type { Release } from '../fabric/release.ts'
import { deriveTopology } from '../description/topology.ts'
import type { Context } from '../description/context.ts'
import type { OrganizationTopology, Topology } from '../description/topology.ts'
import { report } from '../host/logger.ts'
import { ensureStarted, readRecord, stopProcess, waitHealthy } from '../host/processes.ts'
import { retryUnavailable } from '../host/retry-unavailable.ts'
import {
  approveDefinition, chaincodeHealthy, chaincodeSpec, ensurePackage, installPackage, readDefinition
} from '../nodes/chaincode.ts'
import { waitForEqualHeights } from '../nodes/peer.ts'
import { CHAINCODE_TIMEOUT_MS, settleDefinition } from './deploy.ts'

const short = (build: string): string => build.slice(0, 12)

/**
 * What is in service and what is compiled here; before the first release that is the same. @throws {NetworkError} build-not-approved,
 * unless it is to be upgraded
 */
export async function findRelease ({ settings, paths }: Context, upgrade: boolean): Promise<{ release: Release, build: string }> {
  const build = await chaincodeBuild(settings)
  const release = await readRelease(paths) ?? { sequence: 1, build }
  if (release.build === build || upgrade) return { release, build }
  throw new NetworkError('build-not-approved', `members approved build ${short(release.build)} of the chaincode, and what is compiled here is ${short(build)}`, {
    advice: 'Run `make chaincode-upgrade`, by which every organisation approves this build, or compile the sources of the approved one.'
  })
}

/**
 * Lets the members approve the build that is compiled here and takes it into service, while the network runs: organisation by organisation
 * its package is installed and approved, and its process started beside the one in service; then the definition is committed, and the
 * former processes end. Done again after an interruption, it goes on where it was. Returns the topology with the new processes.
 */
export async function upgradeChaincode (context: Context & { binaries: Binaries }, former: Release, build: string): Promise<Topology> {
  const { paths, settings, binaries, topology: { consortium } } = context
  const inForce = await readDefinition(context.topology, paths, binaries)
  if (inForce === undefined) throw new NetworkError('command-failed', 'no chaincode definition is committed yet: run `make up` first')
  const sequence = inForce.version === build ? inForce.sequence : inForce.sequence + 1
  const release: Release = { sequence, build }
  report(`chaincode ${consortium.chaincode}: build ${short(build)} follows ${short(former.build)}, as sequence ${sequence}`)
  const topology = deriveTopology(consortium, slotOf(release), settings.organization)
  for (const organization of topology.played) {
    await prepare(organization, { ...context, topology }, release)
    report(`  ${organization.name}: installed, approved, and running beside the former`)
  }
  await waitForEqualHeights(topology, paths)
  await settleDefinition({ topology, paths, binaries, release })
  await writeRelease(paths, release)
  await waitForEqualHeights(topology, paths)
  for (const organization of topology.played) {
    // The first call connects the peer to its new process.
    for (const peer of organization.peerNodes) await isFounded(organization, peer, topology, paths, binaries)
  }
  report(`  committed: every peer runs build ${short(build)}`)
  await endFormer(deriveTopology(consortium, slotOf({ sequence: sequence + 1 }), settings.organization), context)
  return topology
}

async function prepare (
  organization: OrganizationTopology,
  { topology, paths, settings, binaries }: Context & { binaries: Binaries },
  release: Release
): Promise<void> {
  await ensurePackage(organization, topology, paths, release, settings.searchPath)
  for (const peer of organization.peerNodes) {
    await retryUnavailable(async () => { await installPackage(peer, organization, topology, paths, release, binaries) })
  }
  await retryUnavailable(async () => { await approveDefinition(organization, topology, paths, release, binaries) })
  const spec = await chaincodeSpec(organization, topology, paths, settings, release)
  await ensureStarted(paths, spec)
  await waitHealthy(paths, spec.name, CHAINCODE_TIMEOUT_MS, async () => await chaincodeHealthy(organization, paths))
}

async function endFormer ({ played }: Topology, { paths }: Pick<Context, 'paths'>): Promise<void> {
  for (const { chaincodeService: { process } } of played) {
    const record = await readRecord(paths, process)
    if (record !== undefined) await stopProcess(paths, record)
  }
}
