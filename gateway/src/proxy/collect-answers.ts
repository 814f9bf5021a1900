import type { AnswerFailure } from '@epione/crypto'
import type { SignedAnswer } from '@epione/protocol'
import { isDeepStrictEqual } from 'node:util'

/** One proxy's answer for records of one compartment. */
export interface ProxyAnswer { mspId: string, answer: SignedAnswer }

/** What a wrap is of: a record version, a window of one or of a followed stream, or the search key of a compartment and epoch. */
export type Name =
  | { recordId: string, version: number }
  | { recordId: string, version: number, number: number }
  | { number: number }
  | { label: string, epoch: number }

/**
 * What is amiss with a proxy: `code` is a problem code, PROXY_CONVICTED, PROXY_SILENT, ANSWER_MISSING, ANSWERS_TOO_MANY or an
 * `AnswerFailure`; `records` are those for which it gave nothing or nothing right, absent when these are all that it was asked for, or none
 * of them.
 */
export interface ProxyFailure<N = never> { mspId: string, code: string, detail: string, rule?: string, records?: N[] }

export interface Collected<N> {
  /** Everything that came in time, false answers too: the client is the judge. */
  answers: ProxyAnswer[]
  failures: Array<ProxyFailure<N>>
  /** True when every record has `threshold` good answers of different proxies. */
  sufficient: boolean
}

export interface Collection<N> {
  proxies: readonly string[]
  /** How many of them are asked at first; then the next in order for each that gives not all, or said nothing for another `graceMs`. */
  atOnce: number
  /** Each by its name, with the hash of its wrap. */
  records: ReadonlyArray<N & { wrapHash: string }>
  threshold: number
  /** How many compartments they are of: an honest proxy gives one answer for each. */
  compartments: number
  /** Asks one proxy; rejects with what is to be reported of it. */
  ask: (mspId: string, signal: AbortSignal) => Promise<Reencrypted<N>>
  /** Null for a good answer. */
  check: (answer: ProxyAnswer) => Promise<AnswerFailure | null>
  describe: (mspId: string, error: unknown) => ProxyFailure
  /** How long (ms) the others may still answer after enough have. */
  graceMs: number
  /** How long (ms) any may take. */
  deadlineMs: number
}

/** What a proxy says: its answers, and the records that it refuses to answer for. */
interface Reencrypted<N> { answers: SignedAnswer[], refused: Array<N & { code: string, detail: string }> }

/**
 * Asks `atOnce` proxies, and others as these are not enough, and returns when all that were asked have answered, `graceMs` after every
 * record has enough good answers, or at the deadline; who has not answered by then is reported as silent and its request is given up.
 */
export async function collectAnswers<N extends Name> (collection: Collection<N>): Promise<Collected<N>> {
  const { proxies, atOnce, graceMs, deadlineMs } = collection
  const state = new CollectionState(collection)
  const giveUp = new AbortController()
  const grace = Promise.withResolvers<undefined>()
  const waiting = [...proxies]
  const asked: Array<Promise<void>> = []
  const askNext = (count: number): void => {
    for (const mspId of waiting.splice(0, count)) asked.push(askOne(mspId))
  }
  const askOne = async (mspId: string): Promise<void> => {
    const isWhole = await state.askOne(mspId, giveUp.signal)
    if (state.sufficient) timers.push(setTimeout(() => { grace.resolve(undefined) }, graceMs))
    else if (!isWhole) askNext(1)
  }
  const askForSilent = (): void => { if (!state.sufficient) askNext(state.pending) }
  const timers = [setTimeout(() => { grace.resolve(undefined) }, deadlineMs), setInterval(askForSilent, graceMs)]
  askNext(atOnce)
  const all = async (): Promise<void> => {
    // One that is asked in another's place stands behind it.
    for (let index = 0; index < asked.length; index++) await asked[index]
  }
  try {
    await Promise.race([all(), grace.promise])
    return state.close()
  } finally {
    timers.forEach((timer) => { clearTimeout(timer) })
    giveUp.abort()
  }
}

class CollectionState<N extends Name> {
  readonly #collection: Collection<N>
  readonly #answers: ProxyAnswer[] = []
  readonly #failures: Array<ProxyFailure<N>> = []
  readonly #pending: Set<string>
  /** Proxies with a good answer, by the wrap's hash. */
  readonly #good = new Map<string, Set<string>>()
  #closed = false

