import { fromHex, PublicKey } from '@epione/crypto'
import type { AnswerFailure } from '@epione/crypto'
import type { Person, ProxyState } from '@epione/protocol'
import { PEERS } from '@epione/protocol/api'
import { GatewayError } from '../errors.ts'
import { judged } from '../judge.ts'
import type { Peers } from '../peers/peers.ts'
import { refusalOf } from '../peers/refusal-of.ts'
import { collectAnswers } from '../proxy/collect-answers.ts'
import type { Collected, ProxyAnswer, ProxyFailure } from '../proxy/collect-answers.ts'
import type { Proxy } from '../proxy/proxy.ts'
import { toKeyBytes } from '../proxy/reencryptor.ts'
import type { AnswerCheck } from '../proxy/reencryptor.ts'
import type { AskedWrap } from '../proxy/answer-event.ts'
import type { PermittedRecord, VerifiedPermit } from '../proxy/verify-permit.ts'

export interface CollectContext {
  proxy: Proxy
  peers: Peers
  /** The wrap (hex) of a record version that the event names. */
  findWrap: (record: PermittedRecord) => Promise<string>
  timing?: CollectTiming | undefined
}

export interface CollectTiming {
  /** How long (ms) further answers are awaited once there are enough: a liar should be seen, a silent proxy not waited for. */
  graceMs: number
  /** How long (ms) any proxy may take. */
  deadlineMs: number
}

export interface CollectedCfrags extends Omit<Collected, 'sufficient'> { wraps: AskedWrap[] }

const TIMING: CollectTiming = { graceMs: 2_000, deadlineMs: 10_000 }

/**
 * Asks every proxy of a permitted event's consent for its cfrags and passes all on; nothing is stored.
 * @throws {GatewayError} NOT_PERMITTED for another person's event; PROXIES_INSUFFICIENT with what did come; what `verifyPermit` throws
 */
export async function collectCfrags (
  { proxy, peers, findWrap, timing = TIMING }: CollectContext,
  eventId: string,
  person: Person
): Promise<CollectedCfrags> {
  const { mspId: ownMspId, ledger, log } = proxy.context
  const permit = await proxy.provePermit(eventId, ownMspId)
  const { event, consent, records } = permit
  if (event.actor.mspId !== person.mspId || event.actor.staffId !== person.staffId) {
    throw new GatewayError('NOT_PERMITTED', 'the permit is another person\'s')
  }
  const [proxies, wraps] = await Promise.all([
    ledger.getProxies(),
    Promise.all(
      records.map(async (record): Promise<AskedWrap> =>
        ({ recordId: record.event.recordId, version: record.event.version, wrap: await findWrap(record) }))
    )
  ])
  const { answers, failures, sufficient } = await collectAnswers({
    proxies: [...new Set(consent.shares.map((share) => share.mspId))],
    records: records.map((record) => record.event),
    threshold: consent.body.threshold,
    ask: async (mspId, signal) => mspId === ownMspId
      ? await proxy.answerEvent(eventId, ownMspId, wraps)
      : (await peers.of(mspId).call(PEERS.reencrypt, { body: { eventId, wraps } }, signal)).answers,
    check: async (answer) => await checkAnswer(proxy, permit, proxies, wraps, answer),
    describe: (mspId, error) => {
      log.warn({ err: error, mspId, eventId }, 'a proxy gave no answer')
      return describeFailure(mspId, error)
    },
    ...timing
  })
  if (sufficient) return { answers, wraps, failures }
  throw new GatewayError('PROXIES_INSUFFICIENT', `fewer than ${consent.body.threshold} proxies gave a good answer for each record`, {
    extensions: { answers, wraps, failures }
  })
}

/** Judges one answer by what the consent lists for that proxy and record; null for a good one. */
async function checkAnswer (
  { context }: Proxy,
  { event, consent, records }: VerifiedPermit,
  proxies: readonly ProxyState[],
  wraps: readonly AskedWrap[],
  given: ProxyAnswer
): Promise<AnswerFailure | null> {
  const same = (
    other: { recordId: string, version: number }
  ): boolean => other.recordId === given.recordId && other.version === given.version
  const record = records.find(({ event: named }) => same(named))?.event
  const wrap = wraps.find(same)?.wrap
  const signingKey = proxies.find((p) => p.mspId === given.mspId)?.signingKey
  if (record === undefined || wrap === undefined || signingKey === undefined) return 'WRAP_NOT_REQUESTED'
  const { label, epoch, wrapHash } = record
  const share = consent.shares.find((s) => s.mspId === given.mspId && s.label === label && s.epoch === epoch)
  const precursor = consent.body.compartments.find((c) => c.label === label && c.epoch === epoch)?.precursor
  const check: AnswerCheck = {
    answer: given.answer,
    networkId: context.networkId,
    signingKey: PublicKey.fromHex(signingKey).toBytes(),
    wrap: fromHex(wrap),
    expected: { eventId: event.eventId, consentId: consent.id, wrapHash, receivingKey: event.receivingKey },
    listed: share === undefined || precursor === undefined
      ? undefined
      : { ...share, precursor, keys: toKeyBytes(judged(() => consent.proveGrant(label, epoch)).keys), patientId: event.patientId }
  }
  return await context.reencryptor.checkAnswer(check)
}

/** What the practitioner is told of a proxy that gave nothing. */
function describeFailure (mspId: string, error: unknown): ProxyFailure {
  return { mspId, ...refusalOf(error) ?? { code: 'PROXY_FAILED', detail: 'it failed; the log of the gateway has the cause' } }
}
