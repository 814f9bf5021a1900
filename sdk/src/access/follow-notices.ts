import { canonicalize } from '@epione/crypto'
import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import { messageOf } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { isAfter, tellNotices } from './notices.ts'
import type { Alive, Notice, NoticesWanted, NoticeWarning, Told } from './notices.ts'
import { pause } from '../gateways/pause.ts'
import { MissingParts } from './missing-parts.ts'

/** More differences than anybody reads. */
const UNCONFIRMED_MAX = 1_000

/** Gateways say `alive` at least every ten seconds; how long (ms) one may not, before it is named. */
const ALIVE_WITHIN_MS = 45_000

interface Pulled { source: Source, result: IteratorResult<Told, void> | { error: unknown } }
/** `aliveAt`: when (ms, monotonic) it last said that it told everything, or was last named for not doing so. */
interface Source { gateway: GatewayApi, told: AsyncGenerator<Told, void, void>, next: Promise<Pulled>, aliveAt: number }
interface Waiting { notice: Notice, from: string }

/**
 * Notices as they come, each once: to staff by their own hospital; to a patient by two hospitals, with a warning for a notice of which one
 * said that it had told everything up to there and had not told it, or that the two tell otherwise, and for a hospital that cannot be
 * reached, does not know the newest of the ledger, or never says that it told everything. Ends with the signal.
 * @throws what `tellNotices` throws of the own hospital
 */
export async function * followNotices (
  context: PatientContext | PractitionerContext | TokenContext, wanted: NoticesWanted
): AsyncGenerator<Notice | Alive | NoticeWarning, void, void> {
  const { own } = context.gateways
  const stop = new AbortController()
  const signal = AbortSignal.any([wanted.signal, stop.signal])
  const sources = tellersOf(context).map((gateway) => begin(context, gateway, { ...wanted, signal }))
  const judge = new TwoTellers(sources.length < 2, wanted.after)
  const missing = new MissingParts()
  const said = new Set<string>()
  const { aliveWithinMs = ALIVE_WITHIN_MS } = wanted
  try {
    while (sources.length > 0) {
      const pulled = await nextOf(sources, aliveWithinMs, signal)
      if (pulled === undefined) {
        for (const warning of nameUnproven(sources, aliveWithinMs)) yield * judge.take(warning.mspId, warning)
        continue
      }
      const { source, result } = pulled
      if ('error' in result || result.done === true) {
        sources.splice(sources.indexOf(source), 1)
        if (!('error' in result)) continue
        if (source.gateway === own) throw result.error
        judge.goOnAlone()
        const { mspId } = source.gateway.info
        yield { kind: 'warning', mspId, text: `Only ${own.info.mspId} tells notices: one that it hides is not seen. ${messageOf(result.error)}` }
        continue
      }
      source.next = pull(source)
      const told = result.value
      if (isNamed(told)) source.aliveAt = performance.now()
      yield * judge.take(source.gateway.info.mspId, told)
      if (told.kind === 'alive') yield * nameMissing(missing, source.gateway, told, said)
    }
  } finally {
    stop.abort()
    await Promise.allSettled(sources.map(({ next }) => next))
  }
}

/** The own hospital; and for a patient another one, which tells what the own one hides. */
function tellersOf ({ role, gateways: { own, all } }: PatientContext | PractitionerContext | TokenContext): GatewayApi[] {
  const second = role === 'patient' ? all.find(({ info }) => info.mspId !== own.info.mspId) : undefined
  return second === undefined ? [own] : [own, second]
}

function begin (context: PatientContext | PractitionerContext | TokenContext, gateway: GatewayApi, wanted: NoticesWanted): Source {
  const source = { gateway, told: tellNotices(context, gateway, wanted), aliveAt: performance.now() } as Source
  source.next = pull(source)
  return source
}

/** Whoever says that it told everything, or is named by a warning of its own, need not be named for its silence. */
function isNamed ({ kind }: Told): boolean {
  return kind === 'alive' || kind === 'warning'
}

/** Warns of what a gateway says that it lacks, each once. */
function * nameMissing (missing: MissingParts, gateway: GatewayApi, told: Alive, said: Set<string>): Generator<NoticeWarning, void, void> {
  missing.note(gateway, told)
  for (const text of missing.warnings) {
    if (said.has(text)) continue
    said.add(text)
    yield { kind: 'warning', mspId: gateway.info.mspId, text }
  }
}

