import type { Identifier, Patient } from 'fhir/r4.js'
import { isPatientId, parseReference, parseToken, SYSTEMS, tokenMatches } from '@epione/protocol/fhir'
import { FhirError } from './errors.ts'
import { FollowedFile } from './followed-file.ts'
import { requireResource } from './schema.ts'

/** The hospital's own patients: who is whom is known here and nowhere else on the network. */
export interface Patients {
  all: () => Promise<readonly Patient[]>
}

/**
 * A file of FHIR Patients, one a line as systems export them, each with an identifier of system `urn:epione:patient`; read again when it
 * changes. @throws {FhirError} RESOURCE_INVALID
 */
export class PatientFile implements Patients {
  readonly #file: FollowedFile<readonly Patient[]> | undefined

  constructor (path: string | undefined) {
    this.#file = path === undefined ? undefined : new FollowedFile(path, parseLines)
  }

  async all (): Promise<readonly Patient[]> {
    return await this.#file?.read() ?? []
  }
}

function parseLines (text: string): Patient[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    const patient = requireResource(parseLine(line, index), `line ${String(index + 1)} of the patients: `)
    const patientId = patient.resourceType === 'Patient' ? epioneIdOf(patient.identifier) : undefined
    if (patient.resourceType !== 'Patient' || patientId === undefined) {
      throw new FhirError('RESOURCE_INVALID', `line ${String(index + 1)} of the patients is no Patient with an identifier of ${SYSTEMS.patient}`)
    }
    return [{ ...patient, id: patientId }]
  })
}

function parseLine (line: string, index: number): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new FhirError('RESOURCE_INVALID', `line ${String(index + 1)} of the patients is no JSON`, { cause })
  }
}

export function epioneIdOf (identifiers: readonly Identifier[] | undefined): string | undefined {
  const value = identifiers?.find(({ system }) => system === SYSTEMS.patient)?.value
  return value !== undefined && isPatientId(value) ? value : undefined
}

/** A patient of whom nothing but the pseudonym is known here. */
export function pseudonymous (patientId: string): Patient {
  return { resourceType: 'Patient', id: patientId, identifier: [{ system: SYSTEMS.patient, value: patientId }] }
}

/** Whom a search or a resource means: an id, a reference, or an identifier of the hospital's own patients. */
export class PatientFinder {
  readonly #patients: Patients

  constructor (patients: Patients) {
    this.#patients = patients
  }

  async all (): Promise<readonly Patient[]> {
    return await this.#patients.all()
  }

  async find (patientId: string): Promise<Patient | undefined> {
    return (await this.all()).find(({ id }) => id === patientId)
  }

  /** `Patient/…`, or the id alone. @throws {FhirError} PATIENT_UNKNOWN */
  ofReference (reference: string): string {
    const { type = 'Patient', id = reference } = parseReference(reference) ?? {}
    if (type === 'Patient' && isPatientId(id)) return id
    throw new FhirError('PATIENT_UNKNOWN', `"${reference.slice(0, 80)}" names no patient: a Patient's id here is the patient id, as Patient/k3…`, { issue: 'not-found' })
  }

  /** `system|value` of the hospital, or of the network. @throws {FhirError} PATIENT_UNKNOWN for none, or several */
  async ofIdentifier (text: string): Promise<string> {
    const token = parseToken(text)
    if ((token.system === undefined || token.system === SYSTEMS.patient) && isPatientId(token.code ?? '')) return token.code ?? ''
    const found = (await this.all()).filter(({ identifier = [] }) =>
      identifier.some(({ system, value }) => tokenMatches(token, { system, code: value })))
    const [only, ...others] = found
    if (only?.id !== undefined && others.length === 0) return only.id
    throw new FhirError('PATIENT_UNKNOWN', `${found.length === 0 ? 'no' : 'more than one'} patient of --patients has the identifier ${text.slice(0, 80)}`, {
      issue: found.length === 0 ? 'not-found' : 'multiple-matches'
    })
  }
}
