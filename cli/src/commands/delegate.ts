import type { Command } from 'commander'
import { addDelegate, endDelegate, listDelegates } from '@epione/sdk'
import { DELEGATE_POWERS } from '@epione/protocol'
import type { Act } from './act.ts'
import { parseChoice, parseKeyHex, parseStatementId } from './arguments.ts'
import { requireYes } from './prompt.ts'
import type { CommandRun } from './run.ts'
import { parseLast } from './times.ts'

interface AddOptions { days: string, power: string[], replaces?: string, yes?: boolean }

/** Keys that see the log, end consents and freeze, for pages and devices that must not hold the phrase. */
export function addDelegateCommands (delegate: Command, act: Act): void {
  delegate.command('add <key>')
    .description('name a limited key by its public half, as the page or device shows it; it grants and opens nothing')
    .requiredOption('--days <n>', 'for how long, at most 366')
    .option('--power <powers...>', 'read-log, revoke, freeze', [...DELEGATE_POWERS])
    .option('--replaces <id>', 'an earlier one that ends with this')
    .option('--yes', 'do not ask: the key was compared')
    .action((key: string, options: AddOptions, command: Command) => act((run) => add(run, key, options), command))

  delegate.command('list')
    .description('your limited keys: in force, over and ended')
    .action((_options: unknown, command: Command) => act(async (run) => ({ items: await listDelegates(await run.loadPatient()) }), command))

  delegate.command('end <id>')
    .description('end a limited key: it signs and sees nothing any more')
    .action((id: string, _options: unknown, command: Command) =>
      act(async (run) => endDelegate(await run.loadPatient(), parseStatementId(id)), command))
}

async function add (run: CommandRun, text: string, { days, power, replaces, yes }: AddOptions): Promise<object> {
  const [key, notAfter] = [parseKeyHex(text), parseLast(days)]
  const powers = [...new Set(power)].map((one) => parseChoice(one, DELEGATE_POWERS, '--power'))
  if (yes !== true) {
    await requireYes(run.io, `Whoever has the key ${key} may ${powers.join(', ')} for you until ${new Date(notAfter).toISOString()}, and nothing else.`)
  }
  return addDelegate(await run.loadPatient(), {
    key, powers, notAfter, ...(replaces === undefined ? {} : { ends: parseStatementId(replaces) })
  })
}
