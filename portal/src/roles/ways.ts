import { lazy } from 'react'
import type { ComponentType } from 'react'
import type { PortalConfig } from '@epione/sdk'
import type { MessageId } from '../i18n/languages.ts'

/** A way in for somebody of whom nothing is on this machine yet; shown at the first page of the editions that offer it. */
export interface Way {
  path: string
  editions: ReadonlyArray<PortalConfig['edition']>
  title: MessageId
  lead: MessageId
  Shown: ComponentType
}

/** A hospital's copy (`served`) never asks for a phrase or a key: no way that does may name it. */
export const WAYS: readonly Way[] = [
  { path: '/start/new', editions: ['installed'], title: 'start.new', lead: 'start.new.lead', Shown: lazy(() => import('../pages/start/new-phrase.tsx')) },
  { path: '/start/restore', editions: ['installed'], title: 'start.restore', lead: 'start.restore.lead', Shown: lazy(() => import('../pages/start/restore.tsx')) },
  { path: '/start/limited', editions: ['served'], title: 'start.limited', lead: 'start.limited.lead', Shown: lazy(() => import('../pages/limited/new-key.tsx')) },
  // These addresses are of roles without keys, so that the frame shows it by itself.
  { path: '/staff', editions: ['installed', 'served'], title: 'start.staff', lead: 'start.staff.lead', Shown: lazy(() => import('../pages/staff/staff.tsx')) },
  { path: '/verify', editions: ['installed', 'served'], title: 'start.verify', lead: 'start.verify.lead', Shown: lazy(() => import('../pages/chain/verify.tsx')) }
]
