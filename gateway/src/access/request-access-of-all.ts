import type { LedgerClient } from '@epione/ledger/client'
import { LedgerError } from '@epione/protocol'
import type { SignedStatement } from '@epione/protocol'
import type { RequestOutcome } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { Practitioner } from '../http/caller.ts'
import { checkStatement } from '../ledger/statements.ts'
import { decideOnce, noteDenial, refuseRepeated, requireOwn } from './request-access.ts'
import type { SignedRequest } from './request-access.ts'

type Refused = Extract<RequestOutcome, { code: string }>

/** A request that may go to the ledger, and where its outcome stands. */
interface Waiting { index: number, signed: SignedRequest }

/**
 * Submits a practitioner's signed requests for several patients in one transaction, and says what became of each, in their order: what is
 * wrong with one keeps no other from being decided. @throws {GatewayError} NOT_PERMITTED when one is signed for another person
 */
export async function requestAccessOfAll (
  app: FastifyInstance,
  ledger: LedgerClient,
  person: Practitioner,
  statements: readonly SignedStatement[]
): Promise<RequestOutcome[]> {
  const outcomes: RequestOutcome[] = []
  const waiting: Waiting[] = []
  for (const [index, statement] of statements.entries()) {
    const refused = await orRefusal(async () => {
      const signed = { statement, request: checkStatement('AccessRequest', statement, app.networkId) }
      await refuseRepeated(app, person, signed.request)
      waiting.push({ index, signed })
    })
    if (refused !== undefined) outcomes[index] = refused
  }
  for (const { signed } of waiting) requireOwn(person, signed)
  if (waiting.length > 0) {
    for (const [index, outcome] of await decideAll(app, ledger, person, waiting)) outcomes[index] = outcome
  }
  return outcomes
}

async function decideAll (
  app: FastifyInstance,
  ledger: LedgerClient,
  person: Practitioner,
  waiting: readonly Waiting[]
): Promise<Map<number, RequestOutcome>> {
  const outcomes = new Map<number, RequestOutcome>()
  const committed = await submitAll(ledger, waiting)
  for (const [position, { index, signed }] of waiting.entries()) {
    const item = committed?.items[position]
    if (committed !== undefined && item !== undefined && 'event' in item) {
      await noteDenial(app, person, signed.request, item.event)
      outcomes.set(index, { event: item.event, blockNumber: committed.blockNumber })
    // By itself, a request that was decided before shows its event again, and one that is refused says why.
    } else outcomes.set(index, await decideAlone(app, ledger, person, signed))
  }
  return outcomes
}

/** Undefined where the ledger has nothing of it to decide. */
async function submitAll (
  ledger: LedgerClient,
  waiting: readonly Waiting[]
): Promise<{ items: Awaited<ReturnType<LedgerClient['requestAccessOfAll']>>['value']['items'], blockNumber: number } | undefined> {
  try {
    const { value: { items }, blockNumber } = await ledger.requestAccessOfAll(waiting.map(({ signed }) => signed.statement))
    return { items, blockNumber: Number(blockNumber) }
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'BATCH_REFUSED') return undefined
    throw error
  }
}

async function decideAlone (
  app: FastifyInstance,
  ledger: LedgerClient,
  person: Practitioner,
  signed: SignedRequest
): Promise<RequestOutcome> {
  return await orRefusal(async () => {
    const { event, blockNumber } = await decideOnce(app, ledger, person, signed)
    return { event, blockNumber }
  })
}

/** What is the one request's fault; all else fails the call. */
async function orRefusal<T> (work: () => Promise<T>): Promise<T | Refused> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof LedgerError && error.code !== 'INTERNAL') return { code: error.code, detail: error.message }
    if (!(error instanceof GatewayError) || error.status >= 500) throw error
    const { code, message, extensions: { eventId } } = error
    return { code, detail: message, ...(typeof eventId === 'string' && { eventId }) }
  }
}
