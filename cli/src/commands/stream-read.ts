import type { Command } from 'commander'
import { ClientError, readOwnStream, readPermittedStream, requirePurpose } from '@epione/sdk'
import type { PermittedStreamRead, PermittedStreamWanted, StreamRead } from '@epione/sdk'
import { parseConsentId, parsePatientId, parseStream } from './arguments.ts'
import type { CommandRun } from './run.ts'
import { parseInterval } from './times.ts'
import type { Interval } from './times.ts'

/** Which part of a stream, and of a practitioner also whose, and what for. */
export interface StreamOptions { from?: string, to?: string, patient?: string, purpose?: string, consent?: string }

/** Options of every command that reads a stream. */
export function withStreamOptions (command: Command): Command {
  return command
    .option('--from <time>', 'measured from then on')
    .option('--to <time>', 'measured until then')
    .option('--patient <id>', 'whose (a practitioner; a patient reads their own)')
    .option('--purpose <code>', 'a practitioner\'s purpose: TREAT and others; each read is one logged request')
    .option('--consent <id>', 'under this consent')
}

/**
 * A stream, read and proven, with the time that was asked for: the patient's own, or a patient's under a permit. @throws {ClientError}
 * USAGE, ACCESS_DENIED
 */
export async function readStream (
  run: CommandRun, id: string, options: StreamOptions
): Promise<{ read: StreamRead | PermittedStreamRead, interval: Interval }> {
  const interval = parseInterval(options)
  const stream = parseStream(id)
  const context = await run.loadEither()
  const progress = run.startProgress('windows read', undefined, String)
  const wanted = { stream, fromMs: interval.from, toMs: interval.to, onProgress: progress.report }
  const read = context.role === 'patient'
    ? await readOwnStream(context, wanted)
    : await readPermittedStream(context, { ...wanted, ...permitOptions(options) })
  progress.end()
  return { read, interval }
}

type Permit = Pick<PermittedStreamWanted, 'patientId' | 'purpose' | 'consentId'>

export function permitOptions ({ patient, purpose, consent }: Pick<StreamOptions, 'patient' | 'purpose' | 'consent'>): Permit {
  if (patient === undefined || purpose === undefined) throw new ClientError('USAGE', 'Say whose and what for: --patient ID --purpose TREAT.')
  return {
    patientId: parsePatientId(patient),
    purpose: requirePurpose(purpose),
    ...(consent === undefined ? {} : { consentId: parseConsentId(consent) })
  }
}
