import { fromHex, signAnswer, toHex } from '@epione/crypto'
import { parseEventId } from '@epione/protocol'
import type { SignedAnswer } from '@epione/protocol'
import { GatewayError } from '../errors.ts'
import { judged } from '../judge.ts'
import { CATCH_UP_MS, catchUp } from './catch-up.ts'
import type { Endings } from './endings.ts'
import type { ProxyContext } from './proxy-context.ts'
import type { Receipts } from './receipts.ts'
import { toKeyBytes } from './reencryptor.ts'
import { requireLivePermit, requirePermittedRecord, verifyPermit } from './verify-permit.ts'
import type { PermittedRecord, VerifiedPermit } from './verify-permit.ts'

/** A record version with the wrap (170 bytes, hex) whose capsule is to be re-encrypted. */
export interface AskedWrap { recordId: string, version: number, wrap: string }
export interface AnsweredRecord { recordId: string, version: number, answer: SignedAnswer }

type AnswerContext = ProxyContext & { endings: Endings, receipts: Receipts }

/** An event this young (ms) may be in a block that the own peer has not yet received. */
const FRESH_MS = 10_000

/** Proves the permit of an event to this proxy, waiting a moment for its own peer when the event is fresh (I2). */
export async function provePermit (context: ProxyContext & { endings: Endings }, eventId: string, caller: string): Promise<VerifiedPermit> {
  const { ledger, blocks, freshness, reader, clock, endings } = context
  const age = clock() - (parseEventId(eventId)?.timeMs ?? 0)
  const isEnded = async (patientId: string, consentId: string): Promise<boolean> => await endings.isEnded(patientId, consentId)
  return await catchUp(['EVENT_UNKNOWN'], Math.abs(age) < FRESH_MS ? CATCH_UP_MS : 0,
    async () => await verifyPermit({ ledger, blocks, freshness, reader, now: clock, isEnded }, eventId, caller))
}

/**
 * The answers of this proxy to a permitted event: re-encrypted in the pool, signed, and noted for a receipt before they
 * leave. All wraps asked for are answered, or none.
 * @throws {GatewayError} what `verifyPermit` throws; WRAP_UNKNOWN, KFRAG_MISSING, OVERLOADED
 */
export async function answerEvent (
  context: AnswerContext,
  eventId: string,
  caller: string,
  asked: readonly AskedWrap[]
): Promise<AnsweredRecord[]> {
  const permit = await provePermit(context, eventId, caller)
  const jobs = asked.map((wrap) => ({ record: requirePermittedRecord(permit, wrap), wrap: wrap.wrap }))
  const answers = await Promise.all(jobs.map(async ({ record, wrap }) => await answerOne(context, permit, record, wrap)))
  // The queue of the pool may have outlasted the permit, or the consent.
  requireLivePermit(permit.event, caller, context.clock())
  if (await context.endings.isEnded(permit.event.patientId, permit.consent.id)) {
    throw new GatewayError('CONSENT_ENDED', `consent ${permit.consent.id} has ended`)
  }
  context.freshness.requireCurrent(permit.consent.body.threshold)
  await context.receipts.record(eventId, answers.map(({ answer }) => answer.body.wrapHash))
  return answers
}

async function answerOne (
  context: AnswerContext,
  { event, consent }: VerifiedPermit,
  { event: record }: PermittedRecord,
  wrap: string
): Promise<AnsweredRecord> {
  const { mspId, vault, reencryptor, networkId, keys } = context
  const { recordId, version, label, epoch, wrapHash } = record
  const { keys: grantKeys, precursor } = judged(() => consent.proveGrant(label, epoch))
  const share = consent.shares.find((s) => s.mspId === mspId && s.label === label && s.epoch === epoch)
  const held = await vault.find(consent.id, label, epoch)
  if (held === null || held.kfragId !== share?.kfragId) {
    throw new GatewayError('KFRAG_MISSING', `this proxy holds no kfrag of consent ${consent.id} for record ${recordId}`)
  }
  try {
    const cfrag = await reencryptor.reencrypt({
      kfrag: held.bytes,
      wrap: fromHex(wrap),
      keys: toKeyBytes(grantKeys),
      precursor: precursor.toBytes()
    })
    if (cfrag === null) throw new GatewayError('WRAP_UNKNOWN', `the author of record ${recordId} sealed it with a broken capsule`)
    const body = {
      eventId: event.eventId,
      wrapHash,
      consentId: consent.id,
      kfragId: held.kfragId,
      receivingKey: event.receivingKey,
      cfrag: toHex(cfrag)
    }
    return { recordId, version, answer: signAnswer(body, networkId, keys.signing) }
  } finally {
    held.bytes.fill(0)
  }
}
