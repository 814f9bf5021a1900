import t from 'tap'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import { headerHashAt } from '../../helpers/memory-connection.ts'
import { publishPatient } from '../../helpers/ledger-fixtures.ts'
import { until } from '../../helpers/sharing.ts'
import { Heads } from '../../../gateway/src/peers/heads.ts'
import type {} from '../../../gateway/src/ledger/events-plugin.ts'
import type {} from '../../../gateway/src/peers/heads-plugin.ts'

const LIFE_MS = 60_000
const GIANT = Number.MAX_SAFE_INTEGER
const hashOf = (blockNumber: number, chain = 'a'): string => chain + blockNumber.toString(16).padStart(63, '0')
const head = (
  blockNumber: number,
  chain?: string
): { blockNumber: number, headerHash: string } => ({ blockNumber, headerHash: hashOf(blockNumber, chain) })

/** Heads whose own peer has blocks 0 to 9, by a clock that the test moves. */
function create (): { heads: Heads, pass: (ms: number) => void } {
  let now = 1_000_000
  const heads = new Heads(() => now)
  for (let number = 0; number < 10; number++) heads.add(head(number))
  return { heads, pass: (ms) => { now += ms } }
}

const refusalOf = (heads: Heads, threshold = 2): string | undefined => {
  try {
    heads.requireCurrent(threshold)
    return undefined
  } catch (error) {
    return (error as { code: string }).code
  }
}

t.test('a peer that lacks a block for longer than a permit lives releases nothing, once enough others have it', (t) => {
  const { heads, pass } = create()
  heads.hear('B', head(12))
  heads.hear('C', head(11))
  t.equal(refusalOf(heads), undefined, 'a moment behind is no fault')
  pass(LIFE_MS)
  t.equal(refusalOf(heads), undefined)
  pass(1)
  t.equal(refusalOf(heads), 'PEER_BEHIND')
  t.equal(refusalOf(heads, 3), 'PEER_BEHIND', 'all that speak are enough, whatever the threshold')
  heads.hear('D', head(9))
  t.equal(refusalOf(heads, 3), undefined, 'not enough of those that speak for a consent that three proxies open')
  heads.add(head(10))
  heads.add(head(11))
  t.equal(refusalOf(heads), undefined, 'one of them is reached')
  heads.add(head(12))
  heads.hear('B', head(15))
  t.equal(refusalOf(heads), undefined, 'time begins anew with the next block')
  t.end()
})

t.test('others that are always a little ahead are no reason to refuse', (t) => {
  const { heads, pass } = create()
  for (let number = 10; number < 100; number++) {
    heads.hear('B', head(number + 2))
    heads.hear('C', head(number + 2))
    pass(LIFE_MS / 3)
    heads.add(head(number))
  }
  t.equal(refusalOf(heads), undefined)
  t.end()
})

t.test('newer heights do not put off what has not come', (t) => {
  const { heads, pass } = create()
  for (let number = 10; number < 30; number++) {
    heads.hear('B', head(number))
    heads.hear('C', head(number))
    pass(LIFE_MS / 10)
  }
  t.equal(refusalOf(heads), 'PEER_BEHIND')
  t.end()
})

t.test('one hospital that names a giant height or false blocks stops nobody, for as long as it likes', (t) => {
  const { heads, pass } = create()
  for (let round = 0; round < 100; round++) {
    heads.hear('B', round % 2 === 0 ? head(GIANT) : head(5, 'f'))
    heads.hear('C', head(9 + round))
    heads.add(head(10 + round))
    pass(LIFE_MS * 2)
    t.equal(refusalOf(heads, 1), undefined)
    t.equal(refusalOf(heads, 2), undefined)
  }
  t.end()
})

t.test('a fork that one orderer signed for one peer is seen as soon as others name their blocks', (t) => {
  const { heads } = create()
  heads.add(head(10, 'f'))
  heads.hear('B', head(10))
  t.equal(refusalOf(heads), undefined)
  heads.hear('C', head(11))
  heads.add(head(11, 'f'))
  t.equal(refusalOf(heads), 'LEDGER_DIVERGED')
  t.equal(refusalOf(heads, 3), 'LEDGER_DIVERGED')
  heads.hear('D', head(9))
  t.equal(refusalOf(heads, 3), undefined)
  t.end()
})

