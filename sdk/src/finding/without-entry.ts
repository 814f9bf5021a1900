import type { IndexedVersion } from '@epione/crypto'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { isClientError } from '../errors.ts'
import { listRecords } from '../records/record-read.ts'
import { nameOf } from './search-result.ts'
import type { SearchedIndex } from './search-result.ts'

const NAMED_MAX = 100

/** Record versions without an entry: counted and named, or why nobody says. */
export type WithoutEntry = { readonly count: number, readonly items: readonly IndexedVersion[] } | { readonly unknown: string }

/** Which record versions of the searched compartments no author indexed, as far as the searcher may list the records. */
export async function withoutEntry (
  context: PatientContext | PractitionerContext,
  patientId: string,
  indexes: readonly SearchedIndex[],
  [directory]: readonly VerifiedDirectory[]
): Promise<WithoutEntry> {
  try {
    const records = await listRecords(context, patientId, directory === undefined ? undefined : Promise.resolve(directory))
    const labels = new Set(indexes.map(({ label }) => label))
    const indexed = new Set(indexes.flatMap(({ state: { table } }) =>
      Array.from({ length: table.length }, (_, row) => row).filter((row) => table.stateAt(row) !== 'moved').map((row) => nameOf(table.versionAt(row)))))
    const items = records
      .filter((record) => labels.has(record.label) && record.end === undefined && !indexed.has(nameOf(record)))
      .map(({ recordId, version }) => ({ recordId, version }))
    return { count: items.length, items: items.slice(0, NAMED_MAX) }
  } catch (error) {
    if (!isClientError(error, 'REFUSED')) throw error
    return { unknown: 'the searcher may not list the records' }
  }
}
