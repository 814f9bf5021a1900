import { endOf, timeOf } from '@epione/protocol/streams'
import type { Series } from '@epione/protocol/streams'
import { analyseHeart } from '../analysis/heart.ts'
import { SignalError } from '../errors.ts'
import { sameKind } from '../kinds.ts'
import { requireSeries } from '../series.ts'
import { convertSeries } from '../units.ts'
import type { Rule } from './rules.ts'

/** What a rule raises. Times are the device's, ms since 1970. */
export interface Alarm {
  readonly rule: string
  readonly severity: Rule['severity']
  readonly text: string
  /** When what it says began, and when it was seen. */
  readonly sinceMs: number
  readonly atMs: number
  /** The value, rise or fall that raised it; absent when nothing was measured. */
  readonly value?: number
  readonly unit?: string
}

interface Sample { readonly atMs: number, readonly value: number }

/** Values kept for a trend: the newest of as many. */
const KEPT_MAX = 100_000

/**
 * Watches series as they come in, in the order of their times. Give every window that was opened to `take`, and call `tick` now and then
 * with the time, so that missing values are seen. What both return are alarms that were not raised before.
 */
export class RuleWatch {
  readonly #watchers: readonly Watcher[]

  /** `startMs`: since when measurements are expected. @throws {SignalError} none: take rules from `checkRules` */
  constructor (rules: readonly Rule[], startMs: number) {
    this.#watchers = rules.map((rule) => new Watcher(rule, startMs))
  }

  /** @throws {SignalError} `SERIES_INVALID`, `UNIT_MISMATCH` */
  take (series: readonly Series[]): Alarm[] {
    return series.flatMap((one) => this.#watchers.flatMap((watcher) => watcher.take(requireSeries(one))))
  }

  tick (nowMs: number): Alarm[] {
    return this.#watchers.flatMap((watcher) => watcher.tick(nowMs))
  }
}

class Watcher {
  readonly #rule: Rule
  /** Newest value's time. */
  #seenMs: number
  /** Since when what the rule says holds. */
  #since: number | undefined
  #raisedMs = -Infinity
  /** Raised, and not well since. */
  #standing = false
  #kept: Sample[] = []
  #trace: Series | undefined

  constructor (rule: Rule, startMs: number) {
    this.#rule = rule
    this.#seenMs = startMs
  }

