import { Suspense, use } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { codeKind } from '@epione/sdk/errors'
import { useSay } from '../i18n/language.tsx'
import type { Say } from '../i18n/language.tsx'
import type { MessageId } from '../i18n/languages.ts'
import type { Problem } from '../worker/problem.ts'
import { Remedied } from './remedy.ts'

/** The sentence of a code: its own, or else that of its kind. */
function sentenceOf (say: Say, code: Problem['code']): MessageId {
  const own = `problem.${code}`
  return say.has(own) ? own : `problem.kind.${codeKind(code)}` as MessageId
}

/** What went wrong, in the person's language; what the program says of it, in its own. Read out as it appears. */
export function ProblemShown ({ problem, again }: { problem: Problem, again?: () => void }): JSX.Element {
  const say = useSay()
  const Remedy = use(Remedied)[problem.code]
  return (
    <div className='notice bad' role='alert'>
      <p>{say(sentenceOf(say, problem.code))}</p>
      <details>
        <summary>{say('problem.detail')}</summary>
        <p lang='en' dir='ltr'><code>{problem.code}</code> {problem.message}</p>
      </details>
      {Remedy === undefined ? null : <Suspense><Remedy {...(again === undefined ? {} : { again })} /></Suspense>}
      {again === undefined || Remedy !== undefined ? null : <Button onPress={again}>{say('wait.again')}</Button>}
    </div>
  )
}
