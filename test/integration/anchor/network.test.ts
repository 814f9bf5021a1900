import t from 'tap'
import { deriveTopology } from '../../../network/description/topology.ts'
import { loadConsortium } from '../../../network/description/consortium.ts'
import { waitFor } from '../../../network/host/wait.ts'
import { createPatient, directoryMembers, sign } from '../../helpers/ledger-fixtures.ts'
import { openPeerWorld } from '../../helpers/peer-world.ts'
import { TestNetwork } from '../../helpers/test-network.ts'
import type { AnchorEntry } from '@epione/protocol'

const TIMEOUT_MS = 120_000

// A network of its own: its anchor services are killed.
const network = await TestNetwork.create({ anchors: true, environment: { BATCH_INTERVAL_MS: '500', TURN_TIMEOUT_MS: '3000' } })
t.teardown(() => network.destroy())
const world = await openPeerWorld(network)
t.teardown(() => world.close())
const { ledger } = world.gateway(world.members[0])
const services = deriveTopology(await loadConsortium(network.consortiumFile)).organizations.map(({ anchor }) => anchor)

/** A transaction, and the block that holds it. */
const transact = async (): Promise<number> => {
  const patient = createPatient()
  return Number(
    (await world.registrar(world.members[0]).ledger.publishDirectory(
      sign(world, 'KeyDirectory', directoryMembers(patient), patient.identity)
    )).blockNumber
  )
}

/** Until `count` organisations have recorded the batch that holds this block; returns what they say. */
const anchored = async (
  block: number,
  count: number
): Promise<AnchorEntry[]> => await waitFor(`an anchor of block ${String(block)}`, TIMEOUT_MS, async () => {
  const { items } = await ledger.listAnchors()
  const said = items.filter(({ firstBlock, lastBlock }) => firstBlock <= block && block <= lastBlock)
  return said.length >= count ? said : undefined
})

await t.test('what happens is anchored, and every organisation records the same', async (t) => {
  const block = await transact()
  const said = await anchored(block, 3)
  t.equal(new Set(said.map(({ root, transactionHash, evmBlock }) => `${root} ${transactionHash} ${String(evmBlock)}`)).size, 1)
  t.equal(new Set(said.map(({ mspId }) => mspId)).size, 3)
})

await t.test('with one service killed the others go on; started again, it catches up', async (t) => {
  await network.killProcess(services[1]?.process ?? '')
  const block = await transact()
  const said = await anchored(block, 2)
  t.notOk(said.some(({ mspId }) => mspId === world.members[1]))
  await network.startProcess(services[1]?.process ?? '')
  const all = await anchored(block, 3)
  t.equal(new Set(all.map(({ root, transactionHash }) => `${root} ${transactionHash}`)).size, 1)
})

await t.test('records of anchors are no reason for more anchors', async (t) => {
  const status = async (): Promise<{ head: { batch: number }, lagBlocks: number }> =>
    await (await fetch(`http://127.0.0.1:${String(services[0]?.port)}/status`)).json() as { head: { batch: number }, lagBlocks: number }
  const { head: { batch } } = await status()
  await waitFor('records of every organisation', TIMEOUT_MS, async () =>
    (await ledger.getAnchorHeads()).every((entry) => entry.batch === batch) ? true : undefined)
  const { head, lagBlocks } = await status()
  t.equal(head.batch, batch)
  t.ok(lagBlocks > 0, 'the records themselves wait for the next batch')
})
