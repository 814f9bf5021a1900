import { parseArgs } from 'node:util'
import type { Context } from '../description/context.ts'
import { loadContext } from '../description/context.ts'
import type { OrganizationTopology } from '../description/topology.ts'
import { NetworkError } from '../errors.ts'
import { checkStamp } from '../host/stamp.ts'

const OPTIONS = {
  org: { type: 'string' },
  name: { type: 'string', multiple: true },
  days: { type: 'string' },
  staff: { type: 'string' },
  subject: { type: 'string' },
  cause: { type: 'string' },
  all: { type: 'boolean' },
  'new-key': { type: 'boolean' },
  json: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean' }
} as const

type Option = keyof typeof OPTIONS
type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values']

/** The options of a verb about certificates: those named alone. Undefined where its usage is asked for, or others are given. */
export function parseOptions<K extends Option> (args: string[], names: readonly K[]): Pick<Values, K> | undefined {
  const { values } = parseArgs({ args, options: OPTIONS })
  const known: readonly string[] = names
  return values.help === true || !Object.keys(values).every((name) => known.includes(name)) ? undefined : values
}

/** What a verb ends with that tells how it is used: 0 where that was asked for, else 2. */
export function tellUsage (usage: string, args: readonly string[]): number {
  process.stderr.write(usage)
  return args.includes('--help') ? 0 : 2
}

/** A whole number of days. Throws `settings-invalid`. */
export function parseDays (text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new NetworkError('settings-invalid', `--days ${text} is no whole number of days`, { advice: 'Give one from 0 to 9999.' })
}

/** What a state folder made for this very network is worked on with. */
export async function loadStamped (): Promise<Context> {
  const context = await loadContext()
  if (await checkStamp(context.paths, context.topology)) return context
  throw new NetworkError('state-damaged', `${context.paths.root} holds no network`, { advice: 'Run `make up` first.' })
}

/** The one organisation that is named. Throws `settings-invalid`. */
export function requireOrganization (context: Context, id: string | undefined): OrganizationTopology {
  const [found] = id === undefined ? [] : organizationsOf(context, id)
  if (found !== undefined) return found
  throw new NetworkError('settings-invalid', 'which organisation is not said', { advice: `Give --org: ${idsOf(context)}.` })
}

/** The organisation that is named, or all whose keys are here. Throws `settings-invalid`. */
export function organizationsOf (context: Context, id: string | undefined): OrganizationTopology[] {
  const found = context.topology.played.filter((organization) => id === undefined || organization.id === id)
  if (found.length > 0) return found
  throw new NetworkError('settings-invalid', `no organisation ${String(id)} is played here`, { advice: `There are ${idsOf(context)}.` })
}

const idsOf = ({ topology }: Context): string => topology.played.map((organization) => organization.id).join(', ')
