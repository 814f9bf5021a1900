import { join } from 'node:path'
import { readTextIfExists } from '@epione/host'
import { FhirError } from './errors.ts'

/** Patients' write cards, which let this hospital write for them. */
export interface Cards {
  /** The text of a patient's card. @throws {FhirError} CARD_MISSING */
  read: (patientId: string) => Promise<string>
}

/** A folder of them, each `PATIENT.json` as `epione patient card --out` wrote it. */
export class FolderCards implements Cards {
  readonly #folder: string | undefined

  constructor (folder: string | undefined) {
    this.#folder = folder
  }

  async read (patientId: string): Promise<string> {
    const text = this.#folder === undefined ? undefined : await readTextIfExists(join(this.#folder, `${patientId}.json`))
    if (text !== undefined) return text
    const where = this.#folder === undefined ? 'start the service with --cards FOLDER' : 'ask the patient for one and put it into the folder of --cards'
    throw new FhirError('CARD_MISSING', `there is no write card of patient ${patientId}, as PATIENT.json: ${where}`, { issue: 'business-rule' })
  }
}
