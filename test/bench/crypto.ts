import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { curveBackendName } from '@epione/crypto'
import { proxyContests } from './contests.ts'
import type { Comparison, Contest } from './measure.ts'
import { compare, median } from './measure.ts'
import { releaseContest } from './release.ts'
import { memoryGrowthMib, STREAM_ROUND_BYTES, streamContests } from './content-streams.ts'

/**
 * Compares @epione/crypto with the test peer umbral-pre (WASM), for streams with bare node:crypto, and a release of 16 records by one batch
 * of each proxy with one by single cfrags (release.ts).
 * Usage: npm run bench:crypto [-- --json] [-- --rounds=31]
 */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '31' } } })
const ROUNDS = Number(values.rounds)
const WORKER_WINDOW_MS = 150
const GROWTH_BYTES = 2_147_483_648

/** Calls per second of two workers at once against umbral-pre on one thread, in turn. */
async function compareTwoWorkers ({ theirs }: Contest, rounds: number): Promise<Comparison> {
  const workers = [0, 1].map(() => new Worker(new URL('reencrypt-worker.ts', import.meta.url)))
  const rateOf = async (worker: Worker, durationMs: number): Promise<number> => {
    worker.postMessage(durationMs)
    const [rate] = await once(worker, 'message') as [number]
    return rate
  }
  const samples: { ours: number, theirs: number }[] = []
  try {
    await Promise.all(workers.map((worker) => rateOf(worker, WORKER_WINDOW_MS)))
    for (let round = 0; round < rounds; round++) {
      const rates = await Promise.all(workers.map((worker) => rateOf(worker, WORKER_WINDOW_MS)))
      const start = performance.now()
      let calls = 0
      for (; performance.now() - start < WORKER_WINDOW_MS; calls += 10) for (let call = 0; call < 10; call++) theirs()
      samples.push({ ours: rates.reduce((sum, rate) => sum + rate), theirs: calls / (performance.now() - start) * 1000 })
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return {
    oursUs: 1e6 / median(samples.map(({ ours }) => ours)),
    theirsUs: 1e6 / median(samples.map((sample) => sample.theirs)),
    ratio: median(samples.map((sample) => sample.ours / sample.theirs))
  }
}

const contests = proxyContests()
const streams = await streamContests()
const results: Record<string, Comparison> = {
  reencryptOneThread: await compare(contests.reencryptOneThread, ROUNDS),
  reencryptTwoWorkers: await compareTwoWorkers(contests.reencryptOneThread, ROUNDS),
  reencryptBatch16: await compare(contests.reencryptBatch16, ROUNDS),
  releaseBatch16: await compare(releaseContest(), ROUNDS),
  cfragVerify: await compare(contests.cfragVerify, ROUNDS),
  kfragGeneration: await compare(contests.kfragGeneration, ROUNDS),
  openM2: await compare(contests.openM2, ROUNDS),
  sealStream: await compare(streams.sealStream, ROUNDS),
  openStream: await compare(streams.openStream, ROUNDS)
}
const memoryGrowth = await memoryGrowthMib(GROWTH_BYTES)

const round = (value: number, digits = 2): number => Number(value.toFixed(digits))
const ratios = Object.fromEntries(Object.entries(results).map(([name, { ratio }]) => [name, round(ratio)]))
if (values.json) {
  const times = Object.fromEntries(
    Object.entries(results).map(([name, { oursUs, theirsUs }]) => [name, { oursUs: round(oursUs, 1), theirsUs: round(theirsUs, 1) }])
  )
  const environment = {
    backend: curveBackendName(),
    node: process.version,
    rounds: ROUNDS,
    streamBytesPerCall: STREAM_ROUND_BYTES,
    memoryGrowthBytes: GROWTH_BYTES
  }
  console.log(JSON.stringify({ ratios, figures: { ...times, memoryGrowthMib: round(memoryGrowth, 1), ...environment } }))
} else {
  console.log(`curve backend ${curveBackendName()}, Node ${process.version}, medians of ${ROUNDS} alternating rounds\n`)
  console.log('operation             ours us/call   theirs us/call   times faster')
  for (const [name, { oursUs, theirsUs, ratio }] of Object.entries(results)) {
    console.log(`${name.padEnd(20)}${oursUs.toFixed(1).padStart(14)}${theirsUs.toFixed(1).padStart(17)}${ratio.toFixed(2).padStart(15)}`)
  }
  console.log(`\nstreams: ${STREAM_ROUND_BYTES / 1_048_576} MiB a call; memory growth over 2 GiB: ${memoryGrowth.toFixed(1)} MiB`)
}
