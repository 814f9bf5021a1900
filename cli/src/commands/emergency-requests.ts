import type { Command } from 'commander'
import { EMERGENCY_REASONS, SignedStatement } from '@epione/protocol'
import { ClientError, cosignEmergency, parseHandedOn, showEmergency, signEmergency, submitEmergency, throwDamaged } from '@epione/sdk'
import type { EmergencyWanted } from '@epione/sdk'
import { Value } from 'typebox/value'
import { readText, requireFree, writeNewFile } from '../files.ts'
import type { Act } from './act.ts'
import { parseChoice, parseEventId, parsePatientId, parseRecordVersion } from './arguments.ts'
import { requireYes } from './prompt.ts'
import type { CommandRun } from './run.ts'

interface OpenOptions { patient: string, record: string[], reason: string, within?: string, second?: string, out?: string }
interface SignOptions { out: string, yes?: boolean }

const WHAT = 'The emergency\'s file'

export function addEmergencyRequests (emergency: Command, act: Act): void {
  emergency.command('open')
    .description('break the glass for a patient, or read on within a box; "open EVENT" then opens the records')
    .requiredOption('--patient <id>', 'whose')
    .requiredOption('--record <id...>', 'ID or ID:VERSION, up to 64')
    .requiredOption('--reason <word>', EMERGENCY_REASONS.join(', '))
    .option('--within <event>', 'the event that opened the box (default: this request opens one)')
    .option('--second <staffId>', 'the colleague who signs, too: for levels R and V; needs --out')
    .option('--out <file>', 'the file that the colleague signs')
    .action((options: OpenOptions, command: Command) => act((run) => open(run, options), command))

  emergency.command('sign <file>')
    .description('sign a colleague\'s emergency as its second practitioner')
    .requiredOption('--out <file>', 'the file to hand back')
    .option('--yes', 'do not ask')
    .action((file: string, options: SignOptions, command: Command) => act((run) => sign(run, file, options), command))

  emergency.command('submit <file>')
    .description('send an emergency that both have signed')
    .action((file: string, _options: unknown, command: Command) => act(async (run) => {
      const statement = parseStatement(await readText(file))
      return await submitEmergency(await run.loadPractitioner(), statement)
    }, command))
}

async function open (run: CommandRun, options: OpenOptions): Promise<object> {
  const { second, out } = options
  if ((second === undefined) !== (out === undefined)) throw new ClientError('USAGE', 'Say --second and --out together: the colleague signs that file.')
  const wanted: EmergencyWanted = {
    patientId: parsePatientId(options.patient),
    records: options.record.map(parseRecordVersion),
    reason: parseChoice(options.reason, EMERGENCY_REASONS, '--reason'),
    ...(options.within === undefined ? {} : { opening: parseEventId(options.within) }),
    ...(second === undefined ? {} : { second })
  }
  if (out !== undefined) await requireFree(out)
  const context = await run.loadPractitioner()
  const statement = await signEmergency(context, wanted)
  if (out === undefined) return await submitEmergency(context, statement)
  await writeNewFile(out, `${JSON.stringify(statement)}\n`)
  return { file: out, second }
}

async function sign (run: CommandRun, file: string, { out, yes }: SignOptions): Promise<object> {
  const statement = parseStatement(await readText(file))
  await requireFree(out)
  const context = await run.loadPractitioner()
  const { requester, patientId, records = [], emergency } = showEmergency(context, statement)
  const named = records.map(({ recordId, version }) => `${recordId}:${String(version)}`).join(', ')
  const asked = `${requester.mspId}/${requester.staffId} breaks the glass for patient ${patientId} (${emergency?.reason ?? ''}): ${named}.`
  if (yes !== true) await requireYes(run.io, `${asked} You sign as the second practitioner, and the log names you.`)
  await writeNewFile(out, `${JSON.stringify(cosignEmergency(context, statement))}\n`)
  return { requester, patientId, records, reason: emergency?.reason, file: out }
}

function parseStatement (text: string): SignedStatement {
  const statement: unknown = parseHandedOn(text, WHAT)
  if (Value.Check(SignedStatement, statement)) return statement
  return throwDamaged(WHAT, 'other-type', 'is not what "epione emergency open --out" writes')
}
