import { canonicalize } from '@epione/crypto'
import { POLICY_1 } from '../policy/policy-1.ts'
import { policyHash as hashOfPolicy } from '../policy/policy-hash.ts'
import { canonicalHash } from './canonical-hash.ts'
import { RECOVERY_DELAY_SECONDS, SHARE_MINIMUM } from './limits.ts'
import type { NetworkDescription, NetworkDocument, NetworkVersion } from './network-document.ts'
import { SWITCHES } from './switches.ts'
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
const KNOWN: ReadonlySet<string> = new Set(SWITCHES)
const FIRST_POLICY_HASH = hashOfPolicy(POLICY_1)

/** The document of a description: what it leaves open is as this software has it. */
export function createNetworkDocument (description: NetworkDescription): NetworkDocument {
  const open = { version: 1, policyHash: FIRST_POLICY_HASH, formats: [{ format: FORMAT }], features: [...SWITCHES], builds: [] }
  return { ...open, ...description, settings: { ...DEFAULT_SETTINGS, ...description.settings } }
}

/** Hex SHA-256 of the document's canonical bytes: what founders sign. */
export function hashOfDocument (document: NetworkDocument): string {
  return canonicalHash(document)
}

/** What contracts judge by, of the first document. */
export function networkStateOf (document: NetworkDocument): NetworkState {
  const { networkId, name, members, testing } = document
  return {
    networkId,
    name,
    members: members.map(({ mspId, id, name: called, kind }) => ({ mspId, id, name: called, kind })),
    ...(testing === true && { testing }),
    ...termsOf(document)
  }
}

/** What contracts judge by, of a later one: all that a later version may change. */
export function termsOf (document: NetworkDocument): NonNullable<NetworkState['next']> {
  const { version, inForceFrom, settings, policyHash, features } = document
  return { version, documentHash: hashOfDocument(document), inForceFrom, settings, policyHash, features }
}

/** What counts at a time (ms): `next` is left only where it comes into force later. */
export function networkAt (state: NetworkState, time: number): NetworkState {
  const { next, ...present } = state
  return next === undefined || time < next.inForceFrom ? state : { ...present, ...next }
}

/** The document of a version. What is signed of it is not judged here: `verifyNetwork` and `verifyAmendment` do. */
export function documentIn (version: NetworkVersion): NetworkDocument {
  return 'document' in version ? version.document : (JSON.parse(version.proposal.body) as { document: NetworkDocument }).document
}

/** The member for whom one admin key of the document spoke; undefined when another key did, or more than one. */
export function adminOf ({ members }: NetworkDocument, signers: readonly string[]): string | undefined {
  const [key] = signers
  return signers.length === 1 && key !== undefined ? members.find(({ adminKeys }) => adminKeys.includes(key))?.mspId : undefined
}

/** Whether so many members are more than half of the document's. */
export function isMajority ({ members }: { members: readonly unknown[] }, approvals: number): boolean {
  return 2 * approvals > members.length
}

/** Why nobody may found a network on this document, a sentence each; empty when one may. */
export function checkFounding (document: NetworkDocument): string[] {
  return [
    ...checkFirst(document), ...checkMembers(document), ...checkClearances(document), ...checkSettings(document), ...checkSoftware(document)
  ]
}

function checkFirst ({ version, policyHash }: NetworkDocument): string[] {
  const faults: string[] = []
  if (version !== 1) faults.push('Found a network on version 1 of its document.')
  if (policyHash !== FIRST_POLICY_HASH) faults.push(`Found it on the policy that every software has: its hash is ${FIRST_POLICY_HASH}.`)
  return faults
}

/** Why this document cannot follow the other, a sentence each; empty when it can. That the members stay is a question of its own. */
export function checkAmendment (before: NetworkDocument, document: NetworkDocument): string[] {
  const faults: string[] = []
  if (document.version !== before.version + 1) faults.push(`Make it version ${String(before.version + 1)}: that follows the one in force.`)
  for (const name of ['networkId', 'name', 'testing'] as const) {
    if (document[name] !== before[name]) faults.push(`Leave ${name} as it is: a network keeps it for good.`)
  }
  if (document.inForceFrom <= before.inForceFrom) faults.push('Let it come into force after the version before.')
  return [...faults, ...checkMembers(document), ...checkClearances(document), ...checkSettings(document)]
}

/** Whether the members are the same, with their names and admin keys. */
export function haveSameMembers (before: NetworkDocument, document: NetworkDocument): boolean {
  return canonicalize(before.members) === canonicalize(document.members)
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

function checkClearances ({ members, clearances = [], inForceFrom }: NetworkDocument): string[] {
  const faults: string[] = []
  const cleared = clearances.map(({ mspId }) => mspId)
  if (new Set(cleared).size !== cleared.length) faults.push('Clear each proxy once.')
  if (!cleared.every((mspId) => members.some((m) => m.mspId === mspId))) faults.push('Clear proxies of members only.')
  if (clearances.some(({ until }) => until >= inForceFrom)) faults.push('Clear nobody of answers that are yet to come.')
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

/**
 * Why this software cannot do what the document asks for, a sentence each. A ledger takes no such document, since it would be kept in
 * name only; whoever runs on a network whose document asks for it ends before that comes into force.
 */
export function checkSoftware ({ formats, features }: Pick<NetworkDocument, 'formats' | 'features'>): string[] {
  const faults: string[] = []
  if (formats.length !== 1 || formats[0]?.format !== FORMAT || formats[0].acceptedUntil !== undefined) {
    faults.push(`Accept format ${String(FORMAT)}, without an end, and no other: this software reads no other.`)
  }
  const unknown = features.filter((f) => !KNOWN.has(f))
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
