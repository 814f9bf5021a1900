import t from 'tap'
import { MemoryState } from '../../../helpers/memory-state.ts'
import { MemoryStub } from '../../../helpers/memory-stub.ts'

const proposal = { txId: 'tx', channel: 'c', timeMs: 0, mspId: 'M', certificate: '', transaction: 'T', args: [] }
const bytes = (text: string): Uint8Array => Buffer.from(text)
const text = (value: Uint8Array): string => Buffer.from(value).toString()

/** State holding these keys, as one transaction wrote them. */
function createState (...keys: string[]): MemoryState {
  const state = new MemoryState()
  state.apply({ reads: new Map(), ranges: [], writes: new Map(keys.map((k) => [k, bytes(k)])) }, '1.0')
  return state
}

const keysOf = (stub: MemoryStub, from = 'x'): string[] => Array.from({ length: 4 }, (_, i) => stub.createCompositeKey(from, [String(i)]))

async function readPage (stub: MemoryStub, pageSize: number, bookmark = ''): Promise<{ keys: string[], bookmark: string | undefined }> {
  const page = await stub.getStateByPartialCompositeKeyWithPagination('x', [], pageSize, bookmark) as {
    iterator: { next: () => Promise<{ done: boolean, value?: { key: string } }>, close: () => Promise<void> }
    metadata?: { bookmark: string }
  }
  const keys: string[] = []
  for (let next = await page.iterator.next(); next.value !== undefined; next = await page.iterator.next()) keys.push(next.value.key)
  await page.iterator.close()
  return { keys, bookmark: page.metadata?.bookmark }
}

t.test('a transaction reads the committed value, not its own write', async (t) => {
  const stub = new MemoryStub(createState('a'), proposal)
  await stub.putState('a', bytes('new'))
  t.equal(text(await stub.getState('a')), 'a')
})

t.test('of two transactions that read and write one key, the second one is not valid', async (t) => {
  const state = createState('a')
  const stubs = [new MemoryStub(state, proposal), new MemoryStub(state, proposal)]
  for (const stub of stubs) {
    await stub.getState('a')
    await stub.putState('a', bytes('b'))
  }
  const [first, second] = stubs.map((s) => s.readWriteSet)
  if (first === undefined || second === undefined) throw new Error('two stubs were made')
  t.ok(state.isCurrent(first))
  state.apply(first, '2.0')
  t.notOk(state.isCurrent(second))
})

t.test('an absent key that somebody wrote meanwhile is a conflict, a blind write is none', async (t) => {
  const state = createState()
  const [reader, blind] = [new MemoryStub(state, proposal), new MemoryStub(state, proposal)]
  await reader.getState('a')
  await blind.putState('a', bytes('1'))
  state.apply({ reads: new Map(), ranges: [], writes: new Map([['a', bytes('0')]]) }, '2.0')
  t.notOk(state.isCurrent(reader.readWriteSet))
  t.ok(state.isCurrent(blind.readWriteSet))
})

t.test('an entry that appears in a range that was read is a phantom', async (t) => {
  const state = createState()
  const stub = new MemoryStub(state, proposal)
  const [key = ''] = keysOf(stub)
  await readPage(stub, 2)
  t.ok(state.isCurrent(stub.readWriteSet))
  state.apply({ reads: new Map(), ranges: [], writes: new Map([[key, bytes('1')]]) }, '2.0')
  t.notOk(state.isCurrent(stub.readWriteSet))
})

t.test('pages follow each other by their bookmarks and end with the range', async (t) => {
  const stub = new MemoryStub(createState(), proposal)
  const state = createState(...keysOf(stub), ...keysOf(stub, 'w'), ...keysOf(stub, 'y'))
  const reader = new MemoryStub(state, proposal)
  const first = await readPage(reader, 3)
  t.strictSame(first, { keys: keysOf(stub).slice(0, 3), bookmark: keysOf(stub)[3] })
  t.strictSame(await readPage(reader, 3, first.bookmark), { keys: keysOf(stub).slice(3), bookmark: '' })
  t.strictSame(await readPage(new MemoryStub(createState(), proposal), 3), { keys: [], bookmark: undefined })
})

t.test('pagination and writes exclude each other, and a page has at most 100 entries', async (t) => {
  const reader = new MemoryStub(createState(), proposal)
  await readPage(reader, 1)
  await t.rejects(reader.putState('a', bytes('1')), /paginated/)
  const writer = new MemoryStub(createState(), proposal)
  await writer.putState('a', bytes('1'))
  await t.rejects(readPage(writer, 1), /read-only/)
  await t.rejects(readPage(new MemoryStub(createState(), proposal), 101), /crash/)
})

t.test('an empty value and a delete both remove the key', async (t) => {
  const state = createState('a', 'b')
  const stub = new MemoryStub(state, proposal)
  await stub.putState('a', bytes(''))
  await stub.deleteState('b')
  state.apply(stub.readWriteSet, '2.0')
  t.equal(state.get('a'), undefined)
  t.strictSame(state.range('', '\u{10ffff}', 9).entries, [])
})
