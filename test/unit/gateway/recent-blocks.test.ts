import t from 'tap'
import { RecentBlocks } from '../../../gateway/src/peers/recent-blocks.ts'

t.test('a peer that shows no new transaction is recent for a minute', (t) => {
  let now = 1_000_000
  const recent = new RecentBlocks(() => now)
  t.throws(() => { recent.requireRecent() }, { code: 'PEER_BEHIND' }, 'nothing was shown since the start')
  recent.add({})
  t.throws(() => { recent.requireRecent() }, { code: 'PEER_BEHIND' }, 'a block in which nothing took effect says nothing')
  recent.add({ newestMs: now - 10_000 })
  t.equal(recent.ageMs, 10_000)
  now += 50_000
  t.doesNotThrow(() => { recent.requireRecent() })
  now += 1
  t.throws(() => { recent.requireRecent() }, { code: 'PEER_BEHIND' })
  recent.add({ newestMs: now })
  t.doesNotThrow(() => { recent.requireRecent() })
  t.end()
})

t.test('old transactions that come late, and those ahead of the clock, make nothing newer', (t) => {
  let now = 1_000_000
  const recent = new RecentBlocks(() => now)
  recent.add({ newestMs: now + 25_000 })
  t.equal(recent.ageMs, 0)
  now += 60_001
  t.throws(() => { recent.requireRecent() }, { code: 'PEER_BEHIND' }, 'a minute after it came')
  recent.add({ newestMs: now - 70_000 })
  t.throws(() => { recent.requireRecent() }, { code: 'PEER_BEHIND' }, 'a peer that is fed what is old')
  recent.add({ newestMs: now - 1_000 })
  recent.add({ newestMs: now - 30_000 })
  t.equal(recent.ageMs, 1_000)
  t.end()
})
