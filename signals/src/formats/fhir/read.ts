import type { MeasurementKind, Series } from '@epione/protocol/streams'
import { gather, requireSeries } from '../../series.ts'
import type { Point, Statistic } from '../../series.ts'
import { isUnit } from '../../units.ts'
import { invalid, readJson, requireShape } from '../json.ts'
import type { Located } from '../json.ts'
import type { Reading } from '../reading.ts'
import { parseInstant } from '../times.ts'
import { Bundle, Observation, STATISTIC_SYSTEM, UCUM } from './shapes.ts'
import type { CodeableConcept, Component, Quantity, SampledData } from './shapes.ts'

const STATISTICS: Readonly<Record<string, Statistic>> = { average: 'mean', minimum: 'minimum', maximum: 'maximum', count: 'count' }
/* Members that say what is measured, when and how much; the rest has no place in a series. */
const USED = new Set([
  'resourceType', 'status', 'code', 'valueQuantity', 'valueSampledData', 'dataAbsentReason', 'effectiveDateTime', 'effectiveInstant', 'effectivePeriod',
  'component'
])
/* Members that every resource has and that say nothing of the measurement. */
const SILENT = new Set(['id', 'meta', 'text', 'language', 'category', 'extension'])

interface Found { readonly points: Point[], readonly waves: Series[], readonly leftOut: Set<string> }
interface Time { readonly atMs: number, readonly lastsMs?: number }

/**
 * Reads a FHIR R4 Observation, or a Bundle's Observations, as JSON: valueQuantity, valueSampledData, and components with either.
 * Observations of one kind become one series. Cancelled ones and ones entered in error are refused.
 * @throws {SignalError} `FORMAT_INVALID` with line and column; `TIME_MISSING`, `UNIT_UNKNOWN`
 */
export function readFhir (text: string): Reading {
  const located = readJson(text)
  const found: Found = { points: [], waves: [], leftOut: new Set() }
  const type = (located.value as { resourceType?: unknown } | null)?.resourceType
  if (type === 'Bundle') readBundle(located, found)
  else readObservation(located, '', located.value, found)
  const series = [...gather(found.points), ...found.waves]
  if (series.length === 0) throw invalid(located, '', 'there is no measurement in it')
  return { series, leftOut: [...found.leftOut] }
}

function readBundle (located: Located, found: Found): void {
  const { entry = [] } = requireShape(located, '', Bundle, located.value, 'Bundle')
  for (const [index, { resource }] of entry.entries()) {
    if (resource === undefined) continue
    if (resource.resourceType === 'Observation') readObservation(located, `/entry/${index}/resource`, resource, found)
    else found.leftOut.add(resource.resourceType)
  }
}

function readObservation (located: Located, pointer: string, value: unknown, found: Found): void {
  const observation = requireShape(located, pointer, Observation, value, 'Observation of FHIR R4')
  if (observation.status === 'cancelled' || observation.status === 'entered-in-error') {
    throw invalid(located, `${pointer}/status`, `an Observation that was ${observation.status} is no measurement: leave it out`)
  }
  const time = timeOfObservation(located, pointer, observation)
  for (const member of Object.keys(observation)) if (!USED.has(member) && !SILENT.has(member)) found.leftOut.add(member)
  const parts: Array<[string, Component]> = (observation.component ?? []).map((part, index) => [`${pointer}/component/${index}`, part])
  const { valueQuantity, valueSampledData } = observation
  if (valueQuantity !== undefined || valueSampledData !== undefined || parts.length === 0) parts.unshift([pointer, observation])
  for (const [at, part] of [[pointer, observation] as const, ...parts]) refuseModifier(located, at, part)
  for (const [at, part] of parts) readPart(located, at, part, observation.code, time, found)
}

/** FHIR: who does not know a modifier extension must not use what it is in; it may say that nothing was measured. */
function refuseModifier (located: Located, pointer: string, part: object): void {
  if ('modifierExtension' in part) throw invalid(located, `${pointer}/modifierExtension`, 'it changes what the measurement means, and none is known here', 'NOT_EXPRESSIBLE')
}

function timeOfObservation (located: Located, pointer: string, observation: Observation): Time {
  const { effectiveDateTime, effectiveInstant, effectivePeriod } = observation
  if (effectivePeriod !== undefined) {
    const atMs = instant(located, `${pointer}/effectivePeriod/start`, effectivePeriod.start)
    if (effectivePeriod.end === undefined) return { atMs }
    const lastsMs = instant(located, `${pointer}/effectivePeriod/end`, effectivePeriod.end) - atMs
    if (lastsMs < 0) throw invalid(located, `${pointer}/effectivePeriod`, 'the period ends before it begins')
    return lastsMs === 0 ? { atMs } : { atMs, lastsMs }
  }
  if (effectiveInstant !== undefined) return { atMs: instant(located, `${pointer}/effectiveInstant`, effectiveInstant) }
  return { atMs: instant(located, `${pointer}/effectiveDateTime`, effectiveDateTime) }
}

