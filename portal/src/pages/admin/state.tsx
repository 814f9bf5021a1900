import type { JSX } from 'react'
import type { HospitalState } from '@epione/protocol/api'
import type { HospitalHealth } from '@epione/sdk'
import { useAsked } from '../../ask/use-asked.ts'
import type { Asked } from '../../ask/use-asked.ts'
import { useSay, useSpeech } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Hospital } from '../../parts/names.tsx'
import { sayBytes, sayCode } from '../../parts/said.tsx'
import { Table } from '../../parts/table.tsx'
import type { Row } from '../../parts/table.tsx'
import { AdminPage, Again } from './admin-page.tsx'
import { Unread } from './unread.tsx'

type Heard = NonNullable<HospitalState['hospitals']>[number]

/** Health and heights of all hospitals, and how the own gateway keeps up. */
export default function StatePage (): JSX.Element {
  const say = useSay()
  return <AdminPage title={say('net.state')} lead={say('net.state.lead')}><State /></AdminPage>
}

function State (): JSX.Element {
  const say = useSay()
  const state = useAsked('administration', 'readState', undefined)
  // Asked by itself: a hospital that takes its time keeps nothing of the own state from being shown.
  const health = useAsked('administration', 'readHospitals', undefined)
  const { value } = state
  const both: Asked<unknown> = { ...state, again: () => { state.again(); health.again() } }
  return (
    <>
      <Again asked={both} {...(value === undefined ? {} : { at: value.time })} />
      {value === undefined ? null : <Unread state={value} parts={['readiness', 'ledger', 'outbox', 'storage', 'hospitals']} />}
      <section>
        <h2>{say('net.hospitals')}</h2>
        {health.problem === undefined ? null : <Asking asked={health} />}
        <Hospitals state={value} health={health} />
      </section>
      {value === undefined ? null : <Own state={value} />}
    </>
  )
}

function Hospitals ({ state, health }: { state: HospitalState | undefined, health: Asked<HospitalHealth[]> }): JSX.Element | null {
  const { say, time, number } = useSpeech()
  const known = state === undefined ? [] : [ownOf(state), ...state.hospitals ?? []]
  const newest = Math.max(0, ...known.map(({ blockNumber = 0 }) => blockNumber))
  const ids = [...new Set([...known.map(({ mspId }) => mspId), ...(health.value ?? []).map(({ mspId }) => mspId)])]
  const rows = ids.map((mspId): Row => {
    const { blockNumber: block, silent = false, heardAt, differs = false, clockOffsetMs } = known.find((one) => one.mspId === mspId) ?? {}
    return {
      key: mspId,
      columns: [
        { title: 'net.hospital', cell: <Hospital mspId={mspId} /> },
        { title: 'net.health', cell: <Health health={health.value?.find((one) => one.mspId === mspId)} waiting={health.waiting} /> },
        {
          title: 'net.block',
          cell: (
            <>
              {block === undefined ? say('net.unknown') : number(block)}
              {silent ? <small><span className='badge deny'>{say('net.silent')}</span> {heardAt === undefined ? say('net.neverHeard') : say('net.since', { time: time(heardAt) })}</small> : null}
              {differs ? <small><span className='badge deny'>{say('net.differs')}</span></small> : null}
            </>
          )
        },
        { title: 'net.behind', cell: block === undefined ? say('net.unknown') : number(Math.max(0, newest - block)) },
        { title: 'net.clock', cell: clockOffsetMs === undefined ? '' : say('net.seconds', { count: clockOffsetMs / 1000 }) }
      ]
    }
  })
  return <Table rows={rows} label={say('net.hospitals')} />
}

/** The own hospital as others are heard: its newest block is that of its peer. */
function ownOf ({ mspId, ledger }: HospitalState): Heard {
  return { mspId, silent: false, differs: false, ...(ledger === undefined ? {} : { blockNumber: ledger.height - 1 }) }
}

/** By the hospital's own word, asked from here. */
function Health ({ health, waiting }: { health: HospitalHealth | undefined, waiting: boolean }): JSX.Element {
  const say = useSay()
  if (health === undefined) return <>{say(waiting ? 'wait.asking' : 'net.unknown')}</>
  if ('silent' in health) {
    const { code, message } = health.silent
    return (
      <>
        <span className='badge deny'>{say('net.noAnswer')}</span>
        <details><summary>{say('problem.detail')}</summary><p lang='en' dir='ltr'><code>{code}</code> {message}</p></details>
      </>
    )
  }
  if (health.ready) return <span className='badge permit'>{say('net.ready')}</span>
  return <><span className='badge deny'>{say('net.notReady')}</span><small>{health.failing.map((check) => sayCode(say, 'net.check', check)).join(', ')}</small></>
}

/** The own gateway: what it lacks of the ledger, what waits, and what room is left. */
function Own ({ state: { ledger, outbox, storage } }: { state: HospitalState }): JSX.Element {
  const { say, number, language } = useSpeech()
  const waiting = outbox?.kinds.filter((kind) => kind.waiting > 0) ?? []
  return (
    <section>
      <h2>{say('net.own')}</h2>
      <dl className='facts'>
        {ledger === undefined ? null : <Fact term={say('net.height')}>{number(ledger.height)}</Fact>}
        {ledger === undefined ? null : <Fact term={say('net.lag')}>{number(ledger.lagBlocks)}</Fact>}
        {outbox === undefined ? null : <Fact term={say('net.inDoubt')}>{number(outbox.inDoubt)}</Fact>}
        {storage === undefined ? null : <Fact term={say('net.free')}>{storage.freeBytes < 0 ? say('net.reserve') : sayBytes(language, storage.freeBytes)}</Fact>}
      </dl>
      <h3>{say('net.outbox')}</h3>
      {outbox !== undefined && waiting.length === 0 ? <p>{say('net.outbox.none')}</p> : null}
      <Table
        label={say('net.outbox')} rows={waiting.map(({ kind, waiting, overdueMs, attempts }) => ({
          key: kind,
          columns: [
            { title: 'net.outbox.kind', cell: <bdi><code>{kind}</code></bdi> },
            { title: 'net.outbox.waiting', cell: number(waiting) },
            { title: 'net.outbox.overdue', cell: say('net.seconds', { count: Math.round(overdueMs / 1000) }) },
            { title: 'net.outbox.attempts', cell: number(attempts) }
          ]
        }))}
      />
    </section>
  )
}

function Fact ({ term, children }: { term: string, children: string }): JSX.Element {
  return <div><dt>{term}</dt><dd><bdi>{children}</bdi></dd></div>
}
