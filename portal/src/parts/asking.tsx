import type { JSX } from 'react'
import type { Asked } from '../ask/use-asked.ts'
import { Waiting } from './page.tsx'
import { ProblemShown } from './problem.tsx'

/** What stands in the place of an answer, or above the former one: that it is waited for, or why it did not come. */
export function Asking ({ asked: { problem, waiting, again } }: { asked: Asked<unknown> }): JSX.Element {
  return (
    <>
      {problem === undefined ? null : <ProblemShown problem={problem} again={again} />}
      {waiting ? <Waiting /> : null}
    </>
  )
}
