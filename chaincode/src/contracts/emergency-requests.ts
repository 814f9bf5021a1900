import { boxEnd, boxFacts, LEDGER_KEYS, LedgerError, REVIEW_DUE_MS } from '@epione/protocol'
import { findEvent } from './find-event.ts'
import { loadPolicy } from './policy-in-force.ts'
import { loadBinding } from './directory-heads.ts'
import { findEnd } from './suspensions.ts'
import type { AccessEvent, AccessRequest, BoxFacts, DecisionInput, Person, PolicyDocument } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { BindingHead, StoredOpening } from './stored.ts'

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
async function loadBox (ctx: LedgerContext, { emergency }: AccessRequest): Promise<BoxFacts | undefined> {
  if (emergency?.opening === undefined) return undefined
  const event = (await findEvent(ctx, emergency.opening))?.event
  if (event?.emergency?.openUntil === undefined) return undefined
  return boxFacts(event, await ctx.state.getJson(LEDGER_KEYS.emergencyClose(event.eventId)) !== undefined)
}

/** What the decision of an emergency asks of the ledger beside the deposit; nothing for another request. */
export async function loadEmergency (
  ctx: LedgerContext, request: AccessRequest
): Promise<Pick<DecisionInput, 'box' | 'openings' | 'secondRole'>> {
  const { emergency, requester } = request
  if (emergency === undefined) return {}
  const box = await loadBox(ctx, request)
  const role = emergency.second === undefined || emergency.second === requester.staffId
    ? undefined
    : (await loadBinding(ctx, { mspId: requester.mspId, staffId: emergency.second })).role
  return {
    ...(box !== undefined && { box }),
    ...(role !== undefined && { secondRole: role }),
    ...(emergency.opening === undefined && { openings: await countOpenings(ctx, requester) })
  }
}

const loadOpenings = async (ctx: LedgerContext, mspId: string): Promise<StoredOpening[]> =>
  await ctx.state.get<StoredOpening[]>(LEDGER_KEYS.emergencyOpenings(mspId)) ?? []

async function countOpenings (ctx: LedgerContext, { mspId, staffId }: Person): Promise<NonNullable<DecisionInput['openings']>> {
  const opened = (await loadOpenings(ctx, mspId)).filter(({ time }) => time > ctx.time - DAY_MS)
  return { organization: opened.length, person: opened.filter((by) => by.staffId === staffId).length }
}

/** What an event says of an emergency: of one that opens a box, until when it is open. */
export function describeEmergency (
  { emergency }: AccessRequest, policy: PolicyDocument, time: number, { decision, secondRole }: DescribedEmergency
): Pick<AccessEvent, 'emergency'> {
  if (emergency === undefined) return {}
  const opens = decision === 'permit' && emergency.opening === undefined
  return {
    emergency: {
      ...emergency,
      ...(secondRole !== undefined && { secondRole }),
      ...(opens && { openUntil: boxEnd(policy, time), reviewBy: time + REVIEW_DUE_MS })
    }
  }
}

interface DescribedEmergency { decision: AccessEvent['decision'], secondRole?: string | undefined }

/**
 * Keeps the newest openings of an organisation, as many as the policy allows in a day, in the order in which they committed. None goes
 * because of its time or another's: a false time would make all before it look old. They stand in one key, which every request that would
 * open a box reads, so that of two at once one is decided again.
 */
export async function keepOpening (ctx: LedgerContext, { actor: { mspId, staffId }, emergency, time }: AccessEvent): Promise<void> {
  if (emergency?.openUntil === undefined) return
  const { emergency: { openingsPerDay } } = await loadPolicy(ctx)
  const opened = [...await loadOpenings(ctx, mspId), { staffId, time }]
  await ctx.state.put(LEDGER_KEYS.emergencyOpenings(mspId), opened.slice(-openingsPerDay))
}
