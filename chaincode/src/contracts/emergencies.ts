import { Info, Returns, Transaction } from 'fabric-contract-api'
import { LEDGER_EVENTS, LEDGER_KEYS, LedgerError, MspId, REVIEW_ROLE, roleIs } from '@epione/protocol'
import { loadEvent } from './access-events.ts'
import { acceptAdminStatement } from './admin-statements.ts'
import { checkArgument } from './arguments.ts'
import { LedgerContext } from './context.ts'
import { loadEmergencyKeys, storeEmergencyKeys } from './emergency-keys.ts'
import { requireEventReader } from './event-queries.ts'
import { LedgerContract } from './ledger-contract.ts'
import { loadPolicy } from './policy-in-force.ts'
import { toResult } from './result.ts'
import { acceptStatement, requireSigners, storeReceipt } from './statement-acceptance.ts'
import { loadOwnBinding } from './suspensions.ts'
import type { AccessEvent, EmergencyCase, StoredStatement } from '@epione/protocol'

@Info({ title: 'Emergencies', description: 'Keys of break-glass, and what becomes of the boxes that it opens' })
export class EmergenciesContract extends LedgerContract {
  constructor () {
    super('Emergencies')
  }

  /** An admin names the key that patients' deposits for the organisation are made for. */
  @Transaction()
  @Returns('string')
  async PublishKeys (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptAdminStatement(ctx, 'OrganizationKeys', statement)
    await storeEmergencyKeys(ctx, accepted)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.organizationKeysPublished, accepted.stored)
  }

  /** The newest emergency key of an organisation, as its admin signed it. */
  @Transaction(false)
  @Returns('string')
  async GetKeys (ctx: LedgerContext, mspId: string): Promise<string> {
    return toResult(await loadEmergencyKeys(ctx, checkArgument(MspId, mspId, 'an organisation')))
  }

  /** Whoever opened a box closes it before its time; the first closing stays. */
  @Transaction()
  @Returns('string')
  async Close (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'EmergencyClose', statement)
    const { body: { requester, patientId, opening }, stored } = accepted
    const { requestKey } = await loadOwnBinding(ctx, requester)
    requireSigners(accepted, [requestKey], 'the request key that is bound now')
    const { eventId, actor } = await loadOpening(ctx, opening, patientId)
    if (actor.mspId !== requester.mspId || actor.staffId !== requester.staffId) {
      throw new LedgerError('NOT_AUTHORIZED', `Leave it to ${actor.mspId}/${actor.staffId}, who opened the box, to close it.`)
    }
    const key = LEDGER_KEYS.emergencyClose(eventId)
    const first = await ctx.state.get<StoredStatement>(key)
    await storeReceipt(ctx, accepted)
    if (first !== undefined) return toResult(first)
    await ctx.state.put(key, stored)
    return ctx.emit(LEDGER_EVENTS.emergencyClosed, stored)
  }

  /** An officer of another organisation says what they found of a box, once it is over. */
  @Transaction()
  @Returns('string')
  async Review (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Review', statement)
    const { body: { reviewer, patientId, opening }, stored } = accepted
    const { requestKey } = await loadOwnBinding(ctx, reviewer)
    requireSigners(accepted, [requestKey], 'the reviewer\'s bound request key')
    if (!roleIs(await loadPolicy(ctx), ctx.creator.role, REVIEW_ROLE)) {
      throw new LedgerError('NOT_AUTHORIZED', `Only a ${REVIEW_ROLE} reviews; this certificate says ${ctx.creator.role ?? 'no role'}.`)
    }
    const event = await loadOpening(ctx, opening, patientId)
    if (event.actor.mspId === reviewer.mspId) {
      throw new LedgerError('NOT_AUTHORIZED', `Leave the review to another organisation: ${reviewer.mspId} opened the box itself.`)
    }
    await requireOver(ctx, event)
    const key = LEDGER_KEYS.emergencyReview(event.eventId)
    if (await ctx.state.getJson(key) !== undefined) {
      throw new LedgerError('REVIEW_CONFLICT', `Box ${event.eventId} was reviewed; the first review stays.`)
    }
    await ctx.state.put(key, stored)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.emergencyReviewed, stored)
  }

  /** A box with its closing and review. */
  @Transaction(false)
  @Returns('string')
  async Get (ctx: LedgerContext, eventId: string): Promise<string> {
    const { event: opening } = await loadEvent(ctx, eventId)
    requireOpening(opening)
    requireEventReader(ctx, opening)
    const close = await ctx.state.get<StoredStatement>(LEDGER_KEYS.emergencyClose(eventId))
    const review = await ctx.state.get<StoredStatement>(LEDGER_KEYS.emergencyReview(eventId))
    return toResult({ opening, ...(close && { close }), ...(review && { review }) } satisfies EmergencyCase)
  }
}

/** The event that opened a box of this patient. @throws {LedgerError} EVENT_UNKNOWN, EMERGENCY_UNKNOWN */
async function loadOpening (ctx: LedgerContext, eventId: string, patientId: string): Promise<AccessEvent> {
  const { event } = await loadEvent(ctx, eventId)
  requireOpening(event)
  if (event.patientId !== patientId) throw new LedgerError('EMERGENCY_UNKNOWN', `Event ${eventId} opened no box of patient ${patientId}.`)
  return event
}

function requireOpening ({ eventId, emergency }: AccessEvent): void {
  if (emergency?.openUntil !== undefined) return
  throw new LedgerError('EMERGENCY_UNKNOWN', `Event ${eventId} opened no box; name the one that did.`)
}

/** A review of what still goes on would miss the rest. @throws {LedgerError} EMERGENCY_OPEN */
async function requireOver (ctx: LedgerContext, { eventId, emergency }: AccessEvent): Promise<void> {
  const openUntil = emergency?.openUntil ?? 0
  if (ctx.time > openUntil || await ctx.state.getJson(LEDGER_KEYS.emergencyClose(eventId)) !== undefined) return
  throw new LedgerError('EMERGENCY_OPEN', `Review box ${eventId} when it is over: it is open until ${String(openUntil)}, or until it is closed.`)
}
