import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Journal, Mapping, MovedType, Report, Source } from '@epione/sync'
import { ClientError } from '@epione/sdk'
import type { ClientErrorCode, PractitionerContext } from '@epione/sdk'
import { networkIdHex } from '@epione/sdk'
import { readText, requireFree, writeWhole } from '../files.ts'
import type { Act } from './act.ts'
import { parseWhole } from './arguments.ts'
import { loadPackage } from './optional-package.ts'
import type { CommandRun } from './run.ts'

type Package = typeof import('@epione/sync')

interface Options {
  name: string
  mapping?: string
  cards?: string
  atOnce: string
  dryRun?: boolean
  moves?: boolean
  manyDeletions?: boolean
  report?: string
}
/** How a server knows who asks it. */
export interface Shown { bearer?: string, basic?: string }
interface ServerOptions extends Options, Shown { count?: string, full?: boolean }
interface FhirOptions extends ServerOptions { type?: string[] }
interface FolderOptions extends Options { type?: string[], complete?: boolean }

/** Sealed at once, at most: each is a request of its own to the gateway. */
const AT_ONCE_MAX = 64
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** `sync fhir|bulk|folder|dicom|dicomweb`: records out of existing systems, each sealed once. */
export function addSyncCommands (sync: Command, act: Act): void {
  server(sync.command('fhir <url>').description('a FHIR R4 server'))
    .option('--type <types...>', 'types of resources (default: all that are moved)')
    .action((url: string, options: FhirOptions, command: Command) => act((run) => withPackage(async (sync) => {
      const source = new sync.FhirServerSource({ base: url, types: parseTypes(sync, options.type), ...await askedOf(options) })
      return await move(sync, run, source, { ...options, kind: 'fhir', base: source.base })
    }), command))

  server(sync.command('bulk <url>').description('a FHIR R4 server by its bulk export ($export)'))
    .option('--type <types...>', 'types of resources (default: all that are moved)')
    .option('--of <what>', 'whose are exported: patient (all patients), system, or Group/ID', 'patient')
    .action((url: string, options: FhirOptions & { of: string }, command: Command) => act((run) => withPackage(async (sync) => {
      const [types, of] = [parseTypes(sync, options.type), parseLevel(options.of)]
      const source = new sync.FhirExportSource({ base: url, types, of, ...await askedOf(options) })
      return await move(sync, run, source, { ...options, kind: 'fhir', base: source.base })
    }), command))

  folder(sync.command('folder <folder>').description('FHIR in files: NDJSON of a bulk export, and bundles as JSON'))
    .option('--type <types...>', 'types of resources (default: all that are moved)')
    .action((path: string, options: FolderOptions, command: Command) => act((run) => withPackage(async (sync) =>
      await move(sync, run, new sync.FhirFolderSource({ folder: resolve(path), types: parseTypes(sync, options.type), complete: options.complete === true }), { ...options, kind: 'fhir' })
    ), command))

  folder(sync.command('dicom <folder>').description('files of DICOM'))
    .action((path: string, options: FolderOptions, command: Command) => act((run) => withPackage(async (sync) =>
      await move(sync, run, new sync.DicomFolderSource({ folder: resolve(path), complete: options.complete === true }), { ...options, kind: 'dicom' })
    ), command))

  server(sync.command('dicomweb <url>').description('a PACS by QIDO-RS and WADO-RS'))
    .action((url: string, options: ServerOptions, command: Command) => act((run) => withPackage(async (sync) =>
      await move(sync, run, new sync.DicomwebSource({ base: url, ...await askedOf(options) }), { ...options, kind: 'dicom' })
    ), command))
}

function common (command: Command): Command {
  return command
    .requiredOption('--name <name>', 'what the hospital calls this system: things with one id in one system are one record')
    .option('--mapping <file>', 'whose card a patient of the source has: JSON {"1204": "anna.json"}, or CSV patient,card')
    .option('--cards <folder>', 'write cards as PATIENT.json, for patients whom the source itself knows by an identifier of urn:epione:patient')
    .option('--at-once <n>', 'sealed at once', '8')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--moves', 'what is another patient\'s by now is withdrawn there and sealed for the other')
    .option('--many-deletions', 'believe the source however much it says was deleted')
    .option('--report <file>', 'new file for all that was done and left, as JSON')
}

const folder = (command: Command): Command => common(command)
  .option('--complete', 'the folder holds all there is: withdraw what is gone from it')

/** What a server that is asked, or delivered to, wants to be shown. */
export const showing = (command: Command): Command => command
  .option('--bearer <file>', 'file with the token that the server wants')
  .option('--basic <file>', 'file with NAME:PASSWORD, for a server that wants these')

const server = (command: Command): Command => showing(common(command))
  .option('--count <n>', 'things asked for in one page')
  .option('--full', 'look at everything again, also at what did not change')

