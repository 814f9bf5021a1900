/** Kinds of hospital; the policy's organisation hierarchy is built on them. */
export const ORGANIZATION_KINDS = ['core', 'regional'] as const
export type OrganizationKind = typeof ORGANIZATION_KINDS[number]
