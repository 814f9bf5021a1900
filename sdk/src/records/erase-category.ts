import { isConsentOver } from '@epione/protocol'
import { listConsents, revokeConsent } from '../consents/consent.ts'
import type { ConsentRevoked, ConsentSummary } from '../consents/consent.ts'
import type { PatientContext } from '../context/context.ts'
import type { Done } from '../context/submit.ts'
import { ClientError } from '../errors.ts'
import { categoryOfLabel, requireCategory } from '../keys/directory.ts'
import { rotateKeys } from '../keys/rotate.ts'
import { eraseCompartments } from './record-end.ts'
import type { RecordsEnded } from './record-end.ts'
import { readManifests } from './record-read.ts'

export type CategoryErased = Done<RecordsEnded> & {
  category: string
  /** What is written from now on is sealed to this epoch. */
  epoch: number | undefined
  /** Consents to this category alone, which ended: proxies destroy their kfrags. */
  revoked: Array<Done<ConsentRevoked>>
}

/** Of these consents those that end when all of a category is erased: what they are to is nothing else, and they have not ended. */
export function consentsEndingWith (consents: readonly ConsentSummary[], category: string): ConsentSummary[] {
  return consents.filter(({ status, categories }) => !isConsentOver(status) && categories.length === 1 && categories[0] === category)
}

/**
 * Erases all that was ever written in a category, by one statement. Its epoch is raised first, so that nobody writes to the old one any
 * more; then all older ones are erased as a whole, every hospital's kfrags of them with it, and consents to nothing else are revoked. Done
 * again it erases what was written since; `versions` are those that this client knows of.
 */
export async function eraseCategory (context: PatientContext, name: string): Promise<CategoryErased> {
  const category = requireCategory(name)
  const { raised: [raised] } = await rotateKeys(context, { categories: [category] })
  const { directory: { newest }, manifests } = await readManifests(context, context.patientId)
  const isOfCategory = ({ label }: { label: string }): boolean => categoryOfLabel(context.keys, label) === category
  const compartments = newest.compartments.filter(isOfCategory).map(({ label, epoch }) => ({ label, epoch: epoch - 1 }))
  if (raised === undefined || compartments.some(({ epoch }) => epoch !== raised.epoch - 1)) {
    throw new ClientError('ORGANIZATIONS_DIFFER', 'Organisations do not show the raised epoch yet, and nothing was erased: do it again.', {
      party: { kind: 'organizations' }
    })
  }
  const versions = manifests
    .filter((manifest) => manifest.end === undefined && isOfCategory(manifest) &&
      compartments.some(({ label, epoch }) => manifest.label === label && manifest.epoch <= epoch))
    .map(({ body: { recordId, version } }) => ({ recordId, version }))
  const order = { ...await eraseCompartments(context, compartments), versions }
  const revoked: CategoryErased['revoked'] = []
  for (const { consentId } of consentsEndingWith(await listConsents(context), category)) {
    revoked.push(await revokeConsent(context, consentId))
  }
  return { category, epoch: raised.epoch, ...order, revoked }
}
