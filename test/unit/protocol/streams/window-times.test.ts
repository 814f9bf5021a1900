import t from 'tap'
import { correctTimes } from '@epione/protocol/streams'
import type { WindowContent } from '@epione/protocol/streams'

const kind = { system: 'http://loinc.org', code: '8867-4' }
const windowOf = (bootId: string, startMs: number, clock: Omit<WindowContent['clock'], 'bootId'>): { content: WindowContent } => ({
  content: {
    clock: { bootId, ...clock }, kinds: [kind], salt: '00'.repeat(32), series: [{ kind, unit: '/min', startMs, periodMs: 1000, values: [1] }]
  }
})
const boot = (byte: string): string => byte.repeat(16)

t.test('a clock that began at 1970 is set by what the same boot learnt later', (t) => {
  const now = 1_764_450_000_000
  const windows = [
    windowOf(boot('aa'), 5_000, { by: 'device', monotonicMs: 5_000 }),
    windowOf(boot('aa'), 65_000, { by: 'device', monotonicMs: 65_000 }),
    windowOf(boot('aa'), now + 125_000, { by: 'device', monotonicMs: 125_000, offsetMs: now }),
    windowOf(boot('bb'), 7_000, { by: 'device', monotonicMs: 9_000 }),
    windowOf(boot('bb'), now, { by: 'source', monotonicMs: 10_000 })
  ]
  const timed = correctTimes(windows)
  t.strictSame(timed.map(({ times }) => times), ['later', 'later', 'measured', 'unknown', 'measured'])
  t.strictSame(
    timed.map(({ content }) => content.series[0]?.startMs), [now + 5_000, now + 65_000, now + 125_000, 7_000, now],
    'of a boot that never learnt it, and by whoever measured, times stay'
  )
  t.equal(timed[0]?.window, windows[0])
  t.end()
})
