import { lazy } from 'react'
import type { RolePages } from '../../roles/role.ts'

const role: RolePages = {
  home: '/network/state',
  words: ['network'],
  pages: [
    { path: '/network/state', title: 'net.state', Shown: lazy(() => import('./state.tsx')) },
    // Shorter to write, the same page.
    { path: '/network', Shown: lazy(() => import('./state.tsx')) },
    { path: '/network/certificates', title: 'net.certificates', Shown: lazy(() => import('./certificates.tsx')) },
    { path: '/network/anchoring', title: 'net.anchoring', Shown: lazy(() => import('./anchoring.tsx')) },
    { path: '/network/proxies', title: 'net.proxies', Shown: lazy(() => import('./proxies.tsx')) },
    { path: '/network/versions', title: 'net.versions', Shown: lazy(() => import('./versions.tsx')) },
    { path: '/network/proposals', title: 'net.proposals', Shown: lazy(() => import('./proposals.tsx')) }
  ]
}

export default role