  constructor (collection: Collection<N>) {
    this.#collection = collection
    this.#pending = new Set()
  }

  /** How many were asked and have not answered. */
  get pending (): number {
    return this.#pending.size
  }

  get sufficient (): boolean {
    return this.#collection.records.every(({ wrapHash }) => (this.#good.get(wrapHash)?.size ?? 0) >= this.#collection.threshold)
  }

  /**
   * True when it gave a good answer for every record. Never rejects: a proxy that fails is a failure of the collection's result, not of the
   * collection.
   */
  async askOne (mspId: string, signal: AbortSignal): Promise<boolean> {
    this.#pending.add(mspId)
    try {
      const { answers: given, refused } = await this.#collection.ask(mspId, signal)
      const answers = takeDue(given, this.#collection)
      const checked = await Promise.all(answers.map(async (answer) =>
        ({ answer, failure: await this.#collection.check({ mspId, answer }) })))
      if (this.#closed) return true
      checked.forEach(({ answer, failure }) => { this.#take({ mspId, answer }, failure) })
      if (answers.length < given.length) this.#failures.push({ mspId, code: 'ANSWERS_TOO_MANY', detail: 'it answered more than it was asked' })
      this.#reportMissing(mspId, answers, refused)
    } catch (error) {
      if (this.#closed) return true
      this.#failures.push(this.#collection.describe(mspId, error))
    }
    this.#pending.delete(mspId)
    return this.#collection.records.every(({ wrapHash }) => this.#good.get(wrapHash)?.has(mspId) === true)
  }

  close (): Collected<N> {
    this.#closed = true
    const silent = [...this.#pending].map((mspId) => ({ mspId, code: 'PROXY_SILENT', detail: 'it did not answer in time' }))
    return { answers: this.#answers, failures: [...this.#failures, ...silent], sufficient: this.sufficient }
  }

  #take (given: ProxyAnswer, failure: AnswerFailure | null): void {
    this.#answers.push(given)
    const { mspId, answer: { body: { wrapHashes } } } = given
    if (failure === null) {
      for (const hash of wrapHashes) this.#good.set(hash, (this.#good.get(hash) ?? new Set()).add(mspId))
      return
    }
    const records = this.#collection.records.filter(({ wrapHash }) => wrapHashes.includes(wrapHash)).map((record) => nameOf<N>(record))
    this.#failures.push({ mspId, code: failure, detail: `its answer for ${records.length} of ${this.#collection.records.length} records is false`, records })
  }

  /* What it refuses is refused with a code of its own; what it passes over in silence is missing. */
  #reportMissing (mspId: string, answers: readonly SignedAnswer[], refused: Reencrypted<N>['refused']): void {
    const answered = new Set(answers.flatMap(({ body }) => body.wrapHashes))
    const missing = this.#collection.records.filter(({ wrapHash }) => !answered.has(wrapHash))
    const silent: N[] = []
    for (const name of missing.map((record) => nameOf<N>(record))) {
      const said = refused.find(({ code: _code, detail: _detail, ...of }) => isDeepStrictEqual(of, name))
      if (said === undefined) silent.push(name)
      else this.#failures.push({ mspId, code: said.code, detail: said.detail, records: [name] })
    }
    if (silent.length === 0) return
    const detail = `it answered for ${this.#collection.records.length - missing.length} of ${this.#collection.records.length} records`
    this.#failures.push({ mspId, code: 'ANSWER_MISSING', detail, records: silent })
  }
}

/**
 * One answer for each compartment, up to as many wraps as were asked for, at least the first: an honest proxy gives no more. Judging what
 * else one sends would keep this gateway, and the reader, from judging the others.
 */
function takeDue (
  answers: readonly SignedAnswer[], { compartments, records: { length: asked } }: Pick<Collection<object>, 'compartments' | 'records'>
): SignedAnswer[] {
  let wraps = 0
  return answers.slice(0, compartments).filter(({ body }, index) => {
    wraps += body.wrapHashes.length
    return index === 0 || wraps <= asked
  })
}

/** The name of a wrap without its hash. */
export function nameOf<N extends Name> ({ wrapHash: _wrapHash, ...name }: N & { wrapHash: string }): N {
  return name as unknown as N
}
