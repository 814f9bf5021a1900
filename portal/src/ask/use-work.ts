import { useState } from 'react'
import { problemOf } from './use-asked.ts'
import type { Problem } from '../worker/problem.ts'

/** Something that a person starts: under way, done, or failed with what is `thrown` and its problem. Never twice at once. */
export interface Work { busy: boolean, problem?: Problem, thrown?: unknown, run: () => void }

export function useWork (work: () => Promise<void>): Work {
  const [state, setState] = useState<{ busy: boolean, problem?: Problem, thrown?: unknown }>({ busy: false })
  const run = (): void => {
    if (state.busy) return
    setState({ busy: true })
    work().then(
      () => { setState({ busy: false }) },
      (thrown: unknown) => { setState({ busy: false, thrown, problem: problemOf(thrown) }) }
    )
  }
  return { ...state, run }
}
