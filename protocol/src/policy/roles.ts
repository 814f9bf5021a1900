/**
 * Roles as certified in X.509 attributes (`role`), child -> parent. A child may do what its parent may.
 * Professional roles follow FHIR's structural roles; the others are Epione's functional roles.
 */
export const ROLE_PARENTS = {
  'health-professional': undefined,
  physician: 'health-professional',
  nurse: 'health-professional',
  pharmacist: 'health-professional',
  dentist: 'health-professional',
  emergency: 'health-professional',
  researcher: undefined,
  registrar: undefined,
  'privacy-officer': undefined,
  auditor: undefined,
  gateway: undefined
} as const satisfies Record<string, string | undefined>

export type Role = keyof typeof ROLE_PARENTS

export function isRole (value: string): value is Role {
  return Object.hasOwn(ROLE_PARENTS, value)
}

/** The role itself, then its parent, and so on up. */
export function rolesUpward (role: Role): Role[] {
  const parent = ROLE_PARENTS[role]
  return parent === undefined ? [role] : [role, ...rolesUpward(parent)]
}

/** HL7 v3 ActReason codes that a request may state. BTG (break-glass) is not a purpose one can simply state. */
export const PURPOSES = ['TREAT', 'ETREAT', 'HPAYMT', 'HOPERAT', 'HRESCH', 'PUBHLTH'] as const
export type Purpose = (typeof PURPOSES)[number]

/** The base policy (RBAC half of the decision): which role may read for which purpose. */
export const BASE_POLICY = {
  version: 'base/1',
  read: {
    'health-professional': ['TREAT', 'ETREAT'],
    researcher: ['HRESCH']
  } as Partial<Record<Role, readonly Purpose[]>>
} as const

/** True when the base policy lets the role, or one it inherits from, read for the purpose. */
export function roleMayRead (role: string | undefined, purpose: Purpose): boolean {
  if (role === undefined || !isRole(role)) return false
  return rolesUpward(role).some((r) => BASE_POLICY.read[r]?.includes(purpose) ?? false)
}

/** True when the role is `ancestor` or inherits from it. */
export function roleIs (role: string | undefined, ancestor: Role): boolean {
  return role !== undefined && isRole(role) && rolesUpward(role).includes(ancestor)
}
