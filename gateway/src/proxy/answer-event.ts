import { fromHex, signAnswer, toHex, CAPSULE_BYTES, wrapHash as hashWrap } from '@epione/crypto'
import type { Place } from '@epione/crypto'
import { parseEventId, searchKeyPlace } from '@epione/protocol'
import type { SignedAnswer } from '@epione/protocol'
import type { SearchWrap } from '@epione/protocol/api'
import { GatewayError } from '../errors.ts'
import type { GatewayErrorCode } from '../errors.ts'
import { judged } from '../judge.ts'
import { requireNotDestroyed } from '../records/require-live.ts'
import { permittedHeads } from '../search/heads.ts'
import { CATCH_UP_MS, catchUp } from '../catch-up.ts'
import type { Emergencies } from '../emergencies/emergencies.ts'
import type { Endings } from './endings.ts'
import type { Freezes } from './freezes.ts'
import type { Prohibitions } from './prohibitions.ts'
import type { ProxyContext } from './proxy-context.ts'
import type { Receipts } from './receipts.ts'
import type { ActorEnds } from './actor-ends.ts'
import type { Suspensions } from './suspensions.ts'
import { toKeyBytes } from './reencryptor.ts'
import { requireLivePermit, requirePermittedRecord, verifyPermit } from './verify-permit.ts'
import type { VerifiedPermit } from './verify-permit.ts'

/** A record version with the wrap (170 bytes, hex) whose capsule is to be re-encrypted. */
export interface AskedWrap { recordId: string, version: number, wrap: string }
/** A record version that is not answered for, and why. */
export interface RefusedRecord { recordId: string, version: number, code: GatewayErrorCode, detail: string }
/** One answer for each compartment of the wraps asked for: a batch proof is of one kfrag. */
export interface AnsweredEvent { answers: SignedAnswer[], refused: RefusedRecord[] }
/** The same of a search: of each compartment the cfrag of its search wrap, and its chains before the permit. */
export interface AnsweredSearch { answers: SignedAnswer[], refused: RefusedSearch[] }
interface RefusedSearch { label: string, epoch: number, code: GatewayErrorCode, detail: string }

type ProveContext = ProxyContext & {
  endings: Endings
  prohibitions: Prohibitions
  suspensions: Suspensions
  freezes: Freezes
  actorEnds: ActorEnds
  emergencies: Emergencies
}
export type AnswerContext = ProveContext & { receipts: Receipts }

/** An event this young (ms) may be in a block that the own peer has not yet received. */
const FRESH_MS = 10_000

/** Proves the permit of an event to this proxy, waiting a moment for its own peer when the event is fresh (I2). */
export async function provePermit (context: ProveContext, eventId: string, caller: string): Promise<VerifiedPermit> {
  const { db, clock, endings, log } = context
  const age = clock() - (parseEventId(eventId)?.timeMs ?? 0)
  const isEnded = async (patientId: string, consentId: string): Promise<boolean> => await endings.isEnded(patientId, consentId)
  const requireKept = async (record: { recordId: string, version: number }): Promise<void> => { await requireNotDestroyed(db, record, 'record.end-hidden') }
  const proven = catchUp(['EVENT_UNKNOWN'], Math.abs(age) < FRESH_MS ? CATCH_UP_MS : 0,
    async () => await verifyPermit({ ...context, now: clock, isEnded, requireKept }, eventId, caller))
  return await proven.catch((error: unknown) => {
    const rule = error instanceof GatewayError ? error.extensions['rule'] : undefined
    if (rule !== undefined) log.error({ err: error, eventId, rule }, 'the own peer shows what the rules of the ledger do not allow: nothing is released')
    throw error
  })
}

/**
 * The answers of this proxy to a permitted event: re-encrypted in the pool, signed, and noted for a receipt before they
 * leave. A record that it can give nothing for does not keep the others back.
 * @throws {GatewayError} what `verifyPermit` throws; WRAP_UNKNOWN for a wrap that the event does not name; OVERLOADED; why none is answered
 */
export async function answerEvent (
  context: AnswerContext,
  eventId: string,
  caller: string,
  asked: readonly AskedWrap[]
): Promise<AnsweredEvent> {
  const permit = await provePermit(context, eventId, caller)
  const jobs = asked.map((wrap) => {
    const { event: { recordId, version, label, epoch, wrapHash }, place } = requirePermittedRecord(permit, wrap, context.networkId)
    return { name: { recordId, version }, label, epoch, wrapHash, wrap: wrap.wrap, place }
  })
  return await answerJobs(context, permit, jobs)
}

/**
 * The answers of this proxy to a permitted search, likewise. @throws {GatewayError} what `verifyPermit` throws; WRAP_UNKNOWN for a wrap
 * that the event does not name; OVERLOADED; why none is answered
 */
