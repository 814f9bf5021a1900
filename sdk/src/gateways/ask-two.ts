import { ClientError, isClientError, messageOf } from '../errors.ts'
import type { GatewayApi } from './gateway-api.ts'

/** Time in ms after which another hospital is asked beside one that has not answered. */
const PATIENCE_MS = 2_000

export interface Answered<T> { gateway: GatewayApi, value: T }

/** Why a hospital has not answered. */
export interface Silent { mspId: string, problem: string }
export interface TwoAnswers<T> { answers: Array<Answered<T>>, silent: Silent[] }

type Outcome<T> = Answered<T> | { gateway: GatewayApi, error: unknown }
interface Asking<T> {
  waiting: GatewayApi[]
  pending: Map<GatewayApi, Promise<Outcome<T>>>
  slow: Set<GatewayApi>
  outcomes: Array<Outcome<T>>
}

/**
 * Answers of the first two organisations that give one, asked at once; of one when no second does. A hospital that cannot be reached, or
 * lets wait, is followed by the next, and hides nobody's answer: what comes first counts. Answers stand in the order of `gateways`.
 * @throws what a gateway refuses with, the first's before the second's; {ClientError} UNAVAILABLE naming all when none can be reached
 */
export async function askFirstTwo<T> (
  gateways: readonly GatewayApi[],
  ask: (gateway: GatewayApi) => Promise<T>,
  patienceMs = PATIENCE_MS
): Promise<TwoAnswers<T>> {
  const asking: Asking<T> = { waiting: [...gateways], pending: new Map(), slow: new Set(), outcomes: [] }
  while (!isDone(asking)) {
    askMore(asking, ask)
    if (asking.pending.size === 0) break
    const outcome = await raceWithin(patienceMs, asking.pending.values())
    if (outcome !== undefined) {
      asking.pending.delete(outcome.gateway)
      asking.outcomes.push(outcome)
    } else if (refusals(asking.outcomes).length > 0) break
    else for (const gateway of asking.pending.keys()) asking.slow.add(gateway)
  }
  return conclude(asking.outcomes.sort((a, b) => gateways.indexOf(a.gateway) - gateways.indexOf(b.gateway)))
}

/** Two answers are enough, and a refusal is told as soon as who was asked with it has had time to answer, too. */
function isDone<T> ({ outcomes, pending }: Asking<T>): boolean {
  return answersOf(outcomes).length === 2 || (refusals(outcomes).length > 0 && pending.size === 0)
}

/** Asks as many more as are missing to two, each of an organisation of its own; those that let wait do not count. */
function askMore<T> ({ waiting, pending, slow, outcomes }: Asking<T>, ask: (gateway: GatewayApi) => Promise<T>): void {
  if (refusals(outcomes).length > 0) return
  const answered = new Set(answersOf(outcomes).map(({ gateway }) => gateway.info.mspId))
  for (const gateway of [...waiting]) {
    const asked = [...pending.keys()]
    if (answered.size + asked.filter((other) => !slow.has(other)).length >= 2) return
    const { mspId } = gateway.info
    if (answered.has(mspId) || asked.some(({ info }) => info.mspId === mspId)) continue
    waiting.splice(waiting.indexOf(gateway), 1)
    pending.set(gateway, ask(gateway).then((value) => ({ gateway, value }), (error: unknown) => ({ gateway, error })))
  }
}

/** The first to come, or `undefined` when the time is over before. */
async function raceWithin<T> (ms: number, pending: Iterable<Promise<T>>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<undefined>((resolve) => { timer = setTimeout(resolve, ms, undefined) })
  try {
    return await Promise.race([...pending, patience])
  } finally {
    clearTimeout(timer)
  }
}

function conclude<T> (outcomes: ReadonlyArray<Outcome<T>>): TwoAnswers<T> {
  const [refused, answers] = [refusals(outcomes), answersOf(outcomes)]
  if (refused.length > 0 && answers.length < 2) throw refused[0]
  const failures = outcomes.flatMap((outcome) => 'error' in outcome ? [outcome] : [])
  const silent = failures.map(({ gateway, error }) => ({ mspId: gateway.info.mspId, problem: messageOf(error) }))
  if (answers.length === 0) throw noneReached(failures[0]?.error, silent)
  return { answers, silent }
}

function answersOf<T> (outcomes: ReadonlyArray<Outcome<T>>): Array<Answered<T>> {
  return outcomes.flatMap((outcome) => 'error' in outcome ? [] : [outcome])
}

/** What is more than silence. */
function refusals<T> (outcomes: ReadonlyArray<Outcome<T>>): unknown[] {
  return outcomes.flatMap((outcome) => 'error' in outcome && !isClientError(outcome.error, 'UNAVAILABLE') ? [outcome.error] : [])
}

function noneReached (first: unknown, silent: Silent[]): unknown {
  if (silent.length < 2) return first ?? new ClientError('UNAVAILABLE', 'There is no gateway to ask.')
  const details = isClientError(first) ? first.details : {}
  return new ClientError('UNAVAILABLE', `No hospital answers. ${describeSilent(silent)}`, { ...details, silent }, { cause: first })
}

export function describeSilent (silent: readonly Silent[]): string {
  return silent.map(({ mspId, problem }) => `${mspId}: ${problem}`).join(' ')
}
