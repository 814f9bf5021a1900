import { Value } from 'typebox/value'
import { BatchOpener, CryptoError, fromHex, outlineWrap, parseWrap, Place, ShownCapsules, toHex } from '@epione/crypto'
import type { WrapOutline } from '@epione/crypto'
import { ACCESS } from '@epione/protocol/api'
import type { CollectedAnswers } from '@epione/protocol/api'
import { isWrapped, recordPlace } from '@epione/protocol'
import type { WrappedRecord } from '@epione/protocol'
import type { ProvenGrant } from '@epione/protocol/verify'
import type { PractitionerContext } from '../context/context.ts'
import { ClientError, isClientError } from '../errors.ts'
import { together } from '../gateways/together.ts'
import { isContentRecord, requireOwnContent } from '../records/own-content.ts'
import type { ContentRecord } from '../records/own-content.ts'
import { openWrap, requireWrap } from '../records/record-open.ts'
import { accuseLiars } from './accuse.ts'
import type { Liar } from './accuse.ts'
import { isProvable, judgeAnswers } from './cfrags.ts'
import type { GoodAnswer, Judgement } from './cfrags.ts'
import type { EvidenceMaterial } from './evidence-file.ts'
import { grantOf, readPermitCase } from './permit-case.ts'
import type { PermitCase, WantedRecords } from './permit-case.ts'

/** A proxy that gave no answer, or none for some records. */
export interface SilentProxy { mspId: string, code: string }

/** A permit with those of its records that have wraps of their own: segments are read by their windows. */
interface ContentCase extends PermitCase { manifests: ContentRecord[], shown: WrappedRecord[] }

/** @throws {ClientError} RECORD_IS_STREAM where a segment is wanted by name, or nothing else is */
function withOwnContent (facts: PermitCase, wanted: WantedRecords): ContentCase {
  const own = wanted === 'all' ? facts.manifests.filter(isContentRecord) : []
  return { ...facts, manifests: own.length > 0 ? own : facts.manifests.map(requireOwnContent), shown: facts.shown.filter(isWrapped) }
}

/** What the proxies gave for a permit, judged: `openKey` asks none of them any more. */
export interface Redeemed {
  facts: ContentCase
  liars: Liar[]
  silent: SilentProxy[]
  warnings: string[]
  /** Proxies whose answers for a record were proven right. */
  verifiedFor: (manifest: ContentRecord) => string[]
  /** What `makeEvidence` needs of a record; `isFalse` when a proxy has signed a false answer for it. */
  materialOf: (manifest: ContentRecord) => Promise<{ material: EvidenceMaterial, isFalse: boolean }>
  /**
   * The content key of a record.
   * @throws {ClientError} PROXIES_LIED, PROXIES_INSUFFICIENT, KFRAGS_INCONSISTENT, SEALED_WRONGLY, WRAP_MISMATCH
   */
  openKey: (manifest: ContentRecord) => Promise<Uint8Array>
}

/**
 * Redeems a permit for some of its records, or all: has the proxies re-encrypt, proves their answers, one for each compartment, and accuses
 * whoever signed a false one. The permit lives a minute: the proxies answer while the statements are read and verified.
 */
