import t from 'tap'
import { NetworkError } from '../../../network/errors.ts'
import { retryUnavailable } from '../../../network/host/retry-unavailable.ts'

const gone = new NetworkError('command-failed', 'failed to send transaction: rpc error: code = Unavailable desc = closing transport')

t.test('what a node was not there for is done again, four times at most', async (t) => {
  let calls = 0
  t.equal(await retryUnavailable(async () => {
    calls += 1
    if (calls < 4) throw gone
    return await Promise.resolve('done')
  }, 1), 'done')
  calls = 0
  await t.rejects(retryUnavailable(() => { calls += 1; return Promise.reject(gone) }, 1), gone)
  t.equal(calls, 4)
})

t.test('any other failure ends it at once', async (t) => {
  let calls = 0
  const refused = new NetworkError('command-failed', 'access denied')
  await t.rejects(retryUnavailable(() => { calls += 1; return Promise.reject(refused) }, 1), refused)
  t.equal(calls, 1)
})
