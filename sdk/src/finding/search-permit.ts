import { BatchOpener, CryptoError, fromHex, outlineWrap, PublicKey, searchKeyOf, ShownCapsules, toHex, wrapHash } from '@epione/crypto'
import type { Place, SecretKey, WrapOutline } from '@epione/crypto'
import { searchKeyPlace } from '@epione/protocol'
import type { AccessEvent, AccessRequest, EventCompartment } from '@epione/protocol'
import type { SearchAnswers } from '@epione/protocol/api'
import type { ProvenGrant, VerifiedDirectory } from '@epione/protocol/verify'
import { accuseLiars } from '../access/accuse.ts'
import type { Liar } from '../access/accuse.ts'
import { judgeAnswers } from '../access/cfrags.ts'
import type { GoodAnswer } from '../access/cfrags.ts'
import type { Consortium, ProvenConsent } from '../consents/consent.ts'
import type { PractitionerContext } from '../context/context.ts'
import { ClientError, messageOf } from '../errors.ts'
import { mapFewAtOnce, together } from '../gateways/together.ts'
import { receiverOf } from '../keys/department-key.ts'
import { gatewayOf } from '../records/record-read.ts'
import type { SearchKey } from '../search/search-keys.ts'
import { openIssues, readIssues } from '../search/search-keys.ts'

const AT_ONCE = 4

/** What a permit to search opens of one compartment. */
export interface PermittedCompartment {
  readonly label: string
  readonly epoch: number
  readonly issue: number
  /** Secrets of the search key by issue. */
  readonly secrets: ReadonlyMap<number, SecretKey>
  /** Its chains before the permit, as the own hospital shows the event. */
  readonly heads: EventCompartment['heads']
  /** Proxies whose answers are right, each with the root over the chains that it signs. */
  readonly answers: readonly GoodAnswer[]
}

export interface SearchPermit {
  readonly eventId: string
  readonly blockNumber: number
  readonly directory: VerifiedDirectory
  readonly threshold: number
  readonly compartments: readonly PermittedCompartment[]
  /** Compartments that do not open now, and why. */
  readonly closed: ReadonlyArray<{ label: string, epoch: number, code: string, detail: string }>
  /** Of the search wraps that came with the answers, by hash. */
  readonly outlines: ReadonlyMap<string, WrapOutline>
  readonly liars: Liar[]
  readonly silent: ReadonlyArray<{ mspId: string, code: string }>
  readonly warnings: string[]
}

/** The event of this workstation's own request, and what it rests on, each proven. */
export interface KnownPermit {
  readonly event: AccessEvent
  readonly body: AccessRequest
  readonly directory: VerifiedDirectory
  readonly consortium: Consortium
  readonly consent: ProvenConsent
}

interface Facts {
  directory: VerifiedDirectory
  consortium: Consortium
  consent: ProvenConsent
  receiver: SecretKey
  compartments: ReadonlyArray<EventCompartment & { issues: SearchKey[], grant: ProvenGrant }>
}

/**
 * Redeems a permit to search: has the proxies re-encrypt the search wraps, proves their answers and opens the search keys of all issues.
 * What was proven before it was asked for is not read again.
 * @throws {ClientError} EVENT_INVALID, SEARCH_KEYS_INVALID, WRAP_MISMATCH
 */
export async function redeemSearch (context: PractitionerContext, known: KnownPermit): Promise<SearchPermit> {
  const { own } = context.gateways
  const { eventId } = known.event
  const [collected, facts] = await together(own.search.collectAnswers(eventId, context.token.authorize), readFacts(context, known))
  const wraps = wrapsOf(context, facts, collected)
  const capsules = new ShownCapsules(facts.compartments.flatMap((compartment) => {
    const wrap = wraps.get(compartment.wrapHash)
    return wrap === undefined ? [] : [outlineWrap(wrap, placeOf(context, facts, compartment))]
  }))
  const judgement = judgeAnswers(collected.answers, {
    networkId: context.networkId,
    organizations: facts.consortium.organizations,
    eventId,
    consentId: facts.consent.id,
    receivingKey: facts.receiver.publicKey().toHex(),
    grants: facts.consent.grants,
    capsules,
    compartments: new Map(facts.compartments.map(({ wrapHash, label, epoch }) => [wrapHash, { label, epoch }]))
  })
  const { liars, warnings } = await accuseLiars(context, { eventId, outlines: capsules.outlines, answers: judgement.false })
  const { threshold } = facts.consent.body
  const opened = facts.compartments.map((compartment) => openCompartment(facts, compartment, wraps, judgement.good, threshold))
  return {
    eventId,
    blockNumber: collected.blockNumber,
    directory: facts.directory,
    threshold,
    compartments: opened.flatMap((one) => 'secrets' in one ? [one] : []),
    closed: opened.flatMap((one) => 'secrets' in one ? [] : [collected.missing.find((m) => m.label === one.label) ?? one]),
    outlines: capsules.outlines,
    liars,
    silent: collected.failures.map(({ mspId, code }) => ({ mspId, code })),
    warnings
  }
}

