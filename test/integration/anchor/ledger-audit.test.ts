import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { auditLedger, compareAnchors } from '@epione/ledger/audit'
import { VerificationError } from '@epione/ledger/proof'
import { batchRoot, blockLeafHash, headerHashOf } from '@epione/ledger/blocks'
import { randomBytes, toHex } from '@epione/crypto'
import t from 'tap'
import { common } from '@hyperledger/fabric-protos'
import { editConfigEnvelope, findConfig } from '../../helpers/ledgers/change-config.ts'
import { openSmallLedger, writeBlockFile, writeBlocks } from '../../helpers/ledgers/copies.ts'
import { rewriteTail } from '../../helpers/ledgers/rewrite-tail.ts'
import type { AnchoredBatch, AuditedLedger } from '@epione/ledger/audit'
import type { PeerBlock } from '@epione/ledger/blocks'

const FLIPS = process.env['SLOW'] === '1' ? 1_000 : 40
const BATCH_BLOCKS = 5

const ledger = await openSmallLedger(t)
const { networkId, blocks } = ledger
/** The smallest block of several transactions: how many come together is the orderers' choice, and a search for a swap has its bound. */
const [small] = blocks.filter((block) => block.envelopes.length > 3).sort((a, b) => a.envelopes.length - b.envelopes.length)
const crowded = Number(small?.number ?? 0n)
const audit = async (folder: string): Promise<AuditedLedger> => await auditLedger({ folder, networkId })
const auditBlocks = async (changed: readonly PeerBlock[]): Promise<AuditedLedger> => await audit(await writeBlocks(t, changed))
const replace = (
  at: number,
  change: (block: PeerBlock) => PeerBlock
): PeerBlock[] => blocks.map((block, index) => index === at ? change(block) : block)
const withMetadata = (
  block: PeerBlock,
  index: number,
  entry: Uint8Array
): PeerBlock => ({ ...block, metadata: block.metadata.map((old, i) => i === index ? entry : old) })

/** Anchors of a ledger, in batches of a few blocks. */
function anchorsOf (chain: readonly PeerBlock[]): AnchoredBatch[] {
  return Array.from({ length: Math.ceil(chain.length / BATCH_BLOCKS) }, (_, index) => {
    const part = chain.slice(index * BATCH_BLOCKS, (index + 1) * BATCH_BLOCKS)
    return {
      number: index + 1,
      firstBlock: index * BATCH_BLOCKS,
      lastBlock: index * BATCH_BLOCKS + part.length - 1,
      root: batchRoot(part.map(blockLeafHash))
    }
  })
}

await t.test('a real ledger is in order: signatures, codes, commit hashes and anchors', async (t) => {
  const audited = await audit(join(ledger.folder, 'blocks'))
  t.equal(audited.height, blocks.length)
  t.ok(audited.counts.invalid >= 1, 'one transaction lost a conflict')
  t.equal(audited.counts.events, ledger.eventIds.length)
  t.same(audited.counts.malformed, [])
  t.same(audited.leaves.map(toHex), blocks.map((block) => toHex(blockLeafHash(block))))
  t.equal(compareAnchors(audited.leaves, anchorsOf(blocks)).lastBlock, blocks.length - 1)
  t.comment(JSON.stringify(audited.counts))
})

await t.test('an audit goes on where an earlier one ended, and refuses a damaged checkpoint', async (t) => {
  const checkpoint = join(await writeBlocks(t, []), 'checkpoint')
  const first = await auditLedger({ folder: await writeBlocks(t, blocks.slice(0, -3)), networkId, checkpoint })
  t.equal(first.resumedFrom, 0)
  const second = await auditLedger({ folder: join(ledger.folder, 'blocks'), networkId, checkpoint })
  t.equal(second.resumedFrom, blocks.length - 3)
  t.same(second.leaves.map(toHex), blocks.map((block) => toHex(blockLeafHash(block))))
  await t.rejects(auditLedger({ folder: join(ledger.folder, 'blocks'), networkId: '00'.repeat(32), checkpoint }), {
    code: 'CHECKPOINT_MISMATCH'
  })
  const bytes = await readFile(checkpoint)
  const damaged = await writeBlockFile(t, bytes.fill(1, 100, 101))
  await t.rejects(auditLedger({ folder: damaged, networkId, checkpoint: join(damaged, 'blockfile_000000') }), {
    code: 'CHECKPOINT_MISMATCH'
  })
})

