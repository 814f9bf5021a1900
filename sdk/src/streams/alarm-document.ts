import type { MeasurementKind } from '@epione/protocol/streams'
import type { Alarm } from '@epione/signals'

type Json = Record<string, unknown>

const UCUM = 'http://unitsofmeasure.org'

export interface AlarmContext {
  readonly alarmId: string
  readonly patientId: string
  readonly stream: string
  readonly kind: MeasurementKind | undefined
}

/**
 * An alarm as FHIR R4: a DetectedIssue of the rule's severity, with the measurement that raised it as an Observation inside. It says of
 * itself that a program made it: `preliminary`, until a person looked.
 */
export function alarmDocument (alarm: Alarm, { alarmId, patientId, stream, kind }: AlarmContext): Json {
  const patient = { identifier: { system: 'urn:epione:patient', value: patientId } }
  const [since, at] = [new Date(alarm.sinceMs).toISOString(), new Date(alarm.atMs).toISOString()]
  const observation = alarm.value === undefined || kind === undefined
    ? undefined
    : {
        resourceType: 'Observation',
        id: 'measured',
        status: 'preliminary',
        code: { coding: [{ system: kind.system, code: kind.code }], text: alarm.rule },
        subject: patient,
        effectivePeriod: { start: since, end: at },
        valueQuantity: { value: alarm.value, ...(alarm.unit === undefined ? {} : { unit: alarm.unit, system: UCUM, code: alarm.unit }) }
      }
  return {
    resourceType: 'DetectedIssue',
    ...(observation === undefined ? {} : { contained: [observation] }),
    identifier: [{ system: 'urn:epione:alarm', value: alarmId }],
    status: 'preliminary',
    code: { text: alarm.rule },
    severity: alarm.severity,
    patient,
    identifiedPeriod: { start: since, end: at },
    ...(observation === undefined ? {} : { implicated: [{ reference: '#measured' }] }),
    evidence: [{ detail: [{ identifier: { system: 'urn:epione:stream', value: stream } }] }],
    detail: alarm.text
  }
}
