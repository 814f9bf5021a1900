import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { loadNetwork } from '../../../anchor/src/chain/networks.ts'
import { openDatabase } from '../../../anchor/src/store/database.ts'
import { loadOrCreateAccount } from '../../../anchor/src/store/sealed-key.ts'

t.test('a key opens under the sealing key and for the purpose of which it was made, and for nothing else', async (t) => {
  const [file, sealingKey] = [join(t.testdir(), 'witness.key'), new Uint8Array(32).fill(1)]
  const { address } = await loadOrCreateAccount(file, 'witness', sealingKey)
  t.equal((await loadOrCreateAccount(file, 'witness', sealingKey)).address, address)
  await t.rejects(loadOrCreateAccount(file, 'submitter', sealingKey), { code: 'KEY_UNREADABLE' })
  await t.rejects(loadOrCreateAccount(file, 'witness', new Uint8Array(32).fill(2)), { code: 'KEY_UNREADABLE' })
  await writeFile(file, 'short')
  await t.rejects(loadOrCreateAccount(file, 'witness', sealingKey), { code: 'KEY_UNREADABLE' })
})

t.test('an EVM network is one of a file that describes networks', async (t) => {
  const file = new URL('../../../anchor/networks.json', import.meta.url).pathname
  t.match(await loadNetwork(file, 'goerli'), { name: 'goerli', chainId: 5, local: true })
  await t.rejects(loadNetwork(file, 'nowhere'), { code: 'NETWORK_INVALID', message: /has no network nowhere/ })
  const broken = join(t.testdir({ 'networks.json': '{"goerli":{"chainId":0}}' }), 'networks.json')
  await t.rejects(loadNetwork(broken, 'goerli'), { code: 'NETWORK_INVALID', message: /describes no networks/ })
})

t.test('one service works in a folder at a time', (t) => {
  const dir = t.testdir()
  const first = openDatabase(dir)
  t.throws(() => openDatabase(dir), { code: 'STORE_IN_USE' })
  first.close()
  openDatabase(dir).close()
  t.end()
})
