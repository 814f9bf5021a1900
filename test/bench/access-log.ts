import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createEventId } from '@epione/protocol'
import { queryAccessLog } from '../../gateway/src/access/query-access-log.ts'
import type { AccessLogFilter } from '../../gateway/src/access/query-access-log.ts'
import { openStore } from '../../gateway/src/store/store.ts'
import type { Store } from '../../gateway/src/store/store.ts'
import { compare } from './measure.ts'

/**
 * A page of 100 of the access log, as a gateway's read model answers it, with few entries and with many; both in turn, by each way to
 * narrow it, for what the oldest entries alone have, and for a page from the middle. The ratio is the time with many over that with few:
 * 1 is flat. What only the oldest have by time or origin (`until`, `writtenAt`) is looked for through an index, entry by entry: that grows.
 * Usage: npm run bench:access-log [-- --json] [--few N] [--many N] [--rounds N]
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    few: { type: 'string', default: '1000' },
    many: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '15' }
  }
})
const PAGE = 100
const CHUNK = 500
const [PATIENTS, STAFF] = [4, 4]
const START_MS = Date.UTC(2026, 0, 1)
/** The oldest entries, which alone have another purpose and another origin: the longest way for whoever begins at the newest. */
const RARE = 50
const hospital = (n: number): string => n % STAFF < 3 ? 'CoreMSP' : 'Regional1MSP'
const patientId = (n: number): string => 'abcd'.charAt(n).repeat(32)

/** Entries like those of a network: some kilobyte of JSON each, patients and staff in turn. */
async function fill (entries: number, directory: string): Promise<Store> {
  const store = await openStore({ directory })
  for (let from = 0; from < entries; from += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, entries - from) }, (_, i) => {
      const n = from + i
      const [patient, txId, time] = [patientId(n % PATIENTS), n.toString(16).padStart(64, '0'), START_MS + n * 1000]
      return {
        event_id: createEventId(patient, time, txId),
        tx_id: txId,
        block_number: Math.floor(n / 10),
        event_index: n % 10,
        time,
        patient_id: patient,
        msp_id: hospital(n),
        staff_id: `staff-${String(n % STAFF)}`,
        decision: n % 3 === 0 ? 'deny' : 'permit',
        purpose: n < RARE ? 'HRESCH' : 'TREAT',
        outside: n < RARE ? 1 : 0,
        origins: n < RARE ? ' BMSP ' : '',
        consent_id: null,
        event: JSON.stringify({ eventId: createEventId(patient, time, txId), decision: n % 3 === 0 ? 'deny' : 'permit', filler: 'x'.repeat(1000) })
      }
    })
    await store.db.insertInto('access_events').values(rows).execute()
  }
  return store
}

const folder = await mkdtemp(join(tmpdir(), 'epione-access-log-'))
const [few, many] = [Number(values.few), Number(values.many)]
const stores = { few: await fill(few, join(folder, 'few')), many: await fill(many, join(folder, 'many')) }
const filters: Record<string, AccessLogFilter> = {
  all: {},
  patient: { patientId: patientId(1) },
  staff: { mspId: 'CoreMSP', staffId: 'staff-1' },
  organization: { mspId: 'Regional1MSP' },
  decision: { decision: 'deny' },
  purpose: { purpose: 'HRESCH' },
  outside: { origin: 'other' },
  writtenAt: { writtenAt: 'BMSP' },
  until: { to: START_MS + RARE * 1000 },
  since: { from: START_MS + few * 500 }
}
try {
  const ratios: Record<string, number> = {}
  const pageMs: Record<string, number> = {}
  const measure = async (name: string, page: (store: Store, entries: number) => Promise<unknown>): Promise<void> => {
    const { oursUs, theirsUs, ratio } = await compare(
      { ours: () => page(stores.few, few), theirs: () => page(stores.many, many) }, Number(values.rounds)
    )
    ratios[name] = Number(ratio.toFixed(2))
    pageMs[name] = Number((theirsUs / 1000).toFixed(2))
    console.error(`${name}: ${(oursUs / 1000).toFixed(2)} ms of ${few} entries, ${(theirsUs / 1000).toFixed(2)} ms of ${many}`)
  }
  for (const [name, filter] of Object.entries(filters)) await measure(name, (store) => queryAccessLog(store.db, filter, PAGE))
  await measure('middle', (store, entries) => {
    const cursor = Buffer.from(`${String(Math.floor(entries / 20))}.5`).toString('base64url')
    return queryAccessLog(store.db, {}, PAGE, cursor)
  })
  const result = { ratios, figures: { pageMs }, entries: { few, many } }
  console.log(JSON.stringify(result, undefined, values.json ? undefined : 2))
} finally {
  await Promise.all(Object.values(stores).map((store) => store.close()))
  await rm(folder, { recursive: true, force: true })
}
