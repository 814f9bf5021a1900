import type { AnswerFailure } from '@epione/crypto'
import type { SignedAnswer } from '@epione/protocol'

/** One proxy's answer for one record version. */
export interface ProxyAnswer { mspId: string, recordId: string, version: number, answer: SignedAnswer }

/** A proxy that gave nothing, or something false: `code` is a problem code, PROXY_SILENT or an `AnswerFailure`. */
export interface ProxyFailure { mspId: string, code: string, detail: string }

export interface Collected {
  /** Everything that came in time, false answers too: the client is the judge. */
  answers: ProxyAnswer[]
  failures: ProxyFailure[]
  /** True when every record has `threshold` good answers of different proxies. */
  sufficient: boolean
}

export interface Collection {
  proxies: readonly string[]
  records: readonly { recordId: string, version: number }[]
  threshold: number
  /** Asks one proxy; rejects with what is to be reported of it. */
  ask: (mspId: string, signal: AbortSignal) => Promise<Omit<ProxyAnswer, 'mspId'>[]>
  /** Null for a good answer. */
  check: (answer: ProxyAnswer) => Promise<AnswerFailure | null>
  describe: (mspId: string, error: unknown) => ProxyFailure
  /** How long (ms) the others may still answer after enough have. */
  graceMs: number
  /** How long (ms) any may take. */
  deadlineMs: number
}

/**
 * Asks every proxy at once and returns when all have answered, `graceMs` after every record has enough good answers,
 * or at the deadline; who has not answered by then is reported as silent and its request is given up.
 */
export async function collectAnswers (collection: Collection): Promise<Collected> {
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

class CollectionState {
  readonly #collection: Collection
  readonly #answers: ProxyAnswer[] = []
  readonly #failures: ProxyFailure[] = []
  readonly #pending: Set<string>
  readonly #good = new Map<string, Set<string>>()
  #closed = false

  constructor (collection: Collection) {
    this.#collection = collection
    this.#pending = new Set(collection.proxies)
  }

  get sufficient (): boolean {
    return this.#collection.records.every((record) => (this.#good.get(nameOf(record))?.size ?? 0) >= this.#collection.threshold)
  }

  /** Never rejects: a proxy that fails is a failure of the collection's result, not of the collection. */
  async askOne (mspId: string, signal: AbortSignal): Promise<void> {
    try {
      const answers = (await this.#collection.ask(mspId, signal)).map((answer) => ({ mspId, ...answer }))
      const checked = await Promise.all(answers.map(async (answer) => ({ answer, failure: await this.#collection.check(answer) })))
      if (this.#closed) return
      checked.forEach(({ answer, failure }) => { this.#take(answer, failure) })
      this.#reportMissing(mspId, answers)
    } catch (error) {
      if (this.#closed) return
      this.#failures.push(this.#collection.describe(mspId, error))
    }
    this.#pending.delete(mspId)
  }

  close (): Collected {
    this.#closed = true
    const silent = [...this.#pending].map((mspId) => ({ mspId, code: 'PROXY_SILENT', detail: 'it did not answer in time' }))
    return { answers: this.#answers, failures: [...this.#failures, ...silent], sufficient: this.sufficient }
  }

  #take (answer: ProxyAnswer, failure: AnswerFailure | null): void {
    this.#answers.push(answer)
    if (failure === null) {
      const good = this.#good.get(nameOf(answer)) ?? new Set()
      this.#good.set(nameOf(answer), good.add(answer.mspId))
    } else {
      this.#failures.push({
        mspId: answer.mspId,
        code: failure,
        detail: `its answer for record ${answer.recordId} version ${answer.version} is false`
      })
    }
  }

  #reportMissing (mspId: string, answers: readonly ProxyAnswer[]): void {
    const missing = this.#collection.records.filter((record) => !answers.some((answer) => nameOf(answer) === nameOf(record)))
    if (missing.length === 0) return
    this.#failures.push({
      mspId,
      code: 'ANSWER_MISSING',
      detail: `it answered for ${answers.length} of ${this.#collection.records.length} records`
    })
  }
}

function nameOf ({ recordId, version }: { recordId: string, version: number }): string {
  return `${recordId}/${version}`
}
