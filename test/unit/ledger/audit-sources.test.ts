import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { readAnchors, readBlockFiles } from '@epione/ledger/audit'

/* What an audit reads is whatever lies on somebody's disk or comes from a node: each fault has a code. */

async function readAll (folder: string): Promise<number> {
  let count = 0
  for await (const { bytes } of readBlockFiles(folder)) count += bytes.length
  return count
}

t.test('block files that end within a block, hold no lengths, or have a gap are torn', async (t) => {
  const dir = t.testdir({ whole: {}, short: {}, zeros: {}, gap: {}, empty: {} })
  const write = (folder: string, number: number, ...bytes: number[]): Promise<void> =>
    writeFile(join(dir, folder, `blockfile_${String(number).padStart(6, '0')}`), Uint8Array.from(bytes))
  await write('whole', 0, 2, 7, 7)
  await write('whole', 1, 1, 7)
  await write('short', 0, 3, 7, 7)
  await write('zeros', 0, 0, 0, 0)
  await write('gap', 1, 1, 7)
  t.equal(await readAll(join(dir, 'whole')), 3)
  for (const folder of ['short', 'zeros', 'gap']) await t.rejects(readAll(join(dir, folder)), { code: 'BLOCK_FILE_TORN' }, folder)
  for (const folder of ['empty', 'absent']) await t.rejects(readAll(join(dir, folder)), { code: 'LEDGER_UNREADABLE' }, folder)
})

t.test('a node that is away is told from one that says something wrong', async (t) => {
  const wanted = { rpcUrl: 'http://127.0.0.1:9', chainId: 5, contract: `0x${'c0'.repeat(20)}`, networkId: '00'.repeat(32) } as const
  await t.rejects(readAnchors(wanted), { code: 'CHAIN_UNREACHABLE' })
})
