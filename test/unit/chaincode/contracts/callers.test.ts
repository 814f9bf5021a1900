import t from 'tap'
import 'reflect-metadata'
import { isQuery, TRANSACTIONS, TRANSACTION_CALLERS } from '@epione/protocol'
import type { CallerKind, TransactionName } from '@epione/protocol'
import { contracts } from '@epione/chaincode'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'
import type { LedgerIdentity } from '../../../helpers/memory-ledger.ts'

const mspId = 'CoreMSP'
const CREATORS: Record<string, { identity: LedgerIdentity, kinds: readonly CallerKind[] }> = {
  gateway: { identity: { mspId, staffId: 'gateway', role: 'gateway' }, kinds: ['gateway'] },
  registrar: { identity: { mspId, staffId: 'registrar', role: 'registrar' }, kinds: ['registrar'] },
  auditor: { identity: { mspId, staffId: 'auditor', role: 'auditor', scope: 'consortium' }, kinds: ['auditor'] },
  admin: { identity: { mspId, staffId: 'admin', admin: true }, kinds: ['admin'] },
  physician: { identity: { mspId, staffId: 's-1', role: 'physician' }, kinds: [] },
  nurse: { identity: { mspId, staffId: 's-2', role: 'nurse' }, kinds: [] },
  'without a role': { identity: { mspId, staffId: 's-3' }, kinds: [] },
  'gateway by the registrar of staff': { identity: { mspId, staffId: 's-4', role: 'gateway', unit: 'staff' }, kinds: [] },
  'registrar by the registrar of staff': { identity: { mspId, staffId: 's-5', role: 'registrar', unit: 'staff' }, kinds: [] },
  'auditor by the registrar of staff': {
    identity: { mspId, staffId: 's-6', role: 'auditor', scope: 'consortium', unit: 'staff' },
    kinds: []
  }
}
const world = await createMemoryWorld()
/** Every transaction of every contract, with the number of its arguments. */
const DEFINED = new Map(contracts.flatMap((Contract) => {
  const prototype = Contract.prototype as unknown as Record<string, (...args: unknown[]) => unknown>
  const name = new Contract().getName()
  return Object.getOwnPropertyNames(prototype).filter((own) => own !== 'constructor').map((own): [string, number] =>
    [`${name}:${own}`, (prototype[own]?.length ?? 1) - 1])
}))

/** Whether the table refused the caller; any other refusal is of the arguments, which are empty. */
async function isRefused (identity: LedgerIdentity, transaction: TransactionName): Promise<boolean> {
  try {
    await world.memory.portFor(identity).evaluate(transaction, Array.from({ length: DEFINED.get(transaction) ?? 0 }, () => ''))
    return false
  } catch (error) {
    return (error as { code?: string }).code === 'NOT_AUTHORIZED' && (error as Error).message.includes(`${transaction} is for `)
  }
}

await t.test('each transaction is created by those whom its row lists, and by nobody else', async (t) => {
  for (const [name, { identity, kinds }] of Object.entries(CREATORS)) {
    for (const transaction of Object.values(TRANSACTIONS)) {
      const row = TRANSACTION_CALLERS[transaction]
      const allowed = row.includes('person') || row.some((kind) => kinds.includes(kind))
      t.equal(await isRefused(identity, transaction), !allowed, `${name} and ${transaction}`)
    }
  }
})

await t.test('no physician, nurse, or any other of the staff reads anything of patients whom they name', (t) => {
  const readable = Object.entries(TRANSACTION_CALLERS).filter(([, row]) => row.includes('person')).map(([name]) => name)
  // Submissions in person, and what is checked against the event's actor.
  t.strictSame(readable.sort(), [
    'Access:Accuse', 'Access:Get', 'Access:ListAccusations', 'Access:ListReleases', 'Access:Request', 'Access:RequestAll',
    'Departments:Change', 'Directory:Bind', 'Emergencies:Close', 'Emergencies:Review', 'Records:Register', 'Records:Withdraw'
  ])
  t.end()
})

await t.test('every transaction of every contract has a row, and one without a row is refused', async (t) => {
  t.strictSame([...DEFINED.keys()].sort(), Object.keys(TRANSACTION_CALLERS).sort())
  const row = TRANSACTION_CALLERS as Record<string, readonly CallerKind[]>
  const before = row[TRANSACTIONS.networkGet] ?? []
  t.teardown(() => { row[TRANSACTIONS.networkGet] = before })
  Reflect.deleteProperty(row, TRANSACTIONS.networkGet)
  await t.rejects(world.gateway(mspId).ledger.getNetwork(), { code: 'NOT_AUTHORIZED', message: /Nobody may create Network:Get/ })
})

await t.test('what reads by its name is what its contract says that it only reads', (t) => {
  for (const Contract of contracts) {
    const defined = Reflect.getMetadata('fabric:transactions', Contract.prototype as object) as { name: string, tag: string[] }[]
    for (const { name, tag } of defined) {
      const transaction = `${new Contract().getName()}:${name}`
      t.equal(isQuery(transaction), !tag.includes('SUBMIT'), transaction)
    }
  }
  t.end()
})

await t.test('a query asks the peer for the members no more than once a second, a transaction each time', async (t) => {
  const { ledger } = world.gateway(mspId)
  const callsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = world.memory.stateCalls
    await work().catch(() => undefined)
    return world.memory.stateCalls - before
  }
  await ledger.getProxies()
  t.equal(await callsOf(() => ledger.getBinding(mspId, 's-1')), 1)
  const refused = { body: '{}', signatures: [] }
  t.equal(await callsOf(() => ledger.revokeConsent(refused)), 1, 'the members, before the statement is refused')
})
