import type { LogQuery } from '@epione/protocol'
import type { QuestionParameter } from '@epione/protocol/api'

/** A filter as the address has it. Times are days (2026-11-30) there, in UTC: whoever reads the address sees when. */
export type FilterName = QuestionParameter | 'decision' | 'origin'
export type Filters = Readonly<Partial<Record<FilterName, string>>>

export const LOG_FILTERS = ['patientId', 'mspId', 'staffId', 'decision', 'purpose', 'origin', 'writtenAt', 'from', 'to'] as const satisfies readonly FilterName[]
const TIMES: readonly FilterName[] = ['from', 'to', 'at']
const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 86_400_000

/** Those of these filters that an address has; nothing else of it counts. */
export function filtersOf (search: URLSearchParams, names: readonly FilterName[]): Filters {
  return Object.fromEntries(names.flatMap((name) => {
    const value = search.get(name)?.trim() ?? ''
    return value === '' ? [] : [[name, value]]
  }))
}

/** Filters whose value no day is, where a day is wanted. */
export function faultsOf (filters: Filters): FilterName[] {
  return TIMES.filter((name) => filters[name] !== undefined && Number.isNaN(startOf(filters[name])))
}

/** What a gateway is asked with: days as ms, the last one whole. */
export function queryOf (filters: Filters): Readonly<Partial<Record<FilterName, string | number>>> {
  return Object.fromEntries(Object.entries(filters).map(([name, value]): [string, string | number] => {
    if (!(TIMES as readonly string[]).includes(name)) return [name, value]
    return [name, name === 'to' ? startOf(value) + DAY_MS - 1 : startOf(value)]
  }))
}

/** The same for the log, whose filters are the members of its query. */
export function logQueryOf (filters: Filters): LogQuery {
  return queryOf(filters) as LogQuery
}

/** The address of a page with these filters; absent ones are left out. */
export function addressOf (path: string, filters: Filters): string {
  const text = new URLSearchParams(Object.entries(filters)).toString()
  return text === '' ? path : `${path}?${text}`
}

function startOf (day: string): number {
  return DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
}

export function dayOf (ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
