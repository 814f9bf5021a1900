import type { ExportFormat, LogQuery } from '@epione/protocol'
import { networkIdHex } from '@epione/sdk'
import { exportLog, formatOf, openLog, writeEvents } from '@epione/sdk/exports'
import type { LogExported } from '@epione/sdk/exports'
import type { Desk } from '../desk.ts'

/** Events that a page counts; a longer time is cut to its newest, and says so. */
const COUNTED_MAX = 20_000
const DAY_MS = 86_400_000
/** The latest moment of a calendar: a gateway may name later ones, which are of no day. */
const LATEST_MS = 8_640_000_000_000_000
/** Denials without a rule are none; what was permitted has no reason. */
export interface Counts {
  total: number
  /** True where there are more events than a page counts: these are the newest. */
  isCut: boolean
  /** By day (ms of its 00:00 UTC), oldest first, days without any among them but where a century lies between. */
  days: Array<{ day: number, permit: number, deny: number }>
  organizations: Array<{ name: string, permit: number, deny: number }>
  /** Of denials, by the rule that decided; one denial may have several. */
  rules: Array<{ name: string, deny: number }>
  warnings: readonly string[]
}

/** Counts events over time, by organisation and by reason, page by page: nothing but the counts is kept. */
export async function countEvents (desk: Desk, { query }: { query: LogQuery }): Promise<Counts> {
  const log = await openLog(await desk.token(), query)
  const days = new Map<number, { permit: number, deny: number }>()
  const organizations = new Map<string, { permit: number, deny: number }>()
  const rules = new Map<string, number>()
  let [total, isCut] = [0, false]
  for await (const { time, decision, actor, reasons } of log.events) {
    if (total === COUNTED_MAX) {
      isCut = true
      break
    }
    total += 1
    if (time <= LATEST_MS) count(days, Math.floor(time / DAY_MS) * DAY_MS, decision)
    count(organizations, actor.mspId, decision)
    if (decision === 'deny') for (const { rule } of reasons) rules.set(rule, (rules.get(rule) ?? 0) + 1)
  }
  return {
    total,
    isCut,
    days: fillDays(days),
    organizations: [...organizations].map(([name, counts]) => ({ name, ...counts })).sort((a, b) => b.permit + b.deny - a.permit - a.deny),
    rules: [...rules].map(([name, deny]) => ({ name, deny })).sort((a, b) => b.deny - a.deny),
    warnings: log.warnings
  }
}

function count<K> (counts: Map<K, { permit: number, deny: number }>, key: K, decision: 'permit' | 'deny'): void {
  const known = counts.get(key) ?? { permit: 0, deny: 0 }
  known[decision] += 1
  counts.set(key, known)
}

/** More days than that (a century) stand without those between: a gateway may name any moment. */
const FILLED_MAX = 36_525

function fillDays (days: ReadonlyMap<number, { permit: number, deny: number }>): Counts['days'] {
  const [first, last] = [Math.min(...days.keys()), Math.max(...days.keys())]
  if (last - first > FILLED_MAX * DAY_MS) return [...days].sort(([a], [b]) => a - b).map(([day, counts]) => ({ day, ...counts }))
  const filled: Counts['days'] = []
  for (let day = first; day <= last; day += DAY_MS) filled.push({ day, ...days.get(day) ?? { permit: 0, deny: 0 } })
  return filled
}

/** Formats that a page writes: a PDF the command makes. */
export type PageFormat = Exclude<ExportFormat, 'pdf'>
export interface FileTaken { file: Blob, manifest: Blob, name: string, exported: LogExported }

/**
 * The log as a file, with the manifest that `epione verify` checks: noted and signed by the hospital before either is there. CH:ATC has
 * what was permitted alone.
 */
export async function takeAway (desk: Desk, { query, format }: { query: LogQuery, format: PageFormat }): Promise<FileTaken> {
  const context = await desk.token()
  const networkId = networkIdHex(context)
  const name = `access-log.${ENDINGS[format]}`
  const asked: LogQuery = format === 'ch-atc' ? { ...query, decision: 'permit' } : query
  const pieces: Uint8Array[] = []
  let manifest = ''
  const exported = await exportLog(context, {
    query: asked,
    format,
    file: name,
    encode: (events, { query, silent }) => writeEvents(events, formatOf(format, { networkId, query, silent }))
  }, async (bytes, madeOf) => {
    for await (const piece of bytes) pieces.push(piece)
    manifest = `${JSON.stringify(madeOf())}\n`
  })
  return { file: blobOf(pieces), manifest: blobOf([new TextEncoder().encode(manifest)]), name, exported }
}

const ENDINGS: Readonly<Record<PageFormat, string>> = { json: 'json', ndjson: 'ndjson', csv: 'csv', fhir: 'fhir.json', 'ch-atc': 'ch-atc.json' }

/** Of a type that no browser runs. */
function blobOf (pieces: readonly Uint8Array[]): Blob {
  return new Blob(pieces as Array<Uint8Array<ArrayBuffer>>, { type: 'application/octet-stream' })
}
