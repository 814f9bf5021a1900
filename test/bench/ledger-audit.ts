import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { auditLedger } from '@epione/ledger/audit'
import { growLedger } from '../helpers/ledgers/grow.ts'
import { readGrown } from '../helpers/ledgers/copies.ts'
import type { Counts } from '@epione/ledger/audit'

const LARGE = join(import.meta.dirname, '..', '..', '.cache', 'ledger-100k')
/** 10,000 requests of ten records each, in real blocks; growing it takes some minutes, once. */
const LARGE_GROWTH = { alone: 262, together: 9_760, recordsPerRequest: 10 }
const ENTRIES_MIN = 100_000

/** Seconds that the whole audit of a ledger of 100,000 entries takes; grows that ledger where the cache has none. */
export async function measureLedgerAudit (report: (text: string) => void): Promise<{ seconds: number, counts: Counts }> {
  if (!existsSync(join(LARGE, 'grown.json'))) await growLedger(LARGE, LARGE_GROWTH, report)
  const { networkId } = readGrown(LARGE)
  const started = performance.now()
  const { counts } = await auditLedger({ folder: join(LARGE, 'blocks'), networkId })
  if (counts.entries < ENTRIES_MIN) throw new Error(`${LARGE} holds only ${counts.entries} entries: remove it`)
  return { seconds: (performance.now() - started) / 1000, counts }
}

if (import.meta.main) {
  const { seconds, counts } = await measureLedgerAudit((text) => { console.error(text) })
  console.log(JSON.stringify({ figures: { verifyLedgerSeconds100k: Math.round(seconds * 100) / 100 }, counts }))
}
