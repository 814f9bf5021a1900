import t from 'tap'
import { pause, repeat } from '../../../host/src/index.ts'

// Pauses keep no process from ending: this does.
const awake = setInterval(() => undefined, 60_000)
t.teardown(() => { clearInterval(awake) })

t.test('work is done again after each pause, whatever failed, until it is stopped', async (t) => {
  const stop = new AbortController()
  const failures: unknown[] = []
  let done = 0
  await repeat(1, stop.signal, async () => {
    done += 1
    await Promise.resolve()
    if (done === 2) throw new Error('once')
    if (done === 4) stop.abort()
  }, (error) => { failures.push(error) })
  t.equal(done, 4)
  t.match(failures, [{ message: 'once' }])
  t.equal(failures.length, 1)
  await repeat(1, stop.signal, async () => { await Promise.resolve(t.fail('nothing is begun once it is stopped')) }, () => undefined)
})

t.test('a pause ends with its signal, and is no failure then', async (t) => {
  const stop = new AbortController()
  const waiting = pause(3_600_000, stop.signal)
  stop.abort()
  await t.resolves(waiting)
  await t.resolves(pause(3_600_000, stop.signal), 'also one that begins afterwards')
})
