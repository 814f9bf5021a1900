const DAY_MS = 24 * 60 * 60 * 1000
const [YEAR_MAX] = [9999]

/** Days since 1970-01-01, both inclusive. */
export interface DayRange { readonly from: number, readonly until: number }

/** First and last day of the calendar; no entry has one outside. */
export const ALL_DAYS: DayRange = { from: dayOf(1, 1, 1), until: dayOf(YEAR_MAX, 12, 31) }

/**
 * The days of a year, month or day as written (`2026`, `2026-11`, `2026-11-29`; a time after it is let be, so that it is the day where it
 * was written). `undefined` for what is none, or no day of the calendar.
 */
export function readDays (text: string): DayRange | undefined {
  const [whole, y, m, d] = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?$/.exec(text) ?? []
  if (whole === undefined) return undefined
  const year = Number(y)
  if (year === 0) return undefined
  if (m === undefined) return { from: dayOf(year, 1, 1), until: dayOf(year, 12, 31) }
  const month = Number(m)
  if (month < 1 || month > 12) return undefined
  const last = dayOf(year, month + 1, 0)
  const first = dayOf(year, month, 1)
  if (d === undefined) return { from: first, until: last }
  const day = first + Number(d) - 1
  return day < first || day > last ? undefined : { from: day, until: day }
}

/** First and last day of what a text names: one for a day, two for a month or year. */
export function edgesOf ({ from, until }: DayRange): number[] {
  return from === until ? [from] : [from, until]
}

function dayOf (year: number, month: number, day: number): number {
  // `Date.UTC` takes the years 0 to 99 for those of the 20th century.
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getTime() / DAY_MS
}
