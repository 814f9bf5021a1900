import { randomHash } from '../ledger-fixtures.ts'
import type { AnchorRecord } from '@epione/protocol'
import type { Test } from 'tap'
import type { LedgerWorld } from '../ledger-world.ts'

const FIRST: AnchorRecord = {
  batch: 1,
  firstBlock: 0,
  lastBlock: 9,
  root: randomHash(),
  chainId: 5,
  contract: 'ab'.repeat(20),
  transactionHash: randomHash(),
  evmBlock: 7
}

/** What organisations say of final batches (DESIGN §6). Needs a ledger on which no batch is recorded. */
export async function anchorsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional, other] = world.members
  const ledger = world.gateway(core).ledger
  const second: AnchorRecord = { ...FIRST, batch: 2, firstBlock: 10, lastBlock: 10, root: randomHash() }

  await t.test('each organisation records a final batch for itself, once', async (t) => {
    await t.rejects(ledger.getAnchor(1), { code: 'ANCHOR_UNKNOWN' })
    t.strictSame(await ledger.getAnchorHeads(), [])
    const { value, txId } = await ledger.recordAnchor(FIRST)
    t.match(value, { ...FIRST, mspId: core, txId })
    t.strictSame((await ledger.recordAnchor(FIRST)).value, value, 'saying it again changes nothing')
    t.strictSame(await ledger.getAnchor(1), [value])
    const theirs = (await world.gateway(regional).ledger.recordAnchor(FIRST)).value
    t.strictSame(await ledger.getAnchor(1), [value, theirs])
    t.strictSame(await ledger.getAnchorHeads(), [value, theirs])
  })

  await t.test('an organisation does not change its word, another may differ', async (t) => {
    await t.rejects(ledger.recordAnchor({ ...FIRST, root: randomHash() }), { code: 'ANCHOR_CONFLICT', message: /another root/ })
    const lie = { ...FIRST, root: randomHash() }
    await world.gateway(other).ledger.recordAnchor(lie)
    t.match((await ledger.getAnchor(1)).map(({ root }) => root), [FIRST.root, FIRST.root, lie.root], 'both are kept')
  })

  await t.test('batches leave no block out', async (t) => {
    for (const firstBlock of [9, 11]) {
      await t.rejects(ledger.recordAnchor({ ...second, firstBlock, lastBlock: 20 }), {
        code: 'ANCHOR_CONFLICT',
        message: /block 10/
      })
    }
    await t.rejects(ledger.recordAnchor({ ...second, lastBlock: 9 }), { code: 'ARGUMENT_INVALID' })
    await ledger.recordAnchor(second)
    t.match((await ledger.getAnchorHeads()).map(({ batch }) => batch), [2, 1, 1])
    const { items, bookmark } = await ledger.listAnchors({ pageSize: 2 })
    t.strictSame(items.map(({ batch, mspId }) => [batch, mspId]), [[1, core], [1, regional]])
    t.strictSame((await ledger.listAnchors({ bookmark })).items.map(({ batch, mspId }) => [batch, mspId]), [[1, other], [2, core]])
  })

  await t.test('only gateways record, and only what fits the schema', async (t) => {
    for (const actor of [world.registrar(core), await world.enroll({ mspId: core, role: 'auditor' })]) {
      await t.rejects(actor.ledger.recordAnchor({ ...second, batch: 3, firstBlock: 11, lastBlock: 12 }), { code: 'NOT_AUTHORIZED' })
    }
    for (const change of [
      { batch: 0 }, { batch: 1.5 }, { root: '0x00' }, { contract: 'AB'.repeat(20) }, { chainId: 0 }, { color: 'red' }
    ]) {
      await t.rejects(ledger.recordAnchor({ ...FIRST, ...change }), { code: 'ARGUMENT_INVALID' })
    }
    await t.rejects(ledger.getAnchor(0), { code: 'ARGUMENT_INVALID' })
  })
}
