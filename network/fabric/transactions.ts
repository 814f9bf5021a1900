import { setTimeout as delay } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { NetworkError } from '../errors.ts'
import type { StatePaths } from '../description/paths.ts'
import { asAdmin, endorserArguments, ordererArguments } from '../nodes/peer.ts'
import type { OrganizationTopology, PeerNode, Topology } from '../description/topology.ts'

const COMMIT_TIMEOUT = '30s'
const ATTEMPTS = 6
const RETRY_PAUSE_MS = 300
/** Another transaction came first, or a peer is not there yet; neither changed anything. */
const TRANSIENT =
  /MVCC_READ_CONFLICT|PHANTOM_READ_CONFLICT|ProposalResponsePayloads do not match|UNAVAILABLE|connection refused|could not launch chaincode/i

/**
 * Submits a transaction as the organisation's admin, or another identity of its with an MSP folder, endorsed by all organisations, and
 * waits for its commit on each.
 */
export async function submitAsAdmin (
  organization: OrganizationTopology,
  topology: Topology,
  paths: StatePaths,
  binaries: Binaries,
  transaction: string,
  args: string[],
  identity?: string
): Promise<void> {
  await withRetries(async () => await asAdmin(organization, paths, binaries, [
    'chaincode', 'invoke', ...ordererArguments(organization, paths), ...callArguments(topology, transaction, args),
    ...endorserArguments(topology, paths), '--waitForEvent', '--waitForEventTimeout', COMMIT_TIMEOUT
  ], undefined, identity))
}

/** Evaluates a transaction on one peer as the organisation's admin. */
export async function evaluateAsAdmin (
  organization: OrganizationTopology,
  topology: Topology,
  paths: StatePaths,
  binaries: Binaries,
  transaction: string,
  args: string[],
  peer?: PeerNode
): Promise<string> {
  return await withRetries(async () =>
    (await asAdmin(organization, paths, binaries, ['chaincode', 'query', ...callArguments(topology, transaction, args)], peer)).trim())
}

function callArguments (topology: Topology, transaction: string, args: string[]): string[] {
  const { channel, chaincode } = topology.consortium
  return ['--channelID', channel, '--name', chaincode, '--ctor', JSON.stringify({ function: transaction, Args: args })]
}

async function withRetries (call: () => Promise<string>): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call()
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof NetworkError) || !TRANSIENT.test(error.message)) throw error
      await delay(RETRY_PAUSE_MS * attempt * (0.5 + Math.random()))
    }
  }
}
