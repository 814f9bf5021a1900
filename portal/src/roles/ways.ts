import { lazy } from 'react'
import type { ComponentType } from 'react'
import type { PortalConfig } from '@epione/sdk'
import type { MessageId } from '../i18n/languages.ts'
import type { KeysState } from '../worker/rooms/keys.ts'
import type { Duty } from '../worker/rooms/session.ts'

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
  // The address is one of a role without keys, so that the frame shows it by itself.
  { path: '/staff', editions: ['installed', 'served'], title: 'start.staff', lead: 'start.staff.lead', Shown: lazy(() => import('../pages/staff/staff.tsx')) }
]

/** Where a duty leads somebody who is signed in, as long as the keys of this machine are in one of these states. */
export const WAYS_OF_DUTIES: ReadonlyArray<{ duty: Duty, keys: ReadonlyArray<KeysState['state']>, path: string, title: MessageId, lead: MessageId }> = [
  { duty: 'auditor', keys: ['none', 'locked', 'unlocked'], path: '/audit/log', title: 'staff.audit', lead: 'staff.audit.lead' },
  { duty: 'clinician', keys: ['none'], path: '/staff/new', title: 'staff.new', lead: 'staff.new.lead' },
  { duty: 'clinician', keys: ['none'], path: '/staff/restore', title: 'staff.restore', lead: 'staff.restore.lead' },
  { duty: 'clinician', keys: ['locked', 'unlocked'], path: '/', title: 'staff.desk', lead: 'staff.desk.lead' }
]