t.test('whoever took back a false word is heard again', (t) => {
  const { heads, pass } = create()
  heads.hear('B', head(GIANT))
  heads.hear('C', head(9, 'f'))
  pass(LIFE_MS + 1)
  t.equal(refusalOf(heads), 'PEER_BEHIND')
  heads.hear('B', head(9))
  t.equal(refusalOf(heads), undefined)
  heads.hear('C', head(9))
  t.equal(refusalOf(heads), undefined)
  t.end()
})

t.test('before the first own block, and of blocks long gone, nothing is compared', (t) => {
  const heads = new Heads(() => 0)
  t.equal(heads.newest, undefined)
  heads.hear('B', head(9))
  heads.hear('C', head(9))
  t.equal(refusalOf(heads), undefined)
  for (let number = 0; number < 5_000; number++) heads.add(head(number))
  heads.hear('B', head(3, 'f'))
  heads.hear('C', head(3, 'f'))
  t.equal(refusalOf(heads), undefined)
  t.same(heads.newest, head(4_999))
  t.end()
})

t.test('what a hospital said long ago counts no more', (t) => {
  const { heads, pass } = create()
  heads.hear('B', head(GIANT))
  heads.hear('C', head(5, 'f'))
  pass(LIFE_MS + 1)
  t.equal(refusalOf(heads), 'PEER_BEHIND')
  pass(4 * LIFE_MS - 1)
  t.equal(refusalOf(heads), 'PEER_BEHIND')
  heads.hear('C', head(5, 'f'))
  pass(1)
  t.equal(refusalOf(heads), undefined, 'the one that still speaks is alone')
  heads.hear('B', head(GIANT))
  t.equal(refusalOf(heads), 'PEER_BEHIND', 'who speaks again is heard')
  t.end()
})

t.test('deleting waits for two that object, for one only a day, and no longer for silence', (t) => {
  const { heads, pass } = create()
  const DAY_MS = 24 * 60 * LIFE_MS
  t.equal(heads.isSettled(), false, 'nobody has spoken')
  heads.hear('B', head(9))
  t.equal(heads.isSettled(), true)
  heads.hear('C', head(GIANT))
  t.equal(heads.isSettled(), false)
  pass(DAY_MS)
  heads.hear('B', head(9))
  heads.hear('C', head(GIANT))
  t.equal(heads.isSettled(), false)
  pass(1)
  t.equal(heads.isSettled(), true, 'one liar has had its day')
  heads.hear('B', head(5, 'f'))
  t.equal(heads.isSettled(), false, 'two are believed')
  pass(10 * DAY_MS)
  heads.hear('B', head(5, 'f'))
  heads.hear('C', head(GIANT))
  t.equal(heads.isSettled(), false, 'for as long as they say so')
  heads.hear('B', head(9))
  heads.hear('C', head(9))
  t.equal(heads.isSettled(), true)
  pass(DAY_MS)
  t.equal(heads.isSettled(), false, 'all have fallen silent')
  pass(DAY_MS + 1)
  t.equal(heads.isSettled(), true)
  t.end()
})

t.test('a gateway that starts again on a peer that sends no more blocks knows which one it read last', async (t) => {
  let now = Date.now()
  const consortium = await createConsortium(t, { clock: () => now })
  const first = await buildGateway(t, { consortium })
  await publishPatient(consortium.world)
  const last = consortium.world.memory.height - 1n
  await until(() => first.app.events.position === last)
  await first.close()
  const connectLedger = (): ReturnType<typeof consortium.blocks.connect> => ({
    ...consortium.blocks.connect(consortium.network.networkId),
    height: () => Promise.resolve(last),
    blocks: async function * (_from, signal) {
      await new Promise((resolve) => { signal.addEventListener('abort', resolve) })
    }
  })
  const { app: { heads, events } } = await buildGateway(t, { consortium, ports: { connectLedger } })
  t.same(heads.newest, { blockNumber: Number(last), headerHash: headerHashAt(last) })
  t.equal(events.connected, false, 'and that the peer has less than was read already')
  for (const mspId of ['B', 'C']) heads.hear(mspId, head(Number(last) + 1))
  t.equal(refusalOf(heads), undefined)
  now += LIFE_MS + 1
  t.equal(refusalOf(heads), 'PEER_BEHIND')
})
