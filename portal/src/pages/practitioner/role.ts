import { lazy } from 'react'
import type { RolePages } from '../../roles/role.ts'

const role: RolePages = {
  home: '/own',
  words: ['session', 'practice', 'consents'],
  pages: [
    { path: '/own', title: 'practice.own', Shown: lazy(() => import('./own.tsx')) }
  ]
}

export default role
