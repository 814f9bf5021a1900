import { lazy } from 'react'
import type { RolePages } from '../../roles/role.ts'

/** A patient at a hospital's copy, with a limited key of this browser: who looked, what to end, and the key itself. */
const role: RolePages = {
  home: '/key',
  words: ['limited'],
  pages: [
    { path: '/key', title: 'limited.nav', words: ['consents'], Shown: lazy(() => import('./key.tsx')) },
    { path: '/looks', title: 'limited.looks', Shown: lazy(() => import('./looks.tsx')) },
    { path: '/looks/:eventId', words: ['chain'], Shown: lazy(() => import('../patient/timeline/look.tsx')) },
    { path: '/consents', title: 'nav.consents', words: ['consents'], Shown: lazy(() => import('./consents.tsx')) }
  ]
}

export default role
