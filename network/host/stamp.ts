import { createHash } from 'node:crypto'
import { NetworkError } from '../errors.ts'
import { listIfExists, readTextIfExists, replaceFile } from '../../host/src/index.ts'
import { canonicalJson, isObject, parseJson } from './json.ts'
import type { StatePaths } from '../description/paths.ts'
import { playsAlone, type Topology } from '../description/topology.ts'

/** Changes whenever the layout of the state folder does, so an older folder is refused rather than misread. */
const LAYOUT = 4

/** The lock, and a stamp that was being written. */
const BEFORE_A_STAMP = /^lock\.(?:db|json)|\.partial$/

/** Of a topology, what a state folder is made for. */
type Described = Pick<Topology, 'consortium' | 'organizations' | 'played'>

/** What a state folder was made for. */
export interface Stamp {
  layout: number
  topologyHash: string
  createdAt: number
  topology: Record<string, unknown>
}

/**
 * Everything of a description that certificates, genesis block or ledger were made from; the policy may change on the ledger, auditors
 * and people come and go, and so do identity providers. A folder that holds the keys of one organisation is not taken for all.
 */
function topologyOf ({ consortium, organizations, played }: Described): Record<string, unknown> {
  return {
    ...playsAlone({ organizations, played }) ? { EPIONE_ORGANIZATION: played.map(({ id }) => id).join() } : {},
    name: consortium.name,
    channel: consortium.channel,
    chaincode: consortium.chaincode,
    basePort: consortium.basePort,
    ...Object.fromEntries(
      consortium.organizations.map((
        { auditors, people, identityProvider, ...organization },
        index
      ) => [`organization ${organization.id}`, { index, ...organization }])
    )
  }
}

/** SHA-256 (lowercase hex) over the canonical JSON of what a network is made from, with the layout's number. */
export function topologyHash (topology: Described): string {
  return createHash('sha256').update(canonicalJson({ layout: LAYOUT, topology: topologyOf(topology) })).digest('hex')
}

/**
 * Reads the stamp of a state folder: undefined when the folder is absent or holds at most a lock. Throws `state-foreign` when it holds
 * something else, `state-damaged` when the stamp is torn.
 */
export async function readStamp (paths: StatePaths): Promise<Stamp | undefined> {
  const text = await readTextIfExists(paths.stamp)
  if (text !== undefined) {
    const value = parseJson(text)
    if (isObject(value) && typeof value['topologyHash'] === 'string' && isObject(value['topology']) &&
      typeof value['layout'] === 'number' && typeof value['createdAt'] === 'number') {
      return { layout: value['layout'], topologyHash: value['topologyHash'], createdAt: value['createdAt'], topology: value['topology'] }
    }
    throw tornStamp(paths)
  } else if ((await listIfExists(paths.root)).every((name) => BEFORE_A_STAMP.test(name))) {
    return undefined
  }
  throw new NetworkError('state-foreign', `${paths.root} holds files, but no stamp of this program`, {
    advice: 'Move the folder away, or name another one in EPIONE_STATE.'
  })
}

function tornStamp (paths: StatePaths): NetworkError {
  return new NetworkError('state-damaged', `${paths.stamp}, which says for which network the folder is, is damaged`, {
    advice: '`make up` with the consortium file that the network was made from writes it anew; else restore it from a backup.'
  })
}

/**
 * A folder whose stamp is lost or torn, but whose network.json names exactly the network asked for, gets its stamp again. Says
 * whether it did.
 */
export async function restoreStamp (paths: StatePaths, topology: Described): Promise<boolean> {
  if (isObject(parseJson(await readTextIfExists(paths.stamp) ?? ''))) return false
  const network = parseJson(await readTextIfExists(paths.networkFile) ?? '')
  if (!isObject(network) || network['topologyHash'] !== topologyHash(topology)) return false
  await writeStamp(paths, topology)
  return true
}

/** What differs between the network a folder was made for and the one asked for now; empty when they are the same. */
export function stampDifferences (stamp: Stamp, topology: Described): string[] {
  if (stamp.topologyHash === topologyHash(topology)) return []
  const now = topologyOf(topology)
  const differences = stamp.layout === LAYOUT ? [] : [`layout ${stamp.layout}, this program has ${LAYOUT}`]
  for (const key of new Set([...Object.keys(stamp.topology), ...Object.keys(now)])) {
    const [before, after] = [stamp.topology[key], now[key]].map((value) => value === undefined ? 'absent' : canonicalJson(value))
    if (before !== after) differences.push(`${key}: was ${String(before)}, is now ${String(after)}`)
  }
  return differences
}

/** Refuses (`state-foreign`) a folder that was made for another network; returns whether the folder is already stamped. */
export async function checkStamp (paths: StatePaths, topology: Described): Promise<boolean> {
  const stamp = await readStamp(paths)
  if (stamp === undefined) return false
  const differences = stampDifferences(stamp, topology)
  if (differences.length === 0) return true
  throw new NetworkError('state-foreign', [
    `${paths.root} belongs to a network of another topology:`, ...differences.map((line) => `  ${line}`)
  ].join('\n'), {
    advice: 'Undo the change of the consortium file or of EPIONE_ORGANIZATION, or run `make clean` (the old ledger is lost), or name another folder in EPIONE_STATE.'
  })
}

/** Marks a folder as made for this network. */
export async function writeStamp (paths: StatePaths, topology: Described): Promise<void> {
  const stamp: Stamp = { layout: LAYOUT, topologyHash: topologyHash(topology), createdAt: Date.now(), topology: topologyOf(topology) }
  await replaceFile(paths.stamp, JSON.stringify(stamp, null, 2) + '\n')
}
