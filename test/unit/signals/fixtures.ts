import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SignalError } from '@epione/signals'
import { readCsv } from '@epione/signals/formats'
import type { Series } from '@epione/protocol/streams'

export const DATA = join(import.meta.dirname, '..', '..', 'data')
export const START_MS = Date.parse('2026-11-29T08:00:00Z')

/** Code of the SignalError that `run` throws; what else it throws is thrown on. */
export function codeOf (run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof SignalError) return error.code
    throw error
  }
  return 'nothing was thrown'
}

/** Series in an order of their own: readers gather by kind, in the order in which they meet one. */
export function byKind (series: readonly Series[]): Series[] {
  const key = ({ kind, statistic }: Series): string => `${kind.system} ${kind.code} ${statistic ?? ''}`
  return series.toSorted((a, b) => key(a) < key(b) ? -1 : 1)
}

const COLUMN = '#column,hr,urn:iso:std:iso:11073:10101,150452,1'
/** How each trace of HeartPy is described, as it was published. */
export const DESCRIPTIONS: Record<string, string> = {
  'heartpy-data.csv': `#epione-csv,1\n${COLUMN}\n#header,none\n#start,2026-11-29T08:00:00Z\n#period,10\n`,
  'heartpy-data2.csv': `#epione-csv,1\n${COLUMN}\n#time,timer,ms\n#start,2026-11-29T08:00:00Z\n`,
  'smart-ring-ppg.csv': `#epione-csv,1\n${COLUMN}\n#header,none\n#start,2026-11-29T08:00:00Z\n#period,31.25\n`
}

const traces = new Map<string, Series>()

/** A trace of test/data/biofeedback. */
export function loadTrace (file: string): Series {
  const known = traces.get(file)
  if (known !== undefined) return known
  const { series: [series] } = readCsv(readFileSync(join(DATA, 'biofeedback', file), 'utf8'), DESCRIPTIONS[file])
  if (series === undefined) throw new Error(`${file} has no series`)
  traces.set(file, series)
  return series
}
