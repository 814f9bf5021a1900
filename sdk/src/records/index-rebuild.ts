import type { PatientContext } from '../context/context.ts'
import { isClientError } from '../errors.ts'
import { categoryOfLabel, requireCategory } from '../keys/directory.ts'
import { ensureSearchKeys } from '../search/search-keys.ts'
import { requireSearchOn } from '../search/switched-on.ts'
import { isContentRecord } from './own-content.ts'
import { isIndexed, readManifests } from './record-read.ts'
import { rewrapRecord } from './rewrap.ts'
import type { Rewrapped } from './rewrap.ts'
import type { Done } from '../context/submit.ts'

export interface IndexRebuilt {
  patientId: string
  items: Array<Done<Rewrapped>>
  /** Those that could not be indexed; each is as it was. */
  failed: Array<{ recordId: string, version: number, code: string, detail: string }>
  /** Versions that had an entry before, and were left alone. */
  indexedBefore: number
}

/**
 * Makes entries for own record versions that have none, from before there was an index or added without: each is wrapped anew, for the
 * newest key of its category, with its entry. `all` makes those that there are anew, too. Only the patient can: an author cannot wrap
 * again, and a permit to read does not let its holder speak for the author. @throws {ClientError} FEATURE_INACTIVE, CATEGORY_UNKNOWN
 */
export async function rebuildIndex (
  context: PatientContext, { categories, all = false }: { categories?: readonly string[], all?: boolean } = {}
): Promise<IndexRebuilt> {
  const wanted = categories?.map(requireCategory)
  await requireSearchOn(context)
  await ensureSearchKeys(context, wanted)
  const { directory, manifests } = await readManifests(context, context.patientId)
  const live = manifests.filter(isContentRecord).flatMap((manifest) => {
    const category = categoryOfLabel(context.keys, manifest.label)
    const isWanted = manifest.end === undefined && category !== undefined && (wanted?.includes(category) ?? true)
    return isWanted ? [{ manifest, category }] : []
  })
  const due = live.filter(({ manifest }) => all || !isIndexed(manifest))
  const rebuilt: IndexRebuilt = { patientId: context.patientId, items: [], failed: [], indexedBefore: live.length - due.length }
  for (const { manifest, category } of due) {
    try {
      rebuilt.items.push(await rewrapRecord({ from: context, to: context, directory }, manifest, category, { index: true }))
    } catch (error) {
      if (!isClientError(error)) throw error
      const { recordId, version } = manifest.body
      rebuilt.failed.push({ recordId, version, code: error.code, detail: error.message })
    }
  }
  return rebuilt
}
