import t from 'tap'
import { parseInterval } from '../../../cli/src/commands/times.ts'

const DAY = Date.UTC(2026, 10, 28)
const DAY_MS = 24 * 60 * 60 * 1000

t.test('a bare date is its whole day in UTC, at either end', (t) => {
  t.strictSame(parseInterval({ from: '2026-11-28', to: '2026-11-28' }), { from: DAY, to: DAY + DAY_MS - 1 })
  t.strictSame(parseInterval({ to: '2028-02-29' }), { to: Date.UTC(2028, 2, 1) - 1 })
  t.strictSame(parseInterval({}), {})
  t.end()
})

t.test('a time of day says its zone and is exact', (t) => {
  for (const [text, ms] of [
    ['2026-11-28T15:00:00Z', 15 * 3_600_000], ['2026-11-28T15:00Z', 15 * 3_600_000],
    ['2026-11-28T16:30:00.5+01:30', 15 * 3_600_000 + 500], ['2026-11-27T23:00:00.000-02:00', 3_600_000]
  ] as const) {
    t.strictSame(parseInterval({ from: text, to: text }), { from: DAY + ms, to: DAY + ms }, text)
  }
  t.strictSame(parseInterval({ from: String(DAY) }), { from: DAY }, 'milliseconds since 1970')
  t.end()
})

t.test('what is no such time is refused, not guessed', (t) => {
  const wrong = [
    '', ' ', 'today', '2026', '2026-11', '2026-11-31', '2026-02-29', '2026-13-01', '2026-11-28T15:00:00', '2026-11-28 15:00:00Z', '2026-11-28T15Z', '2026-11-28T24:00:00Z',
    '2026-11-28T15:60:00Z', '2026-11-28T15:00:60Z', '2026-11-28T15:00:00z', '2026-11-28T15:00:00+25:00', '2026-11-28T15:00:00+01:60', '2026-11-28T15:00:00+0100', '28.11.2026', '11/28/2026', ' 2026-11-28', '2026-11-28\n',
    '20261128', '-1', '+1', '1e12', '0x19ac', '1795000000000.5', '1_795_000_000_000', '٢٠٢٦-١١-٢٨', 'Sat, 28 Nov 2026 00:00:00 GMT', '1970-01-01', '0026-11-28', '2100-01-01', '9'.repeat(
      30
    )
  ]
  for (const text of wrong) {
    for (const name of ['from', 'to'] as const) {
      t.throws(
        () => parseInterval({ [name]: text }),
        { code: 'USAGE', exitCode: 2, message: new RegExp(`--${name}`) },
      `${name} "${text}"`
      )
    }
  }
  t.end()
})

t.test('seconds and microseconds are not taken for milliseconds', (t) => {
  t.throws(() => parseInterval({ to: String(DAY / 1000) }), { code: 'USAGE', message: /looks like seconds: write 1795824000000/ })
  t.throws(() => parseInterval({ from: String(DAY * 1000) }), { code: 'USAGE' })
  t.end()
})

t.test('an interval that ends before it starts is refused', (t) => {
  t.throws(() => parseInterval({ from: '2026-11-29', to: '2026-11-28' }), {
    code: 'USAGE',
    message: /--from 2026-11-29T00:00:00.000Z comes after --to 2026-11-28T23:59:59.999Z/
  })
  t.throws(() => parseInterval({ from: '2026-11-28T15:00:01Z', to: '2026-11-28T16:00:00+01:00' }), { code: 'USAGE' })
  t.end()
})
