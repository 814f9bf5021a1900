import { certifiedOf, createEventId, decide, DECIDER, endOf, erasedBy, LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { describeRequested } from './requested-records.ts'
import { findConsent, loadDecisiveFacts } from './consent-states.ts'
import { loadDirectory } from './directory-heads.ts'
import { readEffective } from './effective-records.ts'
import { describeEmergency, loadEmergency } from './emergency-requests.ts'
import { loadFollowed, readStreamHeads } from './followed-streams.ts'
import { findEventJson } from './find-event.ts'
import { loadDepartmentOf } from './memberships.ts'
import { loadPolicy } from './policy-in-force.ts'
import { loadCompartments, withChains } from './search-keys.ts'
import { loadStanding } from './standing.ts'
import type { AccessEvent, AccessRequest, ConsentFacts, DecisionInput, EndedRecord, ErasedCompartment, RecordState } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { LoadedRecord } from './requested-records.ts'
import type { StoredEvent } from './stored.ts'

/** Decides a request whose requester was authorised, and makes the event of the decision. */
export async function decideRequest (ctx: LedgerContext, requestId: string, request: AccessRequest): Promise<AccessEvent> {
  const { mspId, staffId } = ctx.creator
  const certified = certifiedOf(ctx.creator)
  const { patient, prohibitions, erased } = await loadPatient(ctx, request.patientId)
  const { requested, ended } = await loadRequestedRecords(ctx, request, erased)
  const searched = await loadCompartments(ctx, request)
  const followed = await loadFollowed(ctx, request)
  const consent = request.consentId === undefined ? undefined : await loadFacts(ctx, request.consentId)
  const emergency = await loadEmergency(ctx, request)
  const policy = await loadPolicy(ctx)
  const departmentFacts = await loadDepartmentOf(ctx, consent?.body)
  const outcome = decide({
    time: ctx.time,
    policy,
    request,
    actor: certified,
    patient,
    records: await describeRequested(ctx, requested, consent?.body),
    prohibitions,
    ended,
    ...emergency,
    ...searched,
    ...followed.decided,
    ...(consent !== undefined && { consent }),
    ...(departmentFacts !== undefined && { department: departmentFacts })
  })
  const { settings } = await ctx.network()
  return {
    eventId: createEventId(request.patientId, ctx.time, ctx.txId),
    txId: ctx.txId,
    time: ctx.time,
    patientId: request.patientId,
    actor: { mspId, staffId, ...certified },
    action: request.action,
    purpose: request.purpose,
    ...describeEmergency(request, policy, ctx.time, { ...outcome, secondRole: emergency.secondRole }),
    records: requested.map(({ record }) => record),
    ...(outcome.decision === 'permit' && await readStreamHeads(ctx, requested.map(({ record }) => record))),
    ...(outcome.decision === 'permit' ? await withChains(ctx, request.patientId, searched) : searched),
    ...followed.event,
    ...(request.consentId !== undefined && { consentId: request.consentId }),
    requestId,
    receivingKey: request.receivingKey,
    ...outcome,
    decider: DECIDER,
    ...(outcome.decision === 'permit' && { expiresAt: ctx.time + (request.stream?.lastsMs ?? settings.permitSeconds * 1000) })
  }
}

/** What stands in the way of requests for a patient, as it is decided on. */
async function loadPatient (
  ctx: LedgerContext, patientId: string
): Promise<Pick<DecisionInput, 'patient' | 'prohibitions'> & { erased: readonly ErasedCompartment[] }> {
  const { freeze, succeededBy, prohibitions = [], erased = [] } = await loadStanding(ctx, patientId)
  return { patient: { frozen: freeze !== undefined, succeeded: succeededBy !== undefined }, prohibitions, erased }
}

/** Writes an event without reading: concurrent events never collide (DESIGN §4). */
export async function storeEvent (ctx: LedgerContext, stored: StoredEvent): Promise<void> {
  const { patientId, time, txId } = stored.event
  await ctx.state.put(LEDGER_KEYS.event(patientId, time, txId), stored)
}

/** An event by its id, which names its own key. @throws {LedgerError} EVENT_UNKNOWN */
export async function loadEvent (ctx: LedgerContext, eventId: string): Promise<StoredEvent> {
  return JSON.parse(await readEventJson(ctx, eventId)) as StoredEvent
}

/** The same as its canonical JSON. @throws {LedgerError} EVENT_UNKNOWN */
export async function readEventJson (ctx: LedgerContext, eventId: string): Promise<string> {
  const json = await findEventJson(ctx, eventId)
  if (json === undefined) throw new LedgerError('EVENT_UNKNOWN', `No access event ${eventId} is on the ledger.`)
  return json
}

/**
 * The requested versions that are this patient's: asking for any other is denied, and logged for this patient. @throws {LedgerError}
 * PATIENT_UNKNOWN
 */
async function loadRequestedRecords (
  ctx: LedgerContext,
  { patientId, records = [] }: AccessRequest,
  erased: readonly ErasedCompartment[]
): Promise<{ requested: LoadedRecord[], ended: EndedRecord[] }> {
  const names = records.map(({ recordId, version }) => `${recordId}/${String(version)}`)
  if (new Set(names).size !== names.length) throw new LedgerError('STATEMENT_INVALID', 'Name each record version once.')
  const loaded: LoadedRecord[] = []
  const ended: EndedRecord[] = []
  for (const { recordId, version } of records) {
    const state = await ctx.state.get<RecordState>(LEDGER_KEYS.record(recordId, version))
    const effective = state === undefined ? undefined : readEffective(state)
    if (state === undefined || effective?.owner !== patientId) continue
    loaded.push({ ...effective, time: state.manifest.time })
    const end = endOf(state)
    if (end !== undefined) ended.push(end)
    else if (erasedBy(erased, effective.record) !== undefined) ended.push({ recordId, version, cause: 'erased' })
  }
  // No request reads the patient's directory but one that guesses: there must be a patient who can see the denial.
  if (loaded.length < records.length) await loadDirectory(ctx, patientId)
  return { requested: loaded, ended }
}

async function loadFacts (ctx: LedgerContext, consentId: string): Promise<ConsentFacts | undefined> {
  const consent = await findConsent(ctx, consentId)
  if (consent === undefined) return undefined
  const { members } = await ctx.network()
  return await loadDecisiveFacts(ctx, consent, members.map((m) => m.mspId))
}
