import { canonicalize, sha256, toHex, utf8 } from '@epione/crypto'
import { POLICY_1 } from '../policy/policy-1.ts'
import { policyHash as hashOfPolicy } from '../policy/policy-hash.ts'
import { RECOVERY_DELAY_SECONDS, SHARE_MINIMUM } from './limits.ts'
import type { NetworkDescription, NetworkDocument } from './network-document.ts'
import type { NetworkState } from './state.ts'

const DEFAULT_SETTINGS = { permitSeconds: 60, recoveryDelaySeconds: RECOVERY_DELAY_SECONDS, identityDelaySeconds: RECOVERY_DELAY_SECONDS }
/** Below these only a testing network is founded. */
const FLOORS = {
  shareMinimum: SHARE_MINIMUM,
  recoveryDelaySeconds: RECOVERY_DELAY_SECONDS,
  identityDelaySeconds: RECOVERY_DELAY_SECONDS
} as const
/** The one format of statement bodies that this software reads and writes. */
const FORMAT = 1
/** Behaviour that this software can switch on. */
const FEATURES: readonly string[] = []

/** The document of a description: what it leaves open is as this software has it. */
export function createNetworkDocument (description: NetworkDescription): NetworkDocument {
  const open = { version: 1, policyHash: hashOfPolicy(POLICY_1), formats: [{ format: FORMAT }], features: [], builds: [] }
  return { ...open, ...description, settings: { ...DEFAULT_SETTINGS, ...description.settings } }
}

/** Hex SHA-256 of the document's canonical bytes: what founders sign. */
export function hashOfDocument (document: NetworkDocument): string {
  return hashOf(document)
}

/** What contracts judge by. */
export function networkStateOf (document: NetworkDocument): NetworkState {
  const { version, networkId, name, members, testing, settings } = document
  return {
    version,
    documentHash: hashOfDocument(document),
    networkId,
    name,
    members: members.map(({ mspId, id, name: called, kind }) => ({ mspId, id, name: called, kind })),
    ...(testing === true && { testing }),
    settings
  }
}

/** Why nobody may found a network on this document, a sentence each; empty when one may. */
export function checkFounding (document: NetworkDocument): string[] {
  return [...checkFirst(document), ...checkMembers(document), ...checkSettings(document), ...checkSoftware(document)]
}

function checkFirst ({ version }: NetworkDocument): string[] {
  return version === 1 ? [] : ['Found a network on version 1 of its document.']
}

function checkMembers ({ members, auditors }: NetworkDocument): string[] {
  const faults: string[] = []
  for (const field of ['mspId', 'id'] as const) {
    if (new Set(members.map((m) => m[field])).size !== members.length) faults.push(`List each member once: two have the same ${field}.`)
  }
  const keys = members.flatMap((m) => m.adminKeys)
  if (new Set(keys).size !== keys.length) faults.push('List each admin key once: one key would speak twice.')
  if (!auditors.every(({ mspId }) => members.some((m) => m.mspId === mspId))) faults.push('List auditors of members only.')
  return faults
}

function checkSettings ({ members, testing, settings }: NetworkDocument): string[] {
  const faults: string[] = []
  if (settings.shareMinimum > members.length) faults.push('A consent cannot need more proxies than there are members; lower shareMinimum.')
  if (testing === true) return faults
  for (const name of ['shareMinimum', 'recoveryDelaySeconds', 'identityDelaySeconds'] as const) {
    if (settings[name] < FLOORS[name]) {
      faults.push(`Raise ${name} to ${String(FLOORS[name])} at least; only a network that is founded as testing goes below.`)
    }
  }
  return faults
}

/** A document that asks for what this software does not do would be kept in name only. */
function checkSoftware ({ policyHash, formats, features }: NetworkDocument): string[] {
  const faults: string[] = []
  const own = hashOfPolicy(POLICY_1)
  if (policyHash !== own) faults.push(`Name the policy that a network begins with: its hash is ${own}.`)
  if (formats.length !== 1 || formats[0]?.format !== FORMAT || formats[0].acceptedUntil !== undefined) {
    faults.push(`Accept format ${String(FORMAT)}, without an end, and no other: this software reads no other.`)
  }
  const unknown = features.filter((f) => !FEATURES.includes(f))
  if (unknown.length > 0) faults.push(`Leave out features that this software does not have: ${unknown.join(', ')}.`)
  return faults
}

/** One thing in which the ledger's document is not that of somebody's own network file. */
export interface DocumentDifference { what: string, expected: string, found: string }

/** Everything in which two documents differ; the order of members does not count here, though it does in the hash. */
export function compareDocuments (expected: NetworkDocument, found: NetworkDocument): DocumentDifference[] {
  const [ours, theirs] = [describeDocument(expected), describeDocument(found)]
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].sort()
  return names.flatMap((what) => {
    const [mine = 'nothing', other = 'nothing'] = [ours.get(what), theirs.get(what)]
    return mine === other ? [] : [{ what, expected: mine, found: other }]
  })
}

/** The differences, each with both values: completes "it is refused: ...". */
export function describeDifferences (differences: readonly DocumentDifference[]): string {
  return `the network was founded otherwise than the network file says: ${differences.map((
    { what, expected, found }
  ) => `${what} is ${found} on the ledger and ${expected} in the file`).join('; ')}`
}

/** Every value of a document under a name of its own. */
function describeDocument ({ testing, settings, members, ...rest }: NetworkDocument): Map<string, string> {
  const values: [string, string | number | boolean | object][] = [
    ...Object.entries(rest),
    ['testing', testing === true],
    ...Object.entries(settings).map(([key, value]): [string, string | number | string[]] => [`settings.${key}`, value]),
    ...members.flatMap((member) =>
      Object.entries(member).map(([key, value]): [string, string | number | string[]] => [`members.${member.mspId}.${key}`, value])),
    ['members', members.map((m) => m.mspId).sort().join(', ')]
  ]
  return new Map(values.map(([key, value]) => [key, typeof value === 'object' ? canonicalize(value) : String(value)]))
}

function hashOf (value: object): string {
  return toHex(sha256(utf8(canonicalize(value))))
}