export async function redeemPermit (context: PractitionerContext, eventId: string, wanted: WantedRecords = 'all'): Promise<Redeemed> {
  const [collected, permit] = await together(collectAnswers(context, eventId), readPermitCase(context, eventId, wanted))
  const facts = withOwnContent(permit, wanted)
  // Refuses what the consent does not cover before anybody is accused.
  for (const manifest of facts.manifests) grantOf(facts, manifest)
  const wraps = new ReceivedWraps(context, facts, collected)
  const { outlines } = wraps.capsules
  const judgement = judge(context, facts, wraps, collected)
  const { liars, warnings } = await accuseLiars(context, { eventId, outlines, answers: judgement.false })
  const silent = collected.failures.map(({ mspId, code }) => ({ mspId, code }))
  const goodFor = ({ wrapHash }: ContentRecord): GoodAnswer[] => firstOfEach(judgement.good.filter((g) => g.fragments.has(wrapHash)))
  const openers = new Map<ProvenGrant, BatchOpener>()
  const { threshold } = facts.consent.body
  return {
    facts,
    liars,
    silent,
    warnings,
    verifiedFor: (manifest) => goodFor(manifest).map((g) => g.mspId),
    materialOf: async (manifest) => materialOf(facts, manifest, { wrap: await wraps.of(manifest), outlines }, judgement),
    openKey: async (manifest) => {
      const wrap = await wraps.of(manifest)
      const place = recordPlace(context.networkId, manifest.body)
      if (wraps.capsules.find(manifest.wrapHash) === null) openWrap(manifest, () => parseWrap(wrap, place))
      const good = goodFor(manifest).slice(0, threshold)
      if (good.length < threshold) throw tooFew(good, threshold, { liars, silent, missing: collected.missing, manifest })
      const grant = grantOf(facts, manifest)
      const opener = openers.get(grant) ?? new BatchOpener(facts.receiver, grant.keys.delegatingKey)
      openers.set(grant, opener)
      return openWith(opener, facts, manifest, wrap, good)
    }
  }
}

/** The wraps that came with the answers, each under the hash that it has itself, and by record where its manifest is proven. */
class ReceivedWraps {
  readonly capsules: ShownCapsules
  readonly #context: PractitionerContext
  readonly #facts: ContentCase
  readonly #received: CollectedAnswers['wraps']

