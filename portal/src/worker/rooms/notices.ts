import { followNotices } from '@epione/sdk'
import type { Notice } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import type { Hearing } from '../hearing.ts'
import { readSeen, writeSeen } from '../seen.ts'

/** What two hospitals tell as it happens; `through`: all up to this place was told. */
export type NoticeTold = { kind: 'notice', notice: Notice } | { kind: 'warning', text: string } | { kind: 'through', place: string }

/**
 * Everything that happened since the person last said that they saw it, then what happens, each once, as long as somebody listens. Whoever
 * never said so begins with now.
 */
export async function follow (desk: Desk, _: undefined, { tell, signal }: Hearing<NoticeTold>): Promise<void> {
  const context = await desk.patient()
  const seen = await readSeen(desk.keys())
  let isFirst = seen === undefined
  for await (const told of followNotices(context, { signal, ...(seen === undefined ? {} : { after: seen }) })) {
    if (told.kind === 'warning') {
      tell({ kind: 'warning', text: told.text })
      continue
    }
    if (told.kind !== 'alive') {
      tell({ kind: 'notice', notice: told })
      continue
    }
    if (isFirst) await writeSeen(desk.keys(), told.place)
    isFirst = false
    tell({ kind: 'through', place: told.place })
  }
}

/** The person saw what was told up to a place: it is not told again, and what came meanwhile is. */
export async function markSeen (desk: Desk, { place }: { place: string }): Promise<void> {
  await writeSeen(desk.keys(), place)
}
