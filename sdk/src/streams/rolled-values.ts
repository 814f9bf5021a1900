import { SPANS, timeOf } from '@epione/protocol/streams'
import type { Series, Span } from '@epione/protocol/streams'
import type { SpanSums } from '@epione/signals'

/** How far two means of the same samples may be apart, in parts of them: they were added in another order. */
const ROUNDING = 1e-9
/** Spans that are compared at once. */
const SPANS_AT_ONCE = 1_440

/** Spans that a roll-up lacks, and those of which it says something else. */
export interface SpanChanges { readonly fresh: readonly number[], readonly differing: readonly number[] }

/**
 * What a roll-up says, by spans, whose numbers count from 1970, UTC: of a span that it says twice the later window counts, written when
 * measurements came late.
 */
export class RolledValues {
  readonly span: Span
  readonly #values = new Map<string, Map<number, number | null>>()

  constructor (span: Span) {
    this.span = span
  }

  /** Series of a window that follows those that were taken before. */
  take (series: readonly Series[]): void {
    for (const one of series) {
      if (one.statistic === undefined) continue
      const values = this.#values.get(keyOf(one)) ?? new Map<number, number | null>()
      this.#values.set(keyOf(one), values)
      one.values.forEach((value, index) => values.set(this.#numberOf(timeOf(one, index)), value))
    }
  }

  /** Undefined where it says nothing of a span. */
  valueOf (series: Series, span: number): number | null | undefined {
    return this.#values.get(keyOf(series))?.get(span)
  }

  /** Whether it says that something was measured in a span. */
  has (span: number): boolean {
    return [...this.#values].some(([key, values]) => key.endsWith('\ncount') && (values.get(span) ?? 0) > 0)
  }

  /** All spans of which it says that something was measured, ascending. */
  spans (): number[] {
    const all = new Set([...this.#values.values()].flatMap((values) => [...values.keys()]))
    return [...all].filter((span) => this.has(span)).sort((a, b) => a - b)
  }

  /**
   * Spans `from` to `to` as they are summed up now beside what is said here. Those of which neither says anything are not looked at: a
   * wrong clock may lie decades off.
   */
  compare (sums: Pick<SpanSums, 'spans' | 'seriesOf'>, from: number, to: number): SpanChanges {
    const [fresh, differing]: [number[], number[]] = [[], []]
    const known = new Set([...sums.spans(), ...[...this.#values.values()].flatMap((values) => [...values.keys()])])
    const spans = [...known].filter((span) => span >= from && span <= to).sort((a, b) => a - b)
    for (const together of Map.groupBy(spans, (span) => Math.floor(span / SPANS_AT_ONCE)).values()) {
      const [first = 0, last = first] = [together[0], together.at(-1)]
      const summed = sums.seriesOf(first, last)
      for (const span of together) {
        const isSame = summed.every((series) => isAlike(series, series.values[span - first] ?? null, this.valueOf(series, span)))
        if (!isSame) (this.has(span) ? differing : fresh).push(span)
      }
    }
    return { fresh, differing }
  }

  /** Kinds of measurement of which it says something of these spans, and the series nothing. */
  beyond (summed: readonly Series[], from: number, to: number): string[] {
    const known = new Set(summed.map(keyOf))
    const hasSome = (values: ReadonlyMap<number, number | null>): boolean =>
      [...values].some(([span, count]) => span >= from && span <= to && (count ?? 0) > 0)
    const strange = [...this.#values].filter(([key, values]) => key.endsWith('\ncount') && !known.has(key) && hasSome(values))
    return strange.map(([key]) => key.split('\n').slice(0, 2).join(' '))
  }

  #numberOf (atMs: number): number {
    return Math.floor(atMs / SPANS[this.span])
  }
}

const keyOf = ({ kind: { system, code }, unit, statistic }: Series): string => [system, code, unit, statistic ?? ''].join('\n')

/** A span of which nothing is said counted nothing. */
function isAlike ({ statistic }: Series, summed: number | null, said: number | null | undefined): boolean {
  if (statistic === 'count') return (summed ?? 0) === (said ?? 0)
  if (summed === null || said === null || said === undefined) return summed === (said ?? null)
  return statistic === 'mean' ? Math.abs(summed - said) <= ROUNDING * Math.abs(summed) : summed === said
}
