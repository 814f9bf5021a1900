import { fromHex, judgeSigned, outlineWrap, PublicKey } from '@epione/crypto'
import type { AnswerFailure, Place, WrapOutline } from '@epione/crypto'
import { isWrapped, permittedWraps, recordPlace, standingConviction } from '@epione/protocol'
import type { PermittedWrap, Person, ProxyState, WrappedRecord } from '@epione/protocol'
import { PEERS } from '@epione/protocol/api'
import type { VerifiedConsent } from '@epione/protocol/verify'
import { isDeepStrictEqual } from 'node:util'
import { GatewayError } from '../errors.ts'
import { judged } from '../judge.ts'
import type { Peers } from '../peers/peers.ts'
import { refusalOf } from '../peers/refusal-of.ts'
import { collectAnswers, nameOf } from '../proxy/collect-answers.ts'
import type { Collected, Collection, Name, ProxyAnswer, ProxyFailure } from '../proxy/collect-answers.ts'
import type { Proxy } from '../proxy/proxy.ts'
import { toKeyBytes } from '../proxy/reencryptor.ts'
import type { AnswerCheck } from '../proxy/reencryptor.ts'
import type { VerifiedPermit } from '../proxy/verify-permit.ts'

export interface CollectContext {
  proxy: Proxy
  peers: Peers
  timing?: CollectTiming | undefined
}

export interface CollectTiming {
  /** How long (ms) further answers are awaited once there are enough: a liar should be seen, a silent proxy not waited for. */
  graceMs: number
  /** How long (ms) any proxy may take, and before that any store for a wrap. */
  deadlineMs: number
}

/** A record version, as it is told. */
type Named = Pick<WrappedRecord, 'recordId' | 'version'>

/**
 * All that came, each wrap with its place (hex; none of windows, which their reader knows); `missing`: what no proxy is asked for, as its
 * wrap is nowhere to be had now.
 */
export interface CollectedAnswers<N> extends Omit<Collected<N>, 'sufficient'> {
  wraps: Array<N & { wrap: string, place: string }>
  missing: Array<N & { code: string, detail: string }>
}

/** What is asked for under a permit: wraps by their names, and how each is found and asked for. */
export interface Asked<N> {
  named: ReadonlyArray<N & { wrapHash: string }>
  findWrap: (name: N) => Promise<string>
  ask: (mspId: string, wraps: Array<N & { wrap: string }>, signal: AbortSignal) => ReturnType<Collection<N>['ask']>
  /**
   * Of wraps that the event does not name by itself: each with its compartment. Their answers' proofs are left to the reader, who judges
   * them all: a day of windows would cost this gateway as much as its own proxy.
   */
  windows?: readonly PermittedWrap[]
  /** The proxies in the order in which they are asked: as many as the consent needs at once, the others where these are not enough. */
  order?: (proxies: readonly string[]) => string[]
  /** The place of each, by which its capsule is judged; not asked of windows. */
  placeOf?: (name: N) => Place
}

const TIMING: CollectTiming = { graceMs: 2_000, deadlineMs: 10_000 }

/**
 * Asks every proxy of a permitted event's consent for its cfrags and passes all on; nothing is stored. A record whose wrap is missing does
 * not keep the others back.
 * @throws {GatewayError} EVENT_OF_ANOTHER, NOT_PERMITTED for another person's event; PROXIES_CONVICTED when too many of the consent's
 *   proxies lied; PROXIES_INSUFFICIENT with what did come; what `verifyPermit` throws; CONTENT_UNAVAILABLE when no wrap is to be had
 */