  take (series: Series): Alarm[] {
    const rule = this.#rule
    if (!sameKind(series.kind, rule.kind) || series.statistic !== rule.statistic) return []
    const { samples, unit } = rule.figure === undefined ? this.#values(series) : this.#figure(series)
    const alarms: Alarm[] = []
    for (const sample of samples) {
      // What comes twice, or late, was seen.
      if (sample.atMs <= this.#seenMs && this.#kept.length > 0) continue
      const missing = rule.type === 'missing' ? this.tick(sample.atMs) : []
      alarms.push(...missing)
      this.#seenMs = Math.max(this.#seenMs, sample.atMs)
      this.#keep(sample)
      if (rule.type === 'missing') this.#well()
      else alarms.push(...this.#judge(sample, unit))
    }
    return alarms
  }

  tick (nowMs: number): Alarm[] {
    if (this.#rule.type !== 'missing' || nowMs - this.#seenMs < this.#rule.forMs) return []
    return this.#raise({ sinceMs: this.#seenMs, atMs: nowMs })
  }

  #judge (sample: Sample, unit: string): Alarm[] {
    const found = this.#rule.type === 'threshold' ? this.#crossed(sample) : this.#moved()
    if (found === undefined) return this.#well()
    return this.#rule.type === 'threshold' && sample.atMs - found.sinceMs < this.#rule.forMs ? [] : this.#raise({ ...found, atMs: sample.atMs, unit })
  }

  #crossed ({ value, atMs }: Sample): { sinceMs: number, value: number } | undefined {
    const { above, below } = this.#rule as Rule & { type: 'threshold' }
    if (!((above !== undefined && value > above) || (below !== undefined && value < below))) return undefined
    this.#since ??= atMs
    return { sinceMs: this.#since, value }
  }

  #moved (): { sinceMs: number, value: number } | undefined {
    const { rises, falls, values, withinMs } = this.#rule as Rule & { type: 'trend' }
    const [first] = this.#kept
    const last = this.#kept.at(-1)
    // A line through less than half of the time would tell of noise.
    if (first === undefined || last === undefined || this.#kept.length < values || last.atMs - first.atMs < withinMs / 2) return undefined
    const change = slope(this.#kept) * withinMs
    const moved = (rises !== undefined && change >= rises) || (falls !== undefined && -change >= falls)
    return moved ? { sinceMs: first.atMs, value: change } : undefined
  }

  #well (): Alarm[] {
    this.#since = undefined
    this.#standing = false
    return []
  }

  #raise (found: { sinceMs: number, atMs: number, value?: number, unit?: string }): Alarm[] {
    const { name, severity, text, silentMs } = this.#rule
    if (this.#standing || found.atMs - this.#raisedMs < silentMs) return []
    this.#standing = true
    this.#raisedMs = found.atMs
    return [{ rule: name, severity, text, ...found }]
  }

  #keep (sample: Sample): void {
    if (this.#rule.type !== 'trend') {
      this.#kept = [sample]
      return
    }
    this.#kept.push(sample)
    const from = sample.atMs - this.#rule.withinMs
    const first = this.#kept.findIndex(({ atMs }) => atMs >= from)
    if (first > 0 || this.#kept.length > KEPT_MAX) this.#kept.splice(0, Math.max(first, this.#kept.length - KEPT_MAX))
  }

  #values (series: Series): { samples: Sample[], unit: string } {
    const { unit, values } = this.#rule.unit === undefined ? series : convertSeries(series, this.#rule.unit)
    return { unit, samples: values.flatMap((value, index) => value === null ? [] : [{ atMs: timeOf(series, index), value }]) }
  }

  /* A figure of the newest stretch of the trace, once for each series that comes in; a trace without beats has no figure but quality 0. */
  #figure (series: Series): { samples: Sample[], unit: string } {
    const { of, overMs, trace, bandHz } = this.#rule.figure as NonNullable<Rule['figure']>
    this.#trace = append(this.#trace, series, overMs)
    const atMs = endOf(this.#trace)
    const unit = of === 'heartRate' ? '/min' : of === 'sdnn' || of === 'rmssd' ? 'ms' : '1'
    if (atMs - this.#trace.startMs < overMs * 0.9) return { samples: [], unit }
    try {
      const found = analyseHeart(this.#trace, { trace: trace ?? 'pulse', ...(bandHz === undefined ? {} : { band: { lowHz: bandHz[0], highHz: bandHz[1] }, fine: true }) })
      const { heartRate, sdnnMs: sdnn, rmssdMs: rmssd, pnn50, quality } = found
      const value = { heartRate, sdnn, rmssd, pnn50, quality: quality.index }[of]
      return { samples: value === undefined ? [] : [{ atMs, value }], unit }
    } catch (error) {
      if (!(error instanceof SignalError && error.code === 'NO_BEATS')) throw error
      return { samples: of === 'quality' ? [{ atMs, value: 0 }] : [], unit }
    }
  }
}

/* The newest `overMs` of a trace; a break in it, or another rate, begins it anew. */
function append (before: Series | undefined, next: Series, overMs: number): Series {
  const { periodMs } = next
  if (periodMs === undefined) throw new SignalError('SERIES_INVALID', 'a figure is made of an evenly spaced trace')
  const follows = before?.periodMs === periodMs && Math.abs(next.startMs - endOf(before)) < periodMs
  const values = follows ? [...before.values, ...next.values] : [...next.values]
  const extra = Math.max(0, values.length - Math.ceil(overMs / periodMs))
  return { ...next, startMs: (follows ? before.startMs : next.startMs) + extra * periodMs, values: values.slice(extra) }
}

/* Of the straight line with the least squares, a ms. */
function slope (samples: readonly Sample[]): number {
  const count = samples.length
  const meanAt = samples.reduce((sum, { atMs }) => sum + atMs, 0) / count
  const mean = samples.reduce((sum, { value }) => sum + value, 0) / count
  let [xy, xx] = [0, 0]
  for (const { atMs, value } of samples) {
    xy += (atMs - meanAt) * (value - mean)
    xx += (atMs - meanAt) ** 2
  }
  return xx === 0 ? 0 : xy / xx
}
