import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { WRAPS_PER_ANSWER } from '@epione/protocol'
import { groupForAnswers, workAhead } from '../../../../sdk/src/streams/open-segments.ts'
import type { VerifiedSegment } from '../../../../sdk/src/streams/stream-list.ts'

/** As much of a segment as tells which answer it goes with. */
const segment = (version: number, windows: number, epoch = 1): VerifiedSegment =>
  ({ body: { recordId: 'a', version }, label: 'b', epoch, segment: { first: 1, last: windows } }) as unknown as VerifiedSegment
const grouped = (segments: readonly VerifiedSegment[]): number[][] =>
  groupForAnswers(segments).map((group) => group.map(({ body }) => body.version))

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

t.test('work goes ahead in order, and what was taken is kept no longer', async (t) => {
  const begun: number[] = []
  const made: WeakRef<object>[] = []
  const work = async (item: number): Promise<object> => {
    begun.push(item)
    const result = { item }
    made.push(new WeakRef(result))
    return await Promise.resolve(result)
  }
  const taken: string[] = []
  for await (const result of workAhead([1, 2, 3, 4, 5], 2, work)) {
    taken.push(JSON.stringify(result))
    t.strictSame(begun.length, Math.min(taken.length + 1, 5), 'one further is under way')
    await new Promise((resolve) => setImmediate(resolve))
    collectGarbage()
    t.equal(made.slice(0, -3).filter((ref) => ref.deref() !== undefined).length, 0, 'those taken before are gone')
  }
  t.strictSame(taken, [1, 2, 3, 4, 5].map((item) => JSON.stringify({ item })))
})

t.test('work that fails is told in its turn, and no other', async (t) => {
  const taken: number[] = []
  const work = async (item: number): Promise<number> => item === 2 ? await Promise.reject(new Error('the second')) : await Promise.resolve(item)
  await t.rejects(async () => {
    for await (const result of workAhead([1, 2, 3], 3, work)) taken.push(result)
  }, { message: 'the second' })
  t.strictSame(taken, [1])
})

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