/** What is told next by any; undefined when it is time to look who has not said that it told everything. */
async function nextOf (sources: readonly Source[], withinMs: number, signal: AbortSignal): Promise<Pulled | undefined> {
  const oldest = Math.min(...sources.map(({ aliveAt }) => aliveAt))
  const looked = new AbortController()
  const look = pause(Math.max(1, oldest + withinMs - performance.now()), AbortSignal.any([signal, looked.signal])).then(() => undefined)
  try {
    // Once it is over, the sources end, and say so.
    return await Promise.race([...sources.map(({ next }) => next), ...signal.aborted ? [] : [look]])
  } finally {
    looked.abort()
    await look
  }
}

/** Names those who have not said for too long that they told everything, each once for that time. */
function * nameUnproven (sources: readonly Source[], withinMs: number): Generator<NoticeWarning, void, void> {
  const now = performance.now()
  for (const source of sources.filter(({ aliveAt }) => now - aliveAt >= withinMs)) {
    source.aliveAt = now
    const { mspId } = source.gateway.info
    const seconds = String(Math.round(withinMs / 1_000))
    yield { kind: 'warning', mspId, text: `${mspId} has not said for ${seconds} s that it told everything: what it keeps back is not seen by it.` }
  }
}

/** What it tells next, or why it tells no more: it fails where it is looked at. */
async function pull (source: Source): Promise<Pulled> {
  return { source, result: await source.told.next().catch((error: unknown) => ({ error })) }
}

/** Tells what one or two gateways tell once, and what one of two leaves out. */
class TwoTellers {
  #isAlone: boolean
  /** By place: what one told and the other has not. */
  readonly #waiting = new Map<string, Waiting>()
  /** How far each gateway says that it told everything. */
  readonly #through = new Map<string, string>()
  /** Who cannot be waited for, since a warning names why. */
  readonly #excused = new Set<string>()
  /** Where each began, unless both were asked for the same: one that begins later was not asked for what is before. */
  readonly #begun = new Map<string, string>()
  readonly #after: string | undefined

  constructor (isAlone: boolean, after: string | undefined) {
    this.#isAlone = isAlone
    this.#after = after
  }

  goOnAlone (): void {
    this.#isAlone = true
    this.#waiting.clear()
    this.#through.clear()
  }

  * take (mspId: string, told: Told): Generator<Notice | Alive | NoticeWarning, void, void> {
    if (told.kind === 'warning') {
      this.#excused.add(mspId)
      yield told
      return
    }
    if (!this.#begun.has(mspId)) this.#begun.set(mspId, this.#after ?? told.place)
    if (told.kind === 'alive') {
      this.#through.set(mspId, told.place)
      this.#excused.delete(mspId)
      yield * this.#leftOut()
      if (this.#isThrough(told.place)) yield told
      return
    }
    const known = this.#waiting.get(told.place)
    if (known === undefined) {
      yield told
      if (!this.#isAlone) this.#wait(told, mspId)
      return
    }
    this.#waiting.delete(told.place)
    if (canonicalize(bodyOf(known.notice)) !== canonicalize(bodyOf(told))) {
      yield { kind: 'warning', mspId, text: `${nameOf(told)} is told otherwise by ${mspId} than by ${known.from}.` }
    }
  }

  /** Whoever begins there the next time leaves nothing out, though one of two says a place that the ledger has not reached. */
  #isThrough (place: string): boolean {
    if (this.#isAlone) return true
    const known = new Set([...this.#through.keys(), ...this.#excused])
    return known.size > 1 && [...this.#through.values()].every((other) => !isAfter(place, other))
  }

  #wait (notice: Notice, from: string): void {
    this.#waiting.set(notice.place, { notice, from })
    const [first] = this.#waiting.keys()
    if (this.#waiting.size > UNCONFIRMED_MAX && first !== undefined) this.#waiting.delete(first)
  }

  * #leftOut (): Generator<NoticeWarning, void, void> {
    for (const [place, { notice, from }] of this.#waiting) {
      for (const [mspId, through] of this.#through) {
        if (mspId === from || isAfter(place, through)) continue
        this.#waiting.delete(place)
        // What came before a gateway was asked it was not asked for.
        if (isAfter(this.#begun.get(mspId) ?? place, place)) continue
        yield { kind: 'warning', mspId, text: `${nameOf(notice)} is told by ${from} alone.` }
      }
    }
  }
}

function bodyOf (notice: Notice): unknown {
  if (notice.kind === 'consent') {
    // When it became active, and its end, come later.
    const { activeFrom: _active, ended: _ended, ...said } = notice.change
    return said
  }
  return notice.kind === 'access' ? notice.event : notice.change
}

function nameOf (notice: Notice): string {
  return notice.kind === 'access' ? `Event ${notice.event.eventId}` : `Change ${notice.change.statementId}`
}
