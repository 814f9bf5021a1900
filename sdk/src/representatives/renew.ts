import type { VerifiedDirectory } from '@epione/protocol/verify'
import { nameGrantee } from '@epione/protocol'
import { PublicKey } from '@epione/crypto'
import { listProvenConsents } from '../consents/consent.ts'
import type { ProvenConsent } from '../consents/consent.ts'
import { grantConsent, requestAgain } from '../consents/consent-grant.ts'
import { currentTime } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { isClientError } from '../errors.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { rotateKeys } from '../keys/rotate.ts'
import { staleKeys } from './list.ts'

/** A consent that was given anew for the new epochs; the former one goes on for what was written before. */
export interface Renewed { consentId: string, grantee: string, newConsentId: string, status: string }
/** One that the patient decides about. */
export interface LeftAsIs { consentId: string, grantee: string, why: 'signed by a representative' | 'another key by now' | 'a deposit for emergencies' }
export interface KeysRenewed { patientId: string, raised: Array<{ category: string, epoch: number }>, items: Renewed[], left: LeftAsIs[] }

/**
 * After a representation is over: new epochs of everything that the representative has keys of, and the patient's own consents anew for
 * them. Broken off, it goes on where it stopped. What a representative consented to is not continued unasked.
 */
export async function renewKeys (context: PatientContext): Promise<KeysRenewed> {
  const { labels, kfragSigning } = staleKeys(await readOwnDirectory(context), currentTime(context))
  const categories = labels.flatMap((label) => categoryOfLabel(context.keys, label) ?? [])
  const raised = categories.length === 0 && !kfragSigning ? [] : (await rotateKeys(context, { categories, kfragSigning })).raised
  const directory = await readOwnDirectory(context)
  const consents = (await listProvenConsents(context, Promise.resolve(directory))).filter(({ status }) => status === 'active' || status === 'pending')
  const items: Renewed[] = []
  const left: LeftAsIs[] = []
  for (const consent of consents.filter((each) => isOutdated(each, directory) && !isContinued(each, consents, directory))) {
    const named = { consentId: consent.id, grantee: nameGrantee(consent.body.grantee) }
    const done = await regrant(context, consent)
    if (typeof done === 'string') left.push({ ...named, why: done })
    else items.push({ ...named, ...done })
  }
  return { patientId: context.patientId, raised, items, left }
}

const isNewest = ({ newest }: VerifiedDirectory, label: string, epoch: number): boolean =>
  newest.compartments.some((c) => c.label === label && c.epoch === epoch)

function isOutdated ({ body }: ProvenConsent, directory: VerifiedDirectory): boolean {
  return body.compartments.some(({ label, epoch }) => !isNewest(directory, label, epoch))
}

/** Whether the same grantee has a consent to the newest epochs of the same categories, for the same purposes and actions. */
function isContinued ({ body }: ProvenConsent, consents: readonly ProvenConsent[], directory: VerifiedDirectory): boolean {
  return consents.some(({ body: other }) =>
    nameGrantee(other.grantee) === nameGrantee(body.grantee) && body.purposes.every((purpose) => other.purposes.includes(purpose)) &&
    body.actions.every((action) => other.actions.includes(action)) &&
    body.compartments.every(({ label }) => other.compartments.some((c) => c.label === label && isNewest(directory, label, c.epoch))))
}

async function regrant (
  context: PatientContext, { body, signedBy }: ProvenConsent
): Promise<{ newConsentId: string, status: string } | LeftAsIs['why']> {
  const { grantee } = body
  if (signedBy.kind === 'representative') return 'signed by a representative'
  if (grantee.kind === 'organization') return 'a deposit for emergencies'
  try {
    // The key that the patient compared before; another one is compared again.
    const fingerprint = PublicKey.fromHex(grantee.receivingKey).fingerprint()
    const { consentId, status } = await grantConsent(context, { ...requestAgain(context, body), fingerprint })
    return { newConsentId: consentId, status }
  } catch (error) {
    if (isClientError(error, 'FINGERPRINT_MISMATCH')) return 'another key by now'
    throw error
  }
}
