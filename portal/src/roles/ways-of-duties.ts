import type { PortalConfig } from '@epione/sdk'
import type { MessageId } from '../i18n/languages.ts'
import type { KeysState } from '../worker/rooms/keys.ts'
import type { Duty } from '../worker/rooms/session.ts'

/** A way for somebody with a duty, as long as the keys of this machine are in one of these states; `editions`: both when absent. */
interface WayOfDuty {
  duty: Duty
  keys: ReadonlyArray<KeysState['state']>
  editions?: ReadonlyArray<PortalConfig['edition']>
  path: string
  title: MessageId
  lead: MessageId
}

/** Where duties lead somebody who is signed in. */
export const WAYS_OF_DUTIES: readonly WayOfDuty[] = [
  { duty: 'auditor', keys: ['none', 'locked', 'unlocked'], path: '/audit/log', title: 'staff.audit', lead: 'staff.audit.lead' },
  { duty: 'networkAdmin', keys: ['none', 'locked', 'unlocked'], path: '/network/state', title: 'staff.network', lead: 'staff.network.lead' },
  { duty: 'clinician', keys: ['none'], editions: ['installed'], path: '/staff/new', title: 'staff.new', lead: 'staff.new.lead' },
  { duty: 'clinician', keys: ['none'], editions: ['installed'], path: '/staff/restore', title: 'staff.restore', lead: 'staff.restore.lead' },
  { duty: 'clinician', keys: ['locked', 'unlocked'], editions: ['installed'], path: '/', title: 'staff.desk', lead: 'staff.desk.lead' }
]
