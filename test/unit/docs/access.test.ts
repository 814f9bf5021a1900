import { join } from 'node:path'
import t from 'tap'
import { TRANSACTIONS } from '@epione/protocol'
import { readPage, renderPage } from '../../docs/access.ts'
import { loadConsortium } from '../../../network/description/consortium.ts'
import { LISTENER_ACCESS } from '../../../network/description/listeners.ts'
import { deriveTopology, portUses } from '../../../network/description/topology.ts'
import { readTransactionKinds } from '../../helpers/fabric-runtime.ts'

t.test('docs/access.md says of every route, transaction and listener who may use it', async (t) => {
  const page = await readPage()
  t.equal(await renderPage(), page, 'run `node test/docs/access.ts --write` when this fails')
})

t.test('a transaction of the contracts, or a listener of a network, without a row is found', async (t) => {
  t.strictSame(
    [...readTransactionKinds().keys()].filter((name) => !name.startsWith('org.hyperledger.fabric:')).sort(),
    Object.values<string>(TRANSACTIONS).sort()
  )
  const uses = portUses(
    deriveTopology(await loadConsortium(join(import.meta.dirname, '..', '..', '..', 'network', 'consortium.json')))
  ).map(({ use }) =>
    use)
  t.strictSame(uses.filter((use) => !Object.hasOwn(LISTENER_ACCESS, use)), [])
})
