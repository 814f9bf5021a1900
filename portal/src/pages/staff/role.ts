import { lazy } from 'react'
import type { RolePages } from '../../roles/role.ts'

/** Staff of a hospital who are signed in there, whatever keys are on this machine: what their duties lead to. */
const role: RolePages = {
  home: '/staff',
  words: ['session', 'staff'],
  pages: [
    { path: '/staff', Shown: lazy(() => import('./staff.tsx')) },
    { path: '/staff/new', Shown: lazy(() => import('./new-keys.tsx')) },
    { path: '/staff/restore', Shown: lazy(() => import('./restored-keys.tsx')) }
  ]
}

export default role
