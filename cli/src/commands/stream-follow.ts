import process from 'node:process'
import type { Command } from 'commander'
import type { Series } from '@epione/protocol/streams'
import { ClientError, followOwnStream, followPermittedStream } from '@epione/sdk'
import type { FollowedPart, PatientContext, PractitionerContext } from '@epione/sdk'
import { Feedback, sealAlarms } from '@epione/sdk/feedback'
import type { Notice } from '@epione/sdk/feedback'
import { checkRules } from '@epione/signals'
import type { Rule } from '@epione/signals'
import { readText } from '../files.ts'
import { LiveHeart } from '../signals/live-heart.ts'
import { asMeasured } from '../signals/measurements.ts'
import type { Act } from './act.ts'
import { parseDuration, parseStream } from './arguments.ts'
import { keepEvidence } from './keep-evidence.ts'
import { plain } from './output.ts'
import type { CommandRun } from './run.ts'
import { permitOptions } from './stream-read.ts'

interface FollowOptions { for?: string, rules?: string, category?: string, patient?: string, purpose?: string, consent?: string }

/** How often rules are told the time, ms. */
const TICK_MS = 5_000
/** A permit to follow lasts so long at most, in seconds. */
const PERMIT_SECONDS = 3_600

/** `stream follow`: live feedback, where the plaintext is. */
export function addStreamFollow (stream: Command, act: Act): void {
  stream.command('follow <stream>')
    .description('follow a stream as it is stored: what is measured, heart rate and its variability, and alarms by rules; ends with Ctrl-C')
    .option('--for <time>', 'end after so long, as 10m; a permit lasts an hour at most')
    .option('--patient <id>', 'whose, for a practitioner: under a logged permit, by a consent to follow')
    .option('--purpose <code>', 'what for (with --patient), for example TREAT')
    .option('--consent <id>', 'by this consent (with --patient)')
    .option('--rules <file>', 'rules that raise alarms; each becomes a sealed record')
    .option('--category <name>', 'category of those records (with --rules)')
    .action((id: string, options: FollowOptions, command: Command) => act((run) => follow(run, parseStream(id), options), command))
}

async function follow (run: CommandRun, stream: string, options: FollowOptions): Promise<object> {
  const { rules: path, category } = options
  if (path !== undefined && category === undefined) throw new ClientError('USAGE', 'Say in which category alarms are sealed: --category NAME.')
  const rules = path === undefined ? [] : await readRules(path)
  const stop = new AbortController()
  const followed = await begin(run, stream, options, stop.signal)
  const end = (): void => { stop.abort() }
  const timer = options.for === undefined ? undefined : setTimeout(end, parseDuration(options.for, '--for') * 1_000)
  process.once('SIGINT', end)
  const said = new Said(run)
  const feedback = new Feedback({
    rules,
    stream,
    patientId: followed.patientId,
    startMs: Date.now(),
    seal: sealAlarms(followed.context, { category: category ?? '' }),
    notify: said.notice
  })
  const ticking = setInterval(() => { feedback.tick(Date.now()).catch((error: unknown) => { said.fail(error); end() }) }, TICK_MS)
  try {
    for await (const part of followed.parts) {
      said.part(part)
      if (part.type === 'window') await feedback.take(part.window.series)
    }
    if (said.failed !== undefined) throw said.failed
  } finally {
    clearInterval(ticking)
    clearTimeout(timer)
    process.off('SIGINT', end)
  }
  return { stream, ...said.counts, unsealed: feedback.pending }
}

interface Begun { context: PatientContext | PractitionerContext, patientId: string, parts: AsyncIterable<FollowedPart> }

/** An own stream, or a patient's under a permit. @throws {ClientError} USAGE */
async function begin (run: CommandRun, stream: string, options: FollowOptions, signal: AbortSignal): Promise<Begun> {
  const context = await run.loadEither()
  if (context.role === 'patient') {
    return { context, patientId: context.patientId, parts: followOwnStream(context, { stream, signal }) }
  }
  const permit = permitOptions(options)
  if (options.rules !== undefined) throw new ClientError('USAGE', 'Rules run for the patient\'s own streams; a practitioner follows without --rules.')
  const seconds = options.for === undefined ? PERMIT_SECONDS : Math.min(parseDuration(options.for, '--for'), PERMIT_SECONDS)
  const wanted = { ...permit, stream, lastsMs: seconds * 1_000, signal, onEvidence: keepEvidence(run) }
  return { context, patientId: permit.patientId, parts: followPermittedStream(context, wanted) }
}

async function readRules (path: string): Promise<Rule[]> {
  const text = await readText(path)
  return asMeasured(path, () => {
    try {
      return checkRules(JSON.parse(text))
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      throw new ClientError('MEASUREMENTS_INVALID', `${path} is no JSON.`, { reason: 'RULES_INVALID' }, { cause: error })
    }
  })
}

/** The newest value of a series, in words. */
function newestOf ({ kind, unit, values }: Series): string {
  return `${kind.display ?? kind.code} ${String(values.findLast((value) => value !== null) ?? 'nothing')} ${unit}`
}

/** Says each thing as it comes: a sentence, or with --json an object a line. */
class Said {
  readonly counts = { windows: 0, gaps: 0, alarms: 0 }
  failed: Error | undefined
  readonly #run: CommandRun
  readonly #heart = new LiveHeart()

  constructor (run: CommandRun) {
    this.#run = run
  }

  /** What ended following from beside it. */
  fail (error: unknown): void {
    this.failed ??= error instanceof Error ? error : new Error(String(error))
  }

  part (part: FollowedPart): void {
    if (part.type === 'window') {
      this.counts.windows++
      const { number, grade, startMs, series } = part.window
      const figures = this.#heart.take(series)
      const start = new Date(startMs).toISOString()
      this.#say({ type: 'window', number, grade, start, ...figures.json }, [start, ...series.map(newestOf), ...figures.words].join('  '))
    } else if (part.type === 'gap') {
      this.counts.gaps++
      this.#say(part, `windows ${part.gap.first} to ${part.gap.last} are missing`)
    } else if (part.type === 'begin') {
      this.#say(part, 'after' in part ? `following from window ${part.after + 1} on; Ctrl-C ends` : `permitted by event ${part.eventId}; following`)
    } else if (part.type === 'end') this.#say(part, `following ended: ${part.detail}`)
    else this.#say(part, `hospitals give nothing now (${part.code}); asking again`)
  }

  readonly notice = (notice: Notice): void => {
    const { type, alarm, alarmId } = notice
    if (type === 'raised') this.counts.alarms++
    const more = type === 'sealed' ? `record ${notice.record.recordId}` : type === 'unsealed' || type === 'refused' ? `${notice.code}: ${notice.message}` : alarm.text
    this.#say({ ...notice, alarmId }, `ALARM ${type}: ${alarm.rule} (${alarm.severity}): ${more}`)
  }

  #say (json: object, words: string): void {
    this.#run.io.stdout.write(this.#run.options.json === true ? `${JSON.stringify(json)}\n` : `${plain(words)}\n`)
  }
}
