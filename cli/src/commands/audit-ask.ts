import type { Command } from 'commander'
import { EMERGENCY_PURPOSE, PURPOSES } from '@epione/protocol'
import { AUDIT_QUESTIONS } from '@epione/protocol/api'
import type { AuditQuestion, GroupChange, QuestionName, QuestionParameter } from '@epione/protocol/api'
import { chAtcGroupEntriesOf } from '@epione/protocol/fhir'
import { askQuestion, ClientError } from '@epione/sdk'
import type { QuestionAnswered, QuestionGiven } from '@epione/sdk'
import type { Act } from './act.ts'
import { parseChoice, parseDepartment, parseEventId, parseMspId, parsePatientId, parsePerson, parseWhole } from './arguments.ts'
import type { CommandRun } from './run.ts'
import { parseInterval, parseMoment } from './times.ts'

interface AskOptions {
  patient?: string
  actor?: string
  organization?: string
  department?: string
  purpose?: string
  writtenAt?: string
  from?: string
  to?: string
  at?: string
  event?: string
  limit?: string
  format?: string
}

/** By which option each parameter of a question is given. */
const OPTIONS: Readonly<Record<QuestionParameter, string>> = {
  patientId: '--patient',
  mspId: '--actor or --organization',
  staffId: '--actor',
  department: '--department',
  purpose: '--purpose',
  writtenAt: '--written-at',
  from: '--from',
  to: '--to',
  at: '--at',
  eventId: '--event'
}

const NAMES = Object.keys(AUDIT_QUESTIONS) as QuestionName[]

/** `audit ask`: each question of an auditor by its name; without a name, which there are. */
export function addAsk (audit: Command, act: Act): void {
  audit.command('ask [question]')
    .description('ask one of the questions of auditors and patients; without a name, list them')
    .option('--patient <id>', 'of this patient; a patient asks about themself')
    .option('--actor <mspId/staffId>', 'of this person')
    .option('--organization <mspId>', 'of people of this organisation')
    .option('--department <mspId/code>', 'of this department')
    .option('--purpose <purpose>', 'asked for this purpose; BTG is breaking the glass')
    .option('--written-at <mspId>', 'of data that this organisation wrote')
    .option('--from <time>', 'not before this time, ISO 8601; a bare date starts at 00:00 UTC')
    .option('--to <time>', 'not after this time, ISO 8601 with its zone; a bare date is included to its end in UTC')
    .option('--at <time>', 'at this moment, ISO 8601; a bare date is its 00:00 UTC')
    .option('--event <id>', 'of this access event')
    .option('--limit <n>', 'at most so many')
    .option('--format <format>', 'json, or of group-joins ch-atc: an ATC_HPD_GROUP_ENTRY_NOTIFY of CH:ATC for each person and patient', 'json')
    .action((question: string | undefined, options: AskOptions, command: Command) =>
      act(async (run) => question === undefined ? { questions: listQuestions() } : await ask(run, question, options), command))
}

function listQuestions (): Array<{ question: string, asks: string, tells: string, options: string[] }> {
  return NAMES.map((question) => {
    const { asks, tells, parameters }: AuditQuestion = AUDIT_QUESTIONS[question]
    const options = (Object.entries(parameters) as Array<[QuestionParameter, string]>)
      .map(([name, need]) => need === 'needed' ? `${OPTIONS[name]} (needed)` : OPTIONS[name])
    return { question, asks, tells, options: [...new Set(options)] }
  })
}

async function ask (run: CommandRun, name: string, { limit, format = 'json', ...options }: AskOptions): Promise<object> {
  const question = parseChoice(name, NAMES, 'the question')
  const given = parseGiven(options)
  const most = limit === undefined ? undefined : parseWhole(limit, '--limit')
  const as = parseChoice(format, ['json', 'ch-atc'] as const, '--format')
  if (as === 'ch-atc' && question !== 'group-joins') throw new ClientError('USAGE', '--format ch-atc is of the question group-joins.')
  try {
    const answered = await askQuestion(await run.loadReader(), question, given, most)
    return as === 'json' ? answered : toGroupEntries(answered)
  } catch (error) {
    const parameter = error instanceof ClientError && error.code === 'USAGE' ? error.details['parameter'] : undefined
    if (typeof parameter !== 'string' || !Object.hasOwn(OPTIONS, parameter)) throw error
    const option = OPTIONS[parameter as QuestionParameter]
    const text = parameter in given ? `is not narrowed by ${option}` : `needs ${option}`
    throw new ClientError('USAGE', `The question ${question} ${text}: "epione audit ask" lists what each takes.`, {}, { cause: error })
  }
}

/** Who joined a group, as events of CH:ATC: one for each person and each patient whose consent was in force. */
function toGroupEntries (answered: QuestionAnswered): object {
  const { items, warnings } = answered as { items: GroupChange[], warnings?: string[] }
  const entry = items.flatMap((change) => [...new Set(change.consents.map(({ patientId }) => patientId))].flatMap((patientId) => (
    chAtcGroupEntriesOf(change, patientId).map((resource) => ({ resource }))
  )))
  return { bundle: { resourceType: 'Bundle', type: 'collection', entry }, ...(warnings !== undefined && { warnings }) }
}

/** @throws {ClientError} USAGE */
function parseGiven ({ patient, actor, organization, department, purpose, writtenAt, from, to, at, event }: Omit<AskOptions, 'limit' | 'format'>): QuestionGiven {
  if ([actor, organization, department].filter((one) => one !== undefined).length > 1) {
    throw new ClientError('USAGE', 'Name one of --actor, --organization and --department: each says of which organisation.')
  }
  return {
    ...(patient === undefined ? {} : { patientId: parsePatientId(patient) }),
    ...(actor === undefined ? {} : parsePerson(actor)),
    ...(organization === undefined ? {} : { mspId: parseMspId(organization) }),
    ...(department === undefined ? {} : parseDepartment(department)),
    ...(purpose === undefined ? {} : { purpose: parseChoice(purpose, [...PURPOSES, EMERGENCY_PURPOSE], '--purpose') }),
    ...(writtenAt === undefined ? {} : { writtenAt: parseMspId(writtenAt) }),
    ...parseInterval({ from, to }),
    ...(at === undefined ? {} : { at: parseMoment(at, '--at') }),
    ...(event === undefined ? {} : { eventId: parseEventId(event) })
  }
}
