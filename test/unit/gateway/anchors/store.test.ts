import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import t from 'tap'
import type { Test } from 'tap'
import { findBatchOf, storeBatch } from '../../../../gateway/src/anchors/batches.ts'
import {
  keepProposal, listConflicts, listProposals, PROPOSALS_AHEAD_MAX, PROPOSALS_PER_BATCH_MAX
} from '../../../../gateway/src/anchors/proposals.ts'
import type { AnchorProposal, KeptProposal } from '@epione/protocol/api'
import { openStore } from '../../../../gateway/src/store/store.ts'
import { createBatch, createProposal } from '../../../helpers/anchor-service.ts'
import { startPostgres } from '../../../helpers/postgresql.ts'

const hex = (bytes: number): string => randomBytes(bytes).toString('hex')
const leaves = (count: number): Uint8Array[] => Array.from({ length: count }, () => new Uint8Array(randomBytes(32)))

function suite (t: Test, prepare: () => Promise<string | undefined>): void {
  const open = async (t: Test): Promise<Awaited<ReturnType<typeof openStore>>['db']> => {
    const directory = await mkdtemp(join(tmpdir(), 'epione-anchors-'))
    const store = await openStore({ directory, databaseUrl: await prepare() })
    t.teardown(async () => {
      await store.close()
      await rm(directory, { recursive: true })
    })
    return store.db
  }
  const roots = (items: KeptProposal[]): string[] => items.map((item) => item.root).sort()

  t.test('a proposal is kept as it came, once, with who handed it in and when', async (t) => {
    const db = await open(t)
    const proposal = createProposal({ number: 3 })
    t.same(await keepProposal(db, proposal, 'CoreMSP', 7), { ...proposal, mspId: 'CoreMSP', receivedAt: 7 })
    t.same(await keepProposal(db, proposal, 'CoreMSP', 8), { ...proposal, mspId: 'CoreMSP', receivedAt: 7 })
    const relayed = await keepProposal(db, proposal, 'Regional1MSP', 9)
    t.same(await listProposals(db, 3), [{ ...proposal, mspId: 'CoreMSP', receivedAt: 7 }, relayed], 'nobody takes another\'s place')
    t.same(await listProposals(db, 4), [])
    t.same(await listConflicts(db, 10, undefined), { items: [] }, 'the same twice is no contradiction')
    await t.rejects(keepProposal(db, { ...proposal, firstBlock: 5, lastBlock: 4 }, 'CoreMSP', 1), { code: 'REQUEST_INVALID' })
  })

  t.test('what contradicts itself in one witness\'s name is all kept and listed', async (t) => {
    const db = await open(t)
    const witness = hex(20)
    const keep = async (
      members: Partial<AnchorProposal>,
      mspId = 'CoreMSP'
    ): Promise<KeptProposal> => await keepProposal(db, createProposal({ witness, ...members }), mspId, 1)
    const first = await keep({ number: 1 })
    await keep({ number: 2 })
    await keep({ number: 1, witness: hex(20) })
    t.same(await listConflicts(db, 10, undefined), { items: [] })
    const otherRoot = await keep({ number: 1 }, 'Regional1MSP')
    t.same(roots((await listConflicts(db, 10, undefined)).items), roots([first, otherRoot]))
    const otherRange = await keep({ number: 1, root: first.root, lastBlock: first.lastBlock + 1 })
    t.equal((await listConflicts(db, 10, undefined)).items.length, 3, 'one number, two ranges')
    const [four, five] = [
      await keep({ number: 4, firstBlock: 90, lastBlock: 95 }), await keep({ number: 5, firstBlock: 90, lastBlock: 95 })
    ]
    const all = await listConflicts(db, 10, undefined)
    t.same(roots(all.items), roots([first, otherRoot, otherRange, four, five]), 'one range under two numbers')

    const paged: KeptProposal[] = []
    for (let cursor: string | undefined, more = true; more;) {
      const page = await listConflicts(db, 2, cursor)
      paged.push(...page.items)
      cursor = page.next
      more = cursor !== undefined
    }
    t.same(paged, all.items, 'pages join without gap or overlap')
    await t.rejects(listConflicts(db, 2, 'bm9uc2Vuc2U'), { code: 'CURSOR_INVALID' })
  })

  t.test('two contradictory proposals that come at once are both listed', async (t) => {
    const db = await open(t)
    const witness = hex(20)
    const both = [createProposal({ witness }), createProposal({ witness })]
    await Promise.all(both.map(async (proposal, index) => await keepProposal(db, proposal, `Org${index}MSP`, 1)))
    t.equal((await listConflicts(db, 10, undefined)).items.length, 2)
  })

  t.test('nobody fills the mailbox: so many for a batch, so many ahead of what is known', async (t) => {
    const db = await open(t)
    for (let i = 0; i < PROPOSALS_PER_BATCH_MAX; i++) await keepProposal(db, createProposal({ number: 5 }), 'CoreMSP', 1)
    await t.rejects(keepProposal(db, createProposal({ number: 5 }), 'CoreMSP', 1), { code: 'PROPOSALS_TOO_MANY' })
    await keepProposal(db, createProposal({ number: 5 }), 'Regional1MSP', 1)
    await keepProposal(db, createProposal({ number: 6 }), 'CoreMSP', 1)

    const rows = Array.from({
      length: PROPOSALS_AHEAD_MAX
    }, (_, i) =>
      ({
        id: hex(32),
        number: 1000 + i,
        first_block: i,
        last_block: i,
        root: hex(32),
        witness: hex(20),
        signature: hex(64),
        msp_id: 'Regional2MSP',
        received_at: 1,
        contradicted: 0
      }))
    await db.insertInto('anchor_proposals').values(rows).execute()
    const ahead = createProposal({ number: 9_000 })
    await t.rejects(keepProposal(db, ahead, 'Regional2MSP', 1), { code: 'PROPOSALS_TOO_MANY' })
    await keepProposal(db, ahead, 'Regional1MSP', 1)
    await storeBatch(db, createBatch(1000, 0, leaves(1)))
    await keepProposal(db, ahead, 'Regional2MSP', 1)
  })

  t.test('a batch is found by its blocks, as last published', async (t) => {
    const db = await open(t)
    const [first, second] = [createBatch(1, 0, leaves(4)), createBatch(2, 4, leaves(3))]
    await storeBatch(db, first)
    await storeBatch(db, second)
    t.same(await findBatchOf(db, 0), first)
    t.same(await findBatchOf(db, 3), first)
    t.same(await findBatchOf(db, 4), second)
    t.equal(await findBatchOf(db, 7), undefined)
    const grown = createBatch(2, 4, leaves(5))
    await storeBatch(db, grown)
    t.same(await findBatchOf(db, 8), grown, 'a batch that is not final may change')
    await storeBatch(db, { ...first, state: 'final' })
    await storeBatch(db, { ...first, state: 'final', chain: { ...first.chain, blockNumber: 9 } })
    t.match(await findBatchOf(db, 2), { state: 'final', chain: { blockNumber: 9 } })
    await t.rejects(storeBatch(db, createBatch(1, 0, leaves(4))), { code: 'BATCH_FINAL' }, 'another root')
    await t.rejects(storeBatch(db, createBatch(1, 0, leaves(3))), { code: 'BATCH_FINAL' }, 'other blocks')
    t.match(await findBatchOf(db, 2), { root: first.root })
  })

  t.test('a batch whose leaves are not those of its root or blocks is refused', async (t) => {
    const db = await open(t)
    const batch = createBatch(1, 0, leaves(4))
    await t.rejects(storeBatch(db, { ...batch, lastBlock: 4 }), { code: 'BATCH_INVALID' })
    await t.rejects(storeBatch(db, { ...batch, blockLeaves: [...batch.blockLeaves].reverse() }), { code: 'BATCH_INVALID' })
    await t.rejects(storeBatch(db, { ...batch, root: hex(32) }), { code: 'BATCH_INVALID' })
    t.equal(await findBatchOf(db, 0), undefined)
  })
}

t.test('the mailbox on SQLite', (t) => {
  suite(t, () => Promise.resolve(undefined))
  t.end()
})

t.test('the mailbox on PostgreSQL', async (t) => {
  const server = await startPostgres()
  t.teardown(() => server.stop())
  suite(t, () => server.createDatabase())
})
