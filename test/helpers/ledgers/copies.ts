import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readBlockFiles } from '@epione/ledger/audit'
import { parseStoredBlock } from '@epione/ledger/blocks'
import { growLedger } from './grow.ts'
import { toStoredBytes } from './serialize.ts'
import type { PeerBlock } from '@epione/ledger/blocks'
import type { Test } from 'tap'
import type { GrownLedger } from './grow.ts'

const SMALL = join(import.meta.dirname, '..', '..', '..', '.cache', 'ledger-reconfigured')
const SMALL_GROWTH = { alone: 4, together: 240, recordsPerRequest: 2, newConfig: true }

/** A grown ledger: its folder, what is known of it, and its blocks. */
export interface KeptLedger extends GrownLedger { folder: string, blocks: PeerBlock[] }

/** The small ledger of a few hundred transactions, grown on a real network where it is not in the cache yet. */
export async function openSmallLedger (t: Test): Promise<KeptLedger> {
  if (!existsSync(join(SMALL, 'grown.json'))) await growLedger(SMALL, SMALL_GROWTH, (text) => { t.comment(text) })
  return await openLedger(SMALL)
}

export async function openLedger (folder: string): Promise<KeptLedger> {
  const blocks: PeerBlock[] = []
  for await (const { bytes } of readBlockFiles(join(folder, 'blocks'))) blocks.push(parseStoredBlock(bytes.slice()))
  return { ...readGrown(folder), folder, blocks }
}

/** What was kept beside a grown ledger. */
export function readGrown (folder: string): GrownLedger {
  return JSON.parse(readFileSync(join(folder, 'grown.json'), 'utf8')) as GrownLedger
}

/** A folder of block files with these blocks, as a peer would keep them; removed with the test. */
export async function writeBlocks (t: Test, blocks: readonly PeerBlock[]): Promise<string> {
  return await writeBlockFile(t, Buffer.concat(blocks.map(toStoredBytes)))
}

export async function writeBlockFile (t: Test, bytes: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'epione-ledger-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'blockfile_000000'), bytes)
  return folder
}
