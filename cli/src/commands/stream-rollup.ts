import type { Command } from 'commander'
import { SPAN_NAMES } from '@epione/protocol/streams'
import { checkRollUp, ClientError, rollUpStream } from '@epione/sdk'
import type { Act } from './act.ts'
import { parseStream } from './arguments.ts'
import type { CommandRun } from './run.ts'
import { parseSpan, permitOptions, withPermitOptions } from './stream-read.ts'
import type { StreamOptions } from './stream-read.ts'
import { parseInterval } from './times.ts'

interface RollUpOptions extends StreamOptions { category?: string, check?: boolean }

/** `stream rollup`: sums of a stream as a stream of its own. */
export function addStreamRollUp (stream: Command, act: Act): void {
  withPermitOptions(stream.command('rollup <stream>')
    .description('sum up a stream of your own as a stream of its own, from where an earlier run stopped; or check what a roll-up says')
    .requiredOption('--every <span>', `spans of UTC: ${SPAN_NAMES.join(', ')}`)
    .option('--category <name>', 'where the roll-up is to stand, so that a consent may cover it alone; by default beside the stream')
    .option('--check', 'write nothing: sum up anew and compare, as whoever may read both can')
    .option('--from <time>', 'with --check: only spans from then on')
    .option('--to <time>', 'with --check: only spans until then'))
    .action((id: string, options: RollUpOptions, command: Command) =>
      act((run) => options.check === true ? check(run, parseStream(id), options) : rollUp(run, parseStream(id), options), command))
}

async function rollUp (
  run: CommandRun, stream: string, { category, from, to, every: span, patient, purpose, consent }: RollUpOptions
): Promise<object> {
  if ([from, to, patient, purpose, consent].some((option) => option !== undefined)) {
    throw new ClientError('USAGE', 'A patient sums up a stream of their own, all of it: --from, --to, --patient, --purpose and --consent go with --check.')
  }
  const context = await run.loadPatient()
  const progress = run.startProgress('windows read', undefined, String)
  const { openFromMs, ...done } = await rollUpStream(context, { stream, every: requireSpan(span), category, onProgress: progress.report })
  progress.end()
  return { ...done, ...(openFromMs !== undefined && { openFrom: new Date(openFromMs).toISOString() }) }
}

async function check (run: CommandRun, stream: string, options: RollUpOptions): Promise<object> {
  if (options.category !== undefined) throw new ClientError('USAGE', 'With --check nothing is written: leave out --category.')
  const context = await run.loadEither()
  const interval = parseInterval(options)
  const progress = run.startProgress('windows read', undefined, String)
  const checked = await checkRollUp(context, {
    stream,
    every: requireSpan(options.every),
    fromMs: interval.from,
    toMs: interval.to,
    onProgress: progress.report,
    ...(context.role === 'patient' ? {} : permitOptions(options))
  })
  progress.end()
  return checked
}

function requireSpan (every: string | undefined): NonNullable<ReturnType<typeof parseSpan>> {
  const span = parseSpan(every)
  if (span === undefined) throw new ClientError('USAGE', `Say by which spans: --every ${SPAN_NAMES.join(', ')}.`)
  return span
}
