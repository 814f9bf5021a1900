import { endOf, timeOf } from '@epione/protocol/streams'
import type { MeasurementKind, Series } from '@epione/protocol/streams'
import { BLOOD_PRESSURE_PANEL, KINDS, sameKind } from '../../kinds.ts'
import { requireSeries } from '../../series.ts'
import type { Statistic } from '../../series.ts'
import { requireUnit } from '../../units.ts'
import { formatInstant } from '../times.ts'
import { STATISTIC_SYSTEM, UCUM } from './shapes.ts'

type Json = Record<string, unknown>

const STATISTIC_CODES: Readonly<Record<Statistic, string>> = { mean: 'average', minimum: 'minimum', maximum: 'maximum', count: 'count' }
/* HL7's profile of vital signs wants this category for these kinds. */
const VITAL_SIGNS = [KINDS.heartRate, KINDS.systolic, KINDS.diastolic, KINDS.bodyTemperature, KINDS.oxygenSaturation, KINDS.respiratoryRate]
/* An evenly spaced series of more values than this is one wave form in place of one Observation a value. */
const SINGLE_VALUES_MAX = 32

/**
 * A FHIR R4 Bundle (collection) of Observations: evenly spaced series as SampledData, others one Observation a value; systolic and
 * diastolic pressure of the same times as components of one panel. Gaps of SampledData are "E"; other gaps have no Observation.
 * `subject` is a reference as `Patient/…`, left out when absent.
 * @throws {SignalError} `SERIES_INVALID`, `UNIT_UNKNOWN`
 */
export function writeFhir (series: readonly Series[], { subject }: { subject?: string } = {}): string {
  const about = subject === undefined ? {} : { subject: { reference: subject } }
  const entry = observationsOf(series).map((resource) => ({ resource: { ...resource, ...about } }))
  return `${JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }, null, 1)}\n`
}

/** The Observations that `writeFhir` writes, each of R4, without id and subject. @throws {SignalError} likewise */
export function observationsOf (series: readonly Series[]): Json[] {
  for (const one of series) requireUnit(requireSeries(one).unit)
  const { panels, rest } = pairPressures(series)
  const observations = [
    ...panels.flatMap(([systolic, diastolic]) => panelObservations(systolic, diastolic)),
    ...rest.flatMap((one) => isWave(one) ? [waveObservation(one)] : singleObservations(one))
  ]
  return observations.map((resource) => ({ resourceType: 'Observation', status: 'final', ...resource }))
}

const isWave = ({ periodMs, values, statistic }: Series): boolean =>
  periodMs !== undefined && (statistic !== undefined || values.length > SINGLE_VALUES_MAX)

function waveObservation (series: Series): Json {
  const { unit, periodMs, values, startMs } = series
  const data = values.map((value) => value === null ? 'E' : String(value)).join(' ')
  const value = { valueSampledData: { origin: { value: 0, ...unitMembers(unit) }, period: periodMs, dimensions: 1, data } }
  return observation(series, { effectivePeriod: { start: formatInstant(startMs), end: formatInstant(endOf(series)) } }, value)
}

function singleObservations (series: Series): Json[] {
  const { kind, unit, values, periodMs } = series
  const lastsMs = sameKind(kind, KINDS.steps) ? periodMs : undefined
  return values.flatMap((value, index) => value === null
    ? []
    : [observation(series, effective(timeOf(series, index), lastsMs), quantityMember(value, unit))])
}

/* A statistic is a component, as FHIR's operation $stats answers. */
function observation ({ kind, statistic }: Series, time: Json, value: Json): Json {
  const about = { ...(VITAL_SIGNS.some((one) => sameKind(one, kind)) ? { category: [VITAL_SIGN] } : {}), code: concept(kind), ...time }
  if (statistic === undefined) return { ...about, ...value }
  return { ...about, component: [{ code: { coding: [{ system: STATISTIC_SYSTEM, code: STATISTIC_CODES[statistic] }] }, ...value }] }
}

function effective (atMs: number, lastsMs: number | undefined): Json {
  if (lastsMs === undefined) return { effectiveDateTime: formatInstant(atMs) }
  return { effectivePeriod: { start: formatInstant(atMs), end: formatInstant(atMs + lastsMs) } }
}

function panelObservations (systolic: Series, diastolic: Series): Json[] {
  return systolic.values.flatMap((value, index) => {
    const parts = [{ of: systolic, value }, { of: diastolic, value: diastolic.values[index] ?? null }]
    const component = parts.flatMap(({ of, value }) =>
      value === null ? [] : [{ code: concept(of.kind), ...quantityMember(value, of.unit) }])
    if (component.length === 0) return []
    return [{ category: [VITAL_SIGN], code: concept(BLOOD_PRESSURE_PANEL), ...effective(timeOf(systolic, index), undefined), component }]
  })
}

function pairPressures (series: readonly Series[]): { panels: Array<[Series, Series]>, rest: Series[] } {
  const panels: Array<[Series, Series]> = []
  const rest = [...series]
  for (const systolic of series.filter((one) => isSample(one, KINDS.systolic))) {
    const diastolic = rest.find((one) => isSample(one, KINDS.diastolic) && sameTimes(one, systolic))
    if (diastolic === undefined) continue
    panels.push([systolic, diastolic])
    rest.splice(rest.indexOf(systolic), 1)
    rest.splice(rest.indexOf(diastolic), 1)
  }
  return { panels, rest }
}

const isSample = (series: Series, kind: MeasurementKind): boolean =>
  sameKind(series.kind, kind) && series.statistic === undefined && !isWave(series)

const sameTimes = (a: Series, b: Series): boolean =>
  a.values.length === b.values.length && a.values.every((_, index) => timeOf(a, index) === timeOf(b, index))

function concept ({ system, code, display }: MeasurementKind): Json {
  return { coding: [{ system, code, ...(display === undefined ? {} : { display }) }], ...(display === undefined ? {} : { text: display }) }
}

const VITAL_SIGN: Json = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }

const unitMembers = (unit: string): Json => ({ unit, system: UCUM, code: unit })
const quantityMember = (value: number, unit: string): Json => ({ valueQuantity: { value, ...unitMembers(unit) } })
