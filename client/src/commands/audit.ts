import type { Command } from 'commander'
import { listAccessEvents } from '../audit.ts'
import type { AuditQuery } from '../audit.ts'
import type { Act } from '../cli.ts'
import { ClientError } from '../errors.ts'
import { parsePatientId, parsePerson, parseTime, parseWhole } from './arguments.ts'
import type { CommandRun } from './run.ts'

interface AuditOptions { patient?: string, actor?: string, from?: string, to?: string, decision?: string, limit?: string }

export function addAuditCommands (program: Command, act: Act): void {
  program.command('audit').description('the access log').command('list')
    .description('list access events, newest first (an auditor by token, a patient their own, merged from two hospitals)')
    .option('--patient <id>', 'of this patient')
    .option('--actor <mspId/staffId>', 'of this person')
    .option('--from <time>', 'not before this time')
    .option('--to <time>', 'not after this time')
    .option('--decision <decision>', 'permit or deny')
    .option('--limit <n>', 'at most so many')
    .action((options: AuditOptions, command: Command) => act(async (run) => listAccessEvents(await loadReader(run), parseQuery(options)), command))
}

/** A home with keys acts as its patient; otherwise a token decides what its holder may see. */
async function loadReader (run: CommandRun): Promise<Parameters<typeof listAccessEvents>[0]> {
  const config = await run.home.findConfig()
  return config?.role === 'patient' && run.options.network === undefined ? run.loadPatient() : run.loadToken()
}

function parseQuery ({ patient, actor, from, to, decision, limit }: AuditOptions): AuditQuery {
  return {
    ...(patient === undefined ? {} : { patientId: parsePatientId(patient) }),
    ...(actor === undefined ? {} : parsePerson(actor)),
    ...(from === undefined ? {} : { from: parseTime(from) }),
    ...(to === undefined ? {} : { to: parseTime(to) }),
    ...(decision === undefined ? {} : { decision: parseDecision(decision) }),
    ...(limit === undefined ? {} : { limit: parseWhole(limit, '--limit') })
  }
}

function parseDecision (text: string): 'permit' | 'deny' {
  if (text === 'permit' || text === 'deny') return text
  throw new ClientError('USAGE', `--decision: permit or deny, not "${text}".`)
}
