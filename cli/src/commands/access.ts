import { join } from 'node:path'
import type { Command } from 'commander'
import {
  ClientError, describeReader, listReaders, openRecord, openRecords, requestAccess, requestRound
} from '@epione/sdk'
import type { RecordOpened, RecordsOpened } from '@epione/sdk'
import type { Act } from './act.ts'
import { addExplain } from './explain.ts'
import { FileDestination } from '../files.ts'
import { parseConsentId, parseEventId, parsePatientId, parseRange, parseRecordVersion, parseWhole } from './arguments.ts'
import { keepEvidence } from './keep-evidence.ts'
import type { CommandRun } from './run.ts'

interface RequestOptions { patient: string, record: string[], purpose: string, consent?: string }
interface RoundOptions { purpose: string }
interface OpenOptions { record?: string[], out?: string, range?: string, folder?: string, force?: boolean, stats?: boolean }

export function addAccessCommands (access: Command, act: Act): void {
  access.command('request')
    .description('ask to read records; permitted or denied, it is logged')
    .requiredOption('--patient <id>', 'whose')
    .requiredOption('--record <id...>', 'ID or ID:VERSION, up to 64')
    .requiredOption('--purpose <code>', 'what for, for example TREAT')
    .option('--consent <id>', 'consent to name (default: one granted to you that fits)')
    .action((
      { patient, record, purpose, consent }: RequestOptions,
      command: Command
    ) => act(async (run) => requestAccess(await run.loadPractitioner(), {
      patientId: parsePatientId(patient),
      records: record.map(parseRecordVersion),
      purpose,
      ...(consent === undefined ? {} : { consentId: parseConsentId(consent) })
    }), command))

  access.command('round <patient=record[,record]...>')
    .description('ask to read records of several patients, up to 32, in one transaction; each is permitted or denied by itself')
    .requiredOption('--purpose <code>', 'what for, for example TREAT')
    .action((asks: string[], { purpose }: RoundOptions, command: Command) => act((run) => round(run, asks, purpose), command))

  addExplain(access, act)

  access.command('readers <record>')
    .description('say who can read a record (ID or ID:VERSION), of everybody with a consent: to its patient, to auditors by token')
    .option('--block <n>', 'as it was when that block was the newest')
    .option('--full', 'with the reasons, and what the certificates must say')
    .action((record: string, options: { block?: string, full?: boolean }, command: Command) =>
      act((run) => readers(run, record, options), command))
}

/** What was not permitted ends the command as refused, once all the others are told. */
async function round (run: CommandRun, asks: readonly string[], purpose: string): Promise<object> {
  const wanted = asks.map((ask) => ({ ...parseAsk(ask), purpose }))
  const items = await requestRound(await run.loadPractitioner(), wanted)
  const refused = items.filter(({ decision }) => decision !== 'permit').length
  if (refused === 0) return { items }
  throw new ClientError('ACCESS_DENIED', `${refused} of ${items.length} requests are not permitted; the others are, and each can be opened.`, { items })
}

function parseAsk (text: string): { patientId: string, records: Array<{ recordId: string, version?: number }> } {
  const [patient = '', records, ...rest] = text.split('=')
  if (records === undefined || rest.length > 0) throw new ClientError('USAGE', `"${text}" is not PATIENT=RECORD[:VERSION][,RECORD...].`)
  return { patientId: parsePatientId(patient), records: records.split(',').map(parseRecordVersion) }
}

async function readers (run: CommandRun, record: string, { block, full }: { block?: string, full?: boolean }): Promise<object> {
  const wanted = { ...parseRecordVersion(record), ...(block === undefined ? {} : { block: parseWhole(block, '--block') }) }
  const listed = await listReaders(await run.loadReader(), wanted)
  if (full === true) return listed
  const { patientId: _, policyHash: __, assumed, items, ...told } = listed
  return {
    ...told,
    items: items.map((reader) => ({ consentId: reader.consentId, outcome: reader.outcome, sentence: describeReader(reader) })),
    assumed: assumed.map(({ detail }) => detail)
  }
}

