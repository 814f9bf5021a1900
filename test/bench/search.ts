import { parseArgs } from 'node:util'
import { runParts } from './run-parts.ts'
import type { Figures } from './run-parts.ts'
import { measureSearch } from './search-client.ts'
import { measureOnNetwork } from './search-network.ts'
import { measureRegistration } from './search-registration.ts'

/**
 * What search costs. `registration`: throughput with an index entry over throughput without, on a real network. `client`: a search of
 * 10,000 records beside opening and scanning them all, cold and warm, and beside SQLite's full-text index. `network`: what a reader
 * waits for on a real network beyond the permit, with 500 and with 10,000 records, or with as many as --records says.
 * Usage: npm run bench:search [-- --json] [--only PART] [--records N ...]
 */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' }, records: { type: 'string', multiple: true, default: ['500', '10000'] } } })
const say = (text: string): void => { console.error(text) }

/** Each part gives ratios and figures of its own; one is measured after the other. */
const PARTS: Readonly<Record<string, () => Promise<Figures>>> = {
  registration: async () => await measureRegistration(say),
  client: async () => await measureSearch(),
  network: async () => await measureOnNetwork(say, values.records.map(Number))
}

await runParts(PARTS, { only: values.only, json: values.json, say })
