import type { Command } from 'commander'
import { ClientError, listStoredStreams, listStreams, summarizeSeries } from '@epione/sdk'
import type { Act } from './act.ts'
import { parsePatientId } from './arguments.ts'
import type { CommandRun } from './run.ts'
import { addStreamFiles } from './stream-files.ts'
import { addStreamFollow } from './stream-follow.ts'
import { addStreamRollUp } from './stream-rollup.ts'
import { readStream, withStreamOptions } from './stream-read.ts'
import type { StreamOptions } from './stream-read.ts'
import { describeInterval } from './times.ts'

/** Streams of a patient's devices. */
export function addStreamCommands (stream: Command, act: Act): void {
  stream.command('list')
    .description('what a patient\'s devices wrote: segments, gaps, and how far; your own also before their first segment')
    .option('--patient <id>', 'patient (a patient lists their own)')
    .action(({ patient }: { patient?: string }, command: Command) => act(async (run) => {
      const context = await run.loadEither()
      const patientId = context.role === 'patient' ? context.patientId : patient
      if (patientId === undefined) throw new ClientError('USAGE', 'Say which patient: --patient ID.')
      const items = await listStreams(context, parsePatientId(patientId))
      return { patientId, items: context.role === 'patient' ? [...await listStoredStreams(context, items), ...items] : items }
    }, command))

  withStreamOptions(stream.command('show <stream>')
    .description('read a stream, proven whole and in order: what was measured, its gaps, and which grade each part has'))
    .action((id: string, options: StreamOptions, command: Command) => act((run) => show(run, id, options), command))

  addStreamFiles(stream, act)
  addStreamRollUp(stream, act)
  addStreamFollow(stream, act)
}

async function show (run: CommandRun, id: string, options: StreamOptions): Promise<object> {
  const { read: { windows, ...read }, interval, series, summed } = await readStream(run, id, options)
  return {
    ...read,
    ...describeInterval(interval),
    windows: windows.length,
    ...(summed && { summed }),
    series: summarizeSeries(series).map(inWords)
  }
}

/** Times as people read them. */
function inWords ({ startMs, endMs, latest, ...summary }: ReturnType<typeof summarizeSeries>[number]): object {
  return {
    ...summary,
    start: new Date(startMs).toISOString(),
    end: new Date(endMs).toISOString(),
    ...(latest === undefined ? {} : { latest: { time: new Date(latest.time).toISOString(), value: latest.value } })
  }
}
