import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileExists, replaceFile } from '../../host/src/index.ts'
import type { Context } from '../description/context.ts'
import type { OrganizationTopology } from '../description/topology.ts'
import { NetworkError } from '../errors.ts'
import type { Binaries } from '../fabric/binaries.ts'
import { enrolAll } from '../fabric/enrol.ts'
import { report } from '../host/logger.ts'
import { closeToOthers } from '../host/modes.ts'
import { forEachLimited } from '../host/parallel.ts'
import { takenPorts } from '../host/port-check.ts'
import { ensureStarted, waitHealthy } from '../host/processes.ts'
import { checkStamp, restoreStamp } from '../host/stamp.ts'
import { caHealthy, caSpec, configureCa, publishRoots } from '../nodes/ca.ts'
import { ownOrdererOnly, renderCoreYaml } from '../nodes/peer.ts'
import { writeNetworkFile } from '../render/network-file.ts'

const CA_TIMEOUT_MS = 30_000
/** Enrolment and start-up wait as much as they compute, so one more than there are cores at a time. */
export const AT_ONCE = availableParallelism() + 1

/** Does something for each peer of the organisations, some at a time. */
export async function forEachPeer (
  organizations: OrganizationTopology[],
  work: (organization: OrganizationTopology, index: number) => Promise<void>
): Promise<void> {
  const peers = organizations.flatMap((organization) => organization.peerNodes.map((_, index) => ({ organization, index })))
  await forEachLimited(peers, AT_ONCE, async ({ organization, index }) => await work(organization, index))
}

/**
 * Whether the state folder was made for this network and what is played here; closes it to other users. Throws `state-foreign`,
 * `state-damaged`.
 */
export async function openFolder ({ paths, topology }: Context): Promise<boolean> {
  if (await restoreStamp(paths, topology)) {
    report(`${paths.stamp} was lost, and is written anew: network.json names the same network`)
  }
  const stamped = await checkStamp(paths, topology)
  await closeToOthers(paths.root)
  return stamped
}

/** Throws `port-taken`, naming every port of what is played here that another program listens on. */
export async function requirePorts (context: Context): Promise<void> {
  const taken = await takenPorts(context)
  if (taken.length === 0) return
  throw new NetworkError('port-taken', taken.map((use) =>
    `port ${use.port} (${use.use} of ${use.process}) is taken by another program`).join('\n'), {
    advice: 'End that program, or change basePort in the consortium file.'
  })
}

/** Writes what processes read and the description may change. */
export async function renderConfig ({ settings, topology, paths }: Context): Promise<void> {
  const templates = join(settings.projectDir, 'network', 'templates')
  const core = await readFile(join(templates, 'core.yaml'), 'utf8')
  for (const organization of topology.played) {
    const own = paths.organization(organization.id)
    const overrides = settings.ordererChoice === 'own' ? ownOrdererOnly(organization, topology, paths) : []
    await replaceFile(join(own.peerConfig, 'core.yaml'), renderCoreYaml(core, settings, overrides))
    await configureCa(organization, own)
  }
  await replaceFile(join(paths.ordererConfig, 'orderer.yaml'), await readFile(join(templates, 'orderer.yaml')))
  if (await fileExists(paths.networkDocument)) await writeNetworkFile({ settings, topology, paths })
}

/** Starts the CAs of the organisations that are played here, and enrols all of their identities that have no certificate yet. */
export async function startCas ({ topology, paths, binaries }: Context & { binaries: Binaries }): Promise<void> {
  report(`certificate authorities and identities of ${topology.played.length} organisations`)
  await forEachLimited(topology.played, AT_ONCE, async (organization) => {
    const own = paths.organization(organization.id)
    const secrets = await configureCa(organization, own)
    const start = async (why?: string): Promise<void> => {
      await ensureStarted(paths, await caSpec(organization, own, binaries), why)
      await waitHealthy(paths, organization.ca.process, CA_TIMEOUT_MS, async () =>
        await publishRoots(own) === true ? await caHealthy(organization, own) : undefined)
    }
    await start()
    // Looks itself for what is missing: a pair that was lost, or moved away, is enrolled anew.
    await enrolAll(organization, own, secrets)
    await start('its TLS pair is enrolled, and it serves with that from now on')
  })
}
