import { canonicalize } from '@epione/crypto'
import type { LoggedReading } from '@epione/protocol/api'
import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { describeSilent } from '../gateways/ask-two.ts'
import type { Answered } from '../gateways/ask-two.ts'
import type { GatewayApi, LogReadingQuery } from '../gateways/gateway-api.ts'
import { readPages } from '../gateways/pages.ts'

export type ReadingsQuery = Omit<LogReadingQuery, 'cursor' | 'limit'> & { limit?: number }

export interface ReadingsList {
  items: LoggedReading[]
  /** Organisations whose logs these are. */
  askedMspIds: string[]
  warnings?: string[]
}

type Shown = Answered<LoggedReading[]>

/**
 * Who read the access log, newest first: to an auditor or a practitioner by their own hospital's log; to a patient, about their own events,
 * by two hospitals' logs, merged. Each reading was noted by the hospital through which it went, and stands on the ledger.
 */
export async function listLogReadings (
  context: PatientContext | PractitionerContext | TokenContext,
  { limit, ...query }: ReadingsQuery
): Promise<ReadingsList> {
  const asked = context.role === 'patient' ? { ...query, patientId: context.patientId } : query
  const read = async (gateway: GatewayApi): Promise<LoggedReading[]> => await readPages(
    (cursor) => gateway.listLogReadings({ ...asked, ...(cursor === undefined ? {} : { cursor }) }, authorizeAs(context)), limit
  )
  const { own } = context.gateways
  if (context.role !== 'patient') return { items: await read(own), askedMspIds: [own.info.mspId] }
  const { answers: [first, second], silent } = await context.gateways.askTwoReachable(read)
  if (first === undefined) return { items: [], askedMspIds: [] }
  const { mspId } = first.gateway.info
  if (second === undefined) {
    const warnings = [`Only ${mspId} can be reached: a reading that it hides is not seen. ${describeSilent(silent)}`.trim()]
    return { items: first.value, askedMspIds: [mspId], warnings }
  }
  return merge(first, second, limit)
}

function merge (first: Shown, second: Shown, limit = Infinity): ReadingsList {
  const byId = new Map(first.value.map((reading) => [reading.readingId, reading]))
  const warnings = [...lacking(first, second, limit), ...lacking(second, first, limit)]
  for (const reading of second.value) {
    const other = byId.get(reading.readingId)
    if (other === undefined) byId.set(reading.readingId, reading)
    else if (canonicalize(other) !== canonicalize(reading)) {
      warnings.push(`Reading ${reading.readingId} is shown differently by ${first.gateway.info.mspId} and ${second.gateway.info.mspId}.`)
    }
  }
  const items = [...byId.values()].sort((a, b) => b.blockNumber - a.blockNumber || (a.readingId < b.readingId ? 1 : -1)).slice(0, limit)
  return { items, askedMspIds: [first.gateway.info.mspId, second.gateway.info.mspId], ...(warnings.length === 0 ? {} : { warnings }) }
}

/** What one shows of a block before the newest of the other, who may be behind, and not beyond the end of that one's list. */
function lacking (log: Shown, other: Shown, limit: number): string[] {
  const known = new Set(other.value.map(({ readingId }) => readingId))
  const newest = other.value[0]?.blockNumber ?? -1
  const oldest = other.value.length >= limit ? other.value.at(-1)?.blockNumber ?? -1 : -1
  return log.value.filter(({ readingId, blockNumber }) => !known.has(readingId) && blockNumber < newest && blockNumber > oldest)
    .map(({ readingId }) => `Reading ${readingId} is shown by ${log.gateway.info.mspId} alone.`)
}
