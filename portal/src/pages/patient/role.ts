import { lazy } from 'react'
import type { RolePages } from '../../roles/role.ts'
import { NewsAbove } from './notices/above.tsx'

const role: RolePages = {
  home: '/timeline',
  Above: NewsAbove,
  pages: [
    { path: '/timeline', title: 'nav.timeline', Shown: lazy(() => import('./timeline/timeline.tsx')) },
    { path: '/looks/:eventId', words: ['chain'], Shown: lazy(() => import('./timeline/look.tsx')) },
    { path: '/records/:recordId/:version', words: ['contents', 'erasing'], Shown: lazy(() => import('./timeline/record.tsx')) },
    { path: '/notices', title: 'nav.notices', words: ['notices'], Shown: lazy(() => import('./notices/notices.tsx')) },
    { path: '/search', title: 'nav.search', words: ['search', 'consents'], Shown: lazy(() => import('./search/search.tsx')) },
    { path: '/streams', title: 'nav.streams', words: ['streams'], Shown: lazy(() => import('./streams/streams.tsx')) },
    { path: '/streams/:stream', words: ['streams'], Shown: lazy(() => import('./streams/stream.tsx')) },
    { path: '/consents', title: 'nav.consents', words: ['consents'], Shown: lazy(() => import('./consents/consents.tsx')) },
    { path: '/consents/new', words: ['consents'], Shown: lazy(() => import('./consents/new-consent.tsx')) },
    { path: '/protection', title: 'nav.protection', words: ['protection', 'consents'], Shown: lazy(() => import('./protection/protection.tsx')) },
    { path: '/protection/guardians', words: ['protection', 'guardians'], Shown: lazy(() => import('./guardians/guardians.tsx')) },
    { path: '/protection/keys', words: ['limited', 'delegates', 'consents'], Shown: lazy(() => import('./delegates/delegates.tsx')) },
    { path: '/mine', title: 'nav.mine', words: ['mine', 'erasing', 'protection', 'consents'], Shown: lazy(() => import('./mine/mine.tsx')) },
    { path: '/add', title: 'nav.add', words: ['contents'], Shown: lazy(() => import('./timeline/add.tsx')) }
  ]
}

export default role
