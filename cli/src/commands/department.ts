import type { Command } from 'commander'
import { changeDepartment, ClientError, foundDepartment, makeDepartment, readDepartment, readOwnDepartment } from '@epione/sdk'
import type { MembersWanted } from '@epione/sdk'
import type { Act } from './act.ts'
import { parseDepartment } from './arguments.ts'
import { readText, writeNewFile } from '../files.ts'
import { requireYes } from './prompt.ts'
import type { CommandRun } from './run.ts'

interface Founding { out: string }

export function addDepartmentCommands (department: Command, act: Act): void {
  department.command('show <mspId/department>')
    .description('the members of a department, and the fingerprint of the key that they share')
    .action((name: string, _options: unknown, command: Command) => act((run) => show(run, name), command))

  department.command('found [staff...]')
    .description('make the key of your own department, you and these its members; its registrar confirms the file')
    .requiredOption('--out <file>', 'the file to hand to the registrar')
    .action((staff: string[], options: Founding, command: Command) => act((run) => found(run, staff, options), command))

  department.command('confirm <file>')
    .description('put a department in place that a member made (token with system/Practitioner.c)')
    .option('--yes', 'do not ask')
    .action((file: string, { yes }: { yes?: boolean }, command: Command) => act((run) => confirm(run, file, yes === true), command))

  department.command('add <staff...>')
    .description('share the present key of your department with further members')
    .action((add: string[], _options: unknown, command: Command) => act((run) => change(run, { add }), command))

  department.command('remove <staff...>')
    .description('let members go, under a new key: patients grant anew')
    .action((remove: string[], _options: unknown, command: Command) => act((run) => change(run, { remove }), command))

  department.command('rotate')
    .description('make a new key, without whoever is suspended: patients grant anew')
    .action((_options, command: Command) => act((run) => change(run, { rotate: true }), command))
}

async function show (run: CommandRun, name: string): Promise<object> {
  const context = run.connect(await run.loadNetwork())
  const { mspId, department, body, facts, signer, registrar, receivingKey, time } = await readDepartment(context, parseDepartment(name))
  return {
    mspId,
    department,
    version: body.version,
    keyVersion: facts.keyVersion,
    fingerprint: receivingKey.fingerprint(),
    members: facts.members,
    signer,
    ...(registrar === undefined ? {} : { registrar }),
    since: time
  }
}

async function found (run: CommandRun, staff: readonly string[], { out }: Founding): Promise<object> {
  const context = await run.loadPractitioner()
  const { file, ...made } = await makeDepartment(context, await ownDepartment(context), staff)
  await writeNewFile(out, file)
  return { ...made, file: out }
}

async function confirm (run: CommandRun, path: string, yes: boolean): Promise<object> {
  const file = await readText(path)
  const context = await run.loadToken()
  if (!yes) await requireYes(run.io, 'Patients consent to a department as its registrar puts it in place: you know the member who made this file.')
  return await foundDepartment(context, file)
}

async function change (run: CommandRun, wanted: MembersWanted): Promise<object> {
  const context = await run.loadPractitioner()
  return await changeDepartment(context, await ownDepartment(context), wanted)
}

/** As of which the hospital certifies the caller. */
async function ownDepartment (context: Awaited<ReturnType<CommandRun['loadPractitioner']>>): Promise<string> {
  const department = await readOwnDepartment(context)
  if (department !== undefined) return department
  throw new ClientError('REFUSED', 'Your hospital certifies you as of no department: "practitioner enroll --department" names one.')
}
