import { timeOf } from '@epione/protocol/streams'
import type { Series } from '@epione/protocol/streams'
import { SignalError } from '../../errors.ts'
import { KINDS, sameKind } from '../../kinds.ts'
import { nameOf, requireSeries } from '../../series.ts'
import { convertSeries } from '../../units.ts'
import { formatInstant } from '../times.ts'
import { MEASURES, STATISTIC_WORDS } from './bodies.ts'
import type { Measure } from './bodies.ts'
import { BODY_NAMES, schemaOf } from './schemas.ts'
import type { BodyName } from './schemas.ts'

type Body = Record<string, unknown>

/**
 * Open mHealth bodies of series, ordered by time: an array of JSON, one body for each value (for systolic and diastolic pressure of one
 * time, one for both). Gaps have no body.
 * @throws {SignalError} `NOT_EXPRESSIBLE` for a kind or statistic that Open mHealth has no schema for; `SERIES_INVALID`, `UNIT_MISMATCH`
 */
export function writeOpenMHealth (series: readonly Series[]): string {
  const bodies = series.flatMap((one) => bodiesOf(requireSeries(one)))
  const joined = joinPressures(bodies)
  joined.sort((a, b) => a.atMs - b.atMs)
  for (const { name, body } of joined) requireValid(name, body)
  return `${JSON.stringify(joined.map(({ body }) => body), null, 1)}\n`
}

interface Item { readonly name: BodyName, readonly atMs: number, body: Body }

function bodiesOf (series: Series): Item[] {
  const name = nameOf(series.kind)
  if (series.statistic === 'count') throw new SignalError('NOT_EXPRESSIBLE', `${name}: counts of samples have no body in Open mHealth; leave them out`)
  // Steps have no meaning but over a time, and so have statistics.
  const spans = series.statistic !== undefined || sameKind(series.kind, KINDS.steps)
  if (spans && series.periodMs === undefined) {
    throw new SignalError('NOT_EXPRESSIBLE', `${name}: an even series is needed to say for how long each value stands`)
  }
  const { name: body, measure } = measureOf(series)
  const [unit, ucum] = unitFor(measure, series.unit)
  return convertSeries(series, ucum).values.flatMap((value, index): Item[] => {
    if (value === null) return []
    const atMs = timeOf(series, index)
    const time = { effective_time_frame: frame(atMs, spans ? series.periodMs : undefined) }
    return [{ name: body, atMs, body: { [measure.member]: { value, unit }, ...time, ...about(series) } }]
  })
}

function frame (atMs: number, lastsMs: number | undefined): Body {
  if (lastsMs === undefined) return { date_time: formatInstant(atMs) }
  return { time_interval: { start_date_time: formatInstant(atMs), end_date_time: formatInstant(atMs + lastsMs) } }
}

function about ({ statistic }: Series): Body {
  const [word] = Object.entries(STATISTIC_WORDS).find(([, ours]) => ours === statistic) ?? []
  return word === undefined ? {} : { descriptive_statistic: word }
}

function measureOf ({ kind }: Series): { name: BodyName, measure: Measure } {
  for (const name of BODY_NAMES) {
    const measure = MEASURES[name].find((candidate) => sameKind(candidate.kind, kind))
    if (measure !== undefined) return { name, measure }
  }
  throw new SignalError('NOT_EXPRESSIBLE', `Open mHealth has no schema for ${nameOf(kind)}: write FHIR, EDF or CSV`)
}

function unitFor ({ units }: Measure, unit: string): [string, string] {
  const entries = Object.entries(units)
  return entries.find(([, ucum]) => ucum === unit) ?? entries[0] ?? ['', '']
}

/* A body of blood pressure must have both. */
function joinPressures (items: readonly Item[]): Item[] {
  const joined = new Map<string, Item>()
  const rest: Item[] = []
  for (const item of items) {
    const key = `${item.atMs} ${String(item.body['descriptive_statistic'])}`
    const other = item.name === 'blood-pressure' ? joined.get(key) : undefined
    if (other !== undefined) other.body = { ...other.body, ...item.body }
    else if (item.name === 'blood-pressure') joined.set(key, { ...item })
    else rest.push(item)
  }
  return [...rest, ...joined.values()]
}

function requireValid (name: BodyName, body: Body): void {
  if (schemaOf(name).Check(body)) return
  const what = name === 'blood-pressure' ? 'systolic and diastolic pressure of the same times are needed' : schemaOf(name).Errors(body)[1][0]?.message
  throw new SignalError('NOT_EXPRESSIBLE', `no ${name} of Open mHealth: ${what ?? 'it does not validate'}`)
}
