import { boxEnd, boxFacts, LEDGER_KEYS, LedgerError, REVIEW_DUE_MS } from '@epione/protocol'
import { loadPolicy } from './policy-in-force.ts'
import { findEvent } from './find-event.ts'
import { loadBinding } from './directory-heads.ts'
import { findEnd } from './suspensions.ts'
import type { AccessEvent, AccessRequest, BoxFacts, PolicyDocument } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { BindingHead } from './stored.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * The request keys that must have signed: the requester's and, where a second practitioner is named, theirs. Both are of one organisation,
 * whose bindings these are. @throws {LedgerError} BINDING_MISSING, SUSPENDED
 */
export async function requestKeysOf (ctx: LedgerContext, { requester, emergency }: AccessRequest, own: BindingHead): Promise<string[]> {
  const second = emergency?.second
  // That the second person is the first is for the decision to say, which is logged.
  if (second === undefined || second === requester.staffId) return [own.requestKey]
  const { requestKey, ended = [] } = await loadBinding(ctx, { mspId: requester.mspId, staffId: second })
  if (findEnd(ended, [requestKey]) !== undefined) {
    throw new LedgerError('SUSPENDED', `Ask another colleague to sign: ${requester.mspId}/${second} is suspended, for good.`)
  }
  return [own.requestKey, requestKey]
}

/** The box that the request names; undefined when no event opened it. */
export async function loadBox (ctx: LedgerContext, { emergency }: AccessRequest): Promise<BoxFacts | undefined> {
  if (emergency?.opening === undefined) return undefined
  const event = (await findEvent(ctx, emergency.opening))?.event
  if (event?.emergency?.openUntil === undefined) return undefined
  return boxFacts(event, await ctx.state.getJson(LEDGER_KEYS.emergencyClose(event.eventId)) !== undefined)
}

/** What an event says of an emergency: of one that opens a box, until when it is open. */
export function describeEmergency (
  { emergency }: AccessRequest, policy: PolicyDocument, time: number, decision: AccessEvent['decision']
): Pick<AccessEvent, 'emergency'> {
  if (emergency === undefined) return {}
  const opens = decision === 'permit' && emergency.opening === undefined
  return { emergency: { ...emergency, ...(opens && { openUntil: boxEnd(policy, time), reviewBy: time + REVIEW_DUE_MS }) } }
}

/**
 * Counts a box that the event opens among those of its organisation in the last 24 hours. It is read and written in one key, so that of
 * two at once one is decided again. @throws {LedgerError} EMERGENCY_LIMIT
 */
export async function countOpening (
  ctx: LedgerContext, { actor: { mspId }, emergency, time }: AccessEvent
): Promise<void> {
  if (emergency?.openUntil === undefined) return
  const key = LEDGER_KEYS.emergencyOpenings(mspId)
  const opened = (await ctx.state.get<number[]>(key) ?? []).filter((earlier) => earlier > time - DAY_MS)
  const { emergency: { openingsPerDay } } = await loadPolicy(ctx)
  if (opened.length >= openingsPerDay) {
    throw new LedgerError('EMERGENCY_LIMIT', `Take the paper path: ${mspId} opened ${String(opened.length)} emergencies in 24 hours, and may open ${String(openingsPerDay)}.`)
  }
  await ctx.state.put(key, [...opened, time])
}
