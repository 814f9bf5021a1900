import { Compile } from 'typebox/schema'
import type { Validator } from 'typebox/schema'
import bloodGlucose from './schemas/blood-glucose-4.0.json' with { type: 'json' }
import bloodPressure from './schemas/blood-pressure-4.0.json' with { type: 'json' }
import bodyLocation from './schemas/body-location-1.1.json' with { type: 'json' }
import bodyPosture from './schemas/body-posture-1.0.json' with { type: 'json' }
import bodyTemperature from './schemas/body-temperature-4.0.json' with { type: 'json' }
import dateTime from './schemas/date-time-1.0.json' with { type: 'json' }
import descriptiveStatistic from './schemas/descriptive-statistic-1.2.json' with { type: 'json' }
import descriptiveStatistic10 from './schemas/descriptive-statistic-1.0.json' with { type: 'json' }
import denominator from './schemas/descriptive-statistic-denominator-1.1.json' with { type: 'json' }
import diastolic from './schemas/diastolic-blood-pressure-1.1.json' with { type: 'json' }
import durationUnitValue from './schemas/duration-unit-value-1.0.json' with { type: 'json' }
import heartRate from './schemas/heart-rate-2.0.json' with { type: 'json' }
import oxygenSaturation from './schemas/oxygen-saturation-2.0.json' with { type: 'json' }
import partOfDay from './schemas/part-of-day-1.0.json' with { type: 'json' }
import respiratoryRate from './schemas/respiratory-rate-2.0.json' with { type: 'json' }
import rrInterval from './schemas/rr-interval-1.0.json' with { type: 'json' }
import specimenSource from './schemas/specimen-source-2.1.json' with { type: 'json' }
import stepCount from './schemas/step-count-3.0.json' with { type: 'json' }
import systolic from './schemas/systolic-blood-pressure-1.1.json' with { type: 'json' }
import temperatureUnitValue from './schemas/temperature-unit-value-1.0.json' with { type: 'json' }
import toActivity from './schemas/temporal-relationship-to-physical-activity-1.0.json' with { type: 'json' }
import toMeal from './schemas/temporal-relationship-to-meal-1.2.json' with { type: 'json' }
import toSleep from './schemas/temporal-relationship-to-sleep-1.0.json' with { type: 'json' }
import timeFrame from './schemas/time-frame-1.0.json' with { type: 'json' }
import timeInterval from './schemas/time-interval-1.0.json' with { type: 'json' }
import unitValue from './schemas/unit-value-1.0.json' with { type: 'json' }

type Json = Readonly<Record<string, unknown>>

/*
 * Files beside this one are as published, byte for byte. Some names point to IEEE 1752.1, which keeps its schemas elsewhere: in their
 * place stand their predecessors of the same name, deprecated in favour of those. They differ in one thing that the test data tells: the
 * standard's interval has no part of a day.
 */
const ieeeTimeFrame: Json = {
  ...timeFrame,
  definitions: {
    ...timeInterval.definitions,
    ...timeFrame.definitions,
    time_interval: { type: 'object', oneOf: timeInterval.oneOf.filter(({ required }) => !required.includes('part_of_day')) }
  }
}
const IEEE = 'https://w3id.org/ieee/ieee-1752-schema/'
const FILES: Readonly<Record<string, Json>> = {
  'body-location-1.x.json': bodyLocation,
  'date-time-1.x.json': dateTime,
  'descriptive-statistic-1.x.json': descriptiveStatistic,
  'descriptive-statistic-1.0.json': descriptiveStatistic10,
  'descriptive-statistic-denominator-1.x.json': denominator,
  'diastolic-blood-pressure-1.x.json': diastolic,
  'duration-unit-value-1.x.json': durationUnitValue,
  'part-of-day-1.x.json': partOfDay,
  'specimen-source-2.x.json': specimenSource,
  'systolic-blood-pressure-1.x.json': systolic,
  'temporal-relationship-to-meal-1.x.json': toMeal,
  'temporal-relationship-to-physical-activity-1.x.json': toActivity,
  'temporal-relationship-to-sleep-1.x.json': toSleep,
  'time-frame-1.x.json': timeFrame,
  'time-interval-1.x.json': timeInterval,
  'unit-value-1.x.json': unitValue,
  [`${IEEE}body-posture-1.0.json`]: bodyPosture,
  [`${IEEE}descriptive-statistic-1.0.json`]: descriptiveStatistic,
  [`${IEEE}temperature-unit-value-1.0.json`]: temperatureUnitValue,
  [`${IEEE}time-frame-1.0.json`]: ieeeTimeFrame,
  [`${IEEE}unit-value-1.0.json`]: unitValue
}

const BODIES = {
  'blood-glucose': { version: '4.0', schema: bloodGlucose },
  'blood-pressure': { version: '4.0', schema: bloodPressure },
  'body-temperature': { version: '4.0', schema: bodyTemperature },
  'heart-rate': { version: '2.0', schema: heartRate },
  'oxygen-saturation': { version: '2.0', schema: oxygenSaturation },
  'respiratory-rate': { version: '2.0', schema: respiratoryRate },
  'rr-interval': { version: '1.0', schema: rrInterval },
  'step-count': { version: '3.0', schema: stepCount }
} as const satisfies Record<string, { version: string, schema: Json }>

export type BodyName = keyof typeof BODIES

export const BODY_NAMES = Object.keys(BODIES) as BodyName[]
export const versionOf = (name: BodyName): string => BODIES[name].version

const compiled = new Map<BodyName, Validator>()

/** Validator of a body. */
export function schemaOf (name: BodyName): Validator {
  const validator = compiled.get(name) ?? Compile(inline(BODIES[name].schema) as never)
  compiled.set(name, validator)
  return validator
}

/* References to other files and to a file's own definitions, put in their places: none of these schemas leads back to itself. */
function inline (file: Json): Json {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node !== 'object' || node === null) return node
    const { $ref, ...rest } = node as Json
    if (typeof $ref === 'string') return resolve($ref)
    return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, walk(value)]))
  }
  const resolve = (ref: string): unknown => {
    const [, own] = /^#\/definitions\/(.+)$/.exec(ref) ?? []
    if (own !== undefined) return walk((file['definitions'] as Json)[own])
    const other = FILES[ref]
    if (other === undefined) throw new Error(`no schema stands for ${ref}`)
    return inline(other)
  }
  const { $schema, $id, definitions, references, deprecation, ...body } = file
  return walk(body) as Json
}