function instant (located: Located, pointer: string, text: string | undefined): number {
  const ms = text === undefined ? undefined : parseInstant(text)
  if (ms !== undefined) return ms
  throw invalid(located, pointer, 'a time with its zone from 1970 on is needed, as 2020-02-05T07:25:00-08:00; a date is no time', 'TIME_MISSING')
}

function readPart (located: Located, pointer: string, part: Component, whole: CodeableConcept, time: Time, found: Found): void {
  const statistic = statisticOf(located, pointer, part)
  const kind = kindOf(located, `${pointer}/code`, statistic === undefined ? part.code : whole)
  if (part.valueSampledData !== undefined) {
    const { unit, ...rest } = waveOf(located, `${pointer}/valueSampledData`, part.valueSampledData)
    found.waves.push(requireSeries({ kind, unit, ...(statistic === undefined ? {} : { statistic }), startMs: time.atMs, ...rest }))
    return
  }
  if (part.valueQuantity !== undefined) {
    const { value, unit } = quantity(located, `${pointer}/valueQuantity`, part.valueQuantity)
    found.points.push({ kind, unit, statistic, ...time, value })
    return
  }
  // Nothing was measured; without a unit there is no series that this gap could stand in.
  found.leftOut.add(part.dataAbsentReason === undefined ? 'value' : 'dataAbsentReason')
}

function kindOf (located: Located, pointer: string, { coding = [] }: CodeableConcept): MeasurementKind {
  const coded = coding.filter(({ system, code }) => system !== undefined && system !== '' && code !== undefined && code !== '')
  const best = coded.find(({ system }) => system === 'http://loinc.org') ?? coded[0]
  if (best?.system === undefined || best.code === undefined) throw invalid(located, pointer, 'it has no coding with system and code')
  const display = best.display?.slice(0, 256)
  return { system: best.system, code: best.code, ...(display === undefined || display === '' ? {} : { display }) }
}

function statisticOf (located: Located, pointer: string, { code: { coding = [] } }: Component): Statistic | undefined {
  const word = coding.find(({ system }) => system === STATISTIC_SYSTEM)?.code
  if (word === undefined) return undefined
  const statistic = STATISTICS[word]
  if (statistic !== undefined) return statistic
  throw invalid(located, `${pointer}/code`, `a stream holds samples, averages, minima, maxima and counts, no ${word.slice(0, 64)}`, 'NOT_EXPRESSIBLE')
}

function quantity (located: Located, pointer: string, quantity: Quantity): { value: number, unit: string } {
  const { value, comparator, unit, system, code } = quantity
  if (value === undefined) throw invalid(located, pointer, 'the quantity has no value')
  if (comparator !== undefined) throw invalid(located, `${pointer}/comparator`, `"${comparator}" is a bound and no measurement`, 'NOT_EXPRESSIBLE')
  return { value, unit: unitOf(located, pointer, system, code, unit) }
}

type Word = string | undefined

function unitOf (located: Located, pointer: string, system: Word, code: Word, words: Word): string {
  if (system !== undefined && system !== UCUM) throw invalid(located, `${pointer}/system`, `units are read as UCUM (${UCUM})`, 'UNIT_UNKNOWN')
  const unit = code ?? words
  if (unit === undefined) throw invalid(located, pointer, 'the quantity has no unit; what has no dimension has the code "1"', 'UNIT_UNKNOWN')
  const at = `${pointer}/${code === undefined ? 'unit' : 'code'}`
  if (!isUnit(unit)) throw invalid(located, at, `"${unit.slice(0, 64)}" is no unit of UCUM`, 'UNIT_UNKNOWN')
  return unit
}

function waveOf (located: Located, pointer: string, data: SampledData): Pick<Series, 'unit' | 'periodMs' | 'values'> {
  if (data.dimensions !== 1) throw invalid(located, `${pointer}/dimensions`, 'samples of more than one dimension are read as one component each')
  if (data.data === undefined) throw invalid(located, pointer, 'it has no data')
  const unit = unitOf(located, `${pointer}/origin`, data.origin.system, data.origin.code, data.origin.unit)
  const origin = data.origin.value ?? 0
  const factor = data.factor ?? 1
  const values = data.data.trim().split(/\s+/).map((word, index) => {
    // Error, below and above what the sensor can tell: no number.
    if (word === 'E' || word === 'L' || word === 'U') return null
    if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word)) {
      throw invalid(located, `${pointer}/data`, `sample ${index + 1}, "${word.slice(0, 24)}", is neither a decimal nor E, L or U`)
    }
    return factor === 1 && origin === 0 ? Number(word) : shortest(Number(word) * factor + origin)
  })
  return { unit, periodMs: data.period, values }
}

/* A decimal times a decimal factor, without the dust that binary fractions leave (3 * 0.1). */
const shortest = (value: number): number => Number(value.toPrecision(15))