await t.test('another network and an empty folder are refused', async (t) => {
  await t.rejects(auditLedger({ folder: join(ledger.folder, 'blocks'), networkId: '00'.repeat(32) }), { code: 'NETWORK_MISMATCH' })
  await t.rejects(audit(ledger.folder), { code: 'LEDGER_UNREADABLE' })
})

await t.test('a copy that ends within a block is checked up to the last whole one, and said to be incomplete', async (t) => {
  const whole = await readFile(join(ledger.folder, 'blocks', 'blockfile_000000'))
  const lastStart = (await readFile(join(await writeBlocks(t, blocks.slice(0, -1)), 'blockfile_000000'))).length
  for (const cut of [whole.length - 5, whole.length - 1, lastStart + 1, lastStart + 100]) {
    const audited = await audit(await writeBlockFile(t, whole.subarray(0, cut)))
    t.match(
      audited,
      { height: blocks.length - 1, incomplete: /blockfile_000000 is damaged at byte \d+: the file ends within a block/ },
      `${cut} bytes`
    )
    t.equal(audited.headerHash, toHex(headerHashOf(blocks.at(-2) ?? blocks[0] as PeerBlock)))
  }
  t.match(
    await audit(await writeBlockFile(t, Buffer.concat([whole, Buffer.alloc(64)]))),
    { height: blocks.length, incomplete: /a block of 0 bytes/ },
    'zeros after a loss of power'
  )
  t.match(await audit(await writeBlockFile(t, whole.subarray(0, 20))), { height: 0, incomplete: /within a block/ })
  t.equal((await audit(await writeBlockFile(t, whole))).incomplete, undefined)
})

await t.test('damage: a flipped byte in a transaction of a block file', async (t) => {
  const flip = (bytes: Uint8Array): Uint8Array => bytes.with(200, (bytes[200] ?? 0) ^ 4)
  const changed = replace(crowded, (block) => ({ ...block, envelopes: block.envelopes.map((e, i) => i === 1 ? flip(e) : e) }))
  await t.rejects(auditBlocks(changed), { code: 'DATA_HASH_MISMATCH', place: { block: crowded } })
})

await t.test(`damage: ${FLIPS} flipped bytes anywhere after block 0 are all found`, async (t) => {
  const whole = await readFile(join(ledger.folder, 'blocks', 'blockfile_000000'))
  const genesis = (await readFile(join(await writeBlocks(t, blocks.slice(0, 1)), 'blockfile_000000'))).length
  for (let count = 0; count < FLIPS; count++) {
    const at = genesis + Buffer.from(randomBytes(4)).readUInt32BE() % (whole.length - genesis)
    const changed = Buffer.from(whole)
    changed.writeUInt8(changed.readUInt8(at) ^ (1 << count % 8), at)
    // A flip in a length can make what follows look cut off; it is never taken for a whole ledger.
    const found = await audit(await writeBlockFile(t, changed)).then((
      { incomplete, height }
    ) => incomplete !== undefined && height < blocks.length, (error: unknown) => error instanceof VerificationError)
    t.ok(found, `byte ${at}`)
  }
})

await t.test('damage: a dropped block', async (t) => {
  await t.rejects(auditBlocks(blocks.filter((_, index) => index !== 9)), { code: 'BLOCK_MISSING', place: { block: 9 } })
})

await t.test('damage: a block that comes twice, and one of another chain', async (t) => {
  await t.rejects(auditBlocks([...blocks.slice(0, 10), ...blocks.slice(9)]), { code: 'CHAIN_BROKEN' })
  await t.rejects(auditBlocks(
    replace(9, (block) => ({ ...block, previousHash: randomBytes(32) }))
  ), { code: 'CHAIN_BROKEN', place: { block: 9 } })
})

await t.test('damage: two swapped transactions', async (t) => {
  const changed = replace(crowded, (block) => {
    const [a, b, c, ...rest] = block.envelopes
    if (a === undefined || b === undefined || c === undefined) throw new Error('the block is too small')
    return { ...block, envelopes: [a, c, b, ...rest] }
  })
  await t.rejects(auditBlocks(changed), { code: 'TRANSACTIONS_SWAPPED', place: { block: crowded, transaction: 1 } })
})

await t.test('damage: an invalid transaction shown as valid, and a valid one as invalid', async (t) => {
  const contested = blocks.findIndex((block) => block.codes.includes(11))
  const transaction = blocks[contested]?.codes.indexOf(11) ?? -1
  const shown = replace(contested, (block) => withMetadata(block, 2, block.codes.map(() => 0)))
  await t.rejects(auditBlocks(shown), { code: 'CODE_FALSE', place: { block: contested, transaction } })
  const hidden = replace(crowded, (block) => withMetadata(block, 2, block.codes.map((code, i) => i === 2 ? 255 : code)))
  await t.rejects(auditBlocks(hidden), { code: 'CODE_FALSE', place: { block: crowded, transaction: 2 } })
})

