import { setTimeout as delay } from 'node:timers/promises'

export interface OfferOptions {
  /** Time (ms) after which the next hospital is offered it, too. */
  patienceMs: number
  /** Time (ms) after which a hospital that has not taken it is left. */
  limitMs: number
  /** A hospital failed, or lets wait for longer than patience lasts (`error` is undefined then). */
  onTrouble: (mspId: string, error?: unknown) => void
}

/**
 * Offers something to hospitals in turn and returns the first that takes it: one that fails is followed by the next at once, one
 * that lets wait soon, so that it delays nothing for long. The others are left once one took it.
 * @throws {AggregateError} of what each said, when none takes it
 */
export async function firstTaker (
  mspIds: readonly string[],
  put: (mspId: string, signal: AbortSignal) => Promise<void>,
  { patienceMs, limitMs, onTrouble }: OfferOptions
): Promise<string> {
  const taken = new AbortController()
  const offers: Promise<string>[] = []
  const causes: unknown[] = []
  const offer = async (mspId: string): Promise<string> => {
    try {
      await put(mspId, AbortSignal.any([taken.signal, AbortSignal.timeout(limitMs)]))
      return mspId
    } catch (error) {
      causes.push(error)
      if (!taken.signal.aborted) onTrouble(mspId, error)
      throw error
    }
  }
  try {
    for (const mspId of mspIds) {
      const current = offer(mspId)
      offers.push(current)
      // Of those offered so far the first to take it, or undefined when this one failed or patience is over.
      const first = await Promise.race([Promise.any(offers).catch(() => undefined), failureOf(current), patience(patienceMs, taken.signal)])
      if (first !== undefined && first !== SLOW) return first
      if (first === SLOW) onTrouble(mspId)
    }
    return await Promise.any(offers)
  } catch {
    throw new AggregateError(causes, 'no hospital took it')
  } finally {
    taken.abort()
    await Promise.allSettled(offers)
  }
}

const SLOW = Symbol('slow')

/** Resolves when the offer failed; never when it was taken. */
function failureOf (offer: Promise<string>): Promise<undefined> {
  return new Promise((resolve) => { offer.catch(() => { resolve(undefined) }) })
}

async function patience (ms: number, signal: AbortSignal): Promise<typeof SLOW> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
  return SLOW
}
