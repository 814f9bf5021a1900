import t from 'tap'
import { WRAPS_PER_ANSWER } from '@epione/protocol'
import { groupForAnswers } from '../../../../sdk/src/streams/open-segments.ts'
import type { VerifiedSegment } from '../../../../sdk/src/streams/stream-list.ts'

/** As much of a segment as tells which answer it goes with. */
const segment = (version: number, windows: number, epoch = 1): VerifiedSegment =>
  ({ body: { recordId: 'a', version }, label: 'b', epoch, segment: { first: 1, last: windows } }) as unknown as VerifiedSegment
const grouped = (segments: readonly VerifiedSegment[]): number[][] =>
  groupForAnswers(segments).map((group) => group.map(({ body }) => body.version))

t.test('a day of hours is read by six answers of each proxy', (t) => {
  const hours = Array.from({ length: 24 }, (_, hour) => segment(hour, 60))
  t.strictSame(grouped(hours).map(({ length }) => length), [4, 4, 4, 4, 4, 4])
  t.strictSame(grouped(hours).flat(), hours.map(({ body }) => body.version), 'in order')
  t.end()
})

t.test('segments of two epochs share no answer, and what fits in none stands alone', (t) => {
  t.strictSame(grouped([segment(1, 10), segment(2, 10), segment(3, 10, 2), segment(4, 10, 2)]), [[1, 2], [3, 4]])
  t.strictSame(grouped([segment(1, 1), segment(2, WRAPS_PER_ANSWER), segment(3, 4_096), segment(4, 1)]), [[1], [2], [3], [4]])
  t.strictSame(grouped([segment(1, WRAPS_PER_ANSWER - 1), segment(2, 1), segment(3, 1)]), [[1, 2], [3]])
  t.strictSame(grouped([]), [])
  t.end()
})
