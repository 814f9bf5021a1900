import { followNotices } from '@epione/sdk'
import type { Notice } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import type { Hearing } from '../hearing.ts'
import { readSeen, writeSeen } from '../seen.ts'

/** What two hospitals tell as it happens; `through`: all up to now was told. */
export type NoticeTold = { kind: 'notice', notice: Notice } | { kind: 'warning', text: string } | { kind: 'through' }

/** How far was told in this worker. */
let through: string | undefined

/**
 * Everything that happened since the person last said that they saw it, then what happens, each once, as long as somebody listens. Whoever
 * never said so begins with now.
 */
export async function follow (desk: Desk, _: undefined, { tell, signal }: Hearing<NoticeTold>): Promise<void> {
  const context = await desk.patient()
  const seen = await readSeen(desk.keys())
  for await (const told of followNotices(context, { signal, ...(seen === undefined ? {} : { after: seen }) })) {
    if (told.kind === 'warning') {
      tell({ kind: 'warning', text: told.text })
      continue
    }
    if (through === undefined && seen === undefined) await writeSeen(desk.keys(), told.place)
    through = told.place
    tell(told.kind === 'alive' ? { kind: 'through' } : { kind: 'notice', notice: told })
  }
}

/** The person saw what was told up to now: it is not told again. */
export async function markSeen (desk: Desk): Promise<void> {
  if (through !== undefined) await writeSeen(desk.keys(), through)
}
