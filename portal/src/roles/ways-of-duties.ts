import type { PortalConfig } from '@epione/sdk'
import type { MessageId } from '../i18n/languages.ts'
import type { KeysState } from '../worker/rooms/keys.ts'
import type { Duty } from '../worker/rooms/session.ts'

/** Where a duty leads somebody who is signed in, as long as the keys of this machine are in one of these states, in these editions (both when absent). */
export const WAYS_OF_DUTIES: ReadonlyArray<{ duty: Duty, keys: ReadonlyArray<KeysState['state']>, editions?: ReadonlyArray<PortalConfig['edition']>, path: string, title: MessageId, lead: MessageId }> = [
  { duty: 'auditor', keys: ['none', 'locked', 'unlocked'], path: '/audit/log', title: 'staff.audit', lead: 'staff.audit.lead' },
  { duty: 'networkAdmin', keys: ['none', 'locked', 'unlocked'], path: '/network/state', title: 'staff.network', lead: 'staff.network.lead' },
  { duty: 'clinician', keys: ['none'], editions: ['installed'], path: '/staff/new', title: 'staff.new', lead: 'staff.new.lead' },
  { duty: 'clinician', keys: ['none'], editions: ['installed'], path: '/staff/restore', title: 'staff.restore', lead: 'staff.restore.lead' },
  { duty: 'clinician', keys: ['locked', 'unlocked'], editions: ['installed'], path: '/', title: 'staff.desk', lead: 'staff.desk.lead' }
]
