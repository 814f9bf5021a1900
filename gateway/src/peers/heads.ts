import { PERMIT_LIFE_MS } from '@epione/chaincode/model'
import { GatewayError } from '../errors.ts'
import type { LedgerHead } from './messages.ts'

/** Own blocks whose header hashes are remembered: more than others can be behind while they count. */
const REMEMBERED_BLOCKS = 4_096
/** Longest time (ms) that the own peer may lack a block that others have: a permit lives no longer, either. */
const LAG_MAX_MS = PERMIT_LIFE_MS
/** Seconds after which asking again makes sense. */
const RETRY_AFTER_SECONDS = 10
/** One other hospital alone, which may lie, never stops a proxy. */
const VOICES_MIN = 2

/** What one organisation said: the block that is awaited from the own peer since, or whether the last one compared differed. */
interface Voice { awaited?: LedgerHead & { since: number }, differs: boolean }

/**
 * Compares the own peer's blocks with those that the other hospitals' gateways read. One orderer can keep blocks from a peer,
 * or sign a fork for it alone; then others have blocks that it lacks, or other ones of the same number. A block that another
 * hospital named is awaited until the own peer shows it, and no newer one of that hospital before: so neither a made-up height
 * nor a growing one says more than that this hospital disagrees, and that counts from `threshold` hospitals on.
 */
export class Heads {
  readonly #clock: () => number
  readonly #own = new Map<number, string>()
  readonly #voices = new Map<string, Voice>()
  #newest: LedgerHead | undefined

  constructor (clock: () => number) {
    this.#clock = clock
  }

  /** The newest own block; undefined before the first since the start. */
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
    const voice = this.#voices.get(mspId) ?? { differs: false }
    this.#voices.set(mspId, voice)
    // Whoever names a lower block than before takes the former word back.
    if (voice.awaited !== undefined && said.blockNumber < voice.awaited.blockNumber) delete voice.awaited
    if (this.#newest === undefined || voice.awaited !== undefined) return
    if (said.blockNumber > this.#newest.blockNumber) voice.awaited = { ...said, since: this.#clock() }
    else this.#compare(voice, said)
  }

  /** True while somebody else has spoken and nobody has other blocks, or blocks that the own peer lacks. */
  get agreed (): boolean {
    return this.#voices.size > 0 && [...this.#voices.values()].every(({ awaited, differs }) => awaited === undefined && !differs)
  }

  /**
   * Refuses while `threshold` other organisations, two at least, have blocks that the own peer has not shown for a permit's life,
   * or other blocks than it. Asks nobody. @throws {GatewayError} PEER_BEHIND, LEDGER_DIVERGED
   */
  requireCurrent (threshold: number): void {
    const needed = Math.max(threshold, VOICES_MIN)
    const voices = [...this.#voices.values()]
    const differing = voices.filter(({ differs }) => differs).length
    const objecting = voices.filter(({ differs, awaited }) => differs || (awaited !== undefined && this.#clock() - awaited.since > LAG_MAX_MS)).length
    const options = { retryAfterSeconds: RETRY_AFTER_SECONDS }
    if (differing >= needed) throw new GatewayError('LEDGER_DIVERGED', `${differing} other hospitals have other blocks than this hospital's peer: nothing is released, compare the ledgers`, options)
    if (objecting >= needed) throw new GatewayError('PEER_BEHIND', `this hospital's peer has not shown for over ${LAG_MAX_MS / 1000} s what ${objecting} other hospitals have`, options)
  }

  /** A block from before the own memory says nothing. */
  #compare (voice: Voice, { blockNumber, headerHash }: LedgerHead): void {
    const own = this.#own.get(blockNumber)
    if (own !== undefined) voice.differs = own !== headerHash
  }
}