export async function readShown ({ bearer, basic }: Shown): Promise<{ token?: string, basic?: string }> {
  return {
    ...(bearer === undefined ? {} : { token: (await readText(bearer)).trim() }),
    ...(basic === undefined ? {} : { basic: (await readText(basic)).replace(/\r?\n$/, '') })
  }
}

async function askedOf (options: ServerOptions): Promise<{ token?: string, basic?: string, count?: number, full: boolean }> {
  const { count, full } = options
  return { full: full === true, ...await readShown(options), ...(count === undefined ? {} : { count: parseWhole(count, '--count') }) }
}

function parseTypes ({ isMovedType, MOVED_TYPES }: Package, named: readonly string[] | undefined): readonly MovedType[] {
  if (named === undefined) return MOVED_TYPES
  return named.map((type) => {
    if (isMovedType(type)) return type
    throw new ClientError('USAGE', `--type ${type}: moved are ${MOVED_TYPES.join(', ')}.`)
  })
}

function parseLevel (of: string): string {
  if (/^(?:patient|system|Group\/[A-Za-z0-9.-]{1,64})$/.test(of)) return of
  throw new ClientError('USAGE', `--of: expected patient, system, or Group/ID, got "${of}".`)
}

const EXITS = {
  OPTION_INVALID: 'USAGE',
  MAPPING_INVALID: 'USAGE',
  JOURNAL_IN_USE: 'USAGE',
  JOURNAL_FOREIGN: 'USAGE',
  SOURCE_UNREADABLE: 'FILE_UNREADABLE',
  SOURCE_UNAVAILABLE: 'UNAVAILABLE',
  SOURCE_REFUSED: 'REFUSED',
  SOURCE_INVALID: 'REFUSED'
} as const satisfies Record<string, ClientErrorCode>

/** What ends a run, by a code of this program; `syncCode` says more. */
export async function withPackage (work: (sync: Package) => Promise<object>): Promise<object> {
  const sync = await loadPackage('@epione/sync', async () => await import('@epione/sync'))
  try {
    return await work(sync)
  } catch (error) {
    if (!(error instanceof sync.SyncError)) throw error
    throw new ClientError(EXITS[error.code], error.message, { syncCode: error.code }, { cause: error })
  }
}

interface Move extends Options { kind: 'fhir' | 'dicom', base?: string }

async function move (sync: Package, run: CommandRun, source: Source, options: Move): Promise<object> {
  if (!NAME.test(options.name)) throw new ClientError('USAGE', `--name: expected letters, digits, dots, hyphens and underscores, got "${options.name}".`)
  const atOnce = parseWhole(options.atOnce, '--at-once')
  if (atOnce > AT_ONCE_MAX) throw new ClientError('USAGE', `--at-once: ${AT_ONCE_MAX} at most.`)
  if (options.report !== undefined) await requireFree(options.report)
  const mapping: Mapping = options.mapping === undefined ? new Map() : await sync.readMapping(options.mapping)
  const context = await run.loadPractitioner()
  const journal = openJournal(sync, run, context, options)
  const progress = run.startProgress('looked at', undefined, (things, seconds) => `${things} things, ${(things / seconds).toFixed(1)} a second`)
  try {
    const report = await sync.runSync({
      source,
      system: options.name,
      base: options.base,
      // The token of the hospital is read for each thing: a new one takes the place of one that ends.
      context: async () => ({ ...context, token: await run.token(context.keys) }),
      journal,
      mapping,
      cards: new sync.FolderCards(options.cards),
      atOnce,
      trial: options.dryRun === true,
      moves: options.moves === true,
      manyDeletions: options.manyDeletions === true,
      onProgress: ({ total }) => { progress.report(total) }
    })
    progress.end()
    return await tell(report, options)
  } finally {
    journal.close()
  }
}

function openJournal (sync: Package, run: CommandRun, context: PractitionerContext, { name, kind, dryRun }: Move): Journal {
  const { person: { mspId, staffId } } = context
  return new sync.Journal(join(run.home.syncFolder, `${name}.sqlite`), `${kind} ${mspId}/${staffId} ${networkIdHex(context)}`, { trial: dryRun === true })
}

async function tell (report: Report, { name, dryRun = false, report: path }: Move): Promise<object> {
  const said = { system: name, ...(dryRun ? { dryRun } : {}) }
  if (path !== undefined) await writeWhole(path, encode(report.json(said)))
  const result = { ...said, ...report.summary(), ...(path === undefined ? {} : { report: path }) }
  const { failed, unmatched } = report.counts
  if (failed > 0) throw new ClientError('SYNC_INCOMPLETE', `${failed} things were left, each for its own reason; run it again once these are mended.`, result)
  return unmatched === 0 ? result : { ...result, warnings: [`${unmatched} things are of patients whose card is not here: nothing of theirs was sealed.`] }
}

async function * encode (pieces: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece))
}
