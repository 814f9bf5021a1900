import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Series } from '@epione/protocol/streams'
import { KINDS } from '@epione/signals'
import { LiveHeart } from '../../../cli/dist/signals/live-heart.js'

const PERIOD_MS = 31.25
const PER_WINDOW = 320
const ring = readFileSync(new URL('../../data/biofeedback/smart-ring-ppg.csv', import.meta.url), 'utf8').split('\n')
  .map((line) => line.trim() === '' || Number.isNaN(Number(line)) ? null : Number(line))
const windowOf = (i: number): Series =>
  ({ kind: KINDS.pulseWave, unit: '1', startMs: i * PER_WINDOW * PERIOD_MS, periodMs: PERIOD_MS, values: ring.slice(i * PER_WINDOW, (i + 1) * PER_WINDOW) })

t.test('of a ring that moves now and then most windows have figures: where the minute has none, the newest seconds may', (t) => {
  const live = new LiveHeart()
  const told = Array.from({ length: 60 }, (_, i) => live.take([windowOf(i)]))
  const over = told.map(({ json }) => (json as { heart?: { overMs: number } }).heart?.overMs)
  t.ok(over.filter((ms) => ms !== undefined).length >= 50, `${String(over.filter((ms) => ms !== undefined).length)} of 60`)
  t.ok(over.slice(6).includes(60_000) && over.slice(6).includes(20_000), 'both')
  t.match(told.find((_, i) => i > 6 && over[i] === 20_000)?.words.at(-1), 'of 20 s')
  t.end()
})

t.test('without beats it says so, and of no trace nothing', (t) => {
  t.strictSame(new LiveHeart().take([{ ...windowOf(0), values: Array.from({ length: PER_WINDOW }, () => null) }]), { words: ['no beats found'], json: {} })
  t.strictSame(new LiveHeart().take([{ ...windowOf(0), kind: KINDS.heartRate }]), { words: [], json: {} })
  t.end()
})
