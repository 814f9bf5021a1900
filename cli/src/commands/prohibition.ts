import type { Command } from 'commander'
import { endProhibition, forbidAccess, listProhibitions } from '@epione/sdk'
import type { ProhibitionWanted } from '@epione/sdk'
import type { Act } from './act.ts'
import { parseDays, parseDepartment, parseMspId, parsePerson, parseStatementId } from './arguments.ts'
import { parseLevels } from './terms.ts'

interface AddOptions {
  organization?: string[]
  department?: string[]
  person?: string[]
  category?: string[]
  levels?: string
  purpose?: string[]
  days?: string
  replaces?: string
}

export function addProhibitionCommands (prohibition: Command, act: Act): void {
  prohibition.command('add')
    .description('forbid what fits all that is said, whatever consents say, until it is ended')
    .option('--organization <mspIds...>', 'members of these organisations')
    .option('--department <mspId/code...>', 'members of these departments')
    .option('--person <mspId/staffId...>', 'these people')
    .option('--category <names...>', 'records of these categories')
    .option('--levels <levels>', 'records of these confidentiality levels, for example R,V')
    .option('--purpose <codes...>', 'for these purposes, for example HRESCH')
    .option('--days <n>', 'for how long (default: until it is ended)')
    .option('--replaces <prohibition>', 'an earlier prohibition that ends with this one')
    .action((options: AddOptions, command: Command) =>
      act(async (run) => forbidAccess(await run.loadPatient(), parseWanted(options)), command))

  prohibition.command('end <prohibition>')
    .description('end a prohibition: what consents say counts again')
    .action((id: string, _options: unknown, command: Command) =>
      act(async (run) => endProhibition(await run.loadPatient(), parseStatementId(id)), command))

  prohibition.command('list')
    .description('list the own prohibitions in force')
    .action((_options, command: Command) => act(async (run) => ({ items: await listProhibitions(await run.loadPatient()) }), command))
}

function parseWanted ({ organization, department, person, category, levels, purpose, days, replaces }: AddOptions): ProhibitionWanted {
  return {
    ...(organization === undefined ? {} : { organizations: organization.map(parseMspId) }),
    ...(department === undefined ? {} : { departments: department.map(parseDepartment) }),
    ...(person === undefined ? {} : { people: person.map(parsePerson) }),
    ...(category === undefined ? {} : { categories: category }),
    ...(levels === undefined ? {} : { levels: parseLevels(levels, '--levels') }),
    ...(purpose === undefined ? {} : { purposes: purpose }),
    ...(days === undefined ? {} : { days: parseDays(days) }),
    ...(replaces === undefined ? {} : { replaces: parseStatementId(replaces) })
  }
}
