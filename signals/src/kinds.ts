import type { MeasurementKind } from '@epione/protocol/streams'

type Kind = MeasurementKind

const LOINC = 'http://loinc.org'
/** ISO/IEEE 11073-10101 nomenclature: what LOINC has no code for, wave forms above all. */
const MDC = 'urn:iso:std:iso:11073:10101'

/** Kinds of measurement that more than one format has a name for. */
export const KINDS = {
  heartRate: { system: LOINC, code: '8867-4', display: 'Heart rate' },
  rrInterval: { system: LOINC, code: '8637-1', display: 'R-R interval' },
  systolic: { system: LOINC, code: '8480-6', display: 'Systolic blood pressure' },
  diastolic: { system: LOINC, code: '8462-4', display: 'Diastolic blood pressure' },
  bodyTemperature: { system: LOINC, code: '8310-5', display: 'Body temperature' },
  oxygenSaturation: { system: LOINC, code: '59408-5', display: 'Oxygen saturation in arterial blood by pulse oximetry' },
  glucoseMass: { system: LOINC, code: '2339-0', display: 'Glucose [Mass/volume] in blood' },
  glucoseMoles: { system: LOINC, code: '15074-8', display: 'Glucose [Moles/volume] in blood' },
  steps: { system: LOINC, code: '55423-8', display: 'Number of steps in unspecified time Pedometer' },
  respiratoryRate: { system: LOINC, code: '9279-1', display: 'Respiratory rate' },
  pulseWave: { system: MDC, code: '150452', display: 'MDC_PULS_OXIM_PLETH' },
  ecg: { system: MDC, code: '131328', display: 'MDC_ECG_ELEC_POTL' }
} as const satisfies Record<string, Kind>

/** The panel that FHIR wants around systolic and diastolic pressure. */
export const BLOOD_PRESSURE_PANEL: Kind = { system: LOINC, code: '85354-9', display: 'Blood pressure panel with all children optional' }

export const sameKind = (a: Kind, b: Kind): boolean => a.system === b.system && a.code === b.code
