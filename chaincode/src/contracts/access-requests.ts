import { Type } from 'typebox'
import { LEDGER_KEYS, LedgerError, RECORDS_PER_BATCH, REQUESTS_PER_BATCH } from '@epione/protocol'
import { areSigners } from '@epione/protocol/verify'
import type { AccessBatch, AccessEvent } from '@epione/protocol'
import { decideRequest, storeEvent } from './access-events.ts'
import { parseArgument } from './arguments.ts'
import { keepOpening, requestKeysOf } from './emergency-requests.ts'
import { requireReceiver } from './memberships.ts'
import { acceptStatement, storeReceipt } from './statement-acceptance.ts'
import { loadOwnBinding } from './suspensions.ts'
import type { LedgerContext } from './context.ts'
import type { AcceptedStatement } from './statement-acceptance.ts'

/** A request of the creator's own, decided and not yet written. */
export interface DecidedRequest { accepted: AcceptedStatement<'AccessRequest'>, event: AccessEvent }

const Batch = Type.Array(Type.Unknown(), { minItems: 1, maxItems: REQUESTS_PER_BATCH })

/** Checks a request in all respects and decides it; writes nothing. @throws {LedgerError} BINDING_MISMATCH, and what its parts throw */
export async function judgeRequest (ctx: LedgerContext, statement: string): Promise<DecidedRequest> {
  const accepted = await acceptStatement(ctx, 'AccessRequest', statement)
  const { body: request, id } = accepted
  const own = await loadOwnBinding(ctx, request.requester)
  if (!areSigners(accepted.signers, await requestKeysOf(ctx, request, own))) {
    const second = request.emergency?.second === undefined ? '' : ', the second practitioner with theirs'
    throw new LedgerError('BINDING_MISMATCH', `Sign the request with the request key that is bound now${second}, and with no other.`)
  }
  await requireReceiver(ctx, request, own.receivingKey)
  return { accepted, event: await decideRequest(ctx, id, request) }
}

/** Puts a decided request into the log. */
export async function storeRequest (ctx: LedgerContext, { accepted, event }: DecidedRequest): Promise<void> {
  await keepOpening(ctx, event)
  await storeEvent(ctx, { event, request: accepted.stored.statement })
  await storeReceipt(ctx, accepted, event.eventId)
}

/**
 * Decides requests of one person for several patients, each alone, as if it came by itself: a bad one costs no other. Everything is checked
 * before the first write, for state shows nothing that this transaction wrote.
 * @throws {LedgerError} ARGUMENT_INVALID, BATCH_REFUSED when none is left, which then is not ordered
 */
export async function requestAll (ctx: LedgerContext, statements: string): Promise<AccessBatch> {
  const asked = parseArgument(Batch, statements, `1 to ${String(REQUESTS_PER_BATCH)} signed requests`)
  const earlier = new EarlierRequests()
  const items: AccessBatch['items'] = []
  const decided: DecidedRequest[] = []
  for (const statement of asked) {
    const judged = await judgeItem(ctx, statement, earlier)
    if (judged instanceof LedgerError) items.push({ code: judged.code })
    else {
      decided.push(judged)
      items.push({ event: judged.event })
    }
  }
  if (decided.length === 0) {
    throw new LedgerError('BATCH_REFUSED', `Nothing is left to decide; send each by itself. ${items.map((i) => 'code' in i ? i.code : '').join(' ')}`)
  }
  for (const request of decided) await storeRequest(ctx, request)
  return { items }
}

/** A refusal is the item's; whatever else fails, and a refusal that says the contract is broken, fails all. */
async function judgeItem (ctx: LedgerContext, statement: unknown, earlier: EarlierRequests): Promise<DecidedRequest | LedgerError> {
  try {
    const judged = await judgeRequest(ctx, JSON.stringify(statement))
    // Boxes that one transaction opened would not see each other: they are counted one by one.
    if (judged.event.emergency !== undefined) throw new LedgerError('EMERGENCY_ALONE', 'Send an emergency by itself.')
    earlier.add(judged)
    return judged
  } catch (error) {
    if (error instanceof LedgerError && error.code !== 'INTERNAL') return error
    throw error
  }
}

/** What a batch has taken so far. */
class EarlierRequests {
  /** Keys that the transaction will write, as names. */
  readonly #written = new Set<string>()
  #records = 0

  /** @throws {LedgerError} STATEMENT_REPLAYED, PATIENT_REPEATED, BATCH_FULL */
  add ({ accepted: { id, body }, event: { patientId, time, txId } }: DecidedRequest): void {
    const receipt = nameOf(LEDGER_KEYS.statement(id))
    if (this.#written.has(receipt)) throw new LedgerError('STATEMENT_REPLAYED', `The batch has request ${id} twice.`)
    const event = nameOf(LEDGER_KEYS.event(patientId, time, txId))
    if (this.#written.has(event)) {
      throw new LedgerError('PATIENT_REPEATED', 'A batch has one request for each patient: name all records in it, or send the other later.')
    }
    const { records = [], compartments = [], stream } = body
    const named = records.length + compartments.length + (stream === undefined ? 0 : 1)
    if (this.#records + named > RECORDS_PER_BATCH) {
      throw new LedgerError('BATCH_FULL', `A batch names ${String(RECORDS_PER_BATCH)} record versions and compartments at most; send this in the next.`)
    }
    this.#written.add(receipt).add(event)
    this.#records += named
  }
}

const nameOf = ({ objectType, attributes }: { objectType: string, attributes: string[] }): string => [objectType, ...attributes].join('\0')
