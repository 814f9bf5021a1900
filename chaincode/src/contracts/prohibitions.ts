import { utf8 } from '@epione/crypto'
import { isInForce, LEDGER_KEYS, LedgerError, PROHIBITION_BYTES_MAX, PROHIBITIONS_MAX, prohibitionFacts } from '@epione/protocol'
import { loadStatements } from './consent-states.ts'
import { isOfRepresentative } from './representations.ts'
import { loadStanding, putStanding, refuseSucceeded, requireActive } from './standing.ts'
import type { ProhibitionFacts, StandingState } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { AcceptedStatement } from './statement-acceptance.ts'

/**
 * Puts a prohibition in force, ends the one that it names, and forgets those whose time is over. What it says goes into the one key that
 * every request for the patient reads, so that whoever asks meanwhile is decided again.
 * @throws {LedgerError} PATIENT_FROZEN, PATIENT_SUCCEEDED, PROHIBITION_INVALID, PROHIBITION_UNKNOWN, PROHIBITIONS_TOO_MANY,
 * REPRESENTATION_EXCEEDED where a representative ends what the patient forbade
 */
export async function addProhibition (
  ctx: LedgerContext, { id, body, stored }: AcceptedStatement<'Prohibition'>, by: 'patient' | 'representative'
): Promise<void> {
  const { patientId, ends, notAfter } = body
  const standing = await loadStanding(ctx, patientId)
  refuseSucceeded(standing, patientId)
  // To forbid more is never too late; to end a prohibition allows again.
  if (ends !== undefined) await requireActive(ctx, patientId)
  if (notAfter !== undefined && notAfter <= ctx.time) {
    throw new LedgerError('PROHIBITION_INVALID', 'Choose an end that is not in the past, or none.')
  }
  const inForce = (standing.prohibitions ?? []).filter((prohibition) => isInForce(prohibition, ctx.time))
  if (ends !== undefined && !inForce.some((prohibition) => prohibition.id === ends)) {
    throw new LedgerError('PROHIBITION_UNKNOWN', `Name a prohibition in force of patient ${patientId}; ${ends} is none.`)
  }
  if (ends !== undefined && by === 'representative') await requireOfRepresentative(ctx, patientId, ends)
  const added = prohibitionFacts(id, body)
  const prohibitions = [...inForce.filter((prohibition) => prohibition.id !== ends), ...(added === undefined ? [] : [added])]
  if (added !== undefined) checkRoom(prohibitions)
  await ctx.state.put(LEDGER_KEYS.prohibition(patientId, id), stored)
  await putStanding(ctx, patientId, { ...standing, prohibitions })
}

/** What the patient forbade themself, their representatives are bound by, too. */
async function requireOfRepresentative (ctx: LedgerContext, patientId: string, prohibitionId: string): Promise<void> {
  const [target] = await loadStatements(ctx, [LEDGER_KEYS.prohibition(patientId, prohibitionId)])
  if (target !== undefined && await isOfRepresentative(ctx, patientId, target)) return
  throw new LedgerError('REPRESENTATION_EXCEEDED', `The patient made prohibition ${prohibitionId} themself, and they alone end it.`)
}

function checkRoom (prohibitions: readonly ProhibitionFacts[]): void {
  const bytes = utf8(JSON.stringify(prohibitions)).length
  if (prohibitions.length <= PROHIBITIONS_MAX && bytes <= PROHIBITION_BYTES_MAX) return
  throw new LedgerError(
    'PROHIBITIONS_TOO_MANY',
    `At most ${String(PROHIBITIONS_MAX)} prohibitions of ${String(PROHIBITION_BYTES_MAX)} bytes together are in force at once: end one, or say several in one.`
  )
}

/** What stands in the way of every request for a patient, with the signed prohibitions. */
export async function completeStanding (ctx: LedgerContext, patientId: string): Promise<StandingState> {
  const { freeze, succeededBy, prohibitions = [] } = await loadStanding(ctx, patientId)
  const inForce = prohibitions.filter((prohibition) => isInForce(prohibition, ctx.time))
  return {
    patientId,
    ...(freeze !== undefined && { freeze: freeze.id }),
    ...(succeededBy !== undefined && { succeededBy }),
    prohibitions: await loadStatements(ctx, inForce.map(({ id }) => LEDGER_KEYS.prohibition(patientId, id)))
  }
}
