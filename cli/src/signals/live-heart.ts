import { endOf } from '@epione/protocol/streams'
import type { Series } from '@epione/protocol/streams'
import { analyseHeart, KINDS, sameKind, SignalError } from '@epione/signals'
import type { HeartAnalysis } from '@epione/signals'

/** Of a trace, what figures are made of, ms. */
const OVER_MS = 60_000

/** Heart rate and its variability of the newest minute of a pulse or ECG, as its windows come. */
export class LiveHeart {
  #trace: Series | undefined

  /** Figures after a window, for people and programs; none where it has no trace, or no beats are found. */
  take (series: readonly Series[]): { words: string[], json: object } {
    const next = series.find(({ kind, periodMs, statistic }) =>
      periodMs !== undefined && statistic === undefined && (sameKind(kind, KINDS.pulseWave) || sameKind(kind, KINDS.ecg)))
    if (next === undefined) return { words: [], json: {} }
    this.#trace = append(this.#trace, next)
    const found = analyse(this.#trace)
    if (found === undefined) return { words: ['no beats found'], json: {} }
    const { heartRate, sdnnMs, rmssdMs, pnn50, quality } = found
    const words = [
      `heart rate ${heartRate.toFixed(0)}`, `SDNN ${sdnnMs.toFixed(0)} ms`, `RMSSD ${rmssdMs?.toFixed(0) ?? '-'} ms`,
      `quality ${quality.index.toFixed(2)}${quality.usable ? '' : ' (not usable)'}`
    ]
    return { words, json: { heart: { heartRate, sdnnMs, rmssdMs, pnn50, quality } } }
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
  const extra = Math.max(0, values.length - Math.ceil(OVER_MS / periodMs))
  return { ...next, startMs: (follows ? before.startMs : next.startMs) + extra * periodMs, values: values.slice(extra) }
}
