import { parseArgs } from 'node:util'
import { measureSearch } from './search-client.ts'
import { measureRegistration } from './search-registration.ts'

/**
 * What search costs. `registration`: throughput with an index entry over throughput without, on a real network. `client`: a search of
 * 10,000 records beside opening and scanning them all, cold and warm, and beside SQLite's full-text index.
 * Usage: npm run bench:search [-- --json] [--only PART]
 */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } })
const say = (text: string): void => { console.error(text) }

interface Figures { ratios: object, figures: object }
/** Each part gives ratios and figures of its own; one is measured after the other. */
const PARTS: Readonly<Record<string, () => Promise<Figures>>> = {
  registration: async () => await measureRegistration(say),
  client: async () => await measureSearch()
}

const result: Figures = { ratios: {}, figures: {} }
for (const [name, measure] of Object.entries(PARTS)) {
  if (values.only !== undefined && values.only !== name) continue
  say(`measuring ${name}`)
  const { ratios, figures } = await measure()
  Object.assign(result.ratios, ratios)
  Object.assign(result.figures, figures)
}
console.log(JSON.stringify(result, undefined, values.json ? undefined : 2))
