import type { Consent, Person } from '../shapes/statements.ts'

type Grantee = Consent['grantee']

/** Stands where a staff id does among the grantees of an organisation; no staff id is this. */
export const ORGANIZATION_GRANTEE = '*'

/** What of its organisation a consent is to, as it is listed: a staff id, or all of it. Departments have a list of their own. */
export function granteeKey (grantee: Exclude<Grantee, { kind: 'department' }>): string {
  return grantee.kind === 'organization' ? ORGANIZATION_GRANTEE : grantee.staffId
}

/**
 * Whether the person is whom the consent is to: of an organisation everybody, as far as the policy lets them break the glass; of a
 * department whoever is certified as of it, as far as they are a member.
 */
export function isGrantee (grantee: Grantee, { mspId, staffId, department }: Person & { department?: string | undefined }): boolean {
  if (grantee.mspId !== mspId) return false
  switch (grantee.kind) {
    case 'organization': return true
    case 'department': return grantee.department === department
    case 'practitioner': return grantee.staffId === staffId
  }
}

/** How a grantee is told of. */
export function nameGrantee (grantee: Grantee): string {
  switch (grantee.kind) {
    case 'organization': return grantee.mspId
    case 'department': return `department ${grantee.mspId}/${grantee.department}`
    case 'practitioner': return `${grantee.mspId}/${grantee.staffId}`
  }
}
