import t from 'tap'
import { ReadConflict } from '@epione/ledger/client'
import { LedgerError, SEGMENTS_BYTES_MAX, SEGMENTS_PER_BATCH } from '@epione/protocol'
import type { SegmentBatch, SignedStatement } from '@epione/protocol'
import { SegmentBatches } from '../../../../gateway/src/streams/segment-batches.ts'
import type { SegmentBatchesOptions } from '../../../../gateway/src/streams/segment-batches.ts'

/* Segments of many devices in few transactions, and what each caller is told. */

type Item = SegmentBatch['items'][number]
type Submit = SegmentBatchesOptions['submit']

const statementOf = (body: string): SignedStatement => ({ body, signatures: [{ key: '', signature: '' }] })
const taken = (body: string): Item => ({ record: { recordId: body } as Extract<Item, { record: unknown }>['record'] })

/** A ledger that decides one statement as `decide` says; throws what that throws, as of the whole transaction. */
function createLedger (decide: (body: string, batch: readonly string[]) => Item = taken): { batches: string[][], submit: Submit } {
  const batches: string[][] = []
  return {
    batches,
    submit: async (statements) => {
      const bodies = statements.map(({ body }) => body)
      batches.push(bodies)
      // A transaction takes a while, in which others gather.
      await new Promise((resolve) => setImmediate(resolve))
      const items = bodies.map((body) => decide(body, bodies))
      return { items, txId: `tx-${String(batches.length)}`, blockNumber: batches.length }
    }
  }
}

const codeOf = async (outcome: Promise<unknown>): Promise<string> => {
  try {
    await outcome
    return 'taken'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

t.test('segments that come together go in one transaction, and each caller gets the own outcome', async (t) => {
  const { batches, submit } = createLedger((body) => body === 's2' ? { code: 'DEVICE_ENDED' } : taken(body))
  const segments = new SegmentBatches({ submit, lingerMs: 5 })
  const outcomes = ['s1', 's2', 's3'].map((name) => segments.register(name, statementOf(name)))
  t.match(await outcomes[0], { recordId: 's1', txId: 'tx-1', blockNumber: 1 })
  t.equal(await codeOf(outcomes[1] ?? Promise.resolve()), 'DEVICE_ENDED')
  t.match(await outcomes[2], { recordId: 's3', txId: 'tx-1' })
  t.same(batches, [['s1', 's2', 's3']])
})

t.test('a transaction has 32 segments and 256 KiB at most, and what does not fit is in the next', async (t) => {
  const many = createLedger()
  const segments = new SegmentBatches({ submit: many.submit, lingerMs: 5 })
  await Promise.all(Array.from({ length: 70 }, (_, i) => segments.register(`s${String(i)}`, statementOf(`s${String(i)}`))))
  t.same(many.batches.map((batch) => batch.length), [SEGMENTS_PER_BATCH, SEGMENTS_PER_BATCH, 6])
  t.equal(new Set(many.batches.flat()).size, 70)

  const large = createLedger()
  const heavy = new SegmentBatches({ submit: large.submit, lingerMs: 5 })
  const body = (i: number): string => String(i).padEnd(60_000, '.')
  await Promise.all(Array.from({ length: 6 }, (_, i) => heavy.register(String(i), statementOf(body(i)))))
  t.same(large.batches.map((batch) => batch.length), [4, 2])
  for (const batch of large.batches) t.ok(JSON.stringify(batch.map(statementOf)).length <= SEGMENTS_BYTES_MAX)
})

t.test('one that loses a race again and again costs the others nothing but halves', async (t) => {
  let lost = 0
  const { batches, submit } = createLedger((body, batch) => {
    if (!batch.includes('s5') || lost >= 5) return taken(body)
    lost += 1
    throw new ReadConflict('tx')
  })
  const segments = new SegmentBatches({ submit, lingerMs: 5 })
  const names = Array.from({ length: 8 }, (_, i) => `s${String(i)}`)
  const found = await Promise.all(names.map((name) => segments.register(name, statementOf(name))))
  t.same(found.map(({ recordId }) => recordId), names)
  t.same(batches.slice(0, 4), [names, names.slice(0, 4), names.slice(4), names.slice(4, 6)])
  const others = batches.flat().filter((name) => name === 's0').length
  t.equal(others, 2, 'a neighbour in the other half is decided once more')
})

t.test('one that loses every race is told so, and no other', async (t) => {
  const { submit } = createLedger((body, batch) => {
    if (batch.includes('bad')) throw new ReadConflict('tx')
    return taken(body)
  })
  const segments = new SegmentBatches({ submit, lingerMs: 5 })
  const outcomes = ['a', 'bad', 'b'].map((name) => codeOf(segments.register(name, statementOf(name))))
  t.same(await Promise.all(outcomes), ['taken', 'READ_CONFLICT', 'taken'])
})

t.test('of a batch of which nothing is left each is told its own code', async (t) => {
  const codes = { a: 'DEVICE_ENDED', b: 'PATIENT_FROZEN' } as const
  const { submit } = createLedger((body, batch) => {
    throw new LedgerError(batch.length > 1 ? 'BATCH_REFUSED' : codes[body as 'a' | 'b'], 'refused')
  })
  const segments = new SegmentBatches({ submit, lingerMs: 5 })
  const outcomes = ['a', 'b'].map((name) => codeOf(segments.register(name, statementOf(name))))
  t.same(await Promise.all(outcomes), ['DEVICE_ENDED', 'PATIENT_FROZEN'])
})

t.test('segments of one stream keep their order: all that wait together, and none beside one under way', async (t) => {
  const { batches, submit } = createLedger()
  const segments = new SegmentBatches({ submit, lingerMs: 5 })
  const first = [segments.register('x', statementOf('x1')), segments.register('x', statementOf('x2'))]
  await new Promise((resolve) => setTimeout(resolve, 6))
  const rest = [segments.register('x', statementOf('x3')), segments.register('y', statementOf('y1')), segments.register('x', statementOf('x4'))]
  await Promise.all([...first, ...rest])
  t.same(batches.flat().filter((name) => name.startsWith('x')), ['x1', 'x2', 'x3', 'x4'])
  t.same(batches[0], ['x1', 'x2'])
})

t.test('a ledger that is away fails all of a batch, and the next may succeed', async (t) => {
  let isAway = true
  const { submit } = createLedger((body) => {
    if (isAway) throw new LedgerError('INTERNAL', 'away')
    return taken(body)
  })
  const segments = new SegmentBatches({ submit, lingerMs: 5 })
  const outcomes = ['a', 'b'].map((name) => codeOf(segments.register(name, statementOf(name))))
  t.same(await Promise.all(outcomes), ['INTERNAL', 'INTERNAL'])
  isAway = false
  t.equal(await codeOf(segments.register('a', statementOf('a'))), 'taken')
})
