import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { analyseHeart, analyseIntervals, KINDS } from '@epione/signals'
import type { HeartAnalysis } from '@epione/signals'
import { codeOf, loadTrace, START_MS } from './fixtures.ts'

type Figure = 'bpm' | 'ibiMs' | 'sdnnMs' | 'rmssdMs' | 'pnn20' | 'pnn50' | 'beats' | 'rejected'

interface Vectors {
  versions: Record<string, string>
  cases: Array<{
    file: string,
    first: number,
    last: number,
    sampleRateHz: number,
    bandHz: [number, number] | null,
    fine: boolean,
    clean: boolean
    expected: Record<Figure, number | null> | null
  }>
}

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'vectors', 'heartpy.json'), 'utf8')) as Vectors
/** What issue and design ask for; in truth they are equal but for rounding. */
const ONE_PER_CENT = 0.01

t.test(`figures are those of HeartPy ${vectors.versions['heartpy'] ?? '?'} on its own traces`, (t) => {
  const counted = vectors.cases.filter(({ expected }) => expected !== null)
  t.ok(counted.length >= 40, `${counted.length} cases with figures, ${vectors.cases.length - counted.length} where HeartPy has none`)
  let worst = 0
  for (const { file, first, last, sampleRateHz, bandHz, fine, clean, expected } of vectors.cases) {
    // HeartPy has no gaps: they are zeros there.
    const values = loadTrace(file).values.slice(first, last).map((value) => value ?? 0)
    const series = { kind: KINDS.pulseWave, unit: '1', startMs: START_MS, periodMs: 1_000 / sampleRateHz, values }
    const band = bandHz === null ? {} : { band: { lowHz: bandHz[0], highHz: bandHz[1] } }
    const run = (): HeartAnalysis => analyseHeart(series, { fine, clean, ...band })
    const name = `${file} ${first} to ${last}${clean ? ', cleaned' : ''}`
    if (expected === null) {
      t.equal(codeOf(run), 'NO_BEATS', name)
      continue
    }
    const { heartRate, meanIntervalMs, sdnnMs, rmssdMs, pnn20, pnn50, beats } = run()
    const rejected = beats.filter(({ accepted }) => !accepted).length
    const ours = { bpm: heartRate, ibiMs: meanIntervalMs, sdnnMs, rmssdMs, pnn20, pnn50, beats: beats.length, rejected }
    for (const [figure, theirs] of Object.entries(expected) as Array<[Figure, number | null]>) {
      const mine = ours[figure] ?? null
      const off = mine === theirs ? 0 : Math.abs((mine ?? NaN) - (theirs ?? NaN)) / Math.abs(theirs ?? NaN)
      if (!(off <= ONE_PER_CENT)) t.fail(`${name}: ${figure} is ${String(mine)}, HeartPy's is ${String(theirs)}`)
      worst = Math.max(worst, off)
    }
  }
  t.comment(`largest difference: ${worst}`)
  t.ok(worst <= ONE_PER_CENT)
  t.end()
})

/* A pulse of one beat a second at 100 Hz, its peaks at whole seconds and a half. */
const pulse = (seconds: number, period = 1): number[] => Array.from({ length: seconds * 100 }, (_, index) => {
  const phase = (index / 100) % period / period
  return 500 + 300 * Math.exp(-(((phase - 0.5) / 0.08) ** 2))
})
const trace = (values: Array<number | null>): Parameters<typeof analyseHeart>[0] => ({ kind: KINDS.pulseWave, unit: '1', startMs: START_MS, periodMs: 10, values })

