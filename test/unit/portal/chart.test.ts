import t from 'tap'
import { rangeOfValues } from '../../../portal/src/parts/chart-range.ts'

t.test('a range of values is never so narrow that its marks have no end', (t) => {
  const values = [[60, 60], [60, 60.00000000000001], [0, 0], [-3, -3], [1e16, 1e16], [7e300, 7e300], [36.5, 39], [-1, 1]] as const
  for (const [min, max] of values) {
    const [low = 0, high = 0] = rangeOfValues('line', min, max) ?? []
    t.ok(low <= min && high >= max, `${min} to ${max} is in it`)
    t.ok(high - low > Math.max(Math.abs(low), Math.abs(high)) * 1e-6, `${min} to ${max} has room`)
  }
  t.strictSame(rangeOfValues('line', 36.5, 39), [36.5, 39], 'what differs fills it')
  t.end()
})

t.test('where there is nothing there is no range, and bars begin at nothing', (t) => {
  t.equal(rangeOfValues('line', null, null), undefined)
  t.strictSame(rangeOfValues('bars', null, null), [0, 1])
  t.strictSame(rangeOfValues('bars', 3, 100), [0, 1.1 * 100])
  t.end()
})
