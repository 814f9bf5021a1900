import type { Command } from 'commander'
import { readOwnStream } from '@epione/sdk'
import type { StreamRead } from '@epione/sdk'
import { parseStream } from './arguments.ts'
import type { CommandRun } from './run.ts'
import { parseInterval } from './times.ts'
import type { Interval } from './times.ts'

/** Which part of a stream. */
export interface StreamOptions { from?: string, to?: string }

/** Options of every command that reads a stream. */
export function withStreamOptions (command: Command): Command {
  return command
    .option('--from <time>', 'measured from then on')
    .option('--to <time>', 'measured until then')
}

/** The patient's own stream, read and proven, with the time that was asked for. */
export async function readStream (run: CommandRun, id: string, options: StreamOptions): Promise<{ read: StreamRead, interval: Interval }> {
  const interval = parseInterval(options)
  const stream = parseStream(id)
  const context = await run.loadPatient()
  const progress = run.startProgress('windows read', undefined, String)
  const read = await readOwnStream(context, { stream, fromMs: interval.from, toMs: interval.to, onProgress: progress.report })
  progress.end()
  return { read, interval }
}
