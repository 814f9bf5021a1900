import { endOf } from '@epione/protocol/streams'
import type { Series } from '@epione/protocol/streams'
import { analyseHeart, KINDS, sameKind, SignalError } from '@epione/signals'
import type { HeartAnalysis } from '@epione/signals'

/** Of a trace, what figures are made of, ms; where a disturbance spoils it, the newest part of it. */
const [OVER_MS, SHORT_MS] = [60_000, 20_000]

/** Heart rate and its variability of the newest minute of a pulse or ECG, as its windows come. */
export class LiveHeart {
  #trace: Series | undefined

  /** Figures after a window, for people and programs; none where it has no trace, or no beats are found. */
  take (series: readonly Series[]): { words: string[], json: object } {
    const next = series.find(({ kind, periodMs, statistic }) =>
      periodMs !== undefined && statistic === undefined && (sameKind(kind, KINDS.pulseWave) || sameKind(kind, KINDS.ecg)))
    if (next === undefined) return { words: [], json: {} }
    this.#trace = append(this.#trace, next)
    let over = this.#trace
    let found = analyse(over)
    if (found === undefined && over.values.length > cut(over, SHORT_MS).values.length) {
      // A moved finger half a minute ago says nothing of now.
      over = cut(over, SHORT_MS)
      found = analyse(over)
    }
    if (found === undefined) return { words: ['no beats found'], json: {} }
    const overMs = Math.round(endOf(over) - over.startMs)
    const { heartRate, sdnnMs, rmssdMs, pnn50, quality } = found
    const words = [
      `heart rate ${heartRate.toFixed(0)}`, `SDNN ${sdnnMs.toFixed(0)} ms`, `RMSSD ${rmssdMs?.toFixed(0) ?? '-'} ms`,
      `quality ${quality.index.toFixed(2)}${quality.usable ? '' : ' (not usable)'}`,
      ...(overMs <= SHORT_MS ? [`of ${(overMs / 1000).toFixed(0)} s`] : [])
    ]
    return { words, json: { heart: { overMs, heartRate, sdnnMs, rmssdMs, pnn50, quality } } }
  }
}

function analyse (trace: Series): HeartAnalysis | undefined {
  const isEcg = sameKind(trace.kind, KINDS.ecg)
  const rateHz = 1_000 / (trace.periodMs ?? 1)
  // Few samples a second are a ring's or watch's: HeartPy filters those, and finds beats between samples.
  const coarse = !isEcg && rateHz < 100 && rateHz > 5
  try {
    return analyseHeart(trace, { trace: isEcg ? 'ecg' : 'pulse', ...(coarse ? { band: { lowHz: 0.8, highHz: 2.5 }, fine: true } : {}) })
  } catch (error) {
    if (error instanceof SignalError) return undefined
    throw error
  }
}

function append (before: Series | undefined, next: Series): Series {
  const periodMs = next.periodMs ?? 1
  const follows = before !== undefined && before.periodMs === periodMs && Math.abs(next.startMs - endOf(before)) < periodMs
  const values = follows ? [...before.values, ...next.values] : next.values
  return cut({ ...next, startMs: follows ? before.startMs : next.startMs, values }, OVER_MS)
}

/** The newest part of a trace. */
function cut (trace: Series, overMs: number): Series {
  const periodMs = trace.periodMs ?? 1
  const extra = Math.max(0, trace.values.length - Math.ceil(overMs / periodMs))
  return { ...trace, startMs: trace.startMs + extra * periodMs, values: trace.values.slice(extra) }
}
