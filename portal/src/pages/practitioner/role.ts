import { lazy } from 'react'
import type { RolePages } from '../../roles/role.ts'

/** Practitioners at a workstation of theirs: each page asks for the sign-in, and the keys are unlocked. */
const role: RolePages = {
  home: '/own',
  words: ['session', 'practice', 'staff', 'consents', 'search', 'contents'],
  pages: [
    { path: '/patients', title: 'practice.patients', Shown: lazy(() => import('./patients.tsx')) },
    { path: '/patients/:patientId', Shown: lazy(() => import('./patient.tsx')) },
    { path: '/find', title: 'practice.find', Shown: lazy(() => import('./find.tsx')) },
    { path: '/write', title: 'practice.write', Shown: lazy(() => import('./write.tsx')) },
    { path: '/emergencies', title: 'practice.emergencies', Shown: lazy(() => import('./emergencies.tsx')) },
    { path: '/emergencies/new', Shown: lazy(() => import('./break-glass.tsx')) },
    { path: '/own', title: 'practice.own', Shown: lazy(() => import('./own.tsx')) }
  ]
}

export default role
