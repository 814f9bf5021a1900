import { identityKeyOf } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { ClientError } from '../errors.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { isIndexed, readManifests } from '../records/record-read.ts'
import { isContentRecord, namesOfStreams } from '../records/own-content.ts'
import { rewrapRecord } from '../records/rewrap.ts'
import type { Rewrapped } from '../records/rewrap.ts'
import { ensureSearchKeys } from '../search/search-keys.ts'
import { makeStatement } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { together } from '../gateways/together.ts'

export interface Succeeded {
  patientId: string
  successor: string
  /** Absent when the hand-over was on the ledger before. */ succession?: Done<Written & { statementId: string }>
  items: Array<Done<Rewrapped>>
  warnings?: string[]
}

/**
 * Hands a patient id over to the phrase of `successor`: both sign, then every record is wrapped anew for the successor's own
 * keys, and those that are found by keywords are indexed under the successor's search keys. Consents of the former id end. What was erased
 * or withdrawn stays behind. Broken off, it goes on where it stopped.
 */
export async function succeedPatient (former: PatientContext, successor: PatientContext): Promise<Succeeded> {
  const [before, directory] = await together(readOwnDirectory(former), readOwnDirectory(successor))
  if (before.succeededBy !== undefined && before.succeededBy !== successor.patientId) {
    throw new ClientError('PATIENT_SUCCEEDED', `Patient ${former.patientId} was handed over to ${before.succeededBy} before.`, {
      patientId: former.patientId,
      successor: before.succeededBy
    })
  }
  const succession = before.succeededBy === undefined ? await submitSuccession(former, successor) : undefined
  // Read again: the hand-over stands in both directories now.
  const { manifests } = await readManifests(former, former.patientId)
  const left = manifests.filter(({ end }) => end === undefined)
  const live = left.filter(isContentRecord)
  if (live.some(isIndexed)) await ensureSearchKeys(successor)
  const items: Succeeded['items'] = []
  const unknown: string[] = []
  for (const manifest of live) {
    const category = categoryOfLabel(former.keys, manifest.label)
    if (category === undefined) unknown.push(manifest.body.recordId)
    else items.push(await rewrapRecord({ from: former, to: successor, directory }, manifest, category))
  }
  const warnings = [
    ...succession?.warnings ?? [],
    ...unknown.map((recordId) =>
      `Record ${recordId} lies in a compartment whose category this program does not know; it was left with ${former.patientId}.`),
    ...namesOfStreams(left).map((recordId) => `Stream ${recordId} keeps the wraps that it has; it was left with ${former.patientId}.`)
  ]
  return {
    patientId: former.patientId,
    successor: successor.patientId,
    ...(succession === undefined ? {} : { succession }),
    items,
    ...(warnings.length === 0 ? {} : { warnings })
  }
}

async function submitSuccession (former: PatientContext, successor: PatientContext): Promise<Done<Written & { statementId: string }>> {
  const { patientId } = former
  const { id, statement } = makeStatement(former, 'Succession', {
    patientId,
    successor: successor.patientId
  }, [identityKeyOf(former), identityKeyOf(successor)])
  return submitAnywhere<Written & { statementId: string }>(former, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.lifetime.succeed(patientId, statement, id), statementId: id }),
    recover: (written) => ({ statementId: id, ...written })
  })
}
