import { parseArgs } from 'node:util'
import { openFhirWorld } from './fhir-world.ts'
import type { FhirWorld } from './fhir-world.ts'
import { measureRequests } from './fhir-requests.ts'
import { measureSync } from './fhir-sync.ts'
import { runParts } from './run-parts.ts'

/**
 * What FHIR costs on a real network of three hospitals, whose processes all share this machine with a real HAPI FHIR server.
 * `requests`: the same requests to `epione fhir` and to HAPI in turn, and the log, uploads and downloads of `epione fhir` alone.
 * Ratios are HAPI's time over ours, of all requests together: of each patient the first search and the first reading open sealed records
 * under a permit that the ledger logs, the others rest on it.
 * `sync`: `epione sync` moves resources out of that HAPI server. Its time is scaled to 10,000 where another count is asked for.
 * Usage: npm run bench:fhir [-- --json] [--only PART] [--patients 8] [--documents 20] [--mib 32] [--count 10000]
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    patients: { type: 'string', default: '8' },
    documents: { type: 'string', default: '20' },
    mib: { type: 'string', default: '32' },
    count: { type: 'string', default: '10000' }
  }
})
const say = (text: string): void => { console.error(text) }
const [patients, documents, mib, count] = (['patients', 'documents', 'mib', 'count'] as const).map((name) => {
  const number = Number(values[name])
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} is a whole number from 1 on`)
  return number
}) as [number, number, number, number]

let opened: FhirWorld | undefined
const world = async (): Promise<FhirWorld> => (opened ??= await openFhirWorld(say))
try {
  await runParts({
    requests: async () => await measureRequests(await world(), { patients, documents, mib, say }),
    sync: async () => await measureSync(await world(), { count, say })
  }, { only: values.only, json: values.json, say })
} finally {
  await opened?.close()
}
