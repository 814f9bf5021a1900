import type { Context } from '../description/context.ts'
import { playsAlone, playsFirst, type OrganizationTopology, type Topology } from '../description/topology.ts'
import type { Binaries } from '../fabric/binaries.ts'
import { isFounded } from '../fabric/found.ts'
import { writeRelease, type Release } from '../fabric/release.ts'
import { NetworkError } from '../errors.ts'
import { report } from '../host/logger.ts'
import { forEachLimited } from '../host/parallel.ts'
import { ensureStarted, waitHealthy } from '../host/processes.ts'
import type { Progress } from '../host/progress.ts'
import { retryUnavailable } from '../host/retry-unavailable.ts'
import {
  approveDefinition, chaincodeHealthy, chaincodeSpec, commitDefinition, ensurePackage, installPackage, listUnapproved, packageId,
  readDefinition
} from '../nodes/chaincode.ts'
import { waitForEqualHeights } from '../nodes/peer.ts'
import { withOthers } from './others.ts'
import { AT_ONCE, forEachPeer } from './prepare.ts'

/** Time for a chaincode process to take connections. */
export const CHAINCODE_TIMEOUT_MS = 30_000

interface Work extends Context { binaries: Binaries, progress: Progress, release: Release }

/** Takes the chaincode of the first release into service: installed, approved, committed, and reached by every peer of this machine. */
export async function deployChaincode (work: Work): Promise<void> {
  const { topology, paths, settings, binaries, progress, release } = work
  report(`chaincode ${topology.consortium.chaincode}, build ${release.build.slice(0, 12)}`)
  await forEachLimited(topology.played, AT_ONCE, async (organization) => {
    await ensurePackage(organization, topology, paths, release, settings.searchPath)
    await ensureStarted(paths, await chaincodeSpec(organization, topology, paths, settings, release))
  })
  // A package with a renewed pair is another one.
  const packageOf = async (organization: OrganizationTopology): Promise<string> =>
    (await packageId(organization, topology, paths, release)).slice(-12)
  await forEachPeer(topology.played, async (organization, index) => {
    const peer = organization.peerNodes[index]
    if (peer === undefined) return
    await progress.once(`installed ${peer.process} ${await packageOf(organization)}`, async () =>
      await retryUnavailable(async () => await installPackage(peer, organization, topology, paths, release, binaries)))
  })
  await forEachLimited(topology.played, AT_ONCE, async (organization) => {
    await progress.once(`approved ${organization.id} ${await packageOf(organization)}`, async () =>
      await withOthers(topology, 'more than half of the members\' orderers', async () =>
        await retryUnavailable(async () => await approveDefinition(organization, topology, paths, release, binaries))))
  })
  await progress.once('committed', async () => {
    await waitForEqualHeights(topology, paths)
    await settleDefinition(work)
    await writeRelease(paths, release)
  })
  await forEachLimited(topology.played, topology.played.length, async (organization) => {
    await waitHealthy(paths, organization.chaincodeService.process, CHAINCODE_TIMEOUT_MS, async () =>
      await chaincodeHealthy(organization, paths))
  })
  await waitForEqualHeights(topology, paths)
  // Every peer must reach its chaincode: a first call is answered only once they are connected.
  await forEachPeer(topology.played, async (organization, index) => {
    await isFounded(organization, organization.peerNodes[index], topology, paths, binaries)
  })
}

/** Commits the definition that every member approved; where the first organisation runs elsewhere, waits until that one has. */
export async function settleDefinition ({ topology, paths, release, binaries }: Pick<Work, 'topology' | 'paths' | 'release' | 'binaries'>): Promise<void> {
  await withOthers(topology, 'every member to approve the chaincode', async () => {
    if (!playsFirst(topology)) {
      requireCommitted(topology, await readDefinition(topology, paths, binaries), release)
      return
    }
    const missing = playsAlone(topology) ? await listUnapproved(topology, paths, release, binaries) : []
    if (missing.length > 0) throw new NetworkError('command-failed', `${missing.join(', ')} did not approve it yet`)
    await retryUnavailable(async () => { await commitDefinition(topology, paths, release, binaries) })
  })
}

function requireCommitted (
  topology: Topology,
  defined: { version: string, sequence: number } | undefined,
  { sequence, build }: Release
): void {
  if (defined === undefined || defined.sequence < sequence) {
    throw new NetworkError('command-failed', `${topology.organizations[0]?.id ?? ''} did not commit it yet`)
  }
  if (defined.sequence > sequence || defined.version === build) return
  throw new NetworkError('build-not-approved', `the channel defines build ${defined.version} of the chaincode, not ${build}`, {
    advice: 'Compile the sources that the other members compiled: the hash of the build says whether they are the same.'
  })
}
