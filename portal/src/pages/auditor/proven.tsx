import type { JSX } from 'react'
import type { QuestionAnswered } from '@epione/sdk'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Hospital } from '../../parts/names.tsx'
import { sayCode } from '../../parts/said.tsx'
import { Warnings } from '../../parts/warnings.tsx'

/** The proof of an event, verified in this page; a false one is called so before anything else is said of it. */
export function Proven ({ eventId }: { eventId: string }): JSX.Element {
  const { say, number } = useSpeech()
  const asked = useAsked('auditing', 'proveEvent', { eventId })
  const { value, problem } = asked
  return (
    <>
      {problem?.code === 'PROOF_FALSE' ? <p><span className='badge deny'>{say('audit.forged')}</span></p> : null}
      <Asking asked={asked} />
      {value === undefined || problem !== undefined
        ? null
        : (
          <p>
            <span className={`badge ${value.state === 'pending' ? '' : 'permit'}`}>{sayCode(say, 'proof', value.state)}</span>{' '}
            {say('audit.block', { block: number(value.block) })}{value.batch === undefined ? '' : ` ${say('audit.batch', { batch: number(value.batch) })}`}
          </p>
          )}
      {problem === undefined ? <Warnings warnings={value?.warnings} /> : null}
    </>
  )
}

type Compared = Extract<QuestionAnswered, { asRecorded: boolean }>

/** What proxies signed that they released, beside what the event names. */
export function Released ({ compared }: { compared: Compared }): JSX.Element {
  const { say } = useSpeech()
  const { asRecorded, records, others, accused } = compared
  return (
    <>
      <p><span className={`badge ${asRecorded ? 'permit' : 'deny'}`}>{say(asRecorded ? 'audit.asRecorded' : 'audit.notAsRecorded')}</span></p>
      <ul>
        {records.map(({ recordId, releasedBy }) => (
          <li key={recordId}>
            <bdi><code>{recordId}</code></bdi>: {releasedBy.length === 0 ? say('audit.releasedByNone') : releasedBy.map((mspId) => <span key={mspId}><Hospital mspId={mspId} /> </span>)}
          </li>
        ))}
        {others.map(({ mspId, wrapHash }) => <li key={`${mspId} ${wrapHash}`}><strong>{say('audit.releasedOther')}</strong> <Hospital mspId={mspId} /></li>)}
        {accused.map((mspId) => <li key={mspId}><strong>{say('audit.accused')}</strong> <Hospital mspId={mspId} /></li>)}
      </ul>
    </>
  )
}
