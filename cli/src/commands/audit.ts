import { join } from 'node:path'
import type { Command } from 'commander'
import { chAtcReadingOf } from '@epione/protocol/fhir'
import {
  ClientError, EvidenceFile, EvidenceMaterial, listAccessEvents, listLogReadings, makeEvidence, parseJsonFile, verifyEvidence
} from '@epione/sdk'
import type { AuditQuery } from '@epione/sdk'
import type { Act } from './act.ts'
import { listFolder, readText, requireFree, writeNewFile } from '../files.ts'
import { addAsk } from './audit-ask.ts'
import { addExport } from './audit-export.ts'
import { addAuditFollow, addWebhooks } from './audit-follow.ts'
import { addLogFilters, parseLogQuery } from './log-filters.ts'
import type { LogFilters } from './log-filters.ts'
import { addProof } from './proof.ts'
import { parseChoice, parseEventId, parsePatientId, parsePerson, parseRecordVersion, parseWhole } from './arguments.ts'
import type { CommandRun } from './run.ts'
import { describeInterval } from './times.ts'
import { addVerifyLedgerCommand } from './verify-ledger.ts'

interface EvidenceOptions { out: string, record?: string }
interface ReadingOptions { patient?: string, reader?: string, limit?: string, format?: string }
interface AuditOptions extends LogFilters { limit?: string }

export function addAuditCommands (audit: Command, act: Act): void {
  addLogFilters(audit.command('list'))
    .description('list access events, newest first (an auditor by token, a patient their own, merged from two hospitals)')
    .option('--limit <n>', 'at most so many')
    .action((options: AuditOptions, command: Command) => act((run) => list(run, options), command))

  audit.command('readings')
    .description('list who read the log, newest first (an auditor by token; a patient who read of them, merged from two hospitals)')
    .option('--patient <id>', 'of this patient\'s events')
    .option('--reader <mspId/staffId>', 'by this person')
    .option('--limit <n>', 'at most so many')
    .option('--format <format>', 'json, or ch-atc: an ATC_LOG_READ of CH:ATC for each patient of a reading', 'json')
    .action((options: ReadingOptions, command: Command) => act((run) => listReadings(run, options), command))

  audit.command('evidence <event>')
    .description('write the evidence of an opening that failed, for any third party to judge offline')
    .requiredOption('--out <file>', 'new file for the evidence')
    .option('--record <id>', 'ID or ID:VERSION: which record of the event (default: the only one whose opening failed)')
    .action(
      (
        event: string,
        { out, record }: EvidenceOptions,
        command: Command
      ) => act((run) => writeEvidence(run, parseEventId(event), { out, ...(record === undefined ? {} : { record }) }), command)
    )

  addAsk(audit, act)

  addAuditFollow(audit, act)

  addWebhooks(audit, act)

  addExport(audit, act)

  addVerifyLedgerCommand(audit, act)

  addProof(audit, act)
}

export function addVerifyEvidence (verifyEvidenceFile: Command, act: Act): void {
  verifyEvidenceFile.action((file: string, _options: unknown, command: Command) => act(async () => {
    const verdict = await verifyEvidence(
      parseJsonFile(EvidenceFile, await readText(file), `${file} is no evidence: that is what "epione audit evidence" writes.`)
    )
    if (verdict.culprit === 'none') {
      throw new ClientError('ACCUSATION_UNFOUNDED', `The accusation is false: ${verdict.reason}.`, { ...verdict })
    }
    return verdict
  }, command))
}

/** The answer names the interval that was used: nobody takes an empty log for the log of another time. */
async function list (run: CommandRun, options: AuditOptions): Promise<object> {
  const query = parseQuery(options)
  const { warnings = [], ...listed } = await listAccessEvents(await run.loadReader(), query)
  const all = query.from !== undefined && query.from > Date.now()
    ? [...warnings, '--from lies in the future: no event can be found.']
    : warnings
  return { interval: describeInterval(query), ...listed, ...(all.length === 0 ? {} : { warnings: all }) }
}

async function listReadings (run: CommandRun, { patient, reader, limit, format = 'json' }: ReadingOptions): Promise<object> {
  const as = parseChoice(format, ['json', 'ch-atc'] as const, '--format')
  const context = await run.loadReader()
  const listed = await listLogReadings(context, {
    ...(patient === undefined ? {} : { patientId: parsePatientId(patient) }),
    ...(reader === undefined ? {} : parsePerson(reader)),
    ...(limit === undefined ? {} : { limit: parseWhole(limit, '--limit') })
  })
  if (as === 'json') return listed
  // To a patient a reading names nobody: it is of them.
  const own = context.role === 'patient' ? [context.patientId] : []
  const entry = listed.items.flatMap((reading) => (
    (reading.patients ?? own).map((patientId) => ({ resource: chAtcReadingOf(reading, patientId) }))
  ))
  return { bundle: { resourceType: 'Bundle', type: 'collection', entry }, ...(listed.warnings !== undefined && { warnings: listed.warnings }) }
}

async function writeEvidence (run: CommandRun, eventId: string, { out, record }: EvidenceOptions): Promise<object> {
  await requireFree(out)
  const material = await findMaterial(run, eventId, record === undefined ? {} : parseRecordVersion(record))
  const { file, verdict, disclosed } = await makeEvidence(await run.loadPractitioner(), material)
  await writeNewFile(out, `${JSON.stringify(file)}\n`)
  const warnings = disclosed
    ? ['The file discloses the point that you share with the patient in this grant: ask for a new consent after the dispute.']
    : []
  return { ...verdict, disclosed, out, ...(warnings.length === 0 ? {} : { warnings: [...verdict.warnings ?? [], ...warnings] }) }
}

async function findMaterial (
  run: CommandRun,
  eventId: string,
  { recordId, version }: { recordId?: string, version?: number }
): Promise<EvidenceMaterial> {
  const start = [eventId, recordId, version].filter((part) => part !== undefined).map((part) => `${part}.`).join('')
  const kept = (await listFolder(run.home.evidenceFolder)).filter((name) => name.startsWith(start))
  const [only] = kept
  if (only === undefined) {
    throw new ClientError(
      'NOT_FOUND',
      `No opening of event ${eventId} failed here: "epione open" keeps evidence when somebody lied.`,
      { eventId }
    )
  }
  if (kept.length > 1) {
    throw new ClientError('USAGE', `Openings of several records of event ${eventId} failed: say which with --record ID or ID:VERSION.`, { eventId })
  }
  const path = join(run.home.evidenceFolder, only)
  return parseJsonFile(EvidenceMaterial, await readText(path), `${path} is damaged.`)
}

function parseQuery ({ limit, ...filters }: AuditOptions): AuditQuery {
  return { ...parseLogQuery(filters), ...(limit === undefined ? {} : { limit: parseWhole(limit, '--limit') }) }
}
