import { stat } from 'node:fs/promises'
import type { Binaries } from '../fabric/binaries.ts'
import type { Context } from '../description/context.ts'
import { isErrno } from '../../host/src/index.ts'
import { ensureStarted, isAlive, readRecord, waitHealthy } from '../host/processes.ts'
import { waitFor } from '../host/wait.ts'
import { ordererState, waitForLeader } from './orderer.ts'
import { peerState } from './peer.ts'
import type { ManagedProcess } from './specs.ts'

const HEALTHY_TIMEOUT_MS = 120_000

/** Whether a process runs that was started before one of these files was last written. */
export async function showsFormer (context: Context, name: string, files: readonly string[]): Promise<boolean> {
  const record = await readRecord(context.paths, name)
  if (record === undefined || !isAlive(record)) return false
  const written = await Promise.all(files.map(writtenAt))
  return written.some((time) => time > record.startedAt)
}

async function writtenAt (file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return 0
    throw error
  }
}

/**
 * Starts a process that runs anew, so that it reads its certificates, and waits until it serves as before: an orderer or peer until it has
 * the blocks that others had when it began, so that the next one may be restarted. One that does not run stays so.
 */
export async function restartInTurn (context: Context, managed: ManagedProcess, binaries: Binaries): Promise<void> {
  const { paths } = context
  const record = await readRecord(paths, managed.name)
  if (record === undefined || !isAlive(record)) return
  await ensureStarted(paths, await managed.spec(binaries), 'a certificate of its was renewed, or somebody was revoked')
  await waitHealthy(paths, managed.name, HEALTHY_TIMEOUT_MS, managed.healthy)
  if (managed.kind === 'orderer') await waitForLeader(context.topology, paths, binaries)
  if (managed.kind === 'orderer' || managed.kind === 'peer') await waitCaughtUp(context, managed)
}

/** The heights of all nodes of this kind: blocks that are cut while we wait are no reason to wait on. */
async function waitCaughtUp (context: Context, managed: ManagedProcess): Promise<void> {
  const heights = await heightsOf(context, managed.kind)
  const goal = Math.max(0, ...heights.values())
  await waitFor(`${managed.name} to have ${String(goal)} blocks`, HEALTHY_TIMEOUT_MS, async () => {
    const now = (await heightsOf(context, managed.kind)).get(managed.name) ?? 0
    return now >= goal ? true : undefined
  })
}

/** Blocks of the nodes of a kind that are played here, by their names; those that do not answer are left out. */
export async function heightsOf (
  { topology, paths }: Pick<Context, 'topology' | 'paths'>, kind: ManagedProcess['kind']
): Promise<Map<string, number>> {
  const { channel } = topology.consortium
  interface Node { name: string, ask: () => Promise<{ height: number | undefined }> }
  const nodes = topology.played.flatMap((organization): Node[] => kind === 'orderer'
    ? [{ name: organization.orderer.process, ask: async () => await ordererState(organization, channel, paths) }]
    : organization.peerNodes.map((peer) => ({ name: peer.process, ask: async () => await peerState(peer, organization, channel, paths) })))
  const answers = await Promise.allSettled(nodes.map(async ({ name, ask }) => [name, (await ask()).height] as const))
  return new Map(answers.flatMap((answer) =>
    answer.status === 'fulfilled' && answer.value[1] !== undefined ? [[answer.value[0], answer.value[1]] as const] : []))
}
