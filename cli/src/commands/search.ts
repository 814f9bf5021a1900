import type { Command } from 'commander'
import { ClientError, listSearchable, raiseSearchKeys, rebuildIndex, requireMaySearch, requireSearchOn, SealedCache, searchAll, searchOwn, searchPatient } from '@epione/sdk'
import type { PatientContext, PractitionerContext, SearchOptions } from '@epione/sdk'
import type { Act } from './act.ts'
import { FolderCache } from '../search-cache.ts'
import { parseConsentId, parsePatientId, parseRecordVersion, parseWhole } from './arguments.ts'
import type { CommandRun } from './run.ts'

interface Options {
  patient?: string
  purpose?: string
  consent?: string
  category?: string[]
  limit?: string
  after?: string
  explain?: boolean
  cache: boolean
}

export function addSearch (search: Command, act: Act): void {
  search
    .option('--patient <id>', 'a practitioner: whose records (default: of all who consented to your searches)')
    .option('--purpose <code>', 'a practitioner: what for, for example TREAT')
    .option('--consent <id>', 'a practitioner: the consent to name (default: those to you that fit)')
    .option('--category <names...>', 'a patient: only these categories')
    .option('--limit <n>', 'at most so many at once, up to 1000 (default: 100)')
    .option('--after <record>', 'go on after this match (ID:VERSION), the "next" of the page before')
    .option('--explain', 'also say what was asked of whom, how it was verified, and what has no entry')
    .option('--no-cache', 'keep nothing on this machine, and use nothing that is kept')
    .action((query: string, options: Options, command: Command) => act((run) => runSearch(run, query, options), command))
}

async function runSearch (run: CommandRun, query: string, options: Options): Promise<object> {
  const context = await run.loadEither()
  // Before its keys are used for what is kept.
  requireMaySearch(context)
  const wanted = optionsOf(run, context, query, options)
  if (context.role === 'patient') {
    for (const name of ['patient', 'purpose', 'consent'] as const) refuse(options[name], name, 'practitioners\' searches')
    return await searchOwn(context, { ...wanted, ...(options.category === undefined ? {} : { categories: options.category }) })
  }
  refuse(options.category, 'category', 'patients: a practitioner knows no names of categories')
  const { purpose, patient, consent } = options
  if (purpose === undefined) throw new ClientError('USAGE', 'Say what for: --purpose TREAT, for example.')
  if (patient !== undefined) {
    return await searchPatient(context, {
      ...wanted, purpose, patientId: parsePatientId(patient), ...(consent === undefined ? {} : { consentId: parseConsentId(consent) })
    })
  }
  refuse(consent, 'consent', 'one patient: say --patient, too')
  refuse(options.after, 'after', 'one patient: say --patient, too')
  return await searchAll(context, await listSearchable(context), { ...wanted, purpose })
}

function optionsOf (
  run: CommandRun, { keys }: PatientContext | PractitionerContext, query: string, { limit, after, explain, cache }: Options
): SearchOptions {
  const follows = after === undefined ? undefined : parseRecordVersion(after)
  if (follows !== undefined && follows.version === undefined) throw new ClientError('USAGE', 'Say --after ID:VERSION.')
  return {
    query,
    ...(limit === undefined ? {} : { limit: parseWhole(limit, '--limit') }),
    ...(follows === undefined ? {} : { after: `${follows.recordId}:${String(follows.version)}` }),
    ...(explain === true ? { explain } : {}),
    ...(cache ? { cache: new SealedCache(new FolderCache(run.home.searchCacheFolder), keys.searchCacheKey()) } : {})
  }
}

function refuse (value: unknown, name: string, of: string): void {
  if (value !== undefined) throw new ClientError('USAGE', `--${name} is for ${of}.`)
}

export function addIndexCommands (index: Command, act: Act): void {
  index.command('rebuild')
    .description('make index entries for own records that have none; each is wrapped anew, and its content is read once')
    .option('--category <names...>', 'only these categories')
    .option('--all', 'also for records that have one')
    .action(({ category, all }: { category?: string[], all?: boolean }, command: Command) => act(async (run) =>
      rebuildIndex(await run.loadPatient(), { all: all === true, ...(category === undefined ? {} : { categories: category }) }), command))

  index.command('raise')
    .description('raise the issue of own search keys: what is indexed from now on opens with no key that was given before')
    .requiredOption('--category <names...>', 'which categories')
    .action(({ category }: { category: string[] }, command: Command) => act(async (run) => {
      const context = await run.loadPatient()
      await requireSearchOn(context)
      return await raiseSearchKeys(context, category) ?? { patientId: context.patientId, keys: [] }
    }, command))
}
