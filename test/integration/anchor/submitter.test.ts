import t from 'tap'
import { parseEther, parseGwei } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createAnchorWorld, createSubmitter, startRpcFront } from '../../helpers/anchor-submitter.ts'

t.test('a batch is submitted, included and final, once', async (t) => {
  const world = await createAnchorWorld(t)
  const { anvil: { client } } = world
  const { submitter } = await createSubmitter(t, world)
  const call = await world.sign(1)
  t.match(await submitter.advance(call), { state: 'submitted' })
  t.match(await submitter.advance(call), { state: 'submitted' }, 'the same bytes again')
  await client.mine({ blocks: 1 })
  t.match(await submitter.advance(call), { state: 'included', batch: { number: 1, firstBlock: 0, lastBlock: 9, root: call.root } })
  await client.mine({ blocks: 2 })
  t.match(await submitter.advance(call), { state: 'final' })
  t.equal(await world.logs(1), 1)
  t.equal(await client.getTransactionCount({ address: submitter.address }), 1)
  t.ok(await submitter.cost() > 0n)
  t.match(await submitter.advance(await world.sign(3)), { state: 'waiting', reason: 'batch-before-missing' })
  await t.rejects(submitter.advance({ ...call, root: '00'.repeat(32) }), { code: 'ANCHOR_DIFFERS' })
})

t.test('a transaction that the node dropped is sent again', async (t) => {
  const world = await createAnchorWorld(t)
  const { anvil: { client } } = world
  const { submitter } = await createSubmitter(t, world)
  const call = await world.sign(1)
  const sent = await submitter.advance(call)
  await client.request({ method: 'anvil_dropAllTransactions' } as never)
  t.strictSame(await submitter.advance(call), sent)
  await client.mine({ blocks: 1 })
  t.match(await submitter.advance(call), { state: 'included' })
  t.equal(await world.logs(1), 1)
})

t.test('a reorganisation before inclusion changes nothing, one after it is undone', async (t) => {
  const world = await createAnchorWorld(t)
  const { anvil: { client } } = world
  const { submitter } = await createSubmitter(t, world)
  await client.mine({ blocks: 3 })
  const call = await world.sign(1)
  await submitter.advance(call)
  const reorg = async (depth: number): Promise<void> => { await client.request({ method: 'anvil_reorg', params: [depth, []] } as never) }
  await reorg(2)
  t.match(await submitter.advance(call), { state: 'submitted' })
  await client.mine({ blocks: 1 })
  const first = await submitter.advance(call)
  t.match(first, { state: 'included' })
  await reorg(1)
  await client.request({ method: 'anvil_dropAllTransactions' } as never)
  t.equal(await submitter.find(1), undefined, 'the chain has forgotten it')
  t.match(await submitter.advance(call), { state: 'submitted' })
  await client.mine({ blocks: 3 })
  t.match(await submitter.advance(call), {
    state: 'final',
    batch: { transactionHash: (first as { batch: { transactionHash: string } }).batch.transactionHash }
  })
  t.equal(await world.logs(1), 1)
})

t.test('a spike of the base fee is met by a replacement with both fees raised, up to the cap', async (t) => {
  const world = await createAnchorWorld(t)
  const { anvil: { client } } = world
  const { submitter, journal } = await createSubmitter(t, world)
  const call = await world.sign(1)
  await submitter.advance(call)
  await client.setNextBlockBaseFeePerGas({ baseFeePerGas: parseGwei('50') })
  await client.mine({ blocks: 1 })
  t.equal(await world.logs(1), 0, 'too cheap to be taken')
  await submitter.advance(call)
  const [dearer, cheaper] = journal.ofNonce(0)
  if (dearer === undefined || cheaper === undefined) throw new Error('nothing was replaced')
  for (const fee of ['maxFeePerGas', 'maxPriorityFeePerGas'] as const) t.ok(dearer[fee] * 8n >= cheaper[fee] * 9n, fee)
  await client.mine({ blocks: 1 })
  t.match(await submitter.advance(call), { state: 'included' })
  await client.setNextBlockBaseFeePerGas({ baseFeePerGas: parseGwei('600') })
  await client.mine({ blocks: 1 })
  t.match(await submitter.advance(await world.sign(2)), { state: 'waiting', reason: 'fees-too-high' })
})

