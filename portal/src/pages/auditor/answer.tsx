import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import type { QuestionName } from '@epione/protocol/api'
import type { QuestionAnswered } from '@epione/sdk'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Warnings } from '../../parts/warnings.tsx'
import { queryOf } from './filters.ts'
import type { Filters } from './filters.ts'
import { Released } from './proven.tsx'
import { Entries } from './tables.tsx'

const STEP = 100

/** What a hospital answers to a saved question, and the way to more of it. Give it what it depends on as its key. */
export function Answer ({ name, filters }: { name: QuestionName, filters: Filters }): JSX.Element {
  const { say } = useSpeech()
  const [limit, setLimit] = useState(STEP)
  const asked = useAsked('auditing', 'answer', { question: name, given: queryOf(filters), limit })
  const { value } = asked
  return (
    <>
      <Asking asked={asked} />
      {value === undefined
        ? null
        : (
          <>
            <Warnings warnings={value.warnings} />
            <Items answered={value} />
            {'items' in value && value.items.length >= limit ? <Button onPress={() => { setLimit(limit * 10) }}>{say('list.more')}</Button> : null}
          </>
          )}
    </>
  )
}

function Items ({ answered }: { answered: QuestionAnswered }): JSX.Element | null {
  if ('items' in answered) return <Entries items={answered.items} />
  if ('records' in answered) return <Released compared={answered} />
  return null
}
