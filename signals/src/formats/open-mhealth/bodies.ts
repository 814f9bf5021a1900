import type { MeasurementKind } from '@epione/protocol/streams'
import { KINDS } from '../../kinds.ts'
import type { Statistic } from '../../series.ts'
import type { BodyName } from './schemas.ts'

/** One measurement of a body: its member, its kind, and UCUM for Open mHealth's units. */
export interface Measure {
  readonly member: string
  readonly kind: MeasurementKind
  readonly units: Readonly<Record<string, string>>
}

/** What each body measures. Glucose is two kinds, because LOINC tells mass from moles. */
export const MEASURES: Readonly<Record<BodyName, readonly Measure[]>> = {
  'blood-glucose': [
    { member: 'blood_glucose', kind: KINDS.glucoseMass, units: { 'mg/dL': 'mg/dL' } },
    { member: 'blood_glucose', kind: KINDS.glucoseMoles, units: { 'mmol/L': 'mmol/L' } }
  ],
  'blood-pressure': [
    { member: 'systolic_blood_pressure', kind: KINDS.systolic, units: { mmHg: 'mm[Hg]' } },
    { member: 'diastolic_blood_pressure', kind: KINDS.diastolic, units: { mmHg: 'mm[Hg]' } }
  ],
  'body-temperature': [{ member: 'body_temperature', kind: KINDS.bodyTemperature, units: { C: 'Cel', F: '[degF]', K: 'K' } }],
  'heart-rate': [{ member: 'heart_rate', kind: KINDS.heartRate, units: { 'beats/min': '/min' } }],
  'oxygen-saturation': [{ member: 'oxygen_saturation', kind: KINDS.oxygenSaturation, units: { '%': '%' } }],
  'respiratory-rate': [{ member: 'respiratory_rate', kind: KINDS.respiratoryRate, units: { 'breaths/min': '/min' } }],
  'rr-interval': [{ member: 'rr_interval', kind: KINDS.rrInterval, units: { ms: 'ms' } }],
  'step-count': [{ member: 'step_count', kind: KINDS.steps, units: { steps: '{steps}' } }]
}

/** Statistics that both have a word for. A count has no unit in a series, and one of the measurement in Open mHealth. */
export const STATISTIC_WORDS: Readonly<Record<string, Statistic>> = { average: 'mean', minimum: 'minimum', maximum: 'maximum' }
