import { isContentOf, statementId } from '@epione/crypto'
import { FOLLOW_WAIT_MAX_MS, READERS } from '@epione/protocol/api'
import type { FollowedWindow } from '@epione/protocol/api'
import type { Window } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { pause } from '@epione/host'
import { GatewayError } from '../errors.ts'
import { proveFollowedWindow } from '../proxy/verify-followed.ts'
import type { FollowedStream } from '../proxy/verify-followed.ts'
import { pageOf } from './windows.ts'

/** How long (ms) windows wait for those before them, which may come from another hospital, and how often those are asked for. */
const [LATE_MS, LATE_EVERY_MS] = [10_000, 500]

/** How often (ms) windows are looked for that another gateway of the hospital may have stored. */
const ELSEWHERE_EVERY_MS = 250

type App = Pick<FastifyInstance, 'store' | 'windows' | 'peers' | 'log' | 'networkId'>

/** Windows that a stream's device brought here above a number, in order; the first of them is awaited for a while. */
export async function waitForWindows (
  { store: { db, kind }, windows }: Pick<App, 'store' | 'windows'>,
  { stream, after, waitMs }: { stream: string, after: number, waitMs: number },
  signal: AbortSignal
): Promise<FollowedWindow[]> {
  const span = { stream, first: after + 1, last: Number.MAX_SAFE_INTEGER }
  const stored = Promise.withResolvers<undefined>()
  const stop = windows.onStored((news) => {
    if (news.stream === stream && news.number > after) stored.resolve(undefined)
  })
  try {
    const { items } = await pageOf(db, span)
    if (items.length > 0 || waitMs === 0) return items
    if (kind === 'sqlite') {
      await Promise.race([stored.promise, pause(waitMs, signal)])
      return (await pageOf(db, span)).items
    }
    // Another gateway of the hospital may take the next one, and tells this process nothing.
    for (const until = performance.now() + waitMs; ;) {
      await Promise.race([stored.promise, pause(ELSEWHERE_EVERY_MS, signal)])
      const found = (await pageOf(db, span)).items
      if (found.length > 0 || signal.aborted || performance.now() >= until) return found
    }
  } finally {
    stop()
  }
}

/** Where new windows of a followed stream come from: the own store, and other hospitals to which its device brings them. */
export class WindowSources {
  readonly #app: App
  readonly #permit: { eventId: string, stream: FollowedStream }
  /** Hospitals that are waited for: where the stream's last segment was registered, and whoever gave windows. */
  readonly #known: Set<string>
  /** The last window that was given, or passed over. */
  #last: { number: number, id: string } | undefined

  constructor (app: App, permit: { eventId: string, stream: FollowedStream }) {
    this.#app = app
    this.#permit = permit
    this.#known = new Set([permit.stream.origin])
  }

  /**
   * Windows above a number in order, as soon as there are some; none when none came for a while. Those of the permit's epoch come alone;
   * those of one before it are none of the permit's. Where a window names one before it that has not come, that is waited for: what is
   * passed over is never given.
   */
  async next (after: number, signal: AbortSignal): Promise<FollowedWindow[]> {
    const until = performance.now() + LATE_MS
    for (;;) {
      const from = Math.max(after, this.#last?.number ?? 0)
      const found = this.#passFormer(await this.#round(from, signal))
      const isWhole = found[0] === undefined || this.#follows(found[0], Math.max(from, this.#last?.number ?? 0))
      if (isWhole || signal.aborted || performance.now() > until) return this.#ofOneEpoch(found)
      await pause(LATE_EVERY_MS, signal)
    }
  }

  /** Without the windows of a former epoch that stand before all others: who asks to follow after a rotation has those by their segment. */
  #passFormer (found: readonly FollowedWindow[]): readonly FollowedWindow[] {
    const at = found.findIndex((window) => epochOf(window) >= this.#permit.stream.event.epoch)
    const former = at === -1 ? found : found.slice(0, at)
    this.#note(former)
    return found.slice(former.length)
  }

  /** Whether its device knows no window between this one and a number. */
  #follows ({ number, statement }: FollowedWindow, after: number): boolean {
    if (number === after + 1) return true
    const { previous } = JSON.parse(statement.body) as Window
    return this.#last?.number === after && this.#last.id === previous
  }

