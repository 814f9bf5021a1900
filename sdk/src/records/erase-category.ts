import { listConsents, revokeConsent } from '../consents/consent.ts'
import type { ConsentRevoked, ConsentSummary } from '../consents/consent.ts'
import type { PatientContext } from '../context/context.ts'
import type { Done } from '../context/submit.ts'
import { categoryOfLabel, requireCategory } from '../keys/directory.ts'
import { rotateKeys } from '../keys/rotate.ts'
import { eraseInParts } from './record-end.ts'
import type { RecordsEnded } from './record-end.ts'
import { readManifests } from './record-read.ts'

export interface CategoryErased {
  category: string
  /** What is written from now on is sealed to this epoch. */
  epoch: number | undefined
  items: Array<Done<RecordsEnded>>
  /** Consents to this category alone, which ended: proxies destroy their kfrags. */
  revoked: Array<Done<ConsentRevoked>>
}

const ENDED: readonly ConsentSummary['status'][] = ['revoked', 'expired', 'void']

/**
 * Erases all that was ever written in a category. Its epoch is raised first, so that nobody writes to the old one any more; then every
 * version in it is erased, and consents to nothing else are revoked, whose kfrags nothing else needs. Done again it does what is left.
 */
export async function eraseCategory (context: PatientContext, name: string): Promise<CategoryErased> {
  const category = requireCategory(name)
  const { raised: [raised] } = await rotateKeys(context, { categories: [category] })
  const { manifests } = await readManifests(context, context.patientId)
  const versions = manifests
    .filter(({ label, end }) => end === undefined && categoryOfLabel(context.keys, label) === category)
    .map(({ body: { recordId, version } }) => ({ recordId, version }))
  const items = await eraseInParts(context, versions)
  const revoked: CategoryErased['revoked'] = []
  for (const { consentId, categories, status } of await listConsents(context)) {
    const isOfThisAlone = categories.length === 1 && categories[0] === category
    if (isOfThisAlone && !ENDED.includes(status)) revoked.push(await revokeConsent(context, consentId))
  }
  return { category, epoch: raised?.epoch, items, revoked }
}
