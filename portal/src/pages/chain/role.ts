import { lazy } from 'react'
import type { RolePages } from '../../roles/role.ts'

/** Whoever was given a proof: nobody asks who that is. */
const role: RolePages = {
  home: '/verify',
  words: ['chain'],
  pages: [{ path: '/verify', Shown: lazy(() => import('./verify.tsx')) }]
}

export default role
