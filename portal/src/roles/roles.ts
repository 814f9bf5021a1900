import type { RolePages } from './role.ts'
import type { Role } from './role-names.ts'

/** Pages by role, loaded when somebody of that role is there. */
export const ROLES = {
  admin: () => import('../pages/admin/role.ts'),
  anybody: () => import('../pages/chain/role.ts'),
  auditor: () => import('../pages/auditor/role.ts'),
  limited: () => import('../pages/limited/role.ts'),
  patient: () => import('../pages/patient/role.ts'),
  staff: () => import('../pages/staff/role.ts'),
  practitioner: () => import('../pages/practitioner/role.ts')
} as const satisfies Record<Role, () => Promise<{ default: RolePages }>>

/**
 * Roles whose people come with a sign-in instead of keys, by the first part of all their paths (`audit` for `/audit/...`): these pages are
 * there whatever keys are on this machine, and each of them asks for the sign-in that it needs.
 */
const WITHOUT_KEYS: Readonly<Record<string, Role>> = { audit: 'auditor', network: 'admin', staff: 'staff', verify: 'anybody' }

/** Whose pages an address is one of, if they are of a role without keys. */
export function roleWithoutKeys (location: string): Role | undefined {
  const [, first = ''] = location.split('/')
  return Object.hasOwn(WITHOUT_KEYS, first) ? WITHOUT_KEYS[first] : undefined
}
