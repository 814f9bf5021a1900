import t from 'tap'
import { ClientError } from '@epione/sdk'
import { SyncError } from '../../../sync/src/errors.ts'
import { asLeft, withPatience } from '../../../sync/src/failures.ts'

/** Work that fails so often with such an error; what was waited, and what came of it. */
async function tried (times: number, error: Error): Promise<{ waits: number[], failure: unknown }> {
  const waits: number[] = []
  let left = times
  const work = (): Promise<void> => left-- > 0 ? Promise.reject(error) : Promise.resolve()
  const failure: unknown = await withPatience(work, (ms) => {
    waits.push(ms)
    return Promise.resolve()
  }).then(() => undefined, (reason: unknown) => reason)
  return { waits, failure }
}
const counted = (retryAfterMs?: number): ClientError => new ClientError('UNAVAILABLE', 'CoreMSP answers TOO_MANY_REQUESTS', { status: 429, retryAfterMs })

t.test('who writes more than a minute has room for goes on when the gateway says', async (t) => {
  t.strictSame(await tried(3, counted(41_000)), { waits: [41_000, 41_000, 41_000], failure: undefined })
  t.strictSame((await tried(1, counted(999_999_000))).waits, [65_000], 'no longer than its minute')
  t.equal((await tried(99, counted(60_000))).waits.length, 10 + 3, 'and not for ever')
  t.match((await tried(99, counted(60_000))).failure, { code: 'UNAVAILABLE' })
  t.match(await tried(99, counted()), { waits: [500, 2_000, 8_000], failure: { code: 'UNAVAILABLE' } }, 'that names no time')
})

t.test('a network that is away is tried for seconds, what concerns one thing not again', async (t) => {
  const away = new ClientError('UNAVAILABLE', 'CoreMSP answers LEDGER_UNAVAILABLE', { status: 503, retryAfterMs: 60_000 })
  t.strictSame(await tried(2, away), { waits: [500, 2_000], failure: undefined })
  const { waits, failure } = await tried(99, away)
  t.strictSame(waits, [500, 2_000, 8_000])
  t.equal(asLeft(failure), undefined, 'which ends the run')
  t.match(await tried(1, new ClientError('REFUSED', 'no')), { waits: [], failure: { code: 'REFUSED' } })
  t.match(await tried(1, new SyncError('OPTION_INVALID', 'no')), { waits: [], failure: { code: 'OPTION_INVALID' } })
})