t.test('a transaction that waits too long is replaced', async (t) => {
  const world = await createAnchorWorld(t)
  let now = Date.now()
  const { submitter, journal } = await createSubmitter(t, world, { clock: () => now })
  const call = await world.sign(1)
  await submitter.advance(call)
  now += 60_000
  await submitter.advance(call)
  t.equal(journal.ofNonce(0).length, 2)
  await world.anvil.client.mine({ blocks: 1 })
  t.match(await submitter.advance(call), { state: 'included' })
  t.equal(await world.anvil.client.getTransactionCount({ address: submitter.address }), 1)
})

t.test('an RPC that fails after it accepted makes no second transaction', async (t) => {
  const world = await createAnchorWorld(t)
  const rpcUrl = await startRpcFront(t, world.anvil.url, async ({ method }, pass) => {
    if (method !== 'eth_sendRawTransaction') return undefined
    await pass()
    return { error: { code: -32000, message: 'internal error' } }
  })
  const { submitter, errors, journal } = await createSubmitter(t, world, { rpcUrl })
  const call = await world.sign(1)
  t.match(await submitter.advance(call), { state: 'submitted' })
  t.equal(errors.length, 1)
  await submitter.advance(call)
  t.equal(journal.ofNonce(0).length, 1)
  await world.anvil.client.mine({ blocks: 1 })
  t.match(await submitter.advance(call), { state: 'included' })
  t.equal(await world.logs(1), 1)
})

t.test('an RPC of another chain is refused, at the start and later', async (t) => {
  const world = await createAnchorWorld(t)
  let chainId = '0x1'
  const rpcUrl = await startRpcFront(t, world.anvil.url, ({ method }) =>
    Promise.resolve(method === 'eth_chainId' ? { result: chainId } : undefined))
  const { submitter, journal } = await createSubmitter(t, world, { rpcUrl })
  const call = await world.sign(1)
  await t.rejects(submitter.advance(call), { code: 'CHAIN_MISMATCH', message: /chain 1, but test is chain 5/ })
  chainId = '0x5'
  await submitter.advance(call)
  chainId = '0x88bb0'
  await t.rejects(submitter.advance(call), { code: 'CHAIN_MISMATCH' })
  t.equal(journal.ofNonce(0).length, 1)
})

t.test('what a transaction cost is noted when the node says it, and not as nothing while it does not', async (t) => {
  const world = await createAnchorWorld(t)
  let isAway = true
  const rpcUrl = await startRpcFront(t, world.anvil.url, ({ method }) =>
    Promise.resolve(method === 'eth_getTransactionReceipt' && isAway ? { error: { code: -32000, message: 'internal error' } } : undefined))
  const { submitter, journal } = await createSubmitter(t, world, { rpcUrl })
  await submitter.advance(await world.sign(1))
  await world.anvil.client.mine({ blocks: 1 })
  await t.rejects(submitter.cost(), /internal error/)
  t.equal(journal.totalCost(), 0n)
  isAway = false
  t.ok(await submitter.cost() > 0n)
})

t.test('of two submitters at once one anchors, and both see it', async (t) => {
  const world = await createAnchorWorld(t)
  const [one, two] = await Promise.all(
    [1, 2].map(async (index) => await createSubmitter(t, world, { account: world.anvil.account(index) as never }))
  )
  if (one === undefined || two === undefined) throw new Error('two submitters were asked for')
  for (const number of [1, 2]) {
    const call = await world.sign(number)
    await Promise.all([one.submitter.advance(call), two.submitter.advance(call)])
    await world.anvil.client.mine({ blocks: 1 })
    t.match(await one.submitter.advance(call), { state: 'included' })
    t.strictSame(await two.submitter.advance(call), await one.submitter.advance(call))
    t.equal(await world.logs(number), 1)
  }
})

t.test('an empty account waits until it is funded, and a cost above the cap is not paid', async (t) => {
  const world = await createAnchorWorld(t)
  const { submitter, journal } = await createSubmitter(t, world, { account: privateKeyToAccount(generatePrivateKey()) })
  const call = await world.sign(1)
  t.match(await submitter.advance(call), { state: 'waiting', reason: 'balance-low' })
  t.equal(journal.ofNonce(0).length, 0)
  await world.anvil.client.setBalance({ address: submitter.address, value: parseEther('1') })
  const { submitter: thrifty } = await createSubmitter(t, world, { network: { fees: { ...world.network.fees, batchCostMax: 1n } } })
  t.match(await thrifty.advance(call), { state: 'waiting', reason: 'cost-too-high' })
  t.match(await submitter.advance(call), { state: 'submitted' })
  await world.anvil.client.mine({ blocks: 1 })
  t.match(await submitter.advance(call), { state: 'included' })
})
