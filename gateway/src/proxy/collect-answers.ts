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
  /** Each by its name, with the hash of its wrap. */
  records: ReadonlyArray<N & { wrapHash: string }>
  threshold: number
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
 * Asks every proxy at once and returns when all have answered, `graceMs` after every record has enough good answers,
 * or at the deadline; who has not answered by then is reported as silent and its request is given up.
 */
export async function collectAnswers<N extends Name> (collection: Collection<N>): Promise<Collected<N>> {
  const state = new CollectionState(collection)
  const giveUp = new AbortController()
  const grace = Promise.withResolvers<undefined>()
  const timers = [setTimeout(() => { grace.resolve(undefined) }, collection.deadlineMs)]
  const asked = collection.proxies.map(async (mspId) => {
    await state.askOne(mspId, giveUp.signal)
    if (state.sufficient) timers.push(setTimeout(() => { grace.resolve(undefined) }, collection.graceMs))
  })
  try {
    await Promise.race([Promise.all(asked), grace.promise])
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
    this.#pending = new Set(collection.proxies)
  }

  get sufficient (): boolean {
    return this.#collection.records.every(({ wrapHash }) => (this.#good.get(wrapHash)?.size ?? 0) >= this.#collection.threshold)
  }

  /** Never rejects: a proxy that fails is a failure of the collection's result, not of the collection. */
  async askOne (mspId: string, signal: AbortSignal): Promise<void> {
    try {
      const { answers: given, refused } = await this.#collection.ask(mspId, signal)
      const answers = takeDue(given, this.#collection.records.length)
      const checked = await Promise.all(answers.map(async (answer) =>
        ({ answer, failure: await this.#collection.check({ mspId, answer }) })))
      if (this.#closed) return
      checked.forEach(({ answer, failure }) => { this.#take({ mspId, answer }, failure) })
      if (answers.length < given.length) this.#failures.push({ mspId, code: 'ANSWERS_TOO_MANY', detail: 'it answered more than it was asked' })
      this.#reportMissing(mspId, answers, refused)
    } catch (error) {
      if (this.#closed) return
      this.#failures.push(this.#collection.describe(mspId, error))
    }
    this.#pending.delete(mspId)
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
 * The answers up to as many wraps as were asked for, at least the first: each is of one compartment, so that an honest proxy gives no more.
 * Judging what else one sends would keep this gateway from judging the others.
 */
function takeDue (answers: readonly SignedAnswer[], asked: number): SignedAnswer[] {
  let wraps = 0
  return answers.filter(({ body }, index) => {
    wraps += body.wrapHashes.length
    return index === 0 || wraps <= asked
  })
}

/** The name of a wrap without its hash. */
export function nameOf<N extends Name> ({ wrapHash: _wrapHash, ...name }: N & { wrapHash: string }): N {
  return name as unknown as N
}
