import { parseArgs } from 'node:util'
import { compare } from './measure.ts'
import { releaseContest } from './release.ts'
import { runParts } from './run-parts.ts'
import type { Figures } from './run-parts.ts'
import { measureStreams } from './streams-network.ts'

/**
 * What streams cost. `crypto`: a day of windows opened by batches of two proxies over the same by single cfrags of two, all that gateways
 * and reader compute.
 * `network`: storing a day, registering and reading it, and following, on a real network of three hospitals.
 * Usage: npm run bench:streams [-- --json] [--only PART]
 */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } })
const say = (text: string): void => { console.error(text) }

/** Windows of one segment: an hour of one a minute; a day is 24 such segments, each opened as any other. */
const WINDOWS = 60
const ROUNDS = 9

const PARTS: Readonly<Record<string, () => Promise<Figures>>> = {
  crypto: async () => {
    const { oursUs, ratio } = await compare(releaseContest({ records: WINDOWS, isProvenBetween: false, proxies: 2 }), ROUNDS)
    return { ratios: { readDayBatchedVsSingle: Number(ratio.toFixed(2)) }, figures: { dayComputedMs: Math.round(oursUs * 24 / 1000) } }
  },
  network: async () => await measureStreams(say)
}

await runParts(PARTS, { only: values.only, json: values.json, say })
