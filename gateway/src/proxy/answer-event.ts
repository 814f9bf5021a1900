import { fromHex, signAnswer, toHex, CAPSULE_BYTES } from '@epione/crypto'
import { parseEventId } from '@epione/protocol'
import type { EventRecord, SignedAnswer } from '@epione/protocol'
import { GatewayError } from '../errors.ts'
import type { GatewayErrorCode } from '../errors.ts'
import { judged } from '../judge.ts'
import { requireNotDestroyed } from '../records/require-live.ts'
import { CATCH_UP_MS, catchUp } from './catch-up.ts'
import type { Emergencies } from '../emergencies/emergencies.ts'
import type { Endings } from './endings.ts'
import type { Freezes } from './freezes.ts'
import type { Prohibitions } from './prohibitions.ts'
import type { ProxyContext } from './proxy-context.ts'
import type { Receipts } from './receipts.ts'
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

type ProveContext = ProxyContext & {
  endings: Endings
  prohibitions: Prohibitions
  suspensions: Suspensions
  freezes: Freezes
  emergencies: Emergencies
}
type AnswerContext = ProveContext & { receipts: Receipts }

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
  const jobs = new Map(asked.map((wrap) => {
    const { event: record } = requirePermittedRecord(permit, wrap)
    return [record.wrapHash, { record, capsule: fromHex(wrap.wrap).subarray(0, CAPSULE_BYTES) }] as const
  }))
  const compartments = Map.groupBy(jobs.values(), ({ record: { label, epoch } }) => `${label}/${String(epoch)}`)
  const parts = await Promise.all([...compartments.values()].map(async (part) => await answerCompartment(context, permit, part)))
  const answers = parts.flatMap(({ answer }) => answer ?? [])
  const refused = parts.flatMap((part) => part.refused)
  const [first] = refused
  if (answers.length === 0 && first !== undefined) throw new GatewayError(first.code, first.detail)
  // The queue of the pool may have outlasted the permit, or the patient's will.
  requireLivePermit(permit.event, caller, context.clock())
  if (await context.endings.isEnded(permit.event.patientId, permit.consent.id)) {
    throw new GatewayError('CONSENT_ENDED', `consent ${permit.consent.id} has ended`)
  }
  await permit.requireAllowed()
  context.freshness.requireCurrent(permit.consent.body.threshold)
  await context.receipts.record(eventId, answers.flatMap(({ body }) => body.wrapHashes))
  return { answers, refused }
}

/** A record to answer for, with the capsule of its wrap. */
interface Job { record: EventRecord, capsule: Uint8Array }

/** One answer for records of one compartment, in the order of their wraps' hashes. */
async function answerCompartment (
  context: AnswerContext,
  { event, consent }: VerifiedPermit,
  unordered: readonly Job[]
): Promise<{ answer?: SignedAnswer, refused: RefusedRecord[] }> {
  const { mspId, vault, reencryptor, networkId, keys } = context
  const jobs = unordered.toSorted((a, b) => a.record.wrapHash < b.record.wrapHash ? -1 : 1)
  const [first] = jobs
  if (first === undefined) return { refused: [] }
  const { label, epoch } = first.record
  const { keys: grantKeys, precursor } = judged(() => consent.proveGrant(label, epoch))
  const share = consent.shares.find((s) => s.mspId === mspId && s.label === label && s.epoch === epoch)
  const held = await vault.find(consent.id, label, epoch)
  try {
    if (held === null || held.kfragId !== share?.kfragId) {
      return { refused: jobs.map(({ record }) => refusal(record, 'KFRAG_MISSING', `this proxy holds no kfrag of consent ${consent.id}`)) }
    }
    const { batch, broken } = await reencryptor.reencrypt({
      kfrag: held.bytes,
      capsules: jobs.map(({ capsule }) => capsule),
      keys: toKeyBytes(grantKeys),
      precursor: precursor.toBytes()
    }, event.actor.mspId)
    const refused = broken.flatMap((index) => jobs[index] ?? []).map(({ record }) =>
      refusal(record, 'WRAP_UNKNOWN', 'its author sealed it with a broken capsule'))
    if (batch === null) return { refused }
    const body = {
      eventId: event.eventId,
      wrapHashes: jobs.filter((_, index) => !broken.includes(index)).map(({ record }) => record.wrapHash),
      consentId: consent.id,
      kfragId: held.kfragId,
      receivingKey: event.receivingKey,
      cfrags: toHex(batch)
    }
    return { answer: signAnswer(body, networkId, keys.signing), refused }
  } finally {
    held?.bytes.fill(0)
  }
}

function refusal ({ recordId, version }: EventRecord, code: GatewayErrorCode, why: string): RefusedRecord {
  return { recordId, version, code, detail: `record ${recordId}: ${why}` }
}
