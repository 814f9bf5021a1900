import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EXIT_CODES } from '@epione/sdk'
import t from 'tap'
import { startAnvil } from '../../helpers/anvil.ts'
import { Party } from '../../helpers/epione.ts'
import { anchorLedger, batchesOf } from '../../helpers/ledgers/anchor-ledger.ts'
import { openSmallLedger, writeBlockFile, writeBlocks } from '../../helpers/ledgers/copies.ts'
import { rewriteTail } from '../../helpers/ledgers/rewrite-tail.ts'
import type { AnchorDomain } from '@epione/ledger/contract'
import type { EpioneAnswer } from '../../helpers/epione.ts'

const BATCH_BLOCKS = 5

const ledger = await openSmallLedger(t)
const { networkId, blocks } = ledger
const whole = join(ledger.folder, 'blocks')
const home = await mkdtemp(join(tmpdir(), 'epione-auditor-'))
t.teardown(() => rm(home, { recursive: true, force: true }))
const auditor = new Party('auditor', home)
const anvil = await startAnvil()
t.teardown(() => anvil.stop())
const batches = batchesOf(blocks, BATCH_BLOCKS)
const domain = await anchorLedger(anvil, networkId, batches)

const verify = async (
  folder: string,
  { contract, chainId }: Pick<AnchorDomain, 'contract' | 'chainId'> = domain,
  ...more: string[]
): Promise<EpioneAnswer> =>
  await auditor.run([
    'audit', 'verify-ledger', '--blocks', folder, '--network-id', networkId, '--rpc', anvil.url, '--chain-id',
    String(chainId), '--contract', contract, ...more
  ])
const error = ({ json }: EpioneAnswer): Record<string, unknown> => json['error'] as Record<string, unknown>

await t.test('an auditor with block files and an RPC verifies a ledger to its last anchored block', async (t) => {
  const { exitCode, json, stderr } = await verify(whole, domain, '--progress')
  t.equal(exitCode, EXIT_CODES.ok)
  t.match(json, { blocks: blocks.length, anchoredTo: blocks.length - 1, batches: batches.length, events: ledger.eventIds.length })
  t.match(stderr, /ledger: \d+ transactions, \d+ per second/)
})

await t.test('without an RPC the answer warns that no anchor was compared; blocks after the last anchor are named', async (t) => {
  const offline = await auditor.run(['audit', 'verify-ledger', '--blocks', whole, '--network-id', networkId])
  t.equal(offline.exitCode, EXIT_CODES.ok)
  t.match(offline.json['warnings'], [/Anchors were not compared/])
  const partly = await verify(whole, await anchorLedger(anvil, networkId, batches.slice(0, 2)))
  t.match(partly.json['warnings'], [/Blocks 10 to \d+ are not anchored yet/])
})

await t.test('damage: a tail rewritten by colluding orderers is named by the anchor', async (t) => {
  const at = Number(blocks.findLast((block) => block.envelopes.length > 3)?.number ?? 0n)
  const answer = await verify(await writeBlocks(t, rewriteTail(ledger, at)))
  t.equal(answer.exitCode, EXIT_CODES.verificationFailed)
  t.match(error(answer), { code: 'LEDGER_FALSE', fault: 'HISTORY_REWRITTEN', batch: Math.floor(at / BATCH_BLOCKS) + 1 })
})

await t.test('damage: a wrong anchor, signed by a majority of witnesses, is named', async (t) => {
  const wrong = await anchorLedger(
    anvil,
    networkId,
    batches.map((batch) => batch.number === 2n ? { ...batch, root: 'ab'.repeat(32) } : batch)
  )
  t.match(error(await verify(whole, wrong)), { code: 'LEDGER_FALSE', fault: 'ANCHOR_WRONG', batch: 2 })
})

await t.test('a copy whose last block is half there is incomplete, up to which block all is good, with and without anchors', async (t) => {
  const bytes = await readFile(join(whole, 'blockfile_000000'))
  const folder = await writeBlockFile(t, bytes.subarray(0, -5))
  const offline = await auditor.run(['audit', 'verify-ledger', '--blocks', folder, '--network-id', networkId])
  for (const answer of [offline, await verify(folder)]) {
    t.equal(answer.exitCode, EXIT_CODES.incomplete)
    t.match(error(answer), {
      code: 'LEDGER_INCOMPLETE',
      exitCode: 8,
      lastGoodBlock: blocks.length - 2,
      blocks: blocks.length - 1,
      message: /All is good up to block \d+/
    })
  }
  t.match(error(
    await verify(await writeBlockFile(t, bytes.subarray(0, 20)))
  ), { code: 'LEDGER_INCOMPLETE', blocks: 0, lastGoodBlock: undefined })
})

await t.test('damage: a cut-off newest part is named', async (t) => {
  t.match(error(
    await verify(await writeBlocks(t, blocks.slice(0, -2)))
  ), { code: 'LEDGER_FALSE', fault: 'LEDGER_CUT_OFF', block: blocks.length - 2 })
})

await t.test('damage: a replaced contract is named, and one that is not there', async (t) => {
  const replaced = await anchorLedger(anvil, networkId, batches)
  const code = await anvil.client.getCode({ address: replaced.contract })
  // One changed byte in the code's metadata, behind everything that runs: the answers stay the same.
  await anvil.client.setCode({ address: replaced.contract, bytecode: `${code?.slice(0, -2) ?? '0x'}ff` as `0x${string}` })
  t.match(error(await verify(whole, replaced)), { code: 'LEDGER_FALSE', fault: 'CONTRACT_REPLACED' })
  const foreign = await anchorLedger(anvil, 'cd'.repeat(32), [])
  t.match(error(await verify(whole, foreign)), { fault: 'CONTRACT_REPLACED' }, 'the anchor of another network is another contract')
  t.match(error(await verify(whole, { ...domain, contract: `0x${'12'.repeat(20)}` })), { fault: 'CONTRACT_MISSING' })
})

await t.test('another chain, a silent RPC, logs that are left out and half of a pin are refused', async (t) => {
  t.match(error(await verify(whole, { ...domain, chainId: 1 })), { code: 'USAGE', fault: 'CHAIN_MISMATCH' })
  const late = await anvil.client.getBlockNumber()
  t.match(error(await verify(whole, domain, '--from-block', String(late))), { fault: 'ANCHOR_GAP' })
  const silent = await auditor.run([
    'audit', 'verify-ledger', '--blocks', whole, '--network-id', networkId, '--rpc', 'http://127.0.0.1:9', '--chain-id',
    '5', '--contract', domain.contract
  ])
  t.equal(silent.exitCode, EXIT_CODES.unavailable)
  const half = await auditor.run(['audit', 'verify-ledger', '--blocks', whole, '--network-id', networkId, '--rpc', anvil.url])
  t.equal(half.exitCode, EXIT_CODES.usage)
  const nowhere = await auditor.run(['audit', 'verify-ledger', '--blocks', home, '--network-id', networkId])
  t.match(error(nowhere), { code: 'FILE_UNREADABLE', fault: 'LEDGER_UNREADABLE' })
})

await t.test('an audit resumes from its checkpoint', async (t) => {
  const checkpoint = join(home, 'audit')
  await verify(await writeBlocks(t, blocks.slice(0, -1)), domain, '--checkpoint', checkpoint)
  const { json } = await verify(whole, domain, '--checkpoint', checkpoint)
  t.match(json, { resumedFrom: blocks.length - 1, blocks: blocks.length })
})
