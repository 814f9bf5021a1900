import { fromHex, PublicKey } from '@epione/crypto'
import type { AnswerFailure } from '@epione/crypto'
import { standingConviction } from '@epione/protocol'
import type { EventRecord, Person, ProxyState } from '@epione/protocol'
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
  /** How long (ms) any proxy may take, and before that any store for a wrap. */
  deadlineMs: number
}

export interface CollectedCfrags extends Omit<Collected, 'sufficient'> { wraps: AskedWrap[], missing: MissingWrap[] }

/** A record whose wrap is nowhere to be had now: no proxy is asked for it. */
interface MissingWrap { recordId: string, version: number, code: string, detail: string }

const TIMING: CollectTiming = { graceMs: 2_000, deadlineMs: 10_000 }

/**
 * Asks every proxy of a permitted event's consent for its cfrags and passes all on; nothing is stored. A record whose wrap is missing does
 * not keep the others back.
 * @throws {GatewayError} NOT_PERMITTED for another person's event; PROXIES_CONVICTED when too many of the consent's proxies lied;
 *   PROXIES_INSUFFICIENT with what did come; what `verifyPermit` throws; CONTENT_UNAVAILABLE when no record's wrap is to be had
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
  const proxies = await ledger.getProxies()
  const { asked, convicted } = await findTrusted(proxy, permit, proxies)
  const { wraps, missing } = await findWraps(records, findWrap, timing.deadlineMs)
  const isAsked = ({ recordId, version }: EventRecord): boolean =>
    wraps.some((wrap) => wrap.recordId === recordId && wrap.version === version)
  const { answers, failures, sufficient } = await collectAnswers({
    proxies: asked,
    records: records.map((record) => record.event).filter(isAsked),
    threshold: consent.body.threshold,
    ask: async (mspId, signal) => mspId === ownMspId
      ? await proxy.answerEvent(eventId, ownMspId, wraps)
      : await peers.of(mspId).call(PEERS.reencrypt, { body: { eventId, wraps } }, signal),
    check: async (answer) => await checkAnswer(proxy, permit, proxies, wraps, answer),
    describe: (mspId, error) => {
      log.warn({ err: error, mspId, eventId }, 'a proxy gave no answer')
      return describeFailure(mspId, error)
    },
    ...timing
  })
  const collected = { answers, wraps, missing, failures: [...failures, ...convicted] }
  if (sufficient) return collected
  throw new GatewayError('PROXIES_INSUFFICIENT', `fewer than ${consent.body.threshold} proxies gave a good answer for each record`, {
    extensions: collected
  })
}

/** The consent's proxies that are asked, and those that are not while a conviction stands. @throws {GatewayError} PROXIES_CONVICTED */
async function findTrusted (
  { context: { networkAt, clock } }: Proxy,
  { consent }: VerifiedPermit,
  proxies: readonly ProxyState[]
): Promise<{ asked: string[], convicted: ProxyFailure[] }> {
  const network = await networkAt(clock())
  const listed = [...new Set(consent.shares.map((share) => share.mspId))]
  const convicted = proxies.filter(({ mspId }) => listed.includes(mspId)).flatMap((proxy): ProxyFailure[] => {
    const conviction = standingConviction(proxy, network)
    if (conviction === undefined) return []
    const { eventId, failure } = conviction
    const detail = `its answer to event ${eventId} was false (${failure}): it is not asked until the members' network document clears it`
    return [{ mspId: proxy.mspId, code: 'PROXY_CONVICTED', detail }]
  })
  const asked = listed.filter((mspId) => !convicted.some((c) => c.mspId === mspId))
  if (asked.length >= consent.body.threshold) return { asked, convicted }
  const names = convicted.map(({ mspId }) => mspId).join(' and ')
  throw new GatewayError('PROXIES_CONVICTED', `the consent needs ${consent.body.threshold} of its ${listed.length} proxies, and ${names} gave false answers: give a consent with other proxies, or let the members clear them (epione policy propose --clear)`, {
    extensions: { failures: convicted }
  })
}

/** The wraps that can be had in time: a store that stalls over one keeps the others back no longer. @throws {GatewayError} why none can */
export async function findWraps (
  records: readonly PermittedRecord[],
  findWrap: CollectContext['findWrap'],
  deadlineMs: number
): Promise<Pick<CollectedCfrags, 'wraps' | 'missing'>> {
  const [wraps, missing]: [AskedWrap[], MissingWrap[]] = [[], []]
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => { late.reject(new GatewayError('CONTENT_UNAVAILABLE', 'its wrap did not come in time')) }, deadlineMs)
  const found = await Promise.allSettled(records.map(async (record) => await Promise.race([findWrap(record), late.promise])))
  clearTimeout(timer)
  found.forEach((result, index) => {
    const { recordId = '', version = 0 } = records[index]?.event ?? {}
    if (result.status === 'fulfilled') return wraps.push({ recordId, version, wrap: result.value })
    const refusal = refusalOf(result.reason)
    if (refusal === undefined || found.every(({ status }) => status === 'rejected')) throw result.reason
    return missing.push({ recordId, version, ...refusal })
  })
  return { wraps, missing }
}

/** Judges one answer by what the consent lists for that proxy and kfrag; null for a good one. */
async function checkAnswer (
  { context }: Proxy,
  { event, consent, records }: VerifiedPermit,
  proxies: readonly ProxyState[],
  wraps: readonly AskedWrap[],
  { mspId, answer }: ProxyAnswer
): Promise<AnswerFailure | null> {
  const signingKey = proxies.find((p) => p.mspId === mspId)?.signingKey
  if (signingKey === undefined) return 'ANSWER_INVALID'
  const share = consent.shares.find((s) => s.mspId === mspId && s.kfragId === answer.body.kfragId)
  const isOfShare = ({ label, epoch }: { label: string, epoch: number }): boolean => label === share?.label && epoch === share.epoch
  const precursor = consent.body.compartments.find(isOfShare)?.precursor
  const check: AnswerCheck = {
    answer,
    networkId: context.networkId,
    signingKey: PublicKey.fromHex(signingKey).toBytes(),
    expected: { eventId: event.eventId, consentId: consent.id, receivingKey: event.receivingKey },
    requested: records.map((record) => record.event).filter(isOfShare).map(({ wrapHash }) => wrapHash),
    wraps: wraps.map(({ wrap }) => fromHex(wrap)),
    listed: share === undefined || precursor === undefined
      ? undefined
      : {
          ...share,
          precursor,
          keys: toKeyBytes(judged(() => consent.proveGrant(share.label, share.epoch)).keys),
          patientId: event.patientId
        }
  }
  return await context.reencryptor.checkAnswer(check, mspId)
}

/** What the practitioner is told of a proxy that gave nothing. */
function describeFailure (mspId: string, error: unknown): ProxyFailure {
  return { mspId, ...refusalOf(error) ?? { code: 'PROXY_FAILED', detail: 'it failed; the log of the gateway has the cause' } }
}
