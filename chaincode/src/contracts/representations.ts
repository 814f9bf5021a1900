import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import type { Representation, StoredStatement } from '@epione/protocol'
import type { LedgerContext } from './context.ts'

/** Representatives of one patient at once: everybody who looks at the patient reads them all. */
const REPRESENTATIONS_MAX = 16

/** Adds one to those of the patient that are not over. @throws {LedgerError} REPRESENTATIONS_TOO_MANY */
export async function addRepresentation (ctx: LedgerContext, patientId: string, stored: StoredStatement): Promise<void> {
  const present = await ctx.state.get<StoredStatement[]>(LEDGER_KEYS.representations(patientId)) ?? []
  const inForce = present.filter(({ statement: { body } }) => (JSON.parse(body) as Representation).notAfter > ctx.time)
  if (inForce.length >= REPRESENTATIONS_MAX) {
    throw new LedgerError(
      'REPRESENTATIONS_TOO_MANY',
      `Patient ${patientId} has ${String(inForce.length)} representatives: wait until one of them is over.`
    )
  }
  await ctx.state.put(LEDGER_KEYS.representations(patientId), [...inForce, stored])
}