/** The search keys of what the event names, each published by the patient and granted. */
async function readFacts (
  context: PractitionerContext, { event, body, directory, consortium, consent }: KnownPermit
): Promise<Facts> {
  const { eventId } = event
  const { patientId } = body
  const party = gatewayOf(context.gateways.own.info)
  if (namesOf(event) !== namesOf(body)) {
    throw new ClientError('EVENT_INVALID', `Event ${eventId} permits to search other compartments than this workstation asked for.`, { party })
  }
  const compartments = await mapFewAtOnce(event.compartments ?? [], AT_ONCE, async (shown) => {
    const issues = await readIssues(context, directory, shown)
    const grant = consent.grants.find(({ label, epoch }) => label === shown.label && epoch === shown.epoch)
    if (grant === undefined || issues[shown.issue - 1]?.wrapHash !== shown.wrapHash) {
      throw new ClientError('EVENT_INVALID', `Event ${eventId} names a compartment or search key that patient ${patientId} did not grant or publish.`, { party })
    }
    return { ...shown, issues: issues.slice(0, shown.issue), grant }
  })
  return { directory, consortium, consent, receiver: await receiverOf(context, consent.body), compartments }
}

/** A permit is for all that was asked for, in that order: whoever shows less of it would hide what lies there. */
const namesOf = ({ compartments = [] }: { compartments?: ReadonlyArray<{ label: string, epoch: number }> }): string =>
  compartments.map(({ label, epoch }) => `${label}/${epoch}`).join()

const placeOf = ({ networkId }: PractitionerContext, { directory }: Facts, compartment: EventCompartment): Place =>
  searchKeyPlace(networkId, directory.patientId, compartment)

/** Search wraps by their hashes. @throws {ClientError} WRAP_MISMATCH for another than the event names */
function wrapsOf (
  context: PractitionerContext, facts: Facts, { searchWraps }: SearchAnswers
): Map<string, Uint8Array> {
  const wraps = new Map<string, Uint8Array>()
  for (const compartment of facts.compartments) {
    const { label, epoch, wrapHash: expected } = compartment
    const shown = searchWraps.find((one) => one.label === label && one.epoch === epoch)
    if (shown === undefined) continue
    const wrap = fromHex(shown.wrap)
    if (toHex(wrapHash(wrap, placeOf(context, facts, compartment))) !== expected) {
      const { mspId } = context.gateways.own.info
      throw new ClientError('WRAP_MISMATCH', `The search wrap that ${mspId} passed on is not the one that the patient signed for.`, {
        party: { kind: 'store', mspId }, label
      })
    }
    wraps.set(expected, wrap)
  }
  return wraps
}

function openCompartment (
  { directory: { patientId }, receiver }: Facts,
  { label, epoch, issue, wrapHash, heads, issues, grant }: Facts['compartments'][number],
  wraps: ReadonlyMap<string, Uint8Array>,
  good: readonly GoodAnswer[],
  threshold: number
): PermittedCompartment | { label: string, epoch: number, code: string, detail: string } {
  const answers = firstOfEach(good.filter(({ fragments, answer }) => fragments.has(wrapHash) && answer.body.heads?.label === label))
  const wrap = wraps.get(wrapHash)
  const newest = issues.at(-1)
  if (wrap === undefined || newest === undefined) return { label, epoch, code: 'NOT_FOUND', detail: 'its search wrap was not found' }
  if (answers.length < threshold) {
    return { label, epoch, code: 'PROXIES_INSUFFICIENT', detail: `${answers.length} good answers of ${threshold} needed` }
  }
  try {
    const used = answers.slice(0, threshold).flatMap(({ fragments }) => fragments.get(wrapHash) ?? [])
    const secret = searchKeyOf(new BatchOpener(receiver, grant.keys.delegatingKey).open(wrap, used), PublicKey.fromHex(newest.key))
    return { label, epoch, issue, secrets: openIssues(secret, issues, patientId), heads, answers }
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    // Every answer is proven and the wrap is the one that was signed: what the patient published does not open.
    throw new ClientError('SEALED_WRONGLY', `The search key that patient ${patientId} published does not open: ${messageOf(error)}.`, {
      party: { kind: 'patient', patientId }, label
    }, { cause: error })
  }
}

function firstOfEach (answers: readonly GoodAnswer[]): GoodAnswer[] {
  return answers.filter(({ mspId }, index) => answers.findIndex((other) => other.mspId === mspId) === index)
}
