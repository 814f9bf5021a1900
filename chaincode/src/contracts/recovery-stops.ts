import { LEDGER_KEYS } from '@epione/protocol'
import type { Stop, StopEntry } from '@epione/protocol'
import type { LedgerContext } from './context.ts'

/** Who may stop what: a recovery the patient or, before a registrar, in person; a change of key the patient or guardians. */
export const STOPPERS = { RecoveryRequest: ['identity', 'registrar'], KeyDirectory: ['identity', 'guardians'] } as const

type Stopper = (typeof STOPPERS)[keyof typeof STOPPERS][number]

/** The first stop of `target` by any of `stoppers`; a stop by others has no effect on it. */
export async function findStop (
  ctx: LedgerContext,
  patientId: string,
  target: string,
  stoppers: readonly Stopper[]
): Promise<StopEntry | undefined> {
  const found: StopEntry[] = []
  for (const by of stoppers) {
    const entry = await ctx.state.get<StopEntry>(LEDGER_KEYS.stop(patientId, target, by))
    if (entry !== undefined) found.push(entry)
  }
  return found.sort((a, b) => timeOf(a.stop) - timeOf(b.stop))[0]
}

export async function putStop (ctx: LedgerContext, entry: StopEntry, by: Stopper): Promise<void> {
  await ctx.state.put(LEDGER_KEYS.stop(entry.patientId, entry.target, by), entry)
}

const timeOf = (stop: Stop): number => 'statement' in stop ? stop.statement.time : stop.inPerson.time