t.test('no interval reaches over a gap, and quality says how much was covered', (t) => {
  const whole = analyseHeart(trace(pulse(40, 0.8)))
  t.ok(Math.abs(whole.heartRate - 75) < 0.01 && whole.sdnnMs < 1, 'a beat every 800 ms')
  t.ok(whole.quality.usable && whole.quality.index > 0.95, `quality ${whole.quality.index}`)
  t.equal(whole.beats[0]?.atMs, START_MS + 400)
  const broken = analyseHeart(trace([...pulse(20, 0.8), ...Array<null>(530).fill(null), ...pulse(20, 0.8)]))
  t.ok(Math.abs(broken.heartRate - 75) < 0.01 && broken.sdnnMs < 1, 'the same with 5.3 s without a sensor')
  t.ok(Math.abs(broken.quality.covered - 4_000 / 4_530) < 1e-9)
  t.ok(broken.quality.index < whole.quality.index)
  t.end()
})

t.test('a trace of an ECG has beats at its R waves', (t) => {
  const values = Array.from({ length: 3_000 }, (_, index) => {
    const at = (index / 100) % 0.9
    const wave = (centre: number, width: number, height: number): number => height * Math.exp(-(((at - centre) / width) ** 2))
    return wave(0.3, 0.012, 1.1) + wave(0.55, 0.05, 0.25) + wave(0.15, 0.03, 0.12)
  })
  const { heartRate, quality } = analyseHeart({ kind: KINDS.ecg, unit: 'mV', startMs: START_MS, periodMs: 10, values }, { trace: 'ecg' })
  t.ok(Math.abs(heartRate - 60 / 0.9) < 0.1, `${heartRate}`)
  t.ok(quality.usable)
  t.end()
})

t.test('noise has no quality, a flat line no beats, and an uneven series or a wrong band is refused', (t) => {
  let seed = 1
  const noise = Array.from({ length: 4_000 }, () => { seed = seed * 16_807 % 2_147_483_647; return seed % 1_000 })
  const found = codeOf(() => { if (analyseHeart(trace(noise)).quality.usable) throw new Error('noise is usable') })
  t.ok(found === 'NO_BEATS' || found === 'nothing was thrown', found)
  t.equal(codeOf(() => analyseHeart(trace(Array<number>(4_000).fill(500)))), 'NO_BEATS')
  t.equal(codeOf(() => analyseHeart(trace(Array<null>(4_000).fill(null)))), 'NO_BEATS')
  t.equal(codeOf(() => analyseHeart(trace(pulse(4)))), 'NO_BEATS', 'less than 5 s')
  t.equal(codeOf(() => analyseHeart({ kind: KINDS.pulseWave, unit: '1', startMs: 0, offsetsMs: [0, 1], values: [1, 2] })), 'SERIES_INVALID')
  t.equal(codeOf(() => analyseHeart(trace(pulse(40)), { band: { lowHz: 2, highHz: 60 } })), 'SERIES_INVALID', 'above half the sampling rate')
  t.end()
})

t.test('intervals of a sensor are measured as those of a trace', (t) => {
  const intervals = { kind: KINDS.rrInterval, unit: 'ms', startMs: START_MS, offsetsMs: [0, 800, 1_620, 2_400, 3_300], values: [800, 820, null, 780, 900] }
  const { heartRate, sdnnMs, rmssdMs, pnn20, pnn50 } = analyseIntervals(intervals)
  t.ok(Math.abs(heartRate - 60_000 / 825) < 1e-9)
  t.ok(Math.abs(sdnnMs - Math.sqrt((25 ** 2 + 5 ** 2 + 45 ** 2 + 75 ** 2) / 4)) < 1e-9)
  t.ok(Math.abs((rmssdMs ?? 0) - Math.sqrt((20 ** 2 + 120 ** 2) / 2)) < 1e-9, 'no difference over the gap')
  t.strictSame([pnn20, pnn50], [0.5, 0.5])
  t.equal(codeOf(() => analyseIntervals({ ...intervals, unit: 's' })), 'SERIES_INVALID')
  t.equal(codeOf(() => analyseIntervals({ ...intervals, values: [800, null, null, null, null] })), 'NO_BEATS')
  t.end()
})
