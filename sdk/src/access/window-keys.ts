import { BatchOpener, CryptoError, outlineWrap, ShownCapsules, toHex, wrapHash } from '@epione/crypto'
import type { WrapOutline } from '@epione/crypto'
import { windowPlace } from '@epione/protocol'
import type { WindowAnswers } from '@epione/protocol/api'
import type { ProvenGrant, VerifiedRecord } from '@epione/protocol/verify'
import type { PractitionerContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { once } from '../files/once.ts'
import { accuseLiars } from './accuse.ts'
import type { Liar } from './accuse.ts'
import { isProvable, judgeAnswers } from './cfrags.ts'
import type { FalseAnswer, GoodAnswer, Judgement } from './cfrags.ts'
import { describeServed } from './evidence.ts'
import type { EvidenceMaterial, ServedContent } from './evidence-file.ts'
import { grantOf, readPermitCase } from './permit-case.ts'
import type { PermitCase, WantedRecords } from './permit-case.ts'
import type { SilentProxy } from './redeem.ts'
import { showRows } from './show-windows.ts'
import type { SealedSegment, SealedWindow, ShownWrap } from './show-windows.ts'

/** Whether one answer of a proxy may be for windows of both. */
export function isOneAnswer (left: VerifiedRecord, right: VerifiedRecord): boolean {
  return left.body.recordId === right.body.recordId && left.label === right.label && left.epoch === right.epoch
}

/** What became of the proxies while windows were opened. */
export interface WindowReport {
  /** Proxies of which some answer was proven right. */
  readonly verified: Set<string>
  readonly liars: Liar[]
  readonly silent: SilentProxy[]
  readonly warnings: string[]
}

/** Asks other proxies than those of these hospitals for the same windows. */
type AskOthers = (without: readonly string[]) => Promise<WindowAnswers>

/** Given what `makeEvidence` needs. */
export type OnEvidence = (material: EvidenceMaterial) => Promise<void>
type SignedBy = EvidenceMaterial['answers'][number]
/** Wraps that were asked for together, with what proxies signed for them. */
interface Answered {
  readonly place: Compartment
  readonly shown: readonly ShownWrap[]
  readonly outlines: ReadonlyMap<string, WrapOutline>
  readonly good: readonly SignedBy[]
  readonly false: readonly SignedBy[]
}

/** Where windows stand, and in which compartment. */
type Compartment = Pick<VerifiedRecord, 'label' | 'epoch'> & { recordId: string }
/** What of a permit it takes. */
type KeyCase = Pick<PermitCase, 'eventId' | 'consent' | 'consortium' | 'receiver' | 'directory'>

/**
 * Content keys of windows under one permit, up to 256 by one answer of each proxy. What is the same for all (consent, keys, what the
 * proxies' answers combine to) is proven once.
 */
export class WindowKeys {
  readonly report: WindowReport = { verified: new Set(), liars: [], silent: [], warnings: [] }
  readonly #context: PractitionerContext
  readonly #facts: KeyCase
  readonly #onEvidence: OnEvidence | undefined
  readonly #openers = new Map<ProvenGrant, BatchOpener>()
  /** By wrap hash, the answers that came for it with others. */
  readonly #answered = new Map<string, Answered>()
  #turn: Promise<unknown> = Promise.resolve()

  /** `onEvidence` is given what `makeEvidence` needs when somebody lied: the permit that brought it is over in a minute. */
  constructor (context: PractitionerContext, facts: KeyCase, onEvidence?: OnEvidence) {
    this.#context = context
    this.#facts = facts
    this.#onEvidence = onEvidence
  }

  /**
   * Hands over the evidence of a window whose content did not open, or was not its device's, as it was served. Of a window that was not
   * asked for there is none.
   */
  async keepServed (
    { body, wrap, ciphertext, servedBy }: Pick<SealedWindow, 'body' | 'wrap'> & { ciphertext: Uint8Array, servedBy: string }
  ): Promise<void> {
    await this.#keep(toHex(wrapHash(wrap, windowPlace(this.#context.networkId, body))), await describeServed(servedBy, once(ciphertext)))
  }

  async #keep (hash: string, content?: ServedContent): Promise<void> {
    const answered = this.#answered.get(hash)
    const window = answered?.shown.find((one) => one.hash === hash)
    if (this.#onEvidence === undefined || answered === undefined || window === undefined) return
    const { version, evidence, wrap } = window
    const signed = firstOfEach([...answered.false, ...answered.good].filter(({ answer }) => answer.body.wrapHashes.includes(hash)))
    const others = new Set(signed.flatMap(({ answer }) => answer.body.wrapHashes).filter((other) => other !== hash))
    await this.#onEvidence({
      eventId: this.#facts.eventId,
      recordId: answered.place.recordId,
      ...(version !== undefined && { version }),
      window: evidence(),
      wrap: toHex(wrap),
      others: [...others].flatMap((other) => answered.outlines.get(other) ?? []),
      answers: signed.map(({ mspId, answer }) => ({ mspId, answer })),
      ...(content !== undefined && { content })
    })
  }

  /**
   * The content key of each window of a whole segment, in order. @throws {ClientError} PROXIES_LIED, PROXIES_INSUFFICIENT,
   * KFRAGS_INCONSISTENT, SEALED_WRONGLY
   */
  async open (record: VerifiedRecord, windows: readonly SealedWindow[]): Promise<Uint8Array[]> {
    const [keys = []] = await this.openTogether([{ record, windows }])
    return keys
  }

  /**
   * The same of several whole segments of one stream in one compartment and epoch: the proxies are asked for all at once, as far as one
   * answer reaches. @throws {RangeError} for segments of several
   */
  async openTogether (segments: readonly SealedSegment[]): Promise<Uint8Array[][]> {
    const { gateways: { own }, token: { authorize } } = this.#context
    const [first] = segments
    if (first === undefined) return []
    const { label, epoch, body: { recordId } } = first.record
    if (segments.some(({ record }) => !isOneAnswer(record, first.record))) throw new RangeError('segments: expected those of one stream, compartment and epoch')
    const keys: Uint8Array[] = []
    for (const { shown, asked } of showRows(this.#context.networkId, segments)) {
      const ask: AskOthers = async (without) => await own.readers.collect(this.#facts.eventId, asked, without, authorize)
      const liars = new Set(this.report.liars.map(({ mspId }) => mspId))
      keys.push(...await this.openAnswered({ recordId, label, epoch }, shown, await ask([...liars]), ask))
    }
    return segments.map(({ windows }) => keys.splice(0, windows.length))
  }

  /**
   * The same by answers that came already; `askOthers` where others can be asked for what these lack. @throws {ClientError} likewise
   */
  async openAnswered (
    place: Compartment, shown: readonly ShownWrap[], collected: WindowAnswers, askOthers?: AskOthers
  ): Promise<Uint8Array[]> {
    const { consent: { body: { threshold } }, receiver } = this.#facts
    const good = await this.#judgeEnough(place, shown, collected, askOthers)
    const grant = grantOf(this.#facts, place)
    const opener = this.#openers.get(grant) ?? new BatchOpener(receiver, grant.keys.delegatingKey)
    this.#openers.set(grant, opener)
    const keys: Uint8Array[] = []
    for (const window of shown) {
      const of = firstOfEach(good.filter(({ fragments }) => fragments.has(window.hash))).slice(0, threshold)
      if (of.length < threshold) throw this.#tooFew(of, threshold, place, window.number)
      try {
        keys.push(this.#openOne(opener, place, window, of))
      } catch (error) {
        await this.#keep(window.hash)
        throw error
      }
    }
    return keys
  }

  /** Good answers, of further proxies where one that was drawn told something false; lies are told once all are known. */
  async #judgeEnough (
    place: Compartment, shown: readonly ShownWrap[], collected: WindowAnswers, askOthers: AskOthers | undefined
  ): Promise<GoodAnswer[]> {
    const { consent: { body: { threshold } }, consortium: { organizations } } = this.#facts
    const known = { answers: [...collected.answers], failures: [...collected.failures] }
    const capsules = new ShownCapsules(shown.map(({ wrap, place: of }) => outlineWrap(wrap, of)))
    let judgement = this.#judge(place, shown, known, capsules)
    // Whoever passes answers on may name hospitals that there are not, but not for ever.
    const rounds = askOthers === undefined ? 0 : organizations.length
    for (let round = 0; round < rounds; round++) {
      const { good } = judgement
      if (shown.every(({ hash }) => firstOfEach(good.filter(({ fragments }) => fragments.has(hash))).length >= threshold)) break
      const asked = new Set([...known.answers, ...known.failures, ...this.report.liars].map(({ mspId }) => mspId))
      const more = await askOthers?.([...asked]) ?? { answers: [], failures: [] }
      const fresh = more.answers.filter(({ mspId }) => !asked.has(mspId))
      known.answers.push(...fresh)
      known.failures.push(...more.failures)
      if (fresh.length === 0) break
      judgement = this.#judge(place, shown, known, capsules)
    }
    this.#report(judgement, known)
    // Answers are judged while others come, and each lie is told once.
    const turn = this.#turn.then(async () => { await this.#tellLies(place, shown, judgement, capsules.outlines) })
    this.#turn = turn.catch(() => undefined)
    await turn
    return judgement.good
  }

  #judge (
    { label, epoch }: Compartment, shown: readonly ShownWrap[], { answers }: Pick<WindowAnswers, 'answers'>, capsules: ShownCapsules
  ): Judgement {
    const { eventId, consent, consortium: { organizations }, receiver } = this.#facts
    return judgeAnswers(answers, {
      networkId: this.#context.networkId,
      organizations,
      eventId,
      consentId: consent.id,
      receivingKey: receiver.publicKey().toHex(),
      grants: consent.grants,
      capsules,
      compartments: new Map(shown.map(({ hash }) => [hash, { label, epoch }]))
    })
  }

  #report ({ good }: Judgement, { failures }: Pick<WindowAnswers, 'failures'>): void {
    const { verified, silent } = this.report
    for (const { mspId } of good) verified.add(mspId)
    for (const { mspId, code } of failures) if (!silent.some((s) => s.mspId === mspId && s.code === code)) silent.push({ mspId, code })
  }

  async #tellLies (place: Compartment, shown: readonly ShownWrap[], judgement: Judgement, outlines: Answered['outlines']): Promise<void> {
    const { liars, warnings } = this.report
    // One conviction of a proxy is enough, however many of its answers are false.
    const isTold = (lie: { mspId: string, failure: string }): boolean =>
      liars.some((known) => known.mspId === lie.mspId && (known.accused || known.failure === lie.failure))
    const news = judgement.false.filter((lie) => !isTold(lie))
    await this.#keepLies(place, shown, judgement, { outlines, news })
    const accused = await accuseLiars(this.#context, { eventId: this.#facts.eventId, outlines, answers: news })
    liars.push(...accused.liars)
    warnings.push(...accused.warnings)
  }

  /** Of each new lie that its proxy signed, the evidence of one window that it is for. */
  async #keepLies (
    place: Compartment, shown: readonly ShownWrap[], { good, false: lies }: Judgement,
    { outlines, news }: { outlines: ReadonlyMap<string, WrapOutline>, news: readonly FalseAnswer[] }
  ): Promise<void> {
    if (this.#onEvidence === undefined) return
    const answers = ({ mspId, answer }: GoodAnswer | FalseAnswer): SignedBy => ({ mspId, answer })
    const answered = { place, shown, outlines, good: good.map(answers), false: lies.filter(({ provable }) => provable).map(answers) }
    for (const { hash } of shown) this.#answered.set(hash, answered)
    for (const { provable, answer } of news) {
      const hash = answer.body.wrapHashes.find((one) => this.#answered.has(one))
      if (provable && hash !== undefined) await this.#keep(hash)
    }
  }

  #openOne (opener: BatchOpener, { recordId }: Compartment, { number, hash, wrap }: ShownWrap, good: readonly GoodAnswer[]): Uint8Array {
    const { directory: { patientId } } = this.#facts
    try {
      return opener.open(wrap, good.flatMap(({ fragments }) => fragments.get(hash) ?? []))
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error
      if (error.code === 'KFRAGS_INCONSISTENT') {
        throw new ClientError(
          'KFRAGS_INCONSISTENT',
          `All ${good.length} answers are proven right and do not open together: the kfrags that patient ${patientId} made are wrong.`,
          { party: { kind: 'patient', patientId } },
          { cause: error }
        )
      }
      throw new ClientError('SEALED_WRONGLY', `The wrap of window ${number} of stream ${recordId} does not open: its device sealed it wrongly.`, {
        party: { kind: 'author', patientId }, recordId, number
      }, { cause: error })
    }
  }

  #tooFew (good: readonly GoodAnswer[], threshold: number, { recordId }: Compartment, number: number): ClientError {
    const { liars, silent } = this.report
    const details = { recordId, number, verified: good.map((g) => g.mspId), threshold, liars, silent }
    const counts = `${good.length} good answers of ${threshold} needed`
    const mspIds = [...new Set(liars.filter((l) => isProvable(l.failure)).map((l) => l.mspId))]
    if (mspIds.length === 0) return new ClientError('PROXIES_INSUFFICIENT', `Too few proxies answered rightly: ${counts}.`, details)
    return new ClientError('PROXIES_LIED', `${mspIds.join(' and ')} gave a false answer, and without it there are ${counts}.`, {
      party: { kind: 'proxy', mspIds }, ...details
    })
  }
}

function firstOfEach<T extends { mspId: string }> (answers: readonly T[]): T[] {
  return answers.filter(({ mspId }, index) => answers.findIndex((other) => other.mspId === mspId) === index)
}

/** A permit to read segments, and what opens their windows: the proxies are asked by `keys.open`, within the permit's minute. */
export interface RedeemedWindows { facts: PermitCase, keys: WindowKeys }

/** Proves all that a permit to read segments rests on. @throws {ClientError} EVENT_INVALID, MANIFEST_INVALID, CONSENT_INVALID */
export async function redeemWindows (
  context: PractitionerContext, eventId: string, wanted: WantedRecords = 'all', onEvidence?: OnEvidence
): Promise<RedeemedWindows> {
  const facts = await readPermitCase(context, eventId, wanted)
  return { facts, keys: new WindowKeys(context, facts, onEvidence) }
}
