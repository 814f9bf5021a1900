import t from 'tap'
import { checkRules, KINDS, RuleWatch } from '@epione/signals'
import type { Alarm } from '@epione/signals'
import type { Series } from '@epione/protocol/streams'
import { codeOf, START_MS } from './fixtures.ts'

const kind = { system: KINDS.heartRate.system, code: KINDS.heartRate.code }
const high = { type: 'threshold', name: 'Fast heart', kind, unit: '/min', above: 120, forMs: 30_000, severity: 'high', silentMs: 0, text: 'The heart beats fast' }
const falling = { type: 'trend', name: 'Falling', kind, falls: 20, withinMs: 60_000, values: 5, severity: 'moderate', silentMs: 0, text: 'The heart slows down' }
const missing = { type: 'missing', name: 'Sensor off', kind, forMs: 60_000, severity: 'low', silentMs: 0, text: 'Nothing was measured' }
const rules = (...list: object[]): { format: string, rules: object[] } => ({ format: 'epione/rules/1', rules: list })
const watch = (...list: object[]): RuleWatch => new RuleWatch(checkRules(rules(...list)), START_MS)
const rates = (from: number, values: Array<number | null>): Series => ({ kind: KINDS.heartRate, unit: '/min', startMs: START_MS + from * 1_000, periodMs: 10_000, values })
const at = (alarms: readonly Alarm[]): number[] => alarms.map(({ atMs }) => (atMs - START_MS) / 1_000)

t.test('a threshold raises once when it has held long enough, and again after it was well', (t) => {
  const one = watch(high)
  t.strictSame(at(one.take([rates(0, [130, 130, 110, 130, 130])])), [], 'no 30 s in a row')
  const [alarm, ...more] = one.take([rates(50, [131, 132, 133, 134])])
  t.strictSame([more.length, alarm], [0, {
    rule: 'Fast heart', severity: 'high', text: 'The heart beats fast', sinceMs: START_MS + 30_000, value: 132, atMs: START_MS + 60_000, unit: '/min'
  }])
  t.strictSame(one.take([rates(60, [132, 133])]), [], 'a window that comes twice')
  t.strictSame(at(one.take([rates(90, [100, 130, 130, 130, 130])])), [130])
  t.end()
})

t.test('values are turned into the unit of the rule, and others than its kind do not count', (t) => {
  const one = watch({ ...high, forMs: 0 })
  t.strictSame(one.take([{ ...rates(0, [200]), kind: KINDS.respiratoryRate }]), [])
  t.strictSame(at(one.take([{ ...rates(0, [2.5]), unit: 'Hz' }])), [0], '2.5 a second is 150 a minute')
  t.equal(codeOf(() => one.take([{ ...rates(10, [2]), unit: 'mV' }])), 'UNIT_MISMATCH')
  t.strictSame(one.take([{ ...rates(20, [200]), statistic: 'maximum' }]), [], 'a roll-up is no sample')
  t.end()
})

t.test('silence lasts as long as the rule says, and is no silence of another rule', (t) => {
  const one = watch({ ...high, forMs: 0, silentMs: 60_000 }, { ...high, name: 'Other', above: 90, forMs: 0 })
  const alarms = one.take([rates(0, [130, 80, 130, 80, 80, 80, 80, 130])])
  t.strictSame(at(alarms.filter(({ rule }) => rule === 'Fast heart')), [0, 70])
  t.strictSame(at(alarms.filter(({ rule }) => rule === 'Other')), [0, 20, 70])
  t.end()
})

t.test('a trend is a line through what came within its time', (t) => {
  t.strictSame(at(watch(falling).take([rates(0, [90, 86, 82, 78, 74, 70])])), [40], 'four a 10 s are 24 a minute')
  t.strictSame(watch(falling).take([rates(0, [90, 88, 86, 84, 82, 80])]), [], 'two a 10 s are 12')
  t.strictSame(watch(falling).take([rates(0, [90, 60])]), [], 'two values are no line')
  t.strictSame(at(watch({ ...falling, falls: undefined, rises: 20 }).take([rates(0, [70, 74, 78, 82, 86])])), [40])
  t.end()
})