export async function collectCfrags (
  context: CollectContext & { findWrap: (record: WrappedRecord, place: Place) => Promise<string> },
  eventId: string,
  person: Person
): Promise<CollectedAnswers<Named>> {
  const { proxy, peers, findWrap } = context
  const ownMspId = proxy.context.mspId
  const permit = await provePermitOf(proxy, eventId, person)
  const { event: { action, records: named } } = permit
  const records = named.filter(isWrapped)
  if (action !== 'read') throw new GatewayError('NOT_PERMITTED', 'the access event permits to search: ask for its search answers')
  if (records.length === 0) throw new GatewayError('NOT_PERMITTED', 'the access event names segments alone: ask for their windows')
  const placeOf = ({ recordId, version }: Named): Place => {
    const record = permit.records.find(({ event }) => event.recordId === recordId && event.version === version)
    if (record === undefined) throw new GatewayError('NOT_PERMITTED', 'the access event does not name it')
    return recordPlace(proxy.context.networkId, record.manifest)
  }
  return await collectFrom<Named>(context, permit, {
    named: records.map(({ recordId, version, wrapHash }) => ({ recordId, version, wrapHash })),
    findWrap: async ({ recordId, version }) => {
      const record = records.find((r) => r.recordId === recordId && r.version === version)
      if (record === undefined) throw new GatewayError('NOT_PERMITTED', 'the access event does not name it')
      return await findWrap(record, placeOf(record))
    },
    placeOf,
    ask: async (mspId, wraps, signal) => mspId === ownMspId
      ? await proxy.answerEvent(eventId, ownMspId, wraps)
      : await peers.of(mspId).call(PEERS.reencrypt, { body: { eventId, wraps } }, signal)
  })
}

/** A person's own live permit. @throws {GatewayError} NOT_PERMITTED for another person's, and what `verifyPermit` throws */
export async function provePermitOf (proxy: Proxy, eventId: string, person: Person): Promise<VerifiedPermit> {
  return requireOwnPermit(await proxy.provePermit(eventId, proxy.context.mspId), person)
}

/** @throws {GatewayError} NOT_PERMITTED for another person's */
export function requireOwnPermit (permit: VerifiedPermit, { mspId, staffId }: Person): VerifiedPermit {
  const { actor } = permit.event
  if (actor.mspId === mspId && actor.staffId === staffId) return permit
  throw new GatewayError('NOT_PERMITTED', 'the permit is another person\'s')
}

/** Finds the wraps and asks the proxies. @throws {GatewayError} PROXIES_CONVICTED, PROXIES_INSUFFICIENT, CONTENT_UNAVAILABLE */
export async function collectFrom<N extends Name> (
  context: CollectContext, permit: VerifiedPermit, asked: Asked<N>
): Promise<CollectedAnswers<N>> {
  const { sufficient, ...collected } = await collectAll(context, permit, asked)
  if (sufficient) return collected
  throw new GatewayError('PROXIES_INSUFFICIENT', `fewer than ${permit.consent.body.threshold} proxies gave a good answer for each wrap`, {
    extensions: collected
  })
}

/** The same, enough or not. @throws {GatewayError} PROXIES_CONVICTED, CONTENT_UNAVAILABLE */
export async function collectAll<N extends Name> (
  { proxy, timing = TIMING }: CollectContext,
  permit: VerifiedPermit,
  { named, findWrap, ask, windows, placeOf, order }: Asked<N>
): Promise<CollectedAnswers<N> & { sufficient: boolean }> {
  const { ledger, log } = proxy.context
  const { event: { eventId }, consent } = permit
  const proxies = await ledger.getProxies()
  const { asked, convicted } = await findTrusted(proxy, permit, proxies)
  const { wraps, missing } = await findWraps(named.map((record) => nameOf<N>(record)), findWrap, timing.deadlineMs)
  const outlines = placeOf === undefined ? [] : wraps.map((named) => outlineWrap(fromHex(named.wrap), placeOf(named)))
  const isFound = (record: N & { wrapHash: string }): boolean =>
    !missing.some(({ code: _code, detail: _detail, ...name }) => isDeepStrictEqual(name, nameOf<N>(record)))
  const ordered = order?.(asked) ?? asked
  const { answers, failures, sufficient } = await collectAnswers<N>({
    proxies: ordered,
    atOnce: order === undefined ? ordered.length : consent.body.threshold,
    records: named.filter(isFound),
    threshold: consent.body.threshold,
    compartments: countCompartments(windows ?? permittedWraps(permit.event)),
    ask: async (mspId, signal) => await ask(mspId, wraps, signal),
    check: async (answer) => await checkAnswer(proxy, permit, proxies, { outlines, windows }, answer),
    describe: (mspId, error) => {
      log.warn({ err: error, mspId, eventId }, 'a proxy gave no answer')
      return describeFailure(mspId, error)
    },
    ...timing
  })
  const placed = outlines.map(({ place }, index) => ({ ...wraps[index] as N & { wrap: string }, place }))
  return { answers, wraps: placed, missing, failures: [...failures, ...convicted], sufficient }
}