export function addOpen (open: Command, act: Act): void {
  open.option('--record <id>', 'ID or ID:VERSION, once for each that is wanted (default: all that the event names)', addTo)
    .option('--out <file>', 'where one record goes; the file appears when all of it is proven')
    .option('--folder <folder>', 'where several go, each as ID.VERSION: proxies answer for all of them at once')
    .option('--range <start-end>', 'with --out: only these bytes, counted from 0; no more is fetched than proves them')
    .option('--force', 'replace such files')
    .option('--stats', 'also print the SHA-256 of the opened bytes')
    .action((eventId: string, { out, folder, ...options }: OpenOptions, command: Command) => act(async (run) => {
      if (out !== undefined && folder === undefined) return await openIntoFile(run, eventId, { out, ...options })
      if (options.range !== undefined) throw new ClientError('USAGE', '--range is of one record: say --out <file>.')
      if (folder !== undefined && out === undefined) return await openIntoFolder(run, eventId, { folder, ...options })
      throw new ClientError('USAGE', 'Say either --out <file>, for one record, or --folder <folder>, for several.')
    }, command))
}

function addTo (value: string, before: string[] = []): string[] {
  return [...before, value]
}

type Into<Place extends 'out' | 'folder'> = Omit<OpenOptions, 'out' | 'folder'> & Record<Place, string>

async function openIntoFile (run: CommandRun, event: string, { out, record: [record, ...others] = [], range, force, stats }: Into<'out'>): Promise<object> {
  if (others.length > 0) throw new ClientError('USAGE', 'Several records go into a folder: say --folder <folder> instead of --out.')
  const [eventId, choice] = [parseEventId(event), record === undefined ? {} : parseRecordVersion(record)]
  const part = range === undefined ? {} : { part: parseRange(range) }
  const progress = run.startProgress('opened')
  const to = new FileDestination(out, { overwrite: force === true })
  const opened = await openRecord(await run.loadPractitioner(), {
    eventId, ...choice, to, ...part, onProgress: progress.report, onEvidence: keepEvidence(run)
  })
  progress.end()
  return describe(opened, to, stats)
}

async function openIntoFolder (run: CommandRun, event: string, { folder, record, force, stats }: Into<'folder'>): Promise<object> {
  const [eventId, records] = [parseEventId(event), record?.map(parseRecordVersion)]
  const progress = run.startProgress('opened')
  const files = new Map<string, FileDestination>()
  const fileOf = ({ recordId, version }: { recordId: string, version: number }): FileDestination => {
    const path = join(folder, `${recordId}.${version}`)
    const file = files.get(path) ?? new FileDestination(path, { overwrite: force === true })
    files.set(path, file)
    return file
  }
  const { opened, failed } = await openRecords(await run.loadPractitioner(), {
    eventId,
    ...(records === undefined ? {} : { records }),
    to: fileOf,
    onProgress: progress.report,
    onEvidence: keepEvidence(run)
  })
  progress.end()
  const items = opened.map(({ warnings: _, ...one }) => describe(one, fileOf(one), stats))
  if (failed.length > 0) throw notAll(folder, items, failed)
  const warnings = [...new Set(opened.flatMap((one) => one.warnings ?? []))]
  return { eventId, folder, items, ...(warnings.length === 0 ? {} : { warnings }) }
}

function describe (opened: RecordOpened, to: FileDestination, stats = false): object {
  return { out: to.path, ...opened, ...(stats ? { sha256: to.sha256() } : {}) }
}

/** What opened stays where it is; the command ends as the first that did not would have by itself. */
function notAll (folder: string, items: object[], failed: RecordsOpened['failed']): ClientError {
  const [first] = failed.map(({ error }) => error)
  const others = items.length === 0 ? '' : ` (the others are in ${folder})`
  return new ClientError(
    first?.code ?? 'UNEXPECTED',
    `${failed.length} of ${items.length + failed.length} records did not open${others}: ${first?.message ?? ''}`,
    {
      folder,
      items,
      failed: failed.map(({ recordId, version, error: { code, message, details: { party } } }) =>
        ({ recordId, version, code, message, ...(party === undefined ? {} : { party }) }))
    },
    { cause: first }
  )
}
