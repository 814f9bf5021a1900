import type { Command } from 'commander'
import { WITHDRAWAL_CAUSES } from '@epione/protocol'
import { ClientError, eraseCategory, eraseInParts, readErasure, withdrawRecord } from '@epione/sdk'
import { certifyErasure } from '@epione/sdk/erasure-proof'
import type { ErasureShown } from '@epione/sdk'
import { requireFree, writeNewFile } from '../files.ts'
import type { Act } from './act.ts'
import { parseChoice, parseRecordVersion } from './arguments.ts'
import { requireYes } from './prompt.ts'
import type { CommandRun } from './run.ts'

/** What erasing answers with. */
const ORDER_ID = /^[0-9a-f]{64}$/

interface EraseOptions { yes?: boolean, category?: string }

/** Ends of records: `withdraw`, `erase`, and `erasure`, which shows who destroyed what. */
export function addRecordEndCommands (record: Command, act: Act): void {
  record.command('withdraw <record>')
    .description('withdraw an own version, by default the newest, that should never have been written: every hospital destroys it')
    .requiredOption('--cause <cause>', WITHDRAWAL_CAUSES.join(' or '))
    .action((name: string, { cause }: { cause: string }, command: Command) => act(async (run) =>
      withdrawRecord(await run.loadEither(), {
        ...parseRecordVersion(name),
        cause: parseChoice(cause, WITHDRAWAL_CAUSES, '--cause')
      }), command))

  record.command('erase [records...]')
    .description('erase own records (ID) or versions (ID:VERSION): every hospital destroys them, and nothing brings them back')
    .option('--category <name>', 'all of a category instead; its epoch is raised, and consents to nothing else end')
    .option('--yes', 'do not ask')
    .action((names: string[], options: EraseOptions, command: Command) => act((run) => erase(run, names, options), command))

  record.command('erasure <record>')
    .description('show which hospitals destroyed an erased or withdrawn record, or all that an order (its id) ended, each by its own signature')
    .option('--certificate <file>', 'new file for all of it: signed statements, and the proof that the ledger took them ("epione verify")')
    .action((name: string, options: { certificate?: string }, command: Command) => act((run) => show(run, name, options), command))
}

async function erase (run: CommandRun, names: readonly string[], { yes = false, category }: EraseOptions): Promise<object> {
  if ((names.length === 0) === (category === undefined)) throw new ClientError('USAGE', 'Name records, or a category: --category NAME.')
  const records = names.map(parseRecordVersion)
  if (!yes) await requireYes(run.io, `Erasing cannot be undone: nothing brings ${category ?? names.join(', ')} back.`)
  const context = await run.loadPatient()
  if (category !== undefined) return await eraseCategory(context, category)
  const items = await eraseInParts(context, records)
  const [only] = items
  return items.length === 1 && only !== undefined ? only : { items }
}

async function show (run: CommandRun, name: string, { certificate: out }: { certificate?: string }): Promise<object> {
  const context = await run.loadEither()
  const record = ORDER_ID.test(name) ? { orderId: name } : parseRecordVersion(name)
  if (out === undefined) {
    const { shown } = await readErasure(context, record)
    return { ...shown, ...warningsOf(waiting(shown)) }
  }
  await requireFree(out)
  const { shown, certificate, state, warnings } = await certifyErasure(context, record)
  await writeNewFile(out, `${JSON.stringify(certificate)}\n`)
  return { ...shown, certificate: out, state, ...warningsOf([...waiting(shown), ...warnings]) }
}

function waiting ({ pending, overdue, differing = [] }: ErasureShown): string[] {
  const late = overdue.length === 0 ? 'ask again later' : `${overdue.join(', ')} should have, a week after the order: ask them`
  return [
    ...pending.length === 0 ? [] : [`Not yet confirmed by ${pending.join(', ')}: ${late}.`],
    ...differing.map((mspId) => `${mspId} found other records or kfrags in the compartments than you see: it counts as pending.`)
  ]
}

function warningsOf (warnings: readonly string[]): { warnings?: readonly string[] } {
  return warnings.length === 0 ? {} : { warnings }
}
