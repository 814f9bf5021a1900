import { lazy } from 'react'
import type { RolePages } from '../../roles/role.ts'

const role: RolePages = {
  home: '/timeline',
  pages: [
    { path: '/timeline', title: 'nav.timeline', Shown: lazy(() => import('./timeline/timeline.tsx')) },
    { path: '/looks/:eventId', Shown: lazy(() => import('./timeline/look.tsx')) },
    { path: '/records/:recordId/:version', Shown: lazy(() => import('./timeline/record.tsx')) },
    { path: '/search', title: 'nav.search', Shown: lazy(() => import('./search/search.tsx')) },
    { path: '/consents', title: 'nav.consents', Shown: lazy(() => import('./consents/consents.tsx')) },
    { path: '/consents/new', Shown: lazy(() => import('./consents/new-consent.tsx')) },
    { path: '/protection', title: 'nav.protection', Shown: lazy(() => import('./protection/protection.tsx')) },
    { path: '/add', title: 'nav.add', Shown: lazy(() => import('./timeline/add.tsx')) }
  ]
}

export default role
