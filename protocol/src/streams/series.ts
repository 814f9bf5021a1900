import { Type } from 'typebox'
import type { Static, TObject, TProperties } from 'typebox'
import { Value } from 'typebox/value'
import { StreamError } from './stream-error.ts'

/** Most series of one window: blood pressure has two, a 12-lead ECG twelve. */
export const SERIES_PER_WINDOW = 16
/** Most values of all series of one window together. */
export const VALUES_PER_WINDOW = 1_048_576
/** Last moment that ECMAScript's dates have, in ms since 1970. */
const TIME_MAX = 8_640_000_000_000_000

const strict = <P extends TProperties>(members: P): TObject<P> => Type.Object(members, { additionalProperties: false })
const MsSince1970 = Type.Number({ minimum: 0, maximum: TIME_MAX })

/** What is measured: a code of a system (a URI; LOINC is http://loinc.org). */
export const MeasurementKind = strict({
  system: Type.String({ minLength: 1, maxLength: 256 }),
  code: Type.String({ minLength: 1, maxLength: 128 }),
  /** The code in words, for people. */
  display: Type.Optional(Type.String({ minLength: 1, maxLength: 256 }))
})
export type MeasurementKind = Static<typeof MeasurementKind>

/** What a value of a roll-up says of the values of its span. */
export const STATISTICS = ['minimum', 'maximum', 'mean', 'count'] as const

const DESCRIPTION = {
  kind: MeasurementKind,
  /** UCUM; `1` has none. */
  unit: Type.String({ minLength: 1, maxLength: 64 }),
  /** Absent: each value was measured. Present: each value says this of a span that begins at its time. */
  statistic: Type.Optional(Type.Enum(STATISTICS)),
  /** Time of the first value, ms since 1970 UTC, with a fraction where the period has one. */
  startMs: MsSince1970,
  /** Even spacing: value i was measured at startMs + i * periodMs. */
  periodMs: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 366 * 86_400_000 }))
}

/** What stands in a window's header of a series whose values follow it. */
export const SeriesDescription = strict(DESCRIPTION)
export type SeriesDescription = Static<typeof SeriesDescription>

/** Schema of a series; `checkSeries` says what a schema cannot. */
export const Series = strict({
  ...DESCRIPTION,
  /** In place of periodMs: ms from startMs, one a value, never falling. */
  offsetsMs: Type.Optional(Type.Array(Type.Number({ minimum: 0 }))),
  /** null: the sensor gave nothing at that time. */
  values: Type.Array(Type.Union([Type.Number(), Type.Null()]))
})

/** Measurements of one kind in their order: evenly spaced (`periodMs`) or each at a time of its own (`offsetsMs`), exactly one of both. */
export interface Series extends SeriesDescription {
  readonly offsetsMs?: readonly number[]
  readonly values: ReadonlyArray<number | null>
}

/**
 * Returns a series when it agrees with itself: one value at least, one kind of spacing, as many offsets as values, none falling, each
 * number finite. @throws {StreamError} `SERIES_INVALID`, naming the member
 */
export function checkSeries (series: Series): Series {
  const { offsetsMs, values, ...description } = series
  const fault = faultOfDescription(description)
  if (fault !== undefined) throw refused(fault)
  if (values.length === 0 || values.length > VALUES_PER_WINDOW) throw refused(`values: 1 to ${VALUES_PER_WINDOW}, not ${values.length}`)
  if (!values.every((value) => value === null || Number.isFinite(value))) throw refused('values: each is a finite number or null')
  if ((offsetsMs === undefined) === (series.periodMs === undefined)) throw refused('exactly one of periodMs and offsetsMs says the times')
  if (offsetsMs !== undefined) checkOffsets(offsetsMs, values.length)
  if (!(endOf(series) <= TIME_MAX)) throw refused('it ends later than any date')
  return series
}

/** What a description says that no window takes, if it does: a text too long, a time past any date. */
export function faultOfDescription (description: unknown): string | undefined {
  if (!Value.Check(SeriesDescription, description)) {
    const [fault] = Value.Errors(SeriesDescription, description)
    const path = fault?.instancePath.slice(1).replaceAll('/', '.') ?? ''
    return `${path} ${fault?.message ?? 'does not fit'}`.trim()
  }
  const { kind: { system, code, display = '' }, unit } = description
  return [system, code, display, unit].every((text) => text.isWellFormed()) ? undefined : 'kind or unit has a lone surrogate'
}

function checkOffsets (offsetsMs: readonly number[], count: number): void {
  if (offsetsMs.length !== count) throw refused(`offsetsMs: ${offsetsMs.length} for ${count} values`)
  let before = 0
  for (const offset of offsetsMs) {
    if (!Number.isFinite(offset) || offset < before) throw refused('offsetsMs: numbers from 0 that never fall')
    before = offset
  }
}

/** When a series ends, ms since 1970: one period after its last value, or with it where each value has its own time. */
export function endOf ({ startMs, periodMs, offsetsMs, values }: Series): number {
  return startMs + (periodMs === undefined ? offsetsMs?.at(-1) ?? 0 : periodMs * values.length)
}

/** Time of value `index`, ms since 1970. */
export function timeOf ({ startMs, periodMs, offsetsMs }: Pick<Series, 'startMs' | 'periodMs' | 'offsetsMs'>, index: number): number {
  return startMs + (periodMs === undefined ? offsetsMs?.[index] ?? 0 : periodMs * index)
}

function refused (fault: string): StreamError {
  return new StreamError('SERIES_INVALID', `series: ${fault}`)
}
