import t from 'tap'
import { createAnchorWorld } from '../../helpers/anchor-submitter.ts'
import { createService, makeBlocks, MemoryMailboxes, TURN_MS } from '../../helpers/anchor-services.ts'
import type { Test } from 'tap'
import type { AnchorWorld } from '../../helpers/anchor-submitter.ts'
import type { TestService } from '../../helpers/anchor-services.ts'

interface Setup {
  world: AnchorWorld
  services: [TestService, TestService, TestService]
  blocks: Uint8Array[]
  mailboxes: MemoryMailboxes
  wait: (ms: number) => void
  networkId: string
}

async function setUp (t: Test, count = 12): Promise<Setup> {
  const { bytes: blocks, networkId } = makeBlocks(count)
  const world = await createAnchorWorld(t, networkId)
  const mailboxes = new MemoryMailboxes()
  let now = Date.now()
  const create = async (index: number): Promise<TestService> => await createService(t, world, index, mailboxes, () => now)
  return { world, services: [await create(0), await create(1), await create(2)], blocks, mailboxes, wait: (ms) => { now += ms }, networkId }
}

const passAll = async (services: readonly TestService[]): Promise<void> => { for (const { service } of services) await service.pass() }

t.test('three organisations anchor, publish and record each batch once', async (t) => {
  const { world, services, blocks } = await setUp(t)
  const { client } = world.anvil
  for (const height of [5, 12]) {
    for (const service of services) await service.follow(blocks.slice(0, height))
    for (let round = 0; round < 3; round++) await passAll(services)
    await client.mine({ blocks: 1 })
    await passAll(services)
    await client.mine({ blocks: 2 })
    await passAll(services)
  }
  t.match(await world.chain.head(), { number: 2, nextBlock: 12 })
  for (const { recorded, batches, published, alarms } of services) {
    t.match(recorded.map(({ batch, firstBlock, lastBlock }) => [batch, firstBlock, lastBlock]), [[1, 0, 4], [2, 5, 11]])
    t.equal(batches.settled(), 2)
    t.match(published.findLast(({ number }) => number === 1), {
      state: 'final',
      signatures: { length: 2 },
      witnesses: { length: 3 },
      blockLeaves: { length: 5 }
    })
    t.notOk(alarms.isActive('disagreement'))
  }
  for (const number of [1, 2]) t.equal(await world.logs(number), 1)
  await passAll(services)
  t.equal(
    (await client.getTransactionCount({
      address: services[0].submitter.submitter.address
    })) + (await client.getTransactionCount({ address: services[1].submitter.submitter.address })) + (await client.getTransactionCount({
      address: services[2].submitter.submitter.address
    })),
    2
  )
})

t.test('when the one in turn is silent the next steps in, after its time', async (t) => {
  const { world, services: [core, , other], blocks, wait } = await setUp(t)
  // Batch 1 is the second organisation's, which does nothing.
  const present = [core, other]
  for (const service of present) await service.follow(blocks)
  await passAll(present)
  t.equal(core.batches.votes(1).length + other.batches.votes(1).length, 0)
  wait(TURN_MS)
  await passAll(present)
  await passAll(present)
  t.equal(core.batches.votes(1).length + other.batches.votes(1).length, 2)
  wait(TURN_MS)
  await passAll(present)
  await world.anvil.client.mine({ blocks: 1 })
  t.match(await world.chain.find(1), { lastBlock: 11 })
  t.equal(await world.logs(1), 1)
})

t.test('a witness whose peer has another block does not sign, and says so', async (t) => {
  const { services: [core, first, other], blocks, mailboxes, wait } = await setUp(t)
  const forged = blocks.map((block, i) => i === 11 ? makeOther(block) : block)
  await core.follow(blocks)
  await first.follow(forged)
  await first.service.pass()
  await core.service.pass()
  t.ok(core.alarms.isActive('disagreement'))
  t.equal(core.batches.votes(1).length, 0)
  await other.follow(blocks)
  wait(TURN_MS * 2)
  await other.service.pass()
  t.equal(other.batches.votes(1).length, 1, 'honest witnesses go on')
  await core.service.pass()
  t.equal(core.batches.votes(1).length, 1)
  t.equal(new Set(mailboxes.votes.map(({ root }) => root)).size, 2)
})

t.test('two proposals made at once come together on the shorter', async (t) => {
  const { services: [core, first, other], blocks, wait } = await setUp(t)
  await first.follow(blocks)
  await first.service.pass()
  t.match(first.batches.votes(1), [{ lastBlock: 11 }])
  const [vote] = first.batches.votes(1)
  await core.follow(blocks.slice(0, 6))
  await other.follow(blocks.slice(0, 6))
  wait(TURN_MS * 2)
  await core.service.pass()
  await other.service.pass()
  t.match(core.batches.votes(1), [{ lastBlock: 5 }])
  await first.service.pass()
  t.strictSame(first.batches.votes(1).map(({ lastBlock }) => lastBlock), [5, 11])
  t.equal(first.batches.votes(1)[1]?.signature, vote?.signature)
  t.notOk(first.alarms.isActive('equivocation'), 'two ranges are no contradiction')
})

t.test('a block that does not follow is refused', async (t) => {
  const { services: [core], blocks } = await setUp(t)
  const { bytes: foreign } = makeBlocks(3)
  await t.rejects(core.follow(foreign), { code: 'NETWORK_MISMATCH' })
  await core.follow(blocks.slice(0, 2))
  await t.rejects(core.follow([...blocks.slice(0, 2), ...foreign.slice(2)]), { code: 'CHAIN_BROKEN' })
})

/** The same header and envelopes with another commit hash: a peer whose state differs. */
function makeOther (block: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(block)
  // The commit hash is the block's last field.
  changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1
  return changed
}
