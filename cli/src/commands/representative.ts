import type { Command } from 'commander'
import {
  ClientError, confirmRepresentation, endRepresentation, endRepresentationInPerson, handOutKeys, listRepresentatives, nameRepresentative,
  offerRepresentation, renewKeys, actFor
} from '@epione/sdk'
import type { RepresentationShown } from '@epione/sdk'
import type { Act } from './act.ts'
import { parsePatientId, parseStatementId } from './arguments.ts'
import { readText, requireFree, writeNewFile } from '../files.ts'
import { requireYes } from './prompt.ts'
import type { CommandRun } from './run.ts'
import { parseLast } from './times.ts'

interface OfferOptions { patient: string, relation: string, days: string, name: string, out: string }
interface EndOptions { patient?: string, renew: boolean }

/** Who acts for a patient: from the offer to the end. With --on-behalf-of PATIENT a patient's commands act for another. */
export function addRepresentativeCommands (representative: Command, act: Act): void {
  representative.command('offer')
    .description('offer to act for a patient, with keys of this home kept for that alone; the patient names you by the file')
    .requiredOption('--patient <id>', 'for whom')
    .requiredOption('--relation <code>', 'HL7 code: prn (parent), guard, poa and others')
    .requiredOption('--days <n>', 'for how long')
    .requiredOption('--name <name>', 'how the patient knows you; it stays in files and homes, and off the ledger')
    .requiredOption('--out <file>', 'new file for the patient')
    .action((options: OfferOptions, command: Command) => act((run) => offer(run, options), command))

  representative.command('name <file>')
    .description('let somebody who made this offer act for you; of an infant, the custodian who has the phrase does it')
    .requiredOption('--out <file>', 'new file for the registration desk and the representative')
    .option('--yes', 'do not ask: the fingerprint was compared')
    .action((file: string, options: { out: string, yes?: boolean }, command: Command) => act((run) => name(run, file, options), command))

  representative.command('confirm <file>')
    .description('put a representative in force whom both signed for, before the registration desk (its token)')
    .action((file: string, _options: unknown, command: Command) =>
      act(async (run) => confirmRepresentation(await run.loadToken(), await readText(file)), command))

  representative.command('accept <file>')
    .description('take up what the patient handed over; then --on-behalf-of PATIENT acts in their stead')
    .action((file: string, _options: unknown, command: Command) => act((run) => accept(run, file), command))

  representative.command('list')
    .description('who acts or acted for you, and which of their consents still stand; and for whom you act')
    .action((_options, command: Command) => act(list, command))

  representative.command('end <representation>')
    .description('end it: as the patient, who gets new keys; with --on-behalf-of as the representative; with --patient at the desk that confirmed it')
    .option('--patient <id>', 'whose, at the registration desk (its token)')
    .option('--no-renew', 'leave new keys to "representative renew"')
    .action((id: string, options: EndOptions, command: Command) => act((run) => end(run, id, options), command))

  representative.command('renew')
    .description('new keys for everything that somebody has keys of who acts for you no more, and your consents anew for them')
    .action((_options, command: Command) => act(async (run) => renewKeys(await run.loadPatient()), command))

  representative.command('hand-out <representation>')
    .description('the file anew for a representative in force, after you got new keys')
    .requiredOption('--out <file>', 'new file for the representative')
    .action((id: string, { out }: { out: string }, command: Command) => act((run) => handOut(run, id, out), command))
}

async function offer (run: CommandRun, { patient, relation, days, name, out }: OfferOptions): Promise<object> {
  await requireFree(out)
  const notAfter = parseLast(days)
  const { file, ...shown } = await offerRepresentation(
    await run.loadGuardian(), { patientId: parsePatientId(patient), relation, notAfter, name }
  )
  await writeNewFile(out, file)
  return { ...shown, out }
}

async function name (run: CommandRun, path: string, { out, yes }: { out: string, yes?: boolean }): Promise<object> {
  await requireFree(out)
  const approve = async (shown: RepresentationShown): Promise<boolean> => {
    if (yes !== true) await requireYes(run.io, describe(shown))
    return true
  }
  const { file, ...shown } = await nameRepresentative(await run.loadPatient(), await readText(path), approve)
  await writeNewFile(out, file)
  await run.home.keepRepresentativeName(shown.representationId, shown.name)
  return { ...shown, out }
}

function describe ({ name, relation, notAfter, fingerprint }: RepresentationShown): string {
  return `"${name}" (${relation}) may read all your records and your log, consent, revoke, forbid and freeze for you until ${new Date(notAfter).toISOString()}. They read you the fingerprint ${fingerprint}.`
}

async function accept (run: CommandRun, path: string): Promise<object> {
  const text = await readText(path)
  const { accepted } = await actFor(await run.loadGuardian(), text)
  await run.home.keepRepresentation(accepted.patientId, text)
  return accepted
}

async function list (run: CommandRun): Promise<object> {
  const config = await run.home.readConfig()
  const represents = (await run.home.listRepresentations()).map((patientId) => ({ patientId }))
  if (config.role !== 'patient' && run.options.onBehalfOf === undefined) return { items: [], represents }
  const names = await run.home.readRepresentativeNames()
  const items = await listRepresentatives(await run.loadPatient())
  return { items: items.map((item) => ({ name: names[item.representationId] ?? 'unknown', ...item })), represents }
}

async function end (run: CommandRun, text: string, { patient, renew }: EndOptions): Promise<object> {
  const id = parseStatementId(text)
  if (patient !== undefined) return endRepresentationInPerson(await run.loadToken(), parsePatientId(patient), id)
  const context = await run.loadPatient()
  const ended = await endRepresentation(context, id)
  // Whoever ended it for another has no keys to make new ones of.
  if (!renew || run.options.onBehalfOf !== undefined) return ended
  const { raised, items, left } = await renewKeys(context)
  return { ...ended, raised, items, left }
}

async function handOut (run: CommandRun, id: string, out: string): Promise<object> {
  await requireFree(out)
  const names = await run.home.readRepresentativeNames()
  const representationId = parseStatementId(id)
  const known = names[representationId]
  if (known === undefined) throw new ClientError('NOT_FOUND', 'This home has named no such representative.', { representationId })
  const { file, ...shown } = await handOutKeys(await run.loadPatient(), representationId, known)
  await writeNewFile(out, file)
  return { ...shown, out }
}
