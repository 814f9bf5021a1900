import { boxFacts, LedgerError } from '@epione/protocol'
import type { AccessRequest, BoxFacts, EmergencyCase } from '@epione/protocol'
import type { FactSources } from './facts-then.ts'

/** The box that a request names, as the ledger had it before the request's event; undefined when no event had opened it. */
export async function boxThen ({ ledger, isBefore }: FactSources, { emergency }: Pick<AccessRequest, 'emergency'>): Promise<BoxFacts | undefined> {
  if (emergency?.opening === undefined) return undefined
  const found = await ledger.getEmergency(emergency.opening).catch((error: unknown): EmergencyCase | undefined => {
    if (error instanceof LedgerError && (error.code === 'EMERGENCY_UNKNOWN' || error.code === 'EVENT_UNKNOWN')) return undefined
    throw error
  })
  if (found === undefined || !await isBefore(found.opening)) return undefined
  const { opening, close } = found
  return boxFacts(opening, close !== undefined && await isBefore(close))
}
