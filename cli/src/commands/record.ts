import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Act } from './act.ts'
import { ContentFile } from '../content-file.ts'
import { ContentSpool, SPOOL_FROM_BYTES } from '../content-spool.ts'
import { RELATIONS } from '@epione/protocol'
import type { KeyRing } from '@epione/crypto'
import { addRecord, ClientError, getRecord, listRecords, MEDIA_CLASSES, mediaClassOf, sortRecord } from '@epione/sdk'
import type { NewRecord } from '@epione/sdk'
import { FileDestination, readText } from '../files.ts'
import { parseChoice, parseRange, parseRecordVersion } from './arguments.ts'
import { addRecordEndCommands } from './record-end.ts'
import type { CommandRun } from './run.ts'

type Relation = (typeof RELATIONS)[number]
type AddOptions = Partial<Record<Relation, string[]>> & {
  card?: string
  category?: string
  to?: string
  amends?: string
  media?: string
  index: boolean
  keyword?: string[]
}
interface GetOptions { out?: string, range?: string, force?: boolean }

export function addRecordCommands (record: Command, act: Act): void {
  record.command('add <path>')
    .description('seal a file of any type and size and register it')
    .option('--category <name>', 'category of the data')
    .option('--to <name>', 'the same; --to inbox when no category of the card fits')
    .option('--card <file>', 'the patient\'s write card (a practitioner needs it)')
    .option('--amends <record>', 'the next version of this own record; with ID:VERSION only if that is still the newest')
    .option('--replaces <records...>', 'records (ID:VERSION) that this one replaces, of any author')
    .option('--appends <records...>', 'records (ID:VERSION) that this one adds to')
    .option('--transforms <records...>', 'records (ID:VERSION) that this one was made from')
    .option('--media <class>', 'document, image, signal or structured (default: by the file\'s name)')
    .option('--keyword <words...>', 'what finds it, beside what is in it: words, or field:value as in a search')
    .option('--no-index', 'make no index entry: no search finds it')
    .action((path: string, options: AddOptions, command: Command) => act((run) => add(run, path, options), command))

  record.command('list')
    .description('list a patient\'s records, each manifest verified, the newest first')
    .option('--patient <id>', 'patient (a patient lists their own)')
    .action(({ patient }: { patient?: string }, command: Command) => act(async (run) => {
      const context = await run.loadEither()
      const patientId = context.role === 'patient' ? context.patientId : patient
      if (patientId === undefined) throw new ClientError('USAGE', 'Say which patient: --patient ID.')
      return { patientId, items: await listRecords(context, patientId) }
    }, command))

  record.command('get <record>')
    .description('show a verified manifest (record is ID or ID:VERSION); with --out a patient opens an own record')
    .option('--out <file>', 'open into this file')
    .option('--range <start-end>', 'only these bytes, counted from 0; no more is fetched than proves them')
    .option('--force', 'replace that file')
    .action((record: string, { out, range, force }: GetOptions, command: Command) => act(async (run) => {
      if (range !== undefined && out === undefined) throw new ClientError('USAGE', 'Say where the bytes of --range go: --out <file>.')
      const part = range === undefined ? undefined : parseRange(range)
      const context = await run.loadEither()
      const progress = run.startProgress('opened')
      const to = out === undefined ? undefined : new FileDestination(out, { overwrite: force === true })
      const { opened, ...shown } = await getRecord(context, {
        ...parseRecordVersion(record),
        ...(to === undefined ? {} : { to }),
        ...(part === undefined ? {} : { part }),
        onProgress: progress.report
      })
      if (to === undefined) return shown
      progress.end()
      return { ...shown, opened: { out, ...opened, sha256: to.sha256() } }
    }, command))

  record.command('sort <record>')
    .description('move an own record, all its versions, to another category, for example out of inbox')
    .requiredOption('--category <name>', 'where to')
    .action(
      (
        record: string,
        { category }: { category: string },
        command: Command
      ) => act(async (run) => sortRecord(await run.loadPatient(), parseRecordVersion(record).recordId, category), command)
    )

  addRecordEndCommands(record, act)
}

async function add (run: CommandRun, path: string, options: AddOptions): Promise<object> {
  const category = options.category ?? options.to
  if (category === undefined) throw new ClientError('USAGE', 'Say which category: --category NAME, or --to inbox.')
  const mediaClass = options.media === undefined ? mediaClassOf(path) : parseChoice(options.media, MEDIA_CLASSES, '--media')
  const amends = options.amends === undefined ? undefined : parseRecordVersion(options.amends)
  const relatesTo = parseRelations(options)
  const file = await ContentFile.open(path)
  try {
    const context = await run.loadEither()
    const card = options.card === undefined ? undefined : await readText(options.card)
    const said = { category, mediaClass, amends, relatesTo, card, ...options }
    const spool = await openSpool(run, context.keys, file, { path, said })
    const progress = run.startProgress('sealed', file.sizeBytes)
    const added = await addRecord(context, {
      ...(spool === undefined ? {} : { spool }),
      source: file,
      category,
      mediaClass,
      indexed: options.index,
      ...(options.keyword === undefined ? {} : { keywords: options.keyword }),
      onProgress: progress.report,
      ...(card === undefined ? {} : { card }),
      ...(amends === undefined ? {} : { amends }),
      ...(relatesTo.length === 0 ? {} : { relatesTo })
    }).finally(() => { spool?.close() })
    progress.end()
    return { ...added, mediaClass }
  } finally {
    await file.close()
  }
}

/** Where a large file lies sealed until it is sent; undefined for one that is sent at once. */
async function openSpool (
  run: CommandRun, keys: KeyRing, { sizeBytes, stamp }: ContentFile, { path, said }: { path: string, said: object }
): Promise<ContentSpool | undefined> {
  if (sizeBytes < SPOOL_FROM_BYTES) return undefined
  const spool = await ContentSpool.open(run.home.outgoingFolder, keys, { path: resolve(path), sizeBytes, changed: stamp, said })
  if (spool !== undefined) spool.onProgress = run.startProgress('uploaded', sizeBytes).report
  return spool
}

/** @throws {ClientError} USAGE for a record without its version: what one replaces is what one has read */
function parseRelations (options: AddOptions): NonNullable<NewRecord['relatesTo']> {
  return RELATIONS.flatMap((relation) => (options[relation] ?? []).map((name) => {
    const { recordId, version } = parseRecordVersion(name)
    if (version === undefined) throw new ClientError('USAGE', `Say which version: --${relation} ${recordId}:VERSION.`)
    return { relation, recordId, version }
  }))
}
