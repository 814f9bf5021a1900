/** Medians of one comparison: microseconds per call of each side, and how many times faster ours is. */
export interface Comparison {
  readonly oursUs: number
  readonly theirsUs: number
  readonly ratio: number
}

/** One call of each side; `perCall` says how many results one call of ours gives, 1 by default. */
export interface Contest {
  readonly ours: () => unknown
  readonly theirs: () => unknown
  readonly perCall?: number
}

const WINDOW_US = 25_000
const WARM_UP_CALLS = 20

export function median (values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[sorted.length >> 1] ?? NaN
}

/**
 * Runs both sides in turn, each for a window of about 25 ms, and takes the median of what the neighbours in time
 * say: a busy machine slows both sides of a pair.
 */
export async function compare ({ ours, theirs, perCall = 1 }: Contest, rounds: number): Promise<Comparison> {
  const calls = { ours: await callsPerWindow(ours), theirs: await callsPerWindow(theirs) }
  const samples: { oursUs: number, theirsUs: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const oursUs = await timePerCall(ours, calls.ours) / perCall
    samples.push({ oursUs, theirsUs: await timePerCall(theirs, calls.theirs) })
  }
  return {
    oursUs: median(samples.map(({ oursUs }) => oursUs)),
    theirsUs: median(samples.map(({ theirsUs }) => theirsUs)),
    ratio: median(samples.map(({ oursUs, theirsUs }) => theirsUs / oursUs))
  }
}

async function callsPerWindow (action: () => unknown): Promise<number> {
  await timePerCall(action, 2)
  const first = await timePerCall(action, 1)
  if (first < WINDOW_US / WARM_UP_CALLS) await timePerCall(action, WARM_UP_CALLS)
  return Math.max(1, Math.round(WINDOW_US / await timePerCall(action, 3)))
}

/** Microseconds per call; a call that gives a promise is awaited. */
async function timePerCall (action: () => unknown, calls: number): Promise<number> {
  const start = process.hrtime.bigint()
  for (let call = 0; call < calls; call++) {
    const result = action()
    if (result instanceof Promise) await result
  }
  return Number(process.hrtime.bigint() - start) / 1000 / calls
}
