import type { Command } from 'commander'
import { parseEventId as partsOf, REVIEW_FINDINGS } from '@epione/protocol'
import {
  ClientError, closeEmergency, depositForEmergencies, listDeposits, listEmergencies, publishEmergencyKey, readDepartment, readEmergencyKey,
  EMERGENCY_STATES, reviewEmergency, switchEmergenciesOff, switchEmergenciesOn
} from '@epione/sdk'
import { readAdminKey } from '../admin-key.ts'
import type { Act } from './act.ts'
import { parseChoice, parseDays, parseDepartment, parseEventId, parseMspId, parsePatientId } from './arguments.ts'
import { addEmergencyRequests } from './emergency-requests.ts'
import type { CommandRun } from './run.ts'
import { parseLevels } from './terms.ts'

interface DepositOptions { organization: string[], category: string[], days: string, levels?: string }
interface ListOptions { state?: string, patient?: string }

export function addEmergencyCommands (emergency: Command, act: Act): void {
  addPatientCommands(emergency, act)
  addEmergencyRequests(emergency, act)

  emergency.command('close <event>')
    .description('end a box that you opened, before its time')
    .action((event: string, _options: unknown, command: Command) =>
      act(async (run) => closeEmergency(await run.loadPractitioner(), parseBox(event)), command))

  emergency.command('review <event>')
    .description('say, as a privacy officer of another hospital, what you found of a box')
    .requiredOption('--finding <word>', REVIEW_FINDINGS.join(', '))
    .action((event: string, { finding }: { finding: string }, command: Command) => act(async (run) => {
      const found = parseChoice(finding, REVIEW_FINDINGS, '--finding')
      return await reviewEmergency(await run.loadPractitioner(), { ...parseBox(event), finding: found })
    }, command))

  emergency.command('list')
    .description('boxes, newest first: a patient\'s own; all to privacy officers, by token')
    .option('--state <state>', EMERGENCY_STATES.join(', '))
    .option('--patient <id>', 'of one patient')
    .action((options: ListOptions, command: Command) => act((run) => list(run, options), command))

  emergency.command('key <mspId>')
    .description('the newest emergency key of an organisation, as its admin signed it')
    .action((mspId: string, _options: unknown, command: Command) => act((run) => showKey(run, parseMspId(mspId)), command))

  emergency.command('publish <mspId/department>')
    .description('publish the key of a department as the emergency key of its hospital: patients top up')
    .requiredOption('--key <file>', 'private key (PEM) of the admin\'s certificate')
    .action((name: string, { key }: { key: string }, command: Command) => act((run) => publish(run, name, key), command))
}

function addPatientCommands (emergency: Command, act: Act): void {
  emergency.command('deposit')
    .description('let organisations break the glass for these categories')
    .requiredOption('--organization <mspIds...>', 'whose staff')
    .requiredOption('--category <names...>', 'records of these categories')
    .requiredOption('--days <n>', 'for how long')
    .option('--levels <levels>', 'confidentiality levels, for example N,R,V (default: all but V)')
    .action((options: DepositOptions, command: Command) => act((run) => deposit(run, options), command))

  emergency.command('deposits')
    .description('for each organisation what an emergency could open, what is missing and what to top up')
    .action((_options, command: Command) => act(async (run) => ({ items: await listDeposits(await run.loadPatient()) }), command))

  emergency.command('off')
    .description('switch break-glass off, whatever is deposited')
    .option('--organization <mspIds...>', 'for these organisations (default: all)')
    .action(({ organization }: { organization?: string[] }, command: Command) =>
      act(async (run) => switchEmergenciesOff(await run.loadPatient(), organization?.map(parseMspId)), command))

  emergency.command('on')
    .description('switch it on again as it was switched off')
    .option('--organization <mspId>', 'for this organisation (default: for all)')
    .action(({ organization }: { organization?: string }, command: Command) => act(async (run) =>
      switchEmergenciesOn(await run.loadPatient(), organization === undefined ? undefined : parseMspId(organization)), command))
}

async function deposit (run: CommandRun, { organization, category, days, levels }: DepositOptions): Promise<object> {
  const wanted = {
    organizations: organization.map(parseMspId),
    categories: category,
    days: parseDays(days),
    ...(levels === undefined ? {} : { levels: parseLevels(levels, '--levels') })
  }
  return await depositForEmergencies(await run.loadPatient(), wanted)
}

async function list (run: CommandRun, { state, patient }: ListOptions): Promise<object> {
  const query = {
    ...(state === undefined ? {} : { state: parseChoice(state, EMERGENCY_STATES, '--state') }),
    ...(patient === undefined ? {} : { patientId: parsePatientId(patient) })
  }
  return { items: await listEmergencies(await run.loadReader(), query) }
}

async function showKey (run: CommandRun, mspId: string): Promise<object> {
  const key = await readEmergencyKey(run.connect(await run.loadNetwork()), mspId)
  if (key !== undefined) return key
  throw new ClientError('NOT_FOUND', `${mspId} has published no emergency key: its admin does, with "epione emergency publish".`)
}

async function publish (run: CommandRun, name: string, keyFile: string): Promise<object> {
  const named = parseDepartment(name)
  const secret = await readAdminKey(keyFile)
  const context = run.connect(await run.loadNetwork())
  const { body: { receivingKey } } = await readDepartment(context, named)
  return await publishEmergencyKey({ ...context, role: 'admin', secret }, { mspId: named.mspId, emergencyKey: receivingKey })
}

/** A box by the event that opened it, whose id names the patient. */
function parseBox (text: string): { patientId: string, eventId: string } {
  const eventId = parseEventId(text)
  return { patientId: partsOf(eventId)?.patientId ?? '', eventId }
}
