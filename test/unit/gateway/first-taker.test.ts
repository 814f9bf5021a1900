import { once } from 'node:events'
import t from 'tap'
import { firstTaker } from '../../../gateway/src/peers/first-taker.ts'

/* A hospital that stalls delays a record by the patience that is had with it, and no more. */

const troubles: string[] = []
const options = { patienceMs: 20, limitMs: 60_000, onTrouble: (mspId: string, error?: unknown) => { troubles.push(`${mspId} ${error === undefined ? 'slow' : 'failed'}`) } }
t.beforeEach(() => { troubles.length = 0 })

/** Never takes anything; ends when it is left. */
async function stall (signal: AbortSignal): Promise<void> {
  await once(signal, 'abort')
  throw new Error('left')
}

t.test('the first that takes it is the only one asked', async (t) => {
  const asked: string[] = []
  t.equal(await firstTaker(['A', 'B'], (mspId) => { asked.push(mspId); return Promise.resolve() }, options), 'A')
  t.strictSame([asked, troubles], [['A'], []])
})

t.test('one that fails is followed at once, one that stalls after the patience, and is then left', async (t) => {
  const left: string[] = []
  const put = async (mspId: string, signal: AbortSignal): Promise<void> => {
    if (mspId === 'A') throw new Error('full')
    if (mspId === 'B') await stall(signal).finally(() => left.push(mspId))
  }
  t.equal(await firstTaker(['A', 'B', 'C'], put, options), 'C')
  t.strictSame(troubles, ['A failed', 'B slow'])
  t.strictSame(left, ['B'])
})

t.test('the last one is waited for to the end, and a slow one may still be the first', async (t) => {
  let take: (() => void) | undefined
  const put = async (mspId: string): Promise<void> => {
    if (mspId === 'A') await new Promise<void>((resolve) => { take = resolve })
    else {
      take?.()
      throw new Error('full')
    }
  }
  t.equal(await firstTaker(['A', 'B'], put, options), 'A')
  t.strictSame(troubles, ['A slow', 'B failed'])
})

t.test('when nobody takes it, the error has what each said; nobody is asked twice', async (t) => {
  const put = (mspId: string): Promise<void> => Promise.reject(new Error(`${mspId} is full`))
  const error = await firstTaker(['A', 'B'], put, options).catch((e: unknown) => e as AggregateError)
  t.match(error, { errors: [{ message: 'A is full' }, { message: 'B is full' }] })
  await t.rejects(firstTaker([], put, options), AggregateError)
})

t.test('one that never answers is left at the limit', async (t) => {
  // The limit's timer alone keeps no process alive.
  const alive = setInterval(() => undefined, 1_000)
  t.teardown(() => { clearInterval(alive) })
  await t.rejects(firstTaker(['A'], async (_mspId, signal) => { await stall(signal) }, { ...options, limitMs: 50 }), AggregateError)
})
