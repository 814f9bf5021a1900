import type { Consent } from '@epione/protocol'
import type { PatientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { findDepartment, followsFrom, nameOfDepartment } from '../keys/department.ts'
import { listProvenConsents, revokeConsent } from './consent.ts'
import { grantConsent, requestAgain } from './consent-grant.ts'
import type { GranteeShown } from './grantee.ts'

/** A consent to a former key of a department: nobody reads by it any more. */
export interface OutdatedConsent {
  consentId: string
  department: string
  /** Fingerprint of the department's key now. */
  fingerprint: string
  /** The department's own members made each change since; else its hospital put it in place anew, and the fingerprint is to be compared. */
  continued: boolean
}

export interface Regranted extends OutdatedConsent { newConsentId: string, status: string }

interface Found extends OutdatedConsent { body: Consent }

/** The patient's consents in force to departments that have another key by now: to be given anew at a sign-in. */
export async function listOutdated (context: PatientContext): Promise<OutdatedConsent[]> {
  return (await findOutdated(context)).map(({ body: _, ...outdated }) => outdated)
}

/**
 * Gives each of them anew, to the department's present key, for the time that is left and with all its terms, and ends the former one, so
 * that its kfrags are destroyed. What the members did not continue themselves is asked about. @throws {ClientError} REGRANT_NEEDED
 */
export async function regrantOutdated (
  context: PatientContext, approve?: (grantee: GranteeShown) => Promise<boolean>
): Promise<Regranted[]> {
  const done: Regranted[] = []
  for (const { body, ...outdated } of await findOutdated(context)) {
    if (!outdated.continued && approve === undefined) {
      throw new ClientError(
        'REGRANT_NEEDED',
        `The hospital put ${outdated.department} in place anew, which no member of before signed: compare its fingerprint ${outdated.fingerprint} with the department, then grant again with "epione consent grant --fingerprint".`,
        { ...outdated }
      )
    }
    const { consentId, status } = await grantConsent(context, {
      ...requestAgain(context, body),
      ...(outdated.continued ? { fingerprint: outdated.fingerprint } : approve === undefined ? {} : { approve })
    })
    await revokeConsent(context, outdated.consentId)
    done.push({ ...outdated, newConsentId: consentId, status })
  }
  return done
}

async function findOutdated (context: PatientContext): Promise<Found[]> {
  const found: Found[] = []
  for (const { id, body, status } of await listProvenConsents(context)) {
    const { grantee } = body
    if (grantee.kind !== 'department' || !['active', 'pending', 'not-started', 'suspended'].includes(status)) continue
    const { mspId, department } = grantee
    const present = await findDepartment(context, { mspId, department })
    if (present === undefined || present.body.receivingKey === grantee.receivingKey) continue
    found.push({
      consentId: id,
      department: nameOfDepartment(present),
      fingerprint: present.receivingKey.fingerprint(),
      continued: await followsFrom(context, present, grantee.keyVersion),
      body
    })
  }
  return found
}
