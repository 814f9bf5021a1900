import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import type { LoggedAccessEvent } from '@epione/protocol/api'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import type { MessageId } from '../../i18n/languages.ts'
import { Page, Waiting } from '../../parts/page.tsx'
import { ProblemShown } from '../../parts/problem.tsx'
import { Warnings } from '../../parts/warnings.tsx'

const STEP = 100

/** Everyone who looked, newest first. */
export default function Looks (): JSX.Element {
  const { say } = useSpeech()
  const [limit, setLimit] = useState(STEP)
  const { value, problem, waiting, slow, again } = useAsked('log', 'listLooks', { limit })
  return (
    <Page title={say('log.title')} lead={say('log.lead')}>
      {problem === undefined ? null : <ProblemShown problem={problem} again={again} />}
      {waiting ? <Waiting slow={slow} /> : null}
      {value === undefined
        ? null
        : (
          <>
            <p>{say('log.count', { count: value.items.length })} · {say('log.asked', { hospitals: value.askedMspIds.join(', ') })}</p>
            <Warnings warnings={value.warnings} />
            {value.items.length === 0 ? null : <Table events={value.items} />}
            {value.items.length < limit ? null : <Button onPress={() => { setLimit(limit + STEP) }}>{say('list.more')}</Button>}
          </>
          )}
    </Page>
  )
}

function Table ({ events }: { events: readonly LoggedAccessEvent[] }): JSX.Element {
  const { say } = useSpeech()
  return (
    <table className='log'>
      <thead>
        <tr>
          <th scope='col'>{say('log.when')}</th>
          <th scope='col'>{say('log.who')}</th>
          <th scope='col'>{say('log.what')}</th>
          <th scope='col'>{say('log.why')}</th>
          <th scope='col'>{say('log.decision')}</th>
        </tr>
      </thead>
      <tbody>{events.map((event) => <Look key={event.eventId} event={event} />)}</tbody>
    </table>
  )
}

function Look ({ event }: { event: LoggedAccessEvent }): JSX.Element {
  const { say, time } = useSpeech()
  const { actor, decision, purpose, action, emergency } = event
  return (
    <tr>
      <td data-label={say('log.when')}>{time(event.time)}</td>
      <td data-label={say('log.who')}>
        <bdi>{actor.mspId}/{actor.staffId}</bdi>{actor.role === undefined ? null : <small><bdi>{[actor.role, actor.department].filter(Boolean).join(', ')}</bdi></small>}
      </td>
      <td data-label={say('log.what')}>{say(`action.${action}` as MessageId)}<small>{describeTargets(event, say)}</small></td>
      <td data-label={say('log.why')}>{say(`purpose.${purpose}` as MessageId)}{emergency === undefined ? null : <strong> {say('log.emergency')}</strong>}</td>
      <td data-label={say('log.decision')}>
        <span className={`badge ${decision}`}>{say(`log.${decision}`)}</span>
        {event.repeats === undefined ? null : <small>{say('log.repeats', { count: event.repeats })}</small>}
      </td>
    </tr>
  )
}

function describeTargets ({ records, compartments, stream }: LoggedAccessEvent, say: ReturnType<typeof useSpeech>['say']): string {
  if (stream !== undefined) return say('log.stream')
  if (compartments !== undefined) return say('log.compartments', { count: compartments.length })
  return say('log.records', { count: records.length })
}
