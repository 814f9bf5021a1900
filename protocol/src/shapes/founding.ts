import { RECOVERY_DELAY_SECONDS, SHARE_MINIMUM } from './limits.ts'
import type { NetworkFounding } from './arguments.ts'
import type { NetworkState } from './state.ts'

const DEFAULT_SETTINGS = { permitSeconds: 60, recoveryDelaySeconds: RECOVERY_DELAY_SECONDS, identityDelaySeconds: RECOVERY_DELAY_SECONDS }
/** Below these only a testing network is founded. */
const FLOORS = { shareMinimum: SHARE_MINIMUM, recoveryDelaySeconds: RECOVERY_DELAY_SECONDS, identityDelaySeconds: RECOVERY_DELAY_SECONDS } as const

/** The founding with every setting that it leaves open filled in: what the ledger keeps. */
export function completeFounding ({ networkId, name, members, testing, settings }: NetworkFounding): NetworkState {
  return { networkId, name, members, ...(testing === true && { testing }), settings: { ...DEFAULT_SETTINGS, ...settings } }
}

/** Why nobody may found such a network, a sentence each; empty when one may. */
export function checkFounding ({ members, testing, settings }: NetworkState): string[] {
  const faults: string[] = []
  for (const field of ['mspId', 'id'] as const) {
    if (new Set(members.map((m) => m[field])).size !== members.length) faults.push(`List each member once: two have the same ${field}.`)
  }
  if (settings.shareMinimum > members.length) faults.push('A consent cannot need more proxies than there are members; lower shareMinimum.')
  if (testing === true) return faults
  for (const name of ['shareMinimum', 'recoveryDelaySeconds', 'identityDelaySeconds'] as const) {
    if (settings[name] < FLOORS[name]) faults.push(`Raise ${name} to ${String(FLOORS[name])} at least; only a network that is founded as testing goes below.`)
  }
  return faults
}

/** One thing in which a founded network is not what somebody's own network file says. */
export interface FoundingDifference { what: string, expected: string, founded: string }

/** Everything in which two foundings differ; the order of members does not count. */
export function compareFoundings (expected: NetworkState, founded: NetworkState): FoundingDifference[] {
  const [ours, theirs] = [describeFounding(expected), describeFounding(founded)]
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].sort()
  return names.flatMap((what) => {
    const [mine = 'nothing', other = 'nothing'] = [ours.get(what), theirs.get(what)]
    return mine === other ? [] : [{ what, expected: mine, founded: other }]
  })
}

/** The differences in one sentence, each with both values. */
export function describeDifferences (differences: readonly FoundingDifference[]): string {
  return `The ledger was founded otherwise than the network file says: ${differences.map(({ what, expected, founded }) => `${what} is ${founded} on the ledger and ${expected} in the file`).join('; ')}.`
}

/** Every value of a founding under a name of its own. */
function describeFounding ({ networkId, name, members, testing, settings }: NetworkState): Map<string, string> {
  const values: [string, unknown][] = [
    ['networkId', networkId],
    ['name', name],
    ['testing', testing === true],
    ...Object.entries(settings).map(([key, value]): [string, unknown] => [`settings.${key}`, value]),
    ...members.flatMap((member) => Object.entries(member).map(([key, value]): [string, unknown] => [`members.${member.mspId}.${key}`, value])),
    ['members', members.map((m) => m.mspId).sort().join(', ')]
  ]
  return new Map(values.map(([key, value]) => [key, String(value)]))
}