export async function answerSearch (
  context: AnswerContext,
  eventId: string,
  caller: string,
  asked: readonly SearchWrap[]
): Promise<AnsweredSearch> {
  const permit = await provePermit(context, eventId, caller)
  const jobs = asked.map(({ label, epoch, wrap }) => {
    const named = permit.compartments.find((c) => c.label === label && c.epoch === epoch)
    const place = named === undefined ? undefined : searchKeyPlace(context.networkId, permit.event.patientId, named)
    if (named === undefined || place === undefined || toHex(hashWrap(fromHex(wrap), place)) !== named.wrapHash) {
      throw new GatewayError('WRAP_UNKNOWN', `the event does not name this search wrap of compartment ${label}, epoch ${String(epoch)}`)
    }
    return { name: { label, epoch }, label, epoch, wrapHash: named.wrapHash, wrap, place }
  })
  return await answerJobs(context, permit, jobs, {
    beside: async (label) => ({ heads: await permittedHeads(context.db, permit, label) })
  })
}

/**
 * A wrap (hex) to answer for, in its compartment; `name` says in a refusal what it is the wrap of. Its hash is of that place: a capsule
 * that was not made for it is broken.
 */
export interface Job<N> { name: N, label: string, epoch: number, wrapHash: string, wrap: string, place: Place }
export type Refused<N> = N & { code: GatewayErrorCode, detail: string }
/** What an answer says beside its cfrags. */
type Beside = (label: string) => Promise<Pick<SignedAnswer['body'], 'heads'>>
interface AnswerOptions {
  beside?: Beside
  /** Notes durably, for a receipt, that wraps are released. */
  note?: (wrapHashes: readonly string[]) => Promise<void>
}

/** One answer for each compartment of these wraps. @throws {GatewayError} why none is answered; what ended meanwhile */
export async function answerJobs<N extends object> (
  context: AnswerContext,
  permit: VerifiedPermit,
  asked: ReadonlyArray<Job<N>>,
  {
    beside = () => Promise.resolve({}),
    note = async (hashes) => { await context.receipts.record(permit.event.eventId, hashes) }
  }: AnswerOptions = {}
): Promise<{ answers: SignedAnswer[], refused: Array<Refused<N>> }> {
  const jobs = new Map(asked.map((job) => [job.wrapHash, job]))
  const compartments = Map.groupBy(jobs.values(), ({ label, epoch }) => `${label}/${String(epoch)}`)
  const parts = await Promise.all([...compartments.values()].map(async (part) => await answerCompartment(context, permit, part, beside)))
  const answers = parts.flatMap(({ answer }) => answer ?? [])
  const refused = parts.flatMap((part) => part.refused)
  const [first] = refused
  if (answers.length === 0 && first !== undefined) throw new GatewayError(first.code, first.detail)
  // The queue of the pool may have outlasted the permit, or the patient's will.
  requireLivePermit(permit.event, permit.event.actor.mspId, context.clock())
  if (await context.endings.isEnded(permit.event.patientId, permit.consent.id)) {
    throw new GatewayError('CONSENT_ENDED', `consent ${permit.consent.id} has ended`)
  }
  await permit.requireAllowed()
  context.freshness.requireCurrent(permit.consent.body.threshold)
  if (answers.length > 0) await note(answers.flatMap(({ body }) => body.wrapHashes))
  return { answers, refused }
}

/** One answer for wraps of one compartment, in the order of their hashes. */
async function answerCompartment<N extends object> (
  context: AnswerContext,
  { event, consent }: VerifiedPermit,
  unordered: ReadonlyArray<Job<N>>,
  beside: Beside
): Promise<{ answer?: SignedAnswer, refused: Array<Refused<N>> }> {
  const { mspId, vault, reencryptor, networkId, keys } = context
  const jobs = unordered.toSorted((a, b) => a.wrapHash < b.wrapHash ? -1 : 1)
  const [first] = jobs
  if (first === undefined) return { refused: [] }
  const { label, epoch } = first
  const { keys: grantKeys, precursor } = judged(() => consent.proveGrant(label, epoch))
  const share = consent.shares.find((s) => s.mspId === mspId && s.label === label && s.epoch === epoch)
  const held = await vault.find(consent.id, label, epoch)
  try {
    if (held === null || held.kfragId !== share?.kfragId) {
      return { refused: jobs.map((job) => refusal(job, 'KFRAG_MISSING', `this proxy holds no kfrag of consent ${consent.id}`)) }
    }
    const { batch, broken } = await reencryptor.reencrypt({
      kfrag: held.bytes,
      capsules: jobs.map(({ wrap, place }) => ({ bytes: fromHex(wrap).subarray(0, CAPSULE_BYTES), place: place.toBytes() })),
      keys: toKeyBytes(grantKeys),
      precursor: precursor.toBytes()
    }, event.actor.mspId, event.actor.staffId)
    const refused = broken.flatMap((index) => jobs[index] ?? []).map((job) =>
      refusal(job, 'WRAP_UNKNOWN', 'it was sealed with a capsule that is broken, or another\'s'))
    if (batch === null) return { refused }
    const body = {
      eventId: event.eventId,
      wrapHashes: jobs.filter((_, index) => !broken.includes(index)).map(({ wrapHash }) => wrapHash),
      consentId: consent.id,
      kfragId: held.kfragId,
      receivingKey: event.receivingKey,
      cfrags: toHex(batch),
      ...await beside(label)
    }
    return { answer: signAnswer(body, networkId, keys.signing), refused }
  } finally {
    held?.bytes.fill(0)
  }
}

function refusal<N extends object> ({ name }: Job<N>, code: GatewayErrorCode, why: string): Refused<N> {
  return { ...name, code, detail: `${Object.values(name).map(String).join(', ')}: ${why}` }
}
