import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readBlockFiles } from '@epione/ledger/audit'
import { parseStoredBlock } from '@epione/ledger/blocks'
import { toHex } from '@epione/crypto'
import { growLedger } from '../helpers/ledgers/grow.ts'
import { toLedgerBytes } from '../helpers/ledgers/serialize.ts'

/**
 * Records blocks of a real network, whose numbers have every shape in DER: 0, one byte, a leading zero byte, two bytes.
 * With each goes the hash that Fabric itself made of its header: the previous hash in the block after it.
 */
const NUMBERS = [0, 1, 3, 127, 128, 255, 256]
const REQUESTS_ALONE = 245

interface RecordedBlock { number: number, headerHash: string, codes: number[], bytes: string }

const folder = await mkdtemp(join(tmpdir(), 'epione-blocks-'))
try {
  await growLedger(join(folder, 'ledger'), { alone: REQUESTS_ALONE, together: 0, recordsPerRequest: 1 }, (text) => { console.log(text) })
  const blocks: RecordedBlock[] = []
  let last: RecordedBlock | undefined
  for await (const { bytes } of readBlockFiles(join(folder, 'ledger', 'blocks'))) {
    const block = parseStoredBlock(bytes)
    if (last !== undefined) last.headerHash = toHex(block.previousHash)
    const hasInvalid = block.codes.some((code) => code !== 0)
    last = undefined
    if (!NUMBERS.includes(Number(block.number)) && !hasInvalid) continue
    last = {
      number: Number(block.number),
      headerHash: '',
      codes: [...block.codes],
      bytes: Buffer.from(toLedgerBytes(block)).toString('base64')
    }
    blocks.push(last)
  }
  const missing = NUMBERS.filter((number) => !blocks.some((block) => block.number === number))
  if (missing.length > 0) throw new Error(`the ledger has no blocks ${missing.join()}: grow more`)
  const source = 'recorded by test/vectors/fabric-blocks.generate.ts from peer0 of the core hospital, Fabric v2.5.0'
  await writeFile(new URL('fabric-blocks.json', import.meta.url), JSON.stringify({ source, blocks }, null, 1) + '\n')
} finally {
  await rm(folder, { recursive: true, force: true })
}
