import type { Command } from 'commander'
import { ClientError, compartmentsOf, explainAccess, explainInWords, explainQuestionInWords, explainRequest, requirePurpose } from '@epione/sdk'
import type { AccessQuestion } from '@epione/sdk'
import type { Act } from './act.ts'
import { parseCompartment, parseConsentId, parseEventId, parsePatientId, parsePerson, parseRecordVersion } from './arguments.ts'
import type { CommandRun } from './run.ts'

interface Options {
  patient?: string
  requester?: string
  purpose?: string
  record?: string[]
  compartment?: string[]
  category?: string[]
  consent?: string
  role?: string
  department?: string
  full?: boolean
}

const MADE_UP = 'without an event: '

export function addExplain (access: Command, act: Act): void {
  access.command('explain [event]')
    .description('say why an access event was permitted or denied, or what would be decided now of a request that nobody made: to staff and ' +
      'auditors by token, to a patient in plain words')
    .option('--requester <person>', `${MADE_UP}who would ask, MSP/STAFF`)
    .option('--purpose <code>', `${MADE_UP}what for, for example TREAT`)
    .option('--patient <id>', `${MADE_UP}whose records (a patient: the own)`)
    .option('--record <id...>', `${MADE_UP}to read ID or ID:VERSION, up to 64`)
    .option('--compartment <label...>', `${MADE_UP}to search LABEL:EPOCH, up to 64`)
    .option('--category <names...>', `${MADE_UP}to search categories of one's own, as the patient`)
    .option('--consent <id>', `${MADE_UP}the consent to name (default: the one that does best)`)
    .option('--role <code>', `${MADE_UP}as which they would be certified (default: as at their last request)`)
    .option('--department <code>', `${MADE_UP}the department that would be certified`)
    .option('--full', 'all that was judged: facts, rules that decided or nearly did, policy, consent')
    .action((event: string | undefined, options: Options, command: Command) => act((run) => runExplain(run, event, options), command))
}

async function runExplain (run: CommandRun, event: string | undefined, { full, ...asked }: Options): Promise<object> {
  if (event === undefined) return await explainQuestion(run, asked, full === true)
  if (Object.keys(asked).length > 0) throw new ClientError('USAGE', 'An event says who asked for what: leave the other options out, or the event.')
  return await explainEvent(run, parseEventId(event), full === true)
}

async function explainEvent (run: CommandRun, eventId: string, isFull: boolean): Promise<object> {
  const context = await run.loadReader()
  const explained = await explainAccess(context, eventId)
  if (isFull) return explained
  const { recorded: { decision }, agrees, askedMspIds, warnings } = explained
  const sentences = explainInWords(explained, context.role === 'patient' ? 'patient' : 'staff')
  return { eventId, decision, agrees, sentences, askedMspIds, ...(warnings === undefined ? {} : { warnings }) }
}

async function explainQuestion (run: CommandRun, options: Options, isFull: boolean): Promise<object> {
  const said = parseQuestion(options)
  const context = await run.loadReader()
  const { category } = options
  if (category !== undefined && context.role !== 'patient') {
    throw new ClientError('USAGE', 'Only a patient knows which compartment a category is: name --compartment LABEL:EPOCH.')
  }
  const compartments = category === undefined || context.role !== 'patient' ? {} : { compartments: await compartmentsOf(context, category) }
  const patientId = said.patientId ?? (context.role === 'patient' ? context.patientId : undefined)
  if (patientId === undefined) throw new ClientError('USAGE', 'Say whose records: --patient ID.')
  const explained = await explainRequest(context, { ...said, ...compartments, patientId })
  if (isFull) return explained
  const { explanation: { decision }, consentId, able, askedMspIds, warnings } = explained
  const sentences = explainQuestionInWords(explained, context.role === 'patient' ? 'patient' : 'staff')
  return {
    patientId,
    decision,
    able,
    ...(consentId === undefined ? {} : { consentId }),
    sentences,
    askedMspIds,
    ...(warnings === undefined ? {} : { warnings })
  }
}

function parseQuestion (options: Options): Omit<AccessQuestion, 'patientId'> & { patientId?: string } {
  const { patient, requester, purpose, record, compartment, category, consent, role, department } = options
  if (requester === undefined || purpose === undefined) {
    throw new ClientError('USAGE', 'Name an event, or a request that nobody made: --requester MSP/STAFF --purpose CODE and --record, --compartment or --category.')
  }
  if ([record, compartment, category].filter((named) => named !== undefined).length !== 1) {
    throw new ClientError('USAGE', 'Say either --record, to read, or --compartment or --category, to search.')
  }
  const certificate = { ...(role === undefined ? {} : { role }), ...(department === undefined ? {} : { department }) }
  return {
    requester: parsePerson(requester),
    purpose: requirePurpose(purpose),
    ...(patient === undefined ? {} : { patientId: parsePatientId(patient) }),
    ...(record === undefined ? {} : { records: record.map(parseRecordVersion) }),
    ...(compartment === undefined ? {} : { compartments: compartment.map(parseCompartment) }),
    ...(consent === undefined ? {} : { consentId: parseConsentId(consent) }),
    ...(Object.keys(certificate).length === 0 ? {} : { certificate })
  }
}
