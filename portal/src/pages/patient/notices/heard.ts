import { useSyncExternalStore } from 'react'
import type { Notice } from '@epione/sdk'
import { onLocked } from '../../../ask/desk.ts'
import type { NoticeTold } from '../../../worker/rooms/notices.ts'

/** What was told since the person last said that they saw it, newest first; shown above every page and on one of its own. */
export interface Heard {
  notices: readonly Notice[]
  warnings: readonly string[]
  /** Up to where all was told, by each hospital that was asked: one alone may name any place. */
  through?: string
}

/** More than anybody reads at once; the timeline has all of it. */
const SHOWN_MAX = 500
const NOTHING: Heard = { notices: [], warnings: [] }
let heard = NOTHING
const listeners = new Set<() => void>()

function change (next: Heard): void {
  heard = next
  for (const tell of listeners) tell()
}

onLocked(() => { change(NOTHING) })

/** Told again after a connection broke, a notice stands there once. */
export function takeTold (told: NoticeTold): void {
  if (told.kind === 'through') {
    change({ ...heard, through: told.place })
  } else if (told.kind === 'warning') {
    if (!heard.warnings.includes(told.text)) change({ ...heard, warnings: [...heard.warnings, told.text].slice(-SHOWN_MAX) })
  } else if (!heard.notices.some(({ place }) => place === told.notice.place)) {
    change({ ...heard, notices: [told.notice, ...heard.notices].slice(0, SHOWN_MAX) })
  }
}

/** What was shown goes; what came meanwhile stays. */
export function clearHeard ({ notices, warnings }: Heard): void {
  change({
    ...heard,
    notices: heard.notices.filter((notice) => !notices.includes(notice)),
    warnings: heard.warnings.filter((warning) => !warnings.includes(warning))
  })
}

export function useHeardNotices (): Heard {
  return useSyncExternalStore((tell) => {
    listeners.add(tell)
    return () => { listeners.delete(tell) }
  }, () => heard)
}
