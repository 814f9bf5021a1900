import { parseArgs } from 'node:util'
import { writeStamp } from '../host/stamp.ts'
import { replaceFile } from '../../host/src/index.ts'
import { loadContext, type Context } from '../description/context.ts'
import { playsAlone, type OrganizationTopology } from '../description/topology.ts'
import { NetworkError } from '../errors.ts'
import { withLock } from '../host/lock.ts'
import { report } from '../host/logger.ts'
import { openFolder } from './prepare.ts'
import { runVerb } from './verb.ts'

/** What a step of the founding works on: the folder of the one organisation that is played here. */
export interface StepWork extends Context { organization: OrganizationTopology }

/** A step of the founding, as its verb is called. */
export interface FoundingStep {
  /** Options with a value; all steps take `--dry-run`. */
  options: readonly string[]
  /** Whether so many files are given as the step takes. */
  takes: (files: readonly string[]) => boolean
  /** What it will do, a sentence each; printed first. */
  plan: (organization: OrganizationTopology, files: readonly string[]) => string[]
  run: (work: StepWork, files: readonly string[], options: Readonly<Record<string, string | undefined>>) => Promise<void>
}

/**
 * Runs one step of the founding as this program: it says what it will do, and does it unless `--dry-run` is given. `named`: the first
 * argument says which step.
 */
export async function runStep (find: (name: string) => FoundingStep | undefined, usage: string, named: boolean): Promise<void> {
  await runVerb(async (args) => {
    const [name, rest] = named ? [args[0] ?? '', args.slice(1)] : ['', args]
    const step = find(name)
    if (step === undefined || rest.includes('--help')) {
      process.stderr.write(usage)
      return args.includes('--help') ? 0 : 2
    }
    const own = Object.fromEntries(step.options.map((option) => [option, { type: 'string' as const }]))
    const { values, positionals: files } = parseArgs({ args: rest, allowPositionals: true, options: { ...own, 'dry-run': { type: 'boolean' } } })
    if (!step.takes(files)) {
      process.stderr.write(usage)
      return 2
    }
    const context = await loadContext()
    const organization = ownOf(context)
    step.plan(organization, files).forEach((line, index) => { report(`plan ${String(index + 1)}: ${line}`) })
    if (values['dry-run'] === true) {
      report('nothing was done (--dry-run)')
      return 0
    }
    await withLock(context.paths, async () => {
      if (!await openFolder(context)) await writeStamp(context.paths, context.topology)
      const options = Object.fromEntries(Object.entries<string | boolean>(values).flatMap(([name, value]) => typeof value === 'string' ? [[name, value]] : []))
      await step.run({ ...context, organization }, files, options)
    })
    return 0
  })
}

/** Throws `settings-invalid` unless one organisation alone is played here. */
function ownOf ({ topology: { played, organizations } }: Context): OrganizationTopology {
  const [own] = played
  if (own !== undefined && (playsAlone({ played, organizations }) || organizations.length === 1)) return own
  throw new NetworkError('settings-invalid', 'this step is one organisation\'s, and EPIONE_ORGANIZATION does not say which', {
    advice: `Set EPIONE_ORGANIZATION to your id in the description: ${organizations.map(({ id }) => id).join(', ')}.`
  })
}

/** Writes what is to be sent to others, and says where it is. */
export async function handOut (content: unknown, file: string, what: string): Promise<void> {
  await replaceFile(file, `${JSON.stringify(content, undefined, 2)}\n`)
  report(`${what}: ${file}`)
}
