import t from 'tap'
import { randomBytes, SecretKey } from '@epione/crypto'
import { forgetSigningKeys, readReceipt, signReceipt } from '../../../../gateway/src/streams/window-receipts.ts'
import type { ProxyContext } from '../../../../gateway/src/proxy/proxy-context.ts'

const networkId = randomBytes(32)
const windowIds = ['ab'.repeat(32)]

/** A ledger that shows one proxy, with the key that it has now. */
function ledgerOf (proxy: { mspId: string, key: SecretKey }): { ledger: ProxyContext['ledger'], reads: () => number } {
  let reads = 0
  const getProxies = async (): Promise<object[]> => {
    reads += 1
    return await Promise.resolve([{ mspId: proxy.mspId, signingKey: proxy.key.publicKey().toHex() }])
  }
  return { ledger: { getProxies } as unknown as ProxyContext['ledger'], reads: () => reads }
}

const receiptOf = (mspId: string, signing: SecretKey): ReturnType<typeof signReceipt> =>
  signReceipt({ mspId, keys: { signing } as ProxyContext['keys'], networkId, clock: Date.now }, windowIds)

t.test('a receipt counts that its hospital\'s proxy signed, and the key is read once', async (t) => {
  const [key, other] = [SecretKey.random(), SecretKey.random()]
  const { ledger, reads } = ledgerOf({ mspId: 'CoreMSP', key })
  const read = async (mspId: string, signing: SecretKey, from = mspId): Promise<string[]> =>
    [...await readReceipt({ ledger, networkId }, { mspId, receipt: receiptOf(from, signing) })]
  t.same(await read('CoreMSP', key), windowIds)
  t.same(await read('CoreMSP', key), windowIds)
  t.equal(reads(), 1)
  await t.rejects(read('CoreMSP', other), { code: 'COPY_UNAVAILABLE' }, 'another key')
  await t.rejects(read('CoreMSP', key, 'Regional1MSP'), { code: 'COPY_UNAVAILABLE' }, 'in another\'s name')
  await t.rejects(read('Regional1MSP', key), { code: 'COPY_UNAVAILABLE' }, 'a hospital that has no proxy')
})

t.test('a key that a proxy gave up counts no longer once a block says so', async (t) => {
  const [former, next] = [SecretKey.random(), SecretKey.random()]
  const proxy = { mspId: 'CoreMSP', key: former }
  const { ledger } = ledgerOf(proxy)
  const read = async (signing: SecretKey): Promise<unknown> => await readReceipt({ ledger, networkId }, { mspId: 'CoreMSP', receipt: receiptOf('CoreMSP', signing) })
  await read(former)
  proxy.key = next
  forgetSigningKeys(ledger)
  await t.rejects(read(former), { code: 'COPY_UNAVAILABLE' })
  await t.resolves(read(next))
})

t.test('what was read while a proxy registered anew is not kept', async (t) => {
  const [former, next] = [SecretKey.random(), SecretKey.random()]
  const proxy = { mspId: 'CoreMSP', key: former }
  const { ledger } = ledgerOf(proxy)
  const reading = readReceipt({ ledger, networkId }, { mspId: 'CoreMSP', receipt: receiptOf('CoreMSP', former) })
  proxy.key = next
  forgetSigningKeys(ledger)
  await reading
  await t.rejects(readReceipt({ ledger, networkId }, { mspId: 'CoreMSP', receipt: receiptOf('CoreMSP', former) }), { code: 'COPY_UNAVAILABLE' })
})
