import { setTimeout as delay } from 'node:timers/promises'
import type { FollowedWindows, FollowEnd } from '@epione/protocol/api'
import { GatewayError } from '../errors.ts'
import { isFinal } from '../proxy/final-codes.ts'

/** Pause (ms) before windows that proxies did not release are asked for again. */
const RETRY_MS = 2_000
/**
 * How long (ms) windows may be kept back before following ends: a peer that was cut off shows fresh blocks again within less, or its proxy
 * has nothing to say for good.
 */
export const WITHHELD_MAX_MS = 120_000

/** What of a window the loop needs. */
interface Numbered { number: number }

/** What came of asking the proxies for windows. */
export interface Released {
  answers: FollowedWindows['answers']
  failures: FollowedWindows['failures']
  /** Each window has good answers of enough proxies. */
  sufficient: boolean
  /** Why there will not be enough, whatever comes: so many proxies say that the permit would not be given any more. */
  refusal?: { code: string, detail: string }
}

export interface Following<W extends Numbered> {
  /** This gateway's organisation. */
  mspId: string
  /** The last number that the reader has. */
  after: number
  /** When the permit is over (ms, by `clock`). */
  expiresAt: number
  clock: () => number
  /** Windows above a number in order, as soon as there are some; none when it has waited long enough. */
  next: (after: number, signal: AbortSignal) => Promise<readonly W[]>
  /** Has the proxies re-encrypt them. @throws {GatewayError} when the permit is none any more */
  release: (windows: readonly W[]) => Promise<Released>
  /** Ends following: the reader has gone, or the gateway closes. */
  signal: AbortSignal
}

/** What a reader is told, in order: windows with the proxies' answers, and at last how it ended. */
export type Told<W> =
  | { kind: 'windows', windows: readonly W[], answers: Released['answers'], failures: Released['failures'] }
  /** Windows are here that proxies do not release now; said once until some are. */
  | { kind: 'withheld', code: string, detail: string }
  | { kind: 'end' } & FollowEnd

/**
 * Follows a stream: each window once, in order, as it is stored. What is not released now is asked for again, until it is, the permit ends,
 * or the reader goes.
 */
export async function * follow<W extends Numbered> (following: Following<W>): AsyncGenerator<Told<W>, void, void> {
  const { clock, expiresAt, signal } = following
  let { after } = following
  const over = AbortSignal.any([signal, AbortSignal.timeout(Math.max(0, expiresAt - clock()))])
  try {
    while (!over.aborted && clock() <= expiresAt) {
      const windows = (await following.next(after, over)).filter(({ number }) => number > after)
      if (windows.length === 0) continue
      const end = yield * releaseAll(following, windows, over)
      if (end !== undefined) {
        yield { kind: 'end', ...end }
        return
      }
      after = windows.at(-1)?.number ?? after
    }
  } catch (error) {
    if (!over.aborted) throw error
  }
  yield { kind: 'end', ...(signal.aborted ? GONE : EXPIRED) }
}

const EXPIRED: FollowEnd = { end: 'expired', code: 'PERMIT_EXPIRED', detail: 'the permit to follow is over: send a new access request' }
const GONE: FollowEnd = { end: 'ended', code: 'NOT_READY', detail: 'this gateway ends following: connect again with ?after=' }

/** Asks until the windows are released; how following ended when they never will be. */
async function * releaseAll<W extends Numbered> (
  { clock, expiresAt, release, mspId }: Following<W>,
  windows: readonly W[],
  over: AbortSignal
): AsyncGenerator<Told<W>, FollowEnd | undefined, void> {
  const since = clock()
  let isTold = false
  while (!over.aborted && clock() <= expiresAt) {
    const released = await release(windows).catch((error: unknown) => refusedBy(error, mspId))
    if (released.refusal !== undefined) return { end: 'refused', ...released.refusal }
    if (released.sufficient) {
      const { answers, failures } = released
      yield { kind: 'windows', windows, answers, failures }
      return undefined
    }
    const [first] = released.failures
    const { code, detail } = first ?? { code: 'PROXIES_INSUFFICIENT', detail: 'too few proxies answered' }
    if (clock() - since > WITHHELD_MAX_MS) return { end: 'refused', code, detail }
    if (!isTold) yield { kind: 'withheld', code, detail }
    isTold = true
    await delay(RETRY_MS, undefined, { signal: over }).catch((error: unknown) => { if (!over.aborted) throw error })
  }
  return undefined
}

/** What this gateway itself refuses: for good, or for now. */
function refusedBy (error: unknown, mspId: string): Released {
  if (!(error instanceof GatewayError)) throw error
  const { code, message: detail } = error
  const refusal = { code, detail }
  return { answers: [], failures: [{ mspId, ...refusal }], sufficient: false, ...(isFinal(code) && { refusal }) }
}
