import type { StatementType } from './statements.ts'

/**
 * Behaviour that this software has, and that counts on a network from the version of its document on that names it under `features`. Before
 * that every statement that needs it is refused with `FEATURE_INACTIVE`, by contracts and proxies alike.
 */
export const SWITCHES = ['search', 'streams', 'delegates'] as const
export type Switch = (typeof SWITCHES)[number]

type Members = Readonly<Record<string, unknown>>
type Needs = Readonly<Partial<Record<StatementType, (body: Members) => boolean>>>

const isIndexed = ({ index }: Members): boolean => index !== undefined
const isOfStream = ({ segment, summarizes }: Members): boolean => (segment ?? summarizes) !== undefined
const allows = (action: string) => ({ actions }: Members): boolean => Array.isArray(actions) && actions.includes(action)
const signsAs = (kind: string) => ({ as }: Members): boolean => typeof as === 'object' && as !== null && 'kind' in as && as.kind === kind
const namesWindows = (release: unknown): boolean =>
  typeof release === 'object' && release !== null && ('windows' in release || 'end' in release)

/** Which statements need a switch: all that this software could not yet do without it. */
const NEEDS: Readonly<Record<Switch, Needs>> = {
  search: {
    SearchKeys: () => true,
    RecordManifest: isIndexed,
    Rewrap: isIndexed,
    Consent: allows('search'),
    AccessRequest: ({ action }) => action === 'search'
  },
  streams: {
    Device: () => true,
    DeviceEnd: () => true,
    Window: () => true,
    WindowReceipt: () => true,
    RecordManifest: isOfStream,
    Rewrap: isOfStream,
    Session: signsAs('device'),
    Consent: allows('follow'),
    AccessRequest: ({ action }) => action === 'follow',
    ReleaseReceipt: ({ releases }) => Array.isArray(releases) && releases.some(namesWindows)
  },
  delegates: {
    /** What only ends one is taken on a network that has switched them off since. */
    Delegate: ({ delegate }) => delegate !== undefined,
    Session: signsAs('delegate')
  }
}

/** What a statement needs and the terms in force do not name; a body that fits its schema. */
export function missingSwitches ({ features }: { features: readonly string[] }, type: StatementType, body: object): Switch[] {
  return SWITCHES.filter((name) => !features.includes(name) && NEEDS[name][type]?.({ ...body }) === true)
}
