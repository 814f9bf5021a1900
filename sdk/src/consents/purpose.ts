import { EMERGENCY_PURPOSE, PURPOSES } from '@epione/protocol'
import type { Purpose } from '@epione/protocol'
import { ClientError } from '../errors.ts'

/** One that may be stated without an emergency. */
type StatedPurpose = (typeof PURPOSES)[number]

const isPurpose = (name: string): name is StatedPurpose => PURPOSES.some((p) => p === name)

/** The same, and BTG: what a patient may forbid. @throws {ClientError} USAGE */
export function requireAnyPurpose (name: string): Purpose {
  return name === EMERGENCY_PURPOSE ? name : requirePurpose(name)
}

/** A purpose of use by its HL7 code. @throws {ClientError} USAGE */
export function requirePurpose (name: string): StatedPurpose {
  if (!isPurpose(name)) throw new ClientError('USAGE', `There is no purpose "${name}". Purposes: ${PURPOSES.join(', ')}.`)
  return name
}
