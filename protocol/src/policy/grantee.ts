import type { Consent, Person } from '../shapes/statements.ts'

type Grantee = Consent['grantee']

/** Stands where a staff id does among the grantees of an organisation; no staff id is this. */
export const ORGANIZATION_GRANTEE = '*'

/** What of its organisation a consent is to, as it is listed: a staff id, or all of it. */
export function granteeKey (grantee: Grantee): string {
  return grantee.kind === 'organization' ? ORGANIZATION_GRANTEE : grantee.staffId
}

/** Whether the person is whom the consent is to; of an organisation everybody, as far as the policy lets them break the glass. */
export function isGrantee (grantee: Grantee, { mspId, staffId }: Person): boolean {
  return grantee.mspId === mspId && (grantee.kind === 'organization' || grantee.staffId === staffId)
}

/** How a grantee is told of. */
export function nameGrantee (grantee: Grantee): string {
  return grantee.kind === 'organization' ? grantee.mspId : `${grantee.mspId}/${grantee.staffId}`
}