t.test('what is missing is seen by the clock, and when values come back', (t) => {
  const one = watch(missing)
  t.strictSame(one.tick(START_MS + 59_999), [])
  t.strictSame(at(one.tick(START_MS + 60_000)), [60])
  t.strictSame(one.tick(START_MS + 90_000), [], 'once')
  t.strictSame(one.take([rates(100, [60, null, null, null])]), [])
  t.strictSame(at(one.tick(START_MS + 160_000)), [160], 'gaps of the sensor are no values')
  const other = watch(missing)
  t.strictSame(at(other.take([rates(0, [60])])), [])
  t.strictSame(at(other.take([rates(90, [61])])), [90], 'seen late: the next value tells')
  t.end()
})

t.test('figures of a trace are watched: its heart rate, and its quality when there is no beat', (t) => {
  const pulse = (seconds: number, periodS: number): Series['values'] => Array.from({ length: seconds * 50 }, (_, index) => {
    const phase = (index / 50) % periodS / periodS
    return 500 + 300 * Math.exp(-(((phase - 0.5) / 0.1) ** 2))
  })
  const wave = (from: number, values: Series['values']): Series => ({ kind: KINDS.pulseWave, unit: '1', startMs: START_MS + from * 1_000, periodMs: 20, values })
  const figure = { kind: { system: KINDS.pulseWave.system, code: KINDS.pulseWave.code }, unit: undefined, forMs: 0 }
  const one = watch(
    { ...high, ...figure, above: 100, figure: { of: 'heartRate', overMs: 20_000 } },
    { ...high, ...figure, above: undefined, name: 'Bad signal', below: 0.5, figure: { of: 'quality', overMs: 20_000 } }
  )
  t.strictSame(one.take([wave(0, pulse(10, 0.8)), wave(10, pulse(10, 0.8)), wave(20, pulse(10, 0.8))]), [], '75 a minute')
  const fast = one.take([wave(30, pulse(10, 0.5)), wave(40, pulse(10, 0.5)), wave(50, pulse(10, 0.5))])
  t.ok(fast.some(({ rule, value = 0 }) => rule === 'Fast heart' && value > 100), JSON.stringify(fast))
  const flat = one.take([60, 70, 80].map((from) => wave(from, Array<number>(500).fill(500))))
  t.ok(flat.some(({ rule, value }) => rule === 'Bad signal' && value === 0), JSON.stringify(flat))
  t.end()
})

t.test('rules that do not fit are refused with their number and member', (t) => {
  const refused = (message: RegExp, ...list: object[]): void => {
    t.throws(() => checkRules(rules(...list)), { code: 'RULES_INVALID', message })
  }
  refused(/rule 1\/severity/, { ...high, severity: 'dire' })
  refused(/rule 2: type/, high, { ...high, type: 'guess' })
  refused(/rule 2 \(Fast heart\): another/, high, high)
  refused(/above, below/, { ...high, above: undefined })
  refused(/every value/, { ...high, above: 50, below: 60 })
  refused(/no unit/, { ...high, unit: 'bpm' })
  refused(/rises, falls/, { ...falling, falls: undefined })
  refused(/a figure has its own unit/, { ...high, figure: { of: 'rmssd', overMs: 60_000 } })
  refused(/what is missing/, { ...missing, figure: { of: 'rmssd', overMs: 60_000 } })
  refused(/rule 1/, { ...high, colour: 'red' })
  refused(/1 to 64 rules/)
  t.equal(codeOf(() => checkRules(null)), 'RULES_INVALID')
  t.equal(codeOf(() => checkRules({ rules: [high] })), 'RULES_INVALID', 'no format')
  t.equal(checkRules(rules(high, falling, missing)).length, 3)
  t.end()
})
