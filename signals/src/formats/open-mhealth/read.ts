import { Type } from 'typebox'
import { gather } from '../../series.ts'
import type { Point, Statistic } from '../../series.ts'
import { convert } from '../../units.ts'
import { deepest, invalid, readJson, requireShape } from '../json.ts'
import type { Located } from '../json.ts'
import type { Reading } from '../reading.ts'
import { parseInstant } from '../times.ts'
import { MEASURES, STATISTIC_WORDS } from './bodies.ts'
import { BODY_NAMES, schemaOf, versionOf } from './schemas.ts'
import type { BodyName } from './schemas.ts'

type Json = Readonly<Record<string, unknown>>

const Header = Type.Object({
  schema_id: Type.Object({ namespace: Type.String(), name: Type.String(), version: Type.String() })
})
const DataPoint = Type.Object({ header: Header, body: Type.Object({}) })

/**
 * Reads Open mHealth JSON: one body, one data point (header and body), or an array of them.
 * @throws {SignalError} `FORMAT_INVALID` with line and column of what does not validate; `TIME_MISSING`, `KIND_UNKNOWN`, `NOT_EXPRESSIBLE`
 */
export function readOpenMHealth (text: string): Reading {
  const located = readJson(text)
  const leftOut = new Set<string>()
  const items = Array.isArray(located.value) ? located.value.map((item, index) => ({ item: item as unknown, pointer: `/${index}` })) : [{ item: located.value, pointer: '' }]
  if (items.length === 0) throw invalid(located, '', 'this array is empty: there is nothing to read')
  const points = items.flatMap(({ item, pointer }) => readItem(located, pointer, item, leftOut))
  return { series: gather(points), leftOut: [...leftOut] }
}

function readItem (located: Located, pointer: string, item: unknown, leftOut: Set<string>): Point[] {
  if (typeof item !== 'object' || item === null) throw invalid(located, pointer, 'an object is expected')
  if (!('header' in item && 'body' in item)) return readBody(located, pointer, nameByMember(located, pointer, item as Json), item as Json, leftOut)
  const { header: { schema_id: { namespace, name, version } }, body } = requireShape(located, pointer, DataPoint, item, 'data point')
  const known = BODY_NAMES.find((candidate) => candidate === name)
  if (namespace !== 'omh' || known === undefined) {
    throw invalid(located, `${pointer}/header/schema_id`, `${namespace}:${name} is none of ${BODY_NAMES.join(', ')}`, 'KIND_UNKNOWN')
  }
  if (version.split('.')[0] !== versionOf(known).split('.')[0]) {
    throw invalid(located, `${pointer}/header/schema_id/version`, `${name} is read in version ${versionOf(known)}, not ${version}: convert it first`)
  }
  leftOut.add('header')
  return readBody(located, `${pointer}/body`, known, body as Json, leftOut)
}

function nameByMember (located: Located, pointer: string, body: Json): BodyName {
  const name = BODY_NAMES.find((candidate) => MEASURES[candidate].some(({ member }) => member in body))
  if (name !== undefined) return name
  const members = BODY_NAMES.flatMap((candidate) => MEASURES[candidate].map(({ member }) => member))
  throw invalid(located, pointer, `this measures nothing that is known: one of ${[...new Set(members)].join(', ')} is expected`, 'KIND_UNKNOWN')
}

function readBody (located: Located, pointer: string, name: BodyName, body: Json, leftOut: Set<string>): Point[] {
  const schema = schemaOf(name)
  if (!schema.Check(body)) {
    const fault = deepest(schema.Errors(body)[1])
    throw invalid(located, pointer + fault.instancePath, `no ${name} ${versionOf(name)} of Open mHealth: ${fault.message}`)
  }
  const { statistic, time } = readTerms(located, pointer, body)
  const points: Point[] = []
  for (const { member, kind, units } of MEASURES[name]) {
    const { value, unit } = body[member] as { value: number, unit: string }
    const ucum = units[unit]
    if (ucum !== undefined) points.push({ kind, unit: ucum, statistic, ...time, value })
  }
  const used = new Set([...MEASURES[name].map(({ member }) => member), 'effective_time_frame', 'descriptive_statistic'])
  for (const member of Object.keys(body)) if (!used.has(member)) leftOut.add(member)
  return points
}

interface Terms { readonly statistic: Statistic | undefined, readonly time: { readonly atMs: number, readonly lastsMs?: number } }

function readTerms (located: Located, pointer: string, body: Json): Terms {
  const word = body['descriptive_statistic'] as string | undefined
  const statistic = word === undefined ? undefined : STATISTIC_WORDS[word]
  if (word !== undefined && statistic === undefined) {
    throw invalid(located, `${pointer}/descriptive_statistic`, `a stream holds samples, averages, minima and maxima, no ${word}`, 'NOT_EXPRESSIBLE')
  }
  if (body['descriptive_statistic_denominator'] !== undefined) {
    throw invalid(located, `${pointer}/descriptive_statistic_denominator`, 'a stream holds values of a time, none of a session, a day or an activity', 'NOT_EXPRESSIBLE')
  }
  const frame = body['effective_time_frame'] as { date_time?: string, time_interval?: Json } | undefined
  if (frame === undefined) throw invalid(located, pointer, 'it says no effective_time_frame; a stream needs the time of each value', 'TIME_MISSING')
  const at = `${pointer}/effective_time_frame`
  if (frame.time_interval === undefined) return { statistic, time: { atMs: instant(located, `${at}/date_time`, frame.date_time) } }
  return { statistic, time: interval(located, `${at}/time_interval`, frame.time_interval) }
}

function interval (located: Located, pointer: string, members: Json): { atMs: number, lastsMs: number } {
  const { start_date_time: start, end_date_time: end, duration } = members
  if (start === undefined && end === undefined) throw invalid(located, pointer, 'a part of a day is no time', 'TIME_MISSING')
  const lasts = duration === undefined ? undefined : durationMs(located, `${pointer}/duration`, duration as { value: number, unit: string })
  const startMs = start === undefined
    ? instant(located, `${pointer}/end_date_time`, end) - (lasts ?? 0)
    : instant(located, `${pointer}/start_date_time`, start)
  const lastsMs = lasts ?? instant(located, `${pointer}/end_date_time`, end) - startMs
  if (!(lastsMs > 0) || startMs < 0) throw invalid(located, pointer, 'the interval ends before it begins')
  return { atMs: startMs, lastsMs }
}

const DURATION_UNITS: Readonly<Record<string, string>> = {
  ps: 'ps', ns: 'ns', us: 'us', ms: 'ms', sec: 's', min: 'min', h: 'h', d: 'd', wk: 'wk', Mo: 'mo', yr: 'a'
}

function durationMs (located: Located, pointer: string, { value, unit }: { value: number, unit: string }): number {
  const ucum = DURATION_UNITS[unit]
  if (ucum === undefined) throw invalid(located, `${pointer}/unit`, `${unit} is no length of time`, 'UNIT_UNKNOWN')
  return convert(value, ucum, 'ms')
}

function instant (located: Located, pointer: string, text: unknown): number {
  const ms = typeof text === 'string' ? parseInstant(text) : undefined
  if (ms === undefined) throw invalid(located, pointer, 'a time with its zone from 1970 on is expected, as 2020-02-05T07:25:00-08:00')
  return ms
}
