import t from 'tap'
import type { Test } from 'tap'
import { deriveKeyRing, generatePhrase } from '@epione/crypto'
import { Desk, IDLE_MS, WORK_MS } from '../../../portal/src/worker/desk.ts'

const keys = deriveKeyRing(generatePhrase())
const LOCKED = { code: 'LOCKED' }

/** An unlocked desk whose clocks stand still until they are set, and how often it locked. */
function unlocked (t: Pick<Test, 'intercept'>): { desk: Desk, now: { wall: number, running: number }, locked: () => number } {
  const now = { wall: 1_000_000, running: 5 }
  let locked = 0
  const timers: Array<() => void> = []
  t.intercept(globalThis, 'setInterval', { value: (work: () => void) => timers.push(work) })
  const desk = new Desk(() => { locked += 1 }, () => ({ ...now }))
  desk.unlock(keys)
  return {
    desk,
    now,
    locked: () => {
      for (const look of timers) look()
      return locked
    }
  }
}

t.test('keys stay while the person is there, and no longer', (t) => {
  const { desk, now, locked } = unlocked(t)
  for (let minute = 0; minute < 30; minute += 1) {
    now.wall += 60_000
    now.running += 60_000
    desk.stay()
  }
  t.equal(locked(), 0)
  t.equal(desk.keys(), keys)
  now.wall += IDLE_MS + 1
  now.running += IDLE_MS + 1
  t.throws(() => desk.keys(), LOCKED)
  t.equal(locked(), 1)
  t.end()
})

t.test('a machine that slept wakes up locked, also when a key is pressed first', (t) => {
  const { desk, now, locked } = unlocked(t)
  now.wall += 8 * 3_600_000
  desk.stay()
  t.throws(() => desk.keys(), LOCKED)
  t.ok(locked() > 0)
  t.end()
})

t.test('a clock that is set back keeps nothing unlocked', (t) => {
  const { desk, now, locked } = unlocked(t)
  now.wall -= 24 * 3_600_000
  now.running += IDLE_MS + 1
  t.throws(() => desk.keys(), LOCKED)
  t.equal(locked(), 1)
  t.end()
})

t.test('what was said yes to is not cut off, for an hour', async (t) => {
  const { desk, now, locked } = unlocked(t)
  const work = Promise.withResolvers<string>()
  const done = desk.during(async () => await work.promise)
  now.wall += WORK_MS - 1
  t.equal(locked(), 0)
  t.equal(desk.keys(), keys)
  now.wall += 2
  t.throws(() => desk.keys(), LOCKED)
  t.equal(locked(), 1)
  work.resolve('sent')
  t.equal(await done, 'sent')

  const next = unlocked(t)
  await t.rejects(next.desk.during(() => Promise.reject(new Error('refused'))), { message: 'refused' })
  next.now.wall += IDLE_MS + 1
  t.equal(next.locked(), 1, 'work that failed is over, too')
})

t.test('a desk without keys locks nothing', (t) => {
  let locked = 0
  const desk = new Desk(() => { locked += 1 }, () => ({ wall: Infinity, running: Infinity }))
  desk.stay()
  t.throws(() => desk.keys(), LOCKED)
  t.equal(locked, 0)
  t.end()
})