  #ofOneEpoch (found: readonly FollowedWindow[]): FollowedWindow[] {
    const [first] = found
    const other = found.findIndex((window) => first !== undefined && epochOf(window) !== epochOf(first))
    const windows = found.slice(0, other === -1 ? found.length : other)
    this.#note(windows)
    return windows
  }

  #note (windows: readonly FollowedWindow[]): void {
    const last = windows.at(-1)
    if (last !== undefined) this.#last = { number: last.number, id: statementId(last.statement.body) }
  }

  /** What all sources have above a number, in order, as soon as the next one is there or all have answered. */
  async #round (after: number, signal: AbortSignal): Promise<FollowedWindow[]> {
    const round = new AbortController()
    const both = AbortSignal.any([signal, round.signal])
    const found = new Map<number, FollowedWindow>()
    const due = Promise.withResolvers<undefined>()
    let asking: NodeJS.Timeout | undefined
    const take = (windows: readonly FollowedWindow[]): void => {
      for (const window of windows) found.set(window.number, window)
      if (found.has(after + 1)) due.resolve(undefined)
      // Another source may wait for what this one has passed.
      else if (found.size > 0) asking ??= setTimeout(() => { due.resolve(undefined) }, LATE_EVERY_MS)
    }
    const { stream: { event: { stream } } } = this.#permit
    const asked = [
      waitForWindows(this.#app, { stream, after, waitMs: FOLLOW_WAIT_MAX_MS }, both).then(take),
      ...this.#app.peers.others().map(async (mspId) => { take(await this.#ask(mspId, after, both)) })
    ]
    try {
      await Promise.race([due.promise, Promise.all(asked)])
    } finally {
      clearTimeout(asking)
      round.abort()
      // What still comes is asked for again, after what was taken.
      for (const one of asked) one.catch(() => undefined)
    }
    return [...found.values()].filter(({ number }) => number > after).sort((a, b) => a.number - b.number)
  }

  /** Whoever says nothing, or something false, has no windows. */
  async #ask (mspId: string, after: number, signal: AbortSignal): Promise<FollowedWindow[]> {
    const { peers, log } = this.#app
    const { eventId } = this.#permit
    try {
      const waitMs = this.#known.has(mspId) ? FOLLOW_WAIT_MAX_MS : 0
      const { windows } = await peers.of(mspId).call(READERS.listFollowed, { body: { eventId, after, waitMs } }, signal)
      this.#requireTrue(windows)
      if (windows.length > 0) this.#known.add(mspId)
      return windows
    } catch (error) {
      if (signal.aborted) return []
      if (error instanceof GatewayError && error.code === 'WRAP_UNKNOWN') {
        peers.doubt(mspId)
        log.warn({ err: error, mspId, eventId }, 'a hospital gives windows that are none of the followed stream')
      } else log.debug({ err: error, mspId, eventId }, 'a hospital gives no windows of a followed stream')
      return []
    }
  }

  /**
   * Of whatever epoch: one for a newer key ends following, which only their device says.
   * @throws {GatewayError} WRAP_UNKNOWN for windows, wraps or contents that the device did not sign for
   */
  #requireTrue (windows: readonly FollowedWindow[]): void {
    const isTrue = windows.every((window) => {
      const { body: { number, contentHash } } = proveFollowedWindow(this.#permit.stream, this.#app.networkId, window)
      return number === window.number && isContentOf(Buffer.from(window.ciphertext, 'base64'), contentHash)
    })
    if (!isTrue) throw new GatewayError('WRAP_UNKNOWN', 'a window has another number or content than its device signed for')
  }
}

const epochOf = ({ statement }: FollowedWindow): number => (JSON.parse(statement.body) as Window).epoch
