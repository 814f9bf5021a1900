import { createHmac } from 'node:crypto'
import { toHex } from '@epione/crypto'
import { categoryOf, mediaClassOf } from '@epione/fhir/sealing'
import type { Category } from '@epione/protocol'
import { once } from '@epione/sdk'
import type { PractitionerContext } from '@epione/sdk'
import type { FhirResource } from 'fhir/r4.js'
import { Left } from './errors.ts'
import type { Matched } from './patients.ts'
import { sealable, sourcePatientOf } from './resources.ts'
import type { Shown } from './source.ts'
import type { Wanted } from './writer.ts'

export interface PreparedFor {
  /** The patient's id in the source, and whose card that is. */
  readonly sourcePatient: string
  readonly matched: Matched
  readonly context: PractitionerContext
  /** What the hospital calls the system that it reads. */
  readonly system: string
  readonly base?: string | undefined
}

/** Whose a thing is, as the source calls its patients. @throws {Left} PATIENT_MISSING, PATIENT_UNMATCHED */
export function patientOf (shown: Shown, base: string | undefined): string {
  if (shown.kind === 'resource') return sourcePatientOf(shown.resource, base)
  if (shown.patient !== undefined && shown.patient !== '') return shown.patient
  throw new Left('PATIENT_MISSING', 'it names no patient')
}

/** What a source shows, as it is sealed for its patient. @throws {Left} what its bytes cannot be read for */
export async function prepare (shown: Shown, { sourcePatient, matched, context, system, base }: PreparedFor): Promise<Wanted> {
  const { patientId, categories } = matched
  const fits = (category: Category): string => categories.includes(category) ? category : 'inbox'
  const hash = hasher(context, system)
  const common = { key: shown.key, sourcePatient, matched }
  if (shown.kind === 'bytes') {
    for await (const piece of shown.bytes.read()) hash.update(piece)
    return { ...common, category: fits('imaging'), mediaClass: 'image', read: shown.bytes.read, hash: toHex(hash.digest()), stamp: undefined }
  }
  const bytes = Buffer.from(JSON.stringify(sealable(shown.resource, { system, patientId, sourcePatient, base })))
  return {
    ...common,
    category: fits(categoryOf(shown.resource)),
    mediaClass: mediaClassOf(shown.resource),
    read: () => once(bytes),
    hash: toHex(hash.update(bytes).digest()),
    stamp: stampOf(shown.resource)
  }
}

/** Of what a journal's hashes are made: what they are of is not to be guessed by whoever finds the journal. */
function hasher ({ keys }: PractitionerContext, system: string): ReturnType<typeof createHmac> {
  return createHmac('sha256', keys.namedRecordId(`sync-journal/${system}`))
}

function stampOf ({ meta }: FhirResource): string | undefined {
  const ms = Date.parse(meta?.lastUpdated ?? '')
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