function countCompartments (wraps: readonly PermittedWrap[]): number {
  return new Set(wraps.map(({ label, epoch }) => `${label}/${String(epoch)}`)).size
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
export async function findWraps<N extends object> (
  names: readonly N[],
  findWrap: (name: N) => Promise<string>,
  deadlineMs: number
): Promise<{ wraps: Array<N & { wrap: string }>, missing: Array<N & { code: string, detail: string }> }> {
  const [wraps, missing]: [Array<N & { wrap: string }>, Array<N & { code: string, detail: string }>] = [[], []]
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => { late.reject(new GatewayError('CONTENT_UNAVAILABLE', 'its wrap did not come in time')) }, deadlineMs)
  const found = await Promise.allSettled(names.map(async (name) => await Promise.race([findWrap(name), late.promise])))
  clearTimeout(timer)
  found.forEach((result, index) => {
    const name = names[index]
    if (name === undefined) return
    if (result.status === 'fulfilled') {
      wraps.push({ ...name, wrap: result.value })
      return
    }
    const refusal = refusalOf(result.reason)
    if (refusal === undefined || found.every(({ status }) => status === 'rejected')) throw result.reason
    missing.push({ ...name, ...refusal })
  })
  return { wraps, missing }
}

/** Judges one answer by what the consent lists for that proxy and kfrag; null for a good one. */
async function checkAnswer (
  { context }: Proxy,
  { event, consent }: VerifiedPermit,
  proxies: readonly ProxyState[],
  { outlines, windows }: { outlines: readonly WrapOutline[], windows: readonly PermittedWrap[] | undefined },
  { mspId, answer }: ProxyAnswer
): Promise<AnswerFailure | null> {
  const signingKey = proxies.find((p) => p.mspId === mspId)?.signingKey
  if (signingKey === undefined) return 'ANSWER_INVALID'
  const share = consent.shares.find((s) => s.mspId === mspId && s.kfragId === answer.body.kfragId)
  const isOfShare = ({ label, epoch }: { label: string, epoch: number }): boolean => label === share?.label && epoch === share.epoch
  const precursor = consent.body.compartments.find(isOfShare)?.precursor
  // Chains are told of what is searched, and of nothing else.
  if (share !== undefined && answer.body.heads?.label !== (event.action === 'search' ? share.label : undefined)) return 'ANSWER_INVALID'
  if (windows !== undefined) {
    return checkSigned({ context, permit: { event, consent }, windows: windows.filter(isOfShare), signingKey, share }, answer)
  }
  const check: AnswerCheck = {
    answer,
    networkId: context.networkId,
    signingKey: PublicKey.fromHex(signingKey).toBytes(),
    expected: { eventId: event.eventId, consentId: consent.id, receivingKey: event.receivingKey },
    requested: permittedWraps(event).filter(isOfShare).map(({ wrapHash }) => wrapHash),
    wraps: outlines,
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

interface SignedCase {
  context: Pick<Proxy['context'], 'networkId'>
  permit: Pick<VerifiedPermit, 'event' | 'consent'>
  windows: readonly PermittedWrap[]
  signingKey: string
  share: Pick<VerifiedConsent['shares'][number], 'kfragId'> | undefined
}

/** Judges who signed an answer, and for which windows; whether its proof holds the reader judges. */
function checkSigned (
  { context: { networkId }, permit: { event, consent }, windows, signingKey, share }: SignedCase, answer: ProxyAnswer['answer']
): AnswerFailure | null {
  const { eventId, receivingKey } = event
  return judgeSigned(answer, {
    networkId,
    proxyKeys: [PublicKey.fromHex(signingKey)],
    eventId,
    isPermit: true,
    consentId: consent.id,
    receivingKey,
    listed: share,
    isRequested: (hash) => windows.some(({ wrapHash }) => wrapHash === hash)
  }) ?? null
}

/** What the practitioner is told of a proxy that gave nothing. */
function describeFailure (mspId: string, error: unknown): ProxyFailure {
  return { mspId, ...refusalOf(error) ?? { code: 'PROXY_FAILED', detail: 'it failed; the log of the gateway has the cause' } }
}
