import process from 'node:process'
import type { Command } from 'commander'
import type { LogQuery } from '@epione/protocol'
import { NOTICE_KINDS } from '@epione/protocol/api'
import { followNotices, ClientError } from '@epione/sdk'
import type { Notice, NoticesWanted, NoticeWarning, Told } from '@epione/sdk'
import type { Act } from './act.ts'
import { parseChoice, parseDuration } from './arguments.ts'
import { addNoticeFilters, parseLogQuery } from './log-filters.ts'
import type { LogFilters } from './log-filters.ts'
import { plain } from './output.ts'
import type { CommandRun } from './run.ts'

interface FollowOptions extends Omit<LogFilters, 'from' | 'to'> { kind?: string, after?: string, for?: string }

/** `audit follow`: notices in the terminal as blocks come. */
export function addAuditFollow (audit: Command, act: Act): void {
  addNoticeFilters(audit.command('follow'))
    .description('tell each access, change of consent and department as it comes (an auditor by token, a patient their own, from two hospitals); ends with Ctrl-C')
    .option('--kind <kind>', `only ${NOTICE_KINDS.join(', ')}`)
    .option('--after <place>', 'go on after this place: the one that the last run ended with')
    .option('--for <time>', 'end after so long, as 10m')
    .action((options: FollowOptions, command: Command) => act((run) => follow(run, options), command))
}

interface WebhookOptions { resend?: string, message?: string[] }

/** `audit webhooks`: how it stands with the receivers that the hospital's admin lists; what was given up is sent again on request. */
export function addWebhooks (audit: Command, act: Act): void {
  audit.command('webhooks')
    .description('receivers of the own hospital\'s webhooks: what waits, and what was given up and why (an auditor by token)')
    .option('--resend <receiver>', 'send again to it what was given up')
    .option('--message <id...>', 'with --resend: these messages alone (`webhookId` of what is listed as dead)')
    .action((options: WebhookOptions, command: Command) => act((run) => webhooks(run, options), command))
}

async function webhooks (run: CommandRun, { resend, message }: WebhookOptions): Promise<object> {
  if (resend === undefined && message !== undefined) throw new ClientError('USAGE', '--message is of --resend: name the receiver.')
  const { gateways: { own }, ...context } = await run.loadReader()
  if (context.role === 'patient') throw new ClientError('USAGE', 'Webhooks are for auditors: a patient follows with "epione audit follow".')
  const { authorize } = context.token
  if (resend === undefined) return await own.audit.listWebhooks(authorize)
  return { receiver: resend, ...await own.audit.resendWebhooks(resend, message === undefined ? {} : { webhookIds: message }, authorize) }
}

async function follow (run: CommandRun, { kind, after, for: lasts, ...filters }: FollowOptions): Promise<object> {
  if (after !== undefined && !/^\d{1,15}\.\d{1,12}$/.test(after)) throw new ClientError('USAGE', `--after: "${after}" is no place, as 120.32.`)
  const query: Omit<LogQuery, 'from' | 'to'> = parseLogQuery(filters)
  const stop = new AbortController()
  const wanted: NoticesWanted = {
    ...query,
    ...(kind === undefined ? {} : { kind: parseChoice(kind, NOTICE_KINDS, '--kind') }),
    ...(after === undefined ? {} : { after }),
    signal: stop.signal
  }
  const context = await run.loadReader()
  const end = (): void => { stop.abort() }
  const timer = lasts === undefined ? undefined : setTimeout(end, parseDuration(lasts, '--for') * 1_000)
  process.once('SIGINT', end)
  try {
    return await show(run, followNotices(context, wanted), after)
  } finally {
    clearTimeout(timer)
    process.off('SIGINT', end)
  }
}

/** Prints each as it comes; how many these were, and the place to go on after. */
async function show (run: CommandRun, following: AsyncIterable<Told>, after: string | undefined): Promise<object> {
  let [notices, warnings, place] = [0, 0, after]
  for await (const told of following) {
    if (told.kind === 'warning') warnings += 1
    else place = told.place
    if (told.kind === 'alive') continue
    if (told.kind !== 'warning') notices += 1
    run.io.stdout.write(run.options.json === true ? `${JSON.stringify(told)}\n` : `${plain(sentenceOf(told))}\n`)
  }
  return { notices, ...(warnings > 0 && { differences: warnings }), ...(place !== undefined && { after: place }) }
}

const instant = (time: number): string => new Date(time).toISOString()

function sentenceOf (told: Notice | NoticeWarning): string {
  switch (told.kind) {
    case 'warning': return `Warning: ${told.text}`
    case 'access': {
      const { event: { time, actor, decision, action, purpose, patientId, eventId, emergency } } = told
      const glass = emergency === undefined ? '' : `, in an emergency (${emergency.reason})`
      return `${instant(time)} ${decision === 'permit' ? 'permitted' : 'denied'}: ${actor.mspId}/${actor.staffId} to ${action} for ${purpose}${glass}, patient ${patientId}, event ${eventId}`
    }
    case 'consent': {
      const { change: { time, change, about, patientId, terms } } = told
      const to = terms === undefined ? '' : ` to ${[terms.grantee.mspId, terms.grantee.staffId ?? terms.grantee.department].filter((one) => one !== undefined).join('/')}`
      return `${instant(time)} ${change}: ${about}${to}, patient ${patientId}`
    }
    case 'group': {
      const { change: { time, mspId, department, joined, left, consents } } = told
      const people = [joined.length === 0 ? '' : `joined: ${joined.join(', ')}`, left.length === 0 ? '' : `left: ${left.join(', ')}`].filter((one) => one !== '').join('; ')
      return `${instant(time)} department ${mspId}/${department}: ${people === '' ? 'the key changed' : people}; consents to it: ${String(consents.length)}`
    }
  }
}
