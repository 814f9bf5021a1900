import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import type { SentWindow } from '@epione/protocol/api'
import { GatewayError } from '../../../../gateway/src/errors.ts'
import { WindowCopies } from '../../../../gateway/src/streams/copy-windows.ts'
import type { CopyReceipt } from '../../../../gateway/src/streams/copy-windows.ts'

/** Windows that are told apart by their statement's text, which is their id, too. */
const windowsOf = (name: string, count: number, bytes = 30): SentWindow[] => Array.from({ length: count }, (_, i) =>
  ({ statement: { body: `${name}${String(i)}`, signatures: [] }, wrap: '', ciphertext: 'A'.repeat(bytes / 3 * 4) }))
const idsOf = (windows: readonly SentWindow[]): string[] => windows.map(({ statement: { body } }) => body)
const receiptOf = (windowIds: readonly string[]): CopyReceipt =>
  ({ mspId: 'B', statement: { body: windowIds.join(), signatures: [] }, windowIds: new Set(windowIds) })

t.test('windows of many devices go in one request, and each device has the receipt', async (t) => {
  const requests: string[][] = []
  const copies = new WindowCopies({
    put: async (windows) => {
      requests.push(idsOf(windows))
      return await Promise.resolve(receiptOf(idsOf(windows)))
    }
  })
  const receipts = await Promise.all(['a', 'b', 'c'].map(async (name) => await copies.copy(windowsOf(name, 2), idsOf(windowsOf(name, 2)))))
  t.strictSame(requests, [['a0', 'a1', 'b0', 'b1', 'c0', 'c1']])
  t.match(receipts, Array(3).fill({ mspId: 'B', statement: { body: 'a0,a1,b0,b1,c0,c1' } }))
  await copies.copy(windowsOf('d', 1), ['d0'])
  t.strictSame(requests[1], ['d0'], 'one that comes alone goes alone')
})

t.test('a request has no more than another hospital takes at once, and a few are under way', async (t) => {
  const [requests, sizes]: [Array<() => void>, number[]] = [[], []]
  const copies = new WindowCopies({
    lingerMs: 1,
    put: async (windows) => {
      sizes.push(windows.length)
      await new Promise<void>((resolve) => { requests.push(resolve) })
      return receiptOf(idsOf(windows))
    }
  })
  const large = Array.from({ length: 3 }, (_, i) => windowsOf(`l${String(i)}-`, 1, 300_000))
  const many = Array.from({ length: 40 }, (_, i) => windowsOf(`m${String(i)}-`, 8))
  const all = [...large, ...many].map(async (windows) => await copies.copy(windows, idsOf(windows)))
  await delay(100)
  t.strictSame(sizes, [1, 1, 57, 64], 'four requests, the fifth waits')
  while (requests.length > 0) {
    requests.shift()?.()
    await delay(20)
  }
  await Promise.all(all)
  t.equal(sizes.reduce((sum, size) => sum + size, 0), 323)
  t.ok(sizes.every((size) => size <= 64))
})

t.test('what is not taken of a batch is offered again alone; nobody else hears of it', async (t) => {
  const requests: string[][] = []
  const copies = new WindowCopies({
    put: async (windows) => {
      const ids = idsOf(windows)
      requests.push(ids)
      const taken = ids.filter((id) => !id.startsWith('bad'))
      if (taken.length === 0) throw new GatewayError('COPY_UNAVAILABLE', 'no other hospital took it')
      return await Promise.resolve(receiptOf(taken))
    }
  })
  const outcomes = await Promise.allSettled(['a', 'bad', 'c'].map(async (name) => await copies.copy(windowsOf(name, 1), [`${name}0`])))
  t.match(outcomes, [{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'COPY_UNAVAILABLE' } }, { status: 'fulfilled' }])
  t.strictSame(requests, [['a0', 'bad0', 'c0'], ['bad0']])
})

t.test('a receipt that names a part of a device\'s windows is none; nor is a failure of all', async (t) => {
  const copies = new WindowCopies({ put: async (windows) => await Promise.resolve(receiptOf(idsOf(windows).slice(0, 1))) })
  await t.rejects(copies.copy(windowsOf('a', 2), ['a0', 'a1']), { code: 'COPY_UNAVAILABLE' })
  const failing = new WindowCopies({ put: async () => await Promise.reject(new GatewayError('COPY_UNAVAILABLE', 'nobody is there')) })
  const outcomes = await Promise.allSettled(['a', 'b'].map(async (name) => await failing.copy(windowsOf(name, 1), [`${name}0`])))
  t.match(outcomes, Array(2).fill({ status: 'rejected', reason: { code: 'COPY_UNAVAILABLE' } }))
})
