import { useEffect } from 'react'
import type { JSX, ReactNode } from 'react'
import { Waiting } from '../parts/page.tsx'
import { ProblemShown } from '../parts/problem.tsx'
import { useSpeech } from './language.tsx'
import type { WordsName } from './languages.ts'

/** Shows what is in it once these words are there, in whichever language. */
export function Worded ({ words = [], children }: { words?: readonly WordsName[] | undefined, children: ReactNode }): JSX.Element {
  const { say, knows, need, problem } = useSpeech()
  const key = words.join()
  useEffect(() => { need(key === '' ? [] : key.split(',') as WordsName[]) }, [need, key])
  if (knows(words)) return <>{children}</>
  if (problem !== undefined) return <ProblemShown problem={problem} again={() => { need(words) }} />
  return <Waiting>{say('app.starting')}</Waiting>
}