await t.test('damage: a commit hash, an orderer signature and a configuration number that are not the block\'s', async (t) => {
  const other = blocks[crowded - 1]
  if (other === undefined) throw new Error('no block before')
  await t.rejects(auditBlocks(
    replace(crowded, (block) => withMetadata(block, 4, other.metadata[4] ?? new Uint8Array()))
  ), { code: 'COMMIT_HASH_FALSE', place: { block: crowded } })
  await t.rejects(auditBlocks(
    replace(crowded, (block) => withMetadata(block, 0, other.metadata[0] ?? new Uint8Array()))
  ), { code: 'ORDERER_SIGNATURE_INVALID', place: { block: crowded } })
  await t.rejects(auditBlocks(
    replace(crowded, (block) => withMetadata(block, 1, Uint8Array.of(0x0a, 2, 8, 3)))
  ), { code: 'LAST_CONFIG_WRONG', place: { block: crowded } })
})

await t.test('damage: a tail that colluding orderers rewrote and signed is caught by the anchor alone', async (t) => {
  const rewritten = rewriteTail(ledger, crowded)
  const audited = await auditBlocks(rewritten)
  t.equal(audited.counts.events, ledger.eventIds.length - 1, 'the ledger is in order in itself, and hides an event')
  t.throws(() => compareAnchors(audited.leaves, anchorsOf(blocks)), {
    code: 'HISTORY_REWRITTEN',
    place: { batch: Math.floor(crowded / BATCH_BLOCKS) + 1 }
  })
})

await t.test('a change of the channel\'s configuration that its admins did not sign is refused, whoever orders it', async (t) => {
  const changed = blocks.findIndex((block, index) => index > 0 && findConfig(block.envelopes[0]) !== undefined)
  t.ok(changed > 0, 'the ledger has a changed configuration, and was in order with it')
  const forge = async (edit: Parameters<typeof editConfigEnvelope>[2]): Promise<AuditedLedger> =>
    await auditBlocks(rewriteTail(ledger, changed, ([envelope = new Uint8Array()]) => [editConfigEnvelope(ledger.folder, envelope, edit)]))
  const unauthorized = { code: 'CONFIG_UNAUTHORIZED', place: { block: changed } }
  await t.rejects(
    forge(({ update }) => { update.setSignaturesList(update.getSignaturesList().slice(1)) }),
    unauthorized,
    'one admin too few'
  )
  await t.rejects(forge(({ update }) => { update.setSignaturesList([]) }), unauthorized, 'none at all')
  await t.rejects(
    forge(({ update }) => {
      update.setSignaturesList(
        update.getSignaturesList().map(() => update.getSignaturesList()[0] ?? new common.ConfigSignature())
      )
    }),
    unauthorized,
    'one admin twice'
  )
  await t.rejects(forge(({ config }) => { config.setSequence(config.getSequence() + 1) }), unauthorized, 'a sequence that skips one')
  await t.rejects(
    forge(({ config }) => { config.getChannelGroup()?.setModPolicy('Writers') }),
    unauthorized,
    'a policy that the update does not change'
  )
  await t.rejects(
    forge(({ update }) => { update.setConfigUpdate(Uint8Array.of(0xff)) }),
    { code: 'CONFIG_MALFORMED' },
    'an update that cannot be read'
  )
})

await t.test('damage: a wrong anchor, a gap between anchors', async (t) => {
  const { leaves } = await audit(join(ledger.folder, 'blocks'))
  const anchors = anchorsOf(blocks)
  t.throws(() => compareAnchors(leaves, anchors.map((batch) => batch.number === 2 ? { ...batch, root: randomBytes(32) } : batch)), {
    code: 'ANCHOR_WRONG',
    place: { batch: 2 }
  })
  t.throws(() => compareAnchors(leaves, anchors.filter((batch) => batch.number !== 2)), { code: 'ANCHOR_GAP', place: { batch: 3 } })
})

await t.test('damage: the newest part is cut off', async (t) => {
  const audited = await auditBlocks(blocks.slice(0, -2))
  t.equal(audited.height, blocks.length - 2, 'in itself the shorter ledger is in order')
  t.throws(() => compareAnchors(audited.leaves, anchorsOf(blocks)), { code: 'LEDGER_CUT_OFF', place: { block: blocks.length - 2 } })
})