  /** @throws {ClientError} WRAP_MISMATCH when the gateway passes on another wrap than its own event names */
  constructor (context: PractitionerContext, facts: ContentCase, { wraps }: CollectedAnswers) {
    this.#context = context
    this.#facts = facts
    this.#received = wraps
    this.capsules = new ShownCapsules(wraps.map((received) => outlineWrap(fromHex(received.wrap), this.#placeOf(received))))
    this.#requireShown()
  }

  /** @throws {ClientError} WRAP_MISMATCH */
  async of (manifest: ContentRecord): Promise<Uint8Array> {
    const { recordId, version } = manifest.body
    const { gateways: { own }, token } = this.#context
    const sent = this.#received.find((wrap) => wrap.recordId === recordId && wrap.version === version) ??
      await own.getWrap(recordId, version, this.#facts.eventId, token.authorize)
    return requireWrap(this.#context, fromHex(sent.wrap), manifest, own.info.mspId)
  }

  /* Whose manifest is not read here has the place that the gateway says: the hash which proxies sign for holds it to that. */
  #placeOf ({ recordId, version, place }: CollectedAnswers['wraps'][number]): Place {
    const manifest = this.#facts.manifests.find(({ body }) => body.recordId === recordId && body.version === version)
    return manifest === undefined ? Place.fromHex(place) : recordPlace(this.#context.networkId, manifest.body)
  }

  /* Another wrap in the place of one that a batch is for would make right answers look false. */
  #requireShown (): void {
    const { mspId } = this.#context.gateways.own.info
    for (const { recordId, version, wrapHash } of this.#facts.shown) {
      const isReceived = this.#received.some((wrap) => wrap.recordId === recordId && wrap.version === version)
      if (!isReceived || this.capsules.outlines.has(wrapHash)) continue
      throw new ClientError('WRAP_MISMATCH', `The wrap of record ${recordId} that ${mspId} passed on is not the one that its event names.`, {
        party: { kind: 'store', mspId }, recordId, version
      })
    }
  }
}

/** Too few good answers is a problem to the gateway, but its evidence counts as much: the client is the judge. */
async function collectAnswers (context: PractitionerContext, eventId: string): Promise<CollectedAnswers> {
  try {
    return await context.gateways.own.fetchCfrags(eventId, context.token.authorize)
  } catch (error) {
    const problem = isClientError(error, 'PROXIES_INSUFFICIENT') ? error.details['problem'] : undefined
    if (Value.Check(ACCESS.collectCfrags.answers[200], problem)) return problem
    throw error
  }
}

function judge (context: PractitionerContext, facts: ContentCase, { capsules }: ReceivedWraps, { answers }: CollectedAnswers): Judgement {
  // A record may name the hash of another's wrap, and says nothing then of that one's compartment: the place does whose it is.
  const isOwn = ({ wrapHash, body }: ContentRecord): boolean =>
    capsules.outlines.get(wrapHash)?.place === recordPlace(context.networkId, body).toHex()
  return judgeAnswers(answers, {
    networkId: context.networkId,
    organizations: facts.consortium.organizations,
    eventId: facts.eventId,
    consentId: facts.consent.id,
    receivingKey: facts.receiver.publicKey().toHex(),
    grants: facts.consent.grants,
    capsules,
    compartments: new Map(facts.manifests.filter(isOwn).map(({ wrapHash, label, epoch }) => [wrapHash, { label, epoch }]))
  })
}

function openWith (
  opener: BatchOpener,
  { directory: { patientId } }: PermitCase,
  manifest: ContentRecord,
  wrap: Uint8Array,
  good: readonly GoodAnswer[]
): Uint8Array {
  return openWrap(manifest, () => {
    try {
      return opener.open(wrap, good.flatMap(({ fragments }) => fragments.get(manifest.wrapHash) ?? []))
    } catch (error) {
      if (!(error instanceof CryptoError) || error.code !== 'KFRAGS_INCONSISTENT') throw error
      throw new ClientError(
        'KFRAGS_INCONSISTENT',
        `All ${good.length} answers are proven right and do not open together: the kfrags that patient ${patientId} made are wrong.`,
        { party: { kind: 'patient', patientId } },
        { cause: error }
      )
    }
  })
}

/** What the proxies have signed for this record, one answer each: what they have not signed proves nothing. */
function materialOf (
  { eventId }: ContentCase,
  { body: { recordId, version }, wrapHash }: ContentRecord,
  { wrap, outlines }: { wrap: Uint8Array, outlines: ReadonlyMap<string, WrapOutline> },
  judgement: Judgement
): { material: EvidenceMaterial, isFalse: boolean } {
  const isOfRecord = ({ answer }: { answer: GoodAnswer['answer'] }): boolean => answer.body.wrapHashes.includes(wrapHash)
  const lies = judgement.false.filter((f) => f.provable && isOfRecord(f))
  const signed = firstOfEach([...lies, ...judgement.good.filter(isOfRecord)])
  const hashes = new Set(signed.flatMap(({ answer }) => answer.body.wrapHashes).filter((hash) => hash !== wrapHash))
  const material = {
    eventId,
    recordId,
    version,
    wrap: toHex(wrap),
    others: [...hashes].flatMap((hash) => outlines.get(hash) ?? []),
    answers: signed.map(({ mspId, answer }) => ({ mspId, answer }))
  }
  return { material, isFalse: lies.length > 0 }
}

function firstOfEach<T extends { mspId: string }> (answers: readonly T[]): T[] {
  return answers.filter(({ mspId }, index) => answers.findIndex((other) => other.mspId === mspId) === index)
}

function tooFew (
  good: readonly GoodAnswer[],
  threshold: number,
  { liars, silent, missing, manifest: { body: { recordId, version } } }: Pick<Redeemed, 'liars' | 'silent'> & {
    missing: CollectedAnswers['missing'], manifest: ContentRecord
  }
): ClientError {
  const counts = `${good.length} good answers of ${threshold} needed`
  const details = { recordId, version, verified: good.map((g) => g.mspId), threshold, liars, silent }
  const lost = missing.find((record) => record.recordId === recordId && record.version === version)
  if (lost !== undefined) {
    return new ClientError('PROXIES_INSUFFICIENT', `No proxy was asked for record ${recordId}, as its wrap was not found: ${lost.detail}.`, {
      ...details, wrap: lost.code
    })
  }
  const mspIds = [...new Set(liars.filter((l) => isProvable(l.failure)).map((l) => l.mspId))]
  if (mspIds.length === 0) {
    const unproven = liars.length === 0 ? '' : '; others are false, and nothing proves whether by their proxies or by the gateway in between'
    return new ClientError('PROXIES_INSUFFICIENT', `Too few proxies answered rightly: ${counts}${unproven}.`, details)
  }
  return new ClientError('PROXIES_LIED', `${mspIds.join(' and ')} gave a false answer, and without it there are ${counts}.`, {
    party: { kind: 'proxy', mspIds },
    ...details
  })
}
