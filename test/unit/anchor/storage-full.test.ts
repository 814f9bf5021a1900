import t from 'tap'
import { Alarms } from '../../../anchor/src/service/alarms.ts'
import { readiness, runService } from '../../../anchor/src/service/run.ts'
import type { Loops, Running } from '../../../anchor/src/service/run.ts'
import { BlockStore } from '../../../anchor/src/store/block-store.ts'
import { openDatabase } from '../../../anchor/src/store/database.ts'
import { makeBlocks } from '../../helpers/anchor-services.ts'
import { documentOf, signFounding } from '../../helpers/founding.ts'
import { until } from '../../helpers/sharing.ts'

const BLOCKS = 200

t.test('while a disk has no room the alarm holds, whatever else goes well, and both loops go on by themselves', async (t) => {
  const database = openDatabase(t.testdir())
  const { bytes, networkId } = makeBlocks(BLOCKS)
  const document = documentOf(networkId, ['CoreMSP'])
  const raised: { alarm: string, holds: boolean }[] = []
  const alarms = new Alarms((_level, fields) => { raised.push(fields as { alarm: string, holds: boolean }) })
  const [blocks, logged]: [BlockStore, object[]] = [new BlockStore(database), []]
  let [passes, failure]: [number, Error | undefined] = [0, undefined]
  async function * rawBlocks (from: bigint, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
    yield * bytes.slice(Number(from))
    await new Promise((resolve) => { signal.addEventListener('abort', resolve) })
  }
  const running: Running = {
    ledger: { networkId, name: document.name, document, channel: 'records', chaincode: 'epione', organizations: [] },
    readVersions: () => Promise.resolve([{ document, signed: signFounding(document) }]),
    fabric: { rawBlocks },
    blocks,
    alarms,
    log: (_level, fields) => { logged.push(fields) },
    service: { pass: () => { passes += 1; return failure === undefined ? Promise.resolve() : Promise.reject(failure) } },
    network: { local: true }
  }
  const pages = (database.sql.prepare('pragma page_count').get() as { page_count: number }).page_count
  database.sql.exec(`pragma max_page_count=${pages + 1}`)
  const [stop, loops]: [AbortController, Loops] = [new AbortController(), { following: false }]
  const done = runService(running, loops, stop.signal)
  t.teardown(async () => {
    stop.abort()
    await done
    database.close()
  })

  await until(() => alarms.isActive('storage_full'))
  const [seen, height] = [passes, blocks.height()]
  t.ok(height < BLOCKS)
  await until(() => passes > seen + 1)
  t.ok(alarms.isActive('storage_full'), 'passes with nothing to write do not end it')
  t.match(readiness({ following: true, passedAt: Date.now() }, alarms, Date.now()), { ready: false, passes: true, room: false })
  database.sql.exec('pragma max_page_count=1000000')
  await until(() => blocks.height() === BLOCKS)
  await until(() => !alarms.isActive('storage_full'))
  t.match(readiness({ following: true, passedAt: Date.now() }, alarms, Date.now()), { ready: true, room: true })
  t.strictSame(raised, [{ alarm: 'storage_full', holds: true }, { alarm: 'storage_full', holds: false }])

  failure = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  await until(() => alarms.isActive('storage_full'))
  t.match(logged.at(-1), { code: 'STORAGE_FULL' })
  failure = new Error('the node is away')
  const before = passes
  await until(() => passes > before + 1)
  t.ok(alarms.isActive('storage_full'), 'another failure says nothing of room')
  failure = undefined
  await until(() => !alarms.isActive('storage_full'))
  t.equal(alarms.raised('storage_full'), 2)
})
