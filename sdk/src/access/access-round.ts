import { randomBytes, toHex } from '@epione/crypto'
import { REQUESTS_PER_BATCH } from '@epione/protocol'
import type { Reason } from '@epione/protocol'
import type { RequestOutcome } from '@epione/protocol/api'
import type { Confirmation } from '../context/confirm.ts'
import type { PractitionerContext } from '../context/context.ts'
import type { MadeStatement } from '../context/statements.ts'
import { ClientError } from '../errors.ts'
import { mapFewAtOnce } from '../gateways/together.ts'
import { confirmEvent, makeRequest, requireEvent } from './access.ts'
import type { AccessWanted } from './access.ts'

/** What became of the request about one patient. */
export type RoundOutcome =
  | (Confirmation & {
    patientId: string
    eventId: string
    decision: 'permit' | 'deny'
    reasons: Reason[]
    consentId?: string
    records: Array<{ recordId: string, version: number }>
    expiresAt?: number
    txId: string
    blockNumber: number
  })
  /** Refused, and no event; or one of before, named by `eventId`. */
  | { patientId: string, decision: 'none', code: string, detail: string, eventId?: string }

/** Requests that are prepared, or confirmed, at a time. */
const AT_ONCE = 4

/**
 * Signs a request for each of several patients and has them decided in one transaction, each by itself: a denial or fault of one keeps
 * no other back. Outcomes stand in the order of what was wanted. @throws {ClientError} USAGE for too many, or for one patient twice
 */
export async function requestRound (context: PractitionerContext, wanted: readonly AccessWanted[]): Promise<RoundOutcome[]> {
  if (wanted.length === 0 || wanted.length > REQUESTS_PER_BATCH) {
    throw new ClientError('USAGE', `Ask for 1 to ${REQUESTS_PER_BATCH} patients at a time.`)
  }
  const patients = new Set(wanted.map(({ patientId }) => patientId))
  if (patients.size < wanted.length) throw new ClientError('USAGE', 'Name each patient once, with all records that are wanted.')
  const made = await mapFewAtOnce(wanted, AT_ONCE, async (one) => await makeRequest(context, one))
  const { own } = context.gateways
  const { items } = await own.requestAccessOfAll(made.map(({ statement }) => statement), toHex(randomBytes(32)), context.token.authorize)
  if (items.length !== made.length) {
    throw new ClientError('ANSWER_MALFORMED', `${own.info.mspId} answers ${items.length} of ${made.length} requests.`, {
      party: { kind: 'gateway', mspId: own.info.mspId }
    })
  }
  const both = made.map((request, index) => ({ request, outcome: items[index] }))
  return await mapFewAtOnce(both, AT_ONCE, async ({ request, outcome }) => await conclude(context, request, outcome))
}

async function conclude (
  context: PractitionerContext, made: MadeStatement<'AccessRequest'>, outcome: RequestOutcome | undefined
): Promise<RoundOutcome> {
  const { patientId, consentId, records } = made.body
  if (outcome === undefined) throw new TypeError('there is an outcome for each request')
  if (!('event' in outcome)) {
    const { code, detail, eventId } = outcome
    return { patientId, decision: 'none', code, detail, ...(eventId === undefined ? {} : { eventId }) }
  }
  const { event, blockNumber } = outcome
  const { eventId, decision, reasons, txId, expiresAt } = event
  requireEvent(event, made, context.gateways.own)
  const confirmation = await confirmEvent(context, { made, eventId, txId, gateway: context.gateways.own })
  return {
    patientId,
    eventId,
    decision,
    reasons,
    ...(consentId === undefined ? {} : { consentId }),
    records: records ?? [],
    ...(expiresAt === undefined ? {} : { expiresAt }),
    txId,
    blockNumber,
    ...confirmation
  }
}
