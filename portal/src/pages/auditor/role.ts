import { lazy } from 'react'
import type { RolePages } from '../../roles/role.ts'

const role: RolePages = {
  home: '/audit/log',
  words: ['auditor'],
  pages: [
    { path: '/audit/log', title: 'audit.log', Shown: lazy(() => import('./log-page.tsx')) },
    // Shorter to write, the same page.
    { path: '/audit', Shown: lazy(() => import('./log-page.tsx')) },
    { path: '/audit/questions', title: 'audit.questions', Shown: lazy(() => import('./questions.tsx')) },
    { path: '/audit/questions/:name', Shown: lazy(() => import('./question.tsx')) },
    { path: '/audit/charts', title: 'audit.charts', Shown: lazy(() => import('./charts.tsx')) },
    { path: '/audit/reviews', title: 'audit.reviews', Shown: lazy(() => import('./reviews.tsx')) },
    { path: '/audit/reviews/:eventId', words: ['staff', 'practice'], Shown: lazy(() => import('./review.tsx')) },
    { path: '/audit/export', title: 'audit.export', Shown: lazy(() => import('./export.tsx')) },
    { path: '/audit/events/:eventId', words: ['chain'], Shown: lazy(() => import('./event.tsx')) }
  ]
}

export default role
