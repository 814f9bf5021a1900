import { PERMIT_LIFE_MS } from '@epione/protocol'
import { GatewayError } from '../errors.ts'
import type { LedgerHead } from '@epione/protocol/api'

/** Own blocks whose header hashes are remembered: more than others can be behind while they count. */
const REMEMBERED_BLOCKS = 4_096
/** Longest time (ms) that the own peer may lack a block that others have: a permit lives no longer, either. */
const LAG_MAX_MS = PERMIT_LIFE_MS
/** Seconds after which asking again makes sense. */
const RETRY_AFTER_SECONDS = 10
/** One other hospital alone, which may lie, never stops a proxy. */
const VOICES_MIN = 2
/** A hospital that is asked every few seconds and says nothing for so long (ms) is missing. */
const SILENT_MS = 60_000
/** Age (ms) after which what a hospital said counts no more: it is asked every few seconds. */
const VOICE_LIFE_MS = 5 * 60 * 1000
/** Longest time (ms) that one hospital alone, or the silence of all, keeps this one from deleting. */
const DOUBT_MAX_MS = 24 * 60 * 60 * 1000

/**
 * What one organisation said, when last: its newest block, the block that is awaited from the own peer since, or whether the last one
 * compared differed.
 */
interface Voice { heardAt: number, said?: number, awaited?: LedgerHead & { since: number }, differs: boolean }

/** What another organisation said last: its newest block, and whether one of its blocks is another than the own one of that number. */
export interface Heard { mspId: string, silent: boolean, differs: boolean, heardAt?: number, blockNumber?: number }

/**
 * Compares the own peer's blocks with those that the other hospitals' gateways read. One orderer can keep blocks from a peer,
 * or sign a fork for it alone; then others have blocks that it lacks, or other ones of the same number. A block that another
 * hospital named is awaited until the own peer shows it, and no newer one of that hospital before: so neither a made-up height
 * nor a growing one says more than that this hospital disagrees, and that counts from two hospitals on, or from `threshold` where
 * so many speak.
 */
export class Heads {
  readonly #clock: () => number
  readonly #own = new Map<number, string>()
  readonly #voices = new Map<string, Voice>()
  #newest: LedgerHead | undefined
  #doubtSince: number | undefined

  /** Since when the others are asked. */
  readonly #since: number

  constructor (clock: () => number) {
    this.#clock = clock
    this.#since = clock()
  }

  /** The newest own block; undefined before the first. */
  get newest (): LedgerHead | undefined {
    return this.#newest
  }

  /** Remembers an own block and compares it with those awaited. */
  add (head: LedgerHead): void {
    this.#newest = head
    this.#own.set(head.blockNumber, head.headerHash)
    this.#own.delete(head.blockNumber - REMEMBERED_BLOCKS)
    for (const voice of this.#voices.values()) {
      if (voice.awaited === undefined || voice.awaited.blockNumber > head.blockNumber) continue
      this.#compare(voice, voice.awaited)
      delete voice.awaited
    }
  }

  /** What another organisation's gateway says of its own peer. */
  hear (mspId: string, said: LedgerHead): void {
    const voice = this.#voices.get(mspId) ?? { heardAt: 0, differs: false }
    voice.heardAt = this.#clock()
    voice.said = said.blockNumber
    this.#voices.set(mspId, voice)
    // Whoever names a lower block than before takes the former word back.
    if (voice.awaited !== undefined && said.blockNumber < voice.awaited.blockNumber) delete voice.awaited
    if (this.#newest === undefined || voice.awaited !== undefined) return
    if (said.blockNumber > this.#newest.blockNumber) voice.awaited = { ...said, since: this.#clock() }
    else this.#compare(voice, said)
  }

  /**
   * True when what the own peer does not show may be deleted: others speak, and none has other blocks, or blocks that it lacks.
   * Two that have stop it; one alone, or the silence of all, for a day.
   */
  isSettled (): boolean {
    const voices = this.#speaking()
    const objecting = voices.filter(({ awaited, differs }) => awaited !== undefined || differs).length
    if (objecting >= VOICES_MIN) return false
    if (objecting === 0 && voices.length > 0) {
      this.#doubtSince = undefined
      return true
    }
    this.#doubtSince ??= this.#clock()
    return this.#clock() - this.#doubtSince > DOUBT_MAX_MS
  }

  /**
   * Refuses while enough other organisations have blocks that the own peer has not shown for a permit's life, or other blocks than
   * it. Enough are `threshold`, or all that speak when these are fewer, and two at least. Asks nobody.
   * @throws {GatewayError} PEER_BEHIND, LEDGER_DIVERGED
   */
  requireCurrent (threshold: number): void {
    const voices = this.#speaking()
    const needed = Math.max(VOICES_MIN, Math.min(threshold, voices.length))
    const differing = voices.filter(({ differs }) => differs).length
    const objecting = voices.filter(({ differs, awaited }) =>
      differs || (awaited !== undefined && this.#clock() - awaited.since > LAG_MAX_MS)).length
    const options = { retryAfterSeconds: RETRY_AFTER_SECONDS }
    if (differing >= needed) {
      throw new GatewayError(
        'LEDGER_DIVERGED',
        `${differing} other hospitals have other blocks than this hospital's peer: nothing is released, compare the ledgers`,
        options
      )
    }
    if (objecting >= needed) {
      throw new GatewayError(
        'PEER_BEHIND',
        `this hospital's peer has not shown for over ${LAG_MAX_MS / 1000} s what ${objecting} other hospitals have`,
        options
      )
    }
  }

  /** Of each of these organisations, what it said last and when (ms), by its own word. */
  heardOf (mspIds: readonly string[]): Heard[] {
    const silent = new Set(this.silentOf(mspIds).map(({ mspId }) => mspId))
    return mspIds.map((mspId) => {
      const { heardAt, said, differs = false } = this.#voices.get(mspId) ?? {}
      return {
        mspId,
        silent: silent.has(mspId),
        differs,
        ...(heardAt === undefined ? {} : { heardAt }),
        ...(said === undefined ? {} : { blockNumber: said })
      }
    })
  }

  /** Of these organisations, those that have said nothing for a while, each with when they last did (ms). */
  silentOf (mspIds: readonly string[]): Array<{ mspId: string, since?: number }> {
    const now = this.#clock()
    return mspIds.flatMap((mspId) => {
      const heardAt = this.#voices.get(mspId)?.heardAt
      if (heardAt === undefined) return now - this.#since > SILENT_MS ? [{ mspId }] : []
      return now - heardAt > SILENT_MS ? [{ mspId, since: heardAt }] : []
    })
  }

  #speaking (): Voice[] {
    return [...this.#voices.values()].filter(({ heardAt }) => this.#clock() - heardAt <= VOICE_LIFE_MS)
  }

  /** A block from before the own memory says nothing. */
  #compare (voice: Voice, { blockNumber, headerHash }: LedgerHead): void {
    const own = this.#own.get(blockNumber)
    if (own !== undefined) voice.differs = own !== headerHash
  }
}
