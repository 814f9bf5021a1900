import { basename } from 'node:path'
import type { Command } from 'commander'
import { EXPORT_FORMATS } from '@epione/protocol'
import type { ExportFormat, LogQuery } from '@epione/protocol'
import { ClientError } from '@epione/sdk'
import { exportLog, formatOf, writeEvents } from '@epione/sdk/exports'
import type { ExportWanted, LogExported } from '@epione/sdk/exports'
import { FileDestination, requireFree, writeNewFile } from '../files.ts'
import type { Act } from './act.ts'
import { parseChoice } from './arguments.ts'
import { addLogFilters, parseLogQuery } from './log-filters.ts'
import type { LogFilters } from './log-filters.ts'
import type { CommandRun } from './run.ts'
import { describeInterval } from './times.ts'

/** Beside which file a manifest lies. */
export const MANIFEST_SUFFIX = '.manifest.json'

interface ExportOptions extends LogFilters { out: string, format: string, report?: string, summarize?: boolean }

/** `audit export`: a file of the log with a manifest that anybody verifies offline. */
export function addExport (audit: Command, act: Act): void {
  addLogFilters(audit.command('export'))
    .description('write the log into a file, with a manifest that "epione verify" checks offline (an auditor by token, a patient their own)')
    .requiredOption('--out <file>', `new file; its manifest lies beside it as FILE${MANIFEST_SUFFIX}`)
    .option('--format <format>', EXPORT_FORMATS.join(', '), 'json')
    .option('--report <report>', 'what a PDF is: "access", everyone who looked, or "accounting", the disclosures of 45 CFR 164.528', 'access')
    .option('--summarize', 'of an accounting: repeated disclosures to one recipient for one purpose as one row')
    .action((options: ExportOptions, command: Command) => act((run) => writeExport(run, options), command))
}

async function writeExport (run: CommandRun, options: ExportOptions): Promise<object> {
  const format = parseChoice(options.format, EXPORT_FORMATS, '--format')
  const report = parseChoice(options.report ?? 'access', ['access', 'accounting'] as const, '--report')
  if (options.summarize === true && report !== 'accounting') throw new ClientError('USAGE', '--summarize is of an accounting: name --report accounting.')
  const { out } = options
  const manifestPath = `${out}${MANIFEST_SUFFIX}`
  const destination = new FileDestination(out)
  await destination.requireFree()
  await requireFree(manifestPath)
  const asked = parseLogQuery(options)
  // What left the hospital, and was not refused.
  const query = ofReport(asked, format, report)
  const context = await run.loadReader()
  const encode = await encoderOf(format, { report, summarize: options.summarize === true, context })
  const exported: LogExported = await exportLog(context, { query, format, file: basename(out), encode }, async (bytes, manifest) => {
    await destination.write((async function * () {
      yield * bytes
      // The file appears under its name only once its manifest is there.
      await writeNewFile(manifestPath, `${JSON.stringify(manifest())}\n`)
    })())
  })
  return { out, manifest: manifestPath, format, interval: describeInterval(query), ...exported }
}

/** An accounting has what left the hospital and was not refused; of CH:ATC's audit trail are requests that succeeded. */
function ofReport (asked: LogQuery, format: ExportFormat, report: 'access' | 'accounting'): LogQuery {
  if (report === 'accounting' || format === 'ch-atc') {
    if (asked.decision === 'deny') throw new ClientError('USAGE', '--decision deny: what was refused is no part of an accounting, nor of CH:ATC.')
    return { ...asked, decision: 'permit', ...(report === 'accounting' && { origin: 'other' }) }
  }
  return asked
}

interface Encoding { report: 'access' | 'accounting', summarize: boolean, context: Awaited<ReturnType<CommandRun['loadReader']>> }

async function encoderOf (format: ExportFormat, { report, summarize, context }: Encoding): Promise<ExportWanted['encode']> {
  const networkId = Buffer.from(context.networkId).toString('hex')
  switch (format) {
    case 'pdf': {
      const { writeReport } = await import('../exports/report.ts')
      const { members = [] } = context.document ?? {}
      return (events, { query, silent }) => writeReport(events, { report, summarize, query, networkId, silent, members })
    }
    default: return (events, { query, silent }) => writeEvents(events, formatOf(format, { networkId, query, silent }))
  }
}
