import { ClientError } from '@epione/sdk/errors'
import type { DeviceKind } from '@epione/device'

const LOINC = 'http://loinc.org'

/** Kinds that have a short name here: LOINC code, UCUM unit, words. */
const NAMED: Readonly<Record<string, readonly [code: string, unit: string, display: string]>> = {
  'heart-rate': ['8867-4', '/min', 'Heart rate'],
  'rr-interval': ['8637-1', 'ms', 'R-R interval'],
  systolic: ['8480-6', 'mm[Hg]', 'Systolic blood pressure'],
  diastolic: ['8462-4', 'mm[Hg]', 'Diastolic blood pressure'],
  'body-temperature': ['8310-5', 'Cel', 'Body temperature'],
  'oxygen-saturation': ['59408-5', '%', 'Oxygen saturation in arterial blood by pulse oximetry'],
  'blood-glucose': ['2339-0', 'mg/dL', 'Glucose in blood'],
  'respiratory-rate': ['9279-1', '/min', 'Respiratory rate'],
  'step-count': ['55423-8', '1', 'Number of steps']
}

export const KIND_NAMES = Object.keys(NAMED)

/** A kind by its short name, or as `SYSTEM|CODE|UNIT` with perhaps `|WORDS`. @throws {ClientError} USAGE */
export function parseKind (text: string): DeviceKind {
  const named = NAMED[text]
  if (named !== undefined) return { system: LOINC, code: named[0], unit: named[1], display: named[2] }
  const [system = '', code = '', unit = '', display, ...rest] = text.split('|')
  if (system === '' || code === '' || unit === '' || rest.length > 0) {
    throw new ClientError('USAGE', `"${text}" is no kind of measurement: ${KIND_NAMES.join(', ')}, or SYSTEM|CODE|UNIT.`)
  }
  return { system, code, unit, ...(display === undefined ? {} : { display }) }
}
