import t from 'tap'
import { GatewayError } from '../../../../gateway/src/errors.ts'
import { follow } from '../../../../gateway/src/streams/follow.ts'
import type { Following, Released, Told } from '../../../../gateway/src/streams/follow.ts'

// What waits for a permit's end alone keeps no process alive.
const alive = setInterval(() => undefined, 1_000)
t.teardown(() => { clearInterval(alive) })

interface Numbered { number: number }
const GOOD: Released = { answers: [], failures: [], sufficient: true }
const HELD: Released = { answers: [], failures: [{ mspId: 'B', code: 'PEER_BEHIND', detail: 'cut off' }], sufficient: false }

/** A stream whose windows come in these batches, and what proxies say of each. */
function create (
  batches: number[][], release: Following<Numbered>['release'], more: Partial<Following<Numbered>> = {}
): Following<Numbered> {
  const waiting = [...batches]
  return {
    mspId: 'A',
    after: 0,
    expiresAt: Date.now() + 60_000,
    clock: Date.now,
    next: async (after, signal) => {
      const batch = waiting.shift()
      if (batch !== undefined) return batch.map((number) => ({ number }))
      return await new Promise((resolve) => { signal.addEventListener('abort', () => { resolve([]) }) })
    },
    release,
    signal: new AbortController().signal,
    ...more
  }
}

async function collect (
  following: Following<Numbered>, until: (told: Told<Numbered>[]) => boolean = () => false
): Promise<Told<Numbered>[]> {
  const told: Told<Numbered>[] = []
  for await (const one of follow(following)) {
    told.push(one)
    if (until(told)) break
  }
  return told
}

const numbers = (told: readonly Told<Numbered>[]): number[] => told.flatMap((one) => one.kind === 'windows' ? one.windows.map(({ number }) => number) : [])

t.test('each window comes once, in order, above the number that the reader has', async (t) => {
  const following = create([[1, 2, 3], [3, 4], [4], [7]], () => Promise.resolve(GOOD), { after: 1 })
  const told = await collect(following, (so) => numbers(so).includes(7))
  t.same(numbers(told), [2, 3, 4, 7])
})

t.test('the permit\'s time ends it, and so does the reader', async (t) => {
  const expired = await collect(create([[1]], () => Promise.resolve(GOOD), { expiresAt: Date.now() + 50 }))
  t.match(expired.at(-1), { kind: 'end', end: 'expired', code: 'PERMIT_EXPIRED' })
  t.same(numbers(expired), [1])
  const gone = new AbortController()
  const told = await collect(create([[1]], () => Promise.resolve(GOOD), { signal: gone.signal }), () => {
    gone.abort()
    return false
  })
  t.match(told.at(-1), { kind: 'end', end: 'ended' })
})

t.test('what is refused for good ends it at once', async (t) => {
  const refusal = { code: 'CONSENT_ENDED', detail: 'revoked' }
  const byProxies = await collect(create([[1], [2]], (windows) =>
    Promise.resolve(windows[0]?.number === 1 ? GOOD : { ...HELD, refusal })))
  t.match(byProxies.at(-1), { kind: 'end', end: 'refused', ...refusal })
  t.same(numbers(byProxies), [1])
  const byOwn = await collect(create([[1]], () => Promise.reject(new GatewayError('EVENT_DENIED', 'frozen'))))
  t.match(byOwn, [{ kind: 'end', end: 'refused', code: 'EVENT_DENIED' }])
  await t.rejects(collect(create([[1]], () => Promise.reject(new TypeError('a fault')))), TypeError, 'a fault is none of the reader\'s')
})

t.test('what proxies keep back for now is told once, and comes later', async (t) => {
  let asked = 0
  const told = await collect(create([[1, 2]], () => Promise.resolve(++asked < 3 ? HELD : GOOD)), (so) => numbers(so).length > 0)
  t.same(told.map(({ kind }) => kind), ['withheld', 'windows'])
  t.match(told[0], { code: 'PEER_BEHIND', detail: 'cut off' })
  t.same(numbers(told), [1, 2])
})

t.test('what is kept back for too long ends it', async (t) => {
  let now = 1_000_000
  const told = await collect(create([[1]], () => {
    now += 61_000
    return Promise.resolve(HELD)
  }, { clock: () => now, expiresAt: now + 3_600_000 }))
  t.match(told.at(-1), { kind: 'end', end: 'refused', code: 'PEER_BEHIND' })
  t.same(numbers(told), [])
})
