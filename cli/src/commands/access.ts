import type { Command } from 'commander'
import { openRecord, requestAccess } from '@epione/sdk'
import type { Act } from './act.ts'
import { FileDestination, replaceFile } from '../files.ts'
import { parseConsentId, parseEventId, parsePatientId, parseRecordVersion } from './arguments.ts'

interface RequestOptions { patient: string, record: string[], purpose: string, consent?: string }
interface OpenOptions { record?: string, out: string, force?: boolean, stats?: boolean }

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
}

export function addOpen (open: Command, act: Act): void {
  open.option('--record <id>', 'which record of the event (default: its only one)')
    .requiredOption('--out <file>', 'where to; the file appears when all of it is proven')
    .option('--force', 'replace that file')
    .option('--stats', 'also print the SHA-256 of the opened bytes')
    .action((eventId: string, { record, out, force, stats }: OpenOptions, command: Command) => act(async (run) => {
      const progress = run.startProgress('opened')
      const to = new FileDestination(out, { overwrite: force === true })
      const opened = await openRecord(await run.loadPractitioner(), {
        eventId: parseEventId(eventId),
        to,
        onProgress: progress.report,
        onEvidence: async (material) => {
          await replaceFile(run.home.evidenceFile(material.eventId, material.recordId), `${JSON.stringify(material)}\n`)
          run.say(`Evidence is kept: epione audit evidence ${material.eventId} --out FILE`)
        },
        ...(record === undefined ? {} : { recordId: parseRecordVersion(record).recordId })
      })
      progress.end()
      return { out, ...opened, ...(stats === true ? { sha256: to.sha256() } : {}) }
    }, command))
}
