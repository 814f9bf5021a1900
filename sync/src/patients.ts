import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { FhirError } from '@epione/fhir/sealing'
import type { Cards } from '@epione/fhir/sealing'
import { isPatientId, SYSTEMS } from '@epione/protocol/fhir'
import { openCard } from '@epione/sdk'
import type { ClientContext } from '@epione/sdk'
import { Left, SyncError } from './errors.ts'
import type { SourcePatient } from './source.ts'

/** Source patient id -> path of a write card. */
export type Mapping = ReadonlyMap<string, string>

/**
 * A mapping of patients: JSON, an object `{"1204": "cards/anna.json"}`, or CSV with the columns `patient,card`. Paths are beside the file.
 * @throws {SyncError} MAPPING_INVALID
 */
export async function readMapping (path: string): Promise<Mapping> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => { throw invalid(`${path} cannot be read`, cause) })
  const rows = text.trimStart().startsWith('{') ? rowsOfJson(text) : rowsOfCsv(text)
  const mapping = new Map<string, string>()
  for (const [named, card] of rows) {
    const id = named.replace(/^Patient\//, '')
    const whole = resolve(dirname(path), card)
    if (id === '' || card === '') throw invalid(`a row without a patient or a card: "${named},${card}"`)
    if (mapping.has(id) && mapping.get(id) !== whole) throw invalid(`patient ${id} has two cards: one patient of the source is one patient`)
    mapping.set(id, whole)
  }
  return mapping
}

function rowsOfJson (text: string): Array<[string, string]> {
  try {
    const value = JSON.parse(text) as unknown
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return Object.entries(value).map(([id, card]) => {
        if (typeof card !== 'string') throw invalid(`patient ${id}: expected the path of a card`)
        return [id, card]
      })
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw invalid('expected JSON as {"1204": "cards/anna.json"}')
}

/** Fields without line breaks; quoted where they hold commas or quotes (RFC 4180). */
function rowsOfCsv (text: string): Array<[string, string]> {
  const [header = [], ...rows] = text.replace(/^\uFEFF/, '').split(/\r?\n/).filter((line) => line.trim() !== '').map(fieldsOf)
  if (header.length !== 2 || header[0]?.trim() !== 'patient' || header[1]?.trim() !== 'card') throw invalid('expected CSV whose first line is "patient,card"')
  return rows.map((fields, index) => {
    const [id, card, ...others] = fields
    if (id === undefined || card === undefined || others.length > 0) throw invalid(`line ${String(index + 2)}: expected two fields`)
    return [id.trim(), card.trim()]
  })
}

function fieldsOf (line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))(?=,|$)/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}

const invalid = (why: string, cause?: unknown): SyncError => new SyncError('MAPPING_INVALID', `The mapping of patients: ${why}.`, { cause })

export interface Matched { readonly patientId: string, readonly card: string, readonly categories: readonly string[] }

export interface MatcherOptions {
  readonly context: ClientContext
  readonly mapping: Mapping
  readonly cards: Cards
  /** What the source knows of a patient. */
  readonly lookUp?: ((id: string) => Promise<SourcePatient | undefined>) | undefined
}

/**
 * Whose card a patient of the source has: by the mapping, else because the source itself names the patient id (an identifier of
 * `urn:epione:patient`) and the card lies in the folder. Names, dates of birth and the like are never compared: nothing is guessed.
 */
export class PatientMatcher {
  readonly #options: MatcherOptions
  /** Of a patient of the source, asked for once a run; those that were asked for longest ago are forgotten. */
  readonly #known = new Map<string, Promise<Matched>>()

  constructor (options: MatcherOptions) {
    this.#options = options
  }

  /** @throws {Left} PATIENT_UNMATCHED, PATIENT_AMBIGUOUS @throws {ClientError} CARD_INVALID, FILE_DAMAGED */
  async match (sourcePatient: string): Promise<Matched> {
    const known = this.#known.get(sourcePatient) ?? this.#find(sourcePatient)
    this.#known.delete(sourcePatient)
    this.#known.set(sourcePatient, known)
    if (this.#known.size > KNOWN_MAX) this.#known.delete(this.#known.keys().next().value ?? '')
    try {
      return await known
    } catch (error) {
      // A patient who has no card has none in this whole run; a source that did not answer may the next time.
      if (!(error instanceof Left && error.reason.startsWith('PATIENT_'))) this.#known.delete(sourcePatient)
      throw error
    }
  }

  async #find (sourcePatient: string): Promise<Matched> {
    const { context, mapping, cards, lookUp } = this.#options
    const said = saidPatient((await lookUp?.(sourcePatient))?.identifier)
    const path = mapping.get(sourcePatient)
    const text = path === undefined ? await readCard(cards, said, sourcePatient) : await readMapped(path, sourcePatient)
    const { patientId, compartments } = openCard(context, text)
    if (said !== undefined && said !== patientId) {
      throw new Left('PATIENT_AMBIGUOUS', `the card is of patient ${patientId}, and the source says that its patient ${sourcePatient} is ${said}`)
    }
    return { patientId, card: text, categories: compartments.map(({ category }) => category) }
  }
}

/** Which patient of Epione a Patient of another system is, as that system says; whatever it says there counts. */
export function saidPatient (identifiers: SourcePatient['identifier']): string | undefined {
  const said = identifiers?.filter(({ system }) => system === SYSTEMS.patient) ?? []
  const [first, ...others] = said.map(({ value = '' }) => value)
  if (first !== undefined && others.some((other) => other !== first)) throw new Left('PATIENT_AMBIGUOUS', `a Patient has two identifiers of ${SYSTEMS.patient}`)
  return first
}

const KNOWN_MAX = 1000

async function readCard (cards: Cards, patientId: string | undefined, sourcePatient: string): Promise<string> {
  if (patientId === undefined || !isPatientId(patientId)) throw new Left('PATIENT_UNMATCHED', `patient ${sourcePatient} is not in the mapping, and the source names no patient id of Epione`)
  try {
    return await cards.read(patientId)
  } catch (error) {
    if (error instanceof FhirError) throw new Left('PATIENT_UNMATCHED', error.message, { cause: error })
    throw error
  }
}

async function readMapped (path: string, sourcePatient: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Left('PATIENT_UNMATCHED', `the card of patient ${sourcePatient}, ${path}, cannot be read`, { cause })
  }
}
