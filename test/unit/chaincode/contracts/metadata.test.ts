import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { ADMIN_STATEMENT_SCHEMAS, STATEMENT_SCHEMAS, TRANSACTION_ARGUMENTS, TRANSACTION_RESULTS, TRANSACTIONS } from '@epione/protocol'
import type { TransactionName } from '@epione/protocol'
import { createChaincode } from '../../../helpers/fabric-runtime.ts'
import { createCertificate } from '../../../helpers/certificates.ts'
import { MemoryState } from '../../../helpers/memory-state.ts'
import { MemoryStub } from '../../../helpers/memory-stub.ts'

interface Schema { type: string, contentMediaType?: string, contentSchema?: object }
interface Shown { name: string, parameters: { name: string, description: string, schema: Schema }[], returns: Schema }
interface Metadata { contracts: Record<string, { name: string, transactions: Shown[] }>, components: { schemas: Record<string, object> } }

const ORDINARY = 'org.hyperledger.fabric'
const SOURCES = join(import.meta.dirname, '../../../../chaincode/src/contracts')
const chaincode = createChaincode(Date.now)
const certificate = createCertificate({ commonName: 'anybody', units: ['client'], attributes: {} })
const { payload, ...answer } = await chaincode.Invoke(new MemoryStub(new MemoryState(), {
  txId: '00'.repeat(32), channel: 'memory', timeMs: Date.now(), mspId: 'CoreMSP', certificate, transaction: `${ORDINARY}:GetMetadata`, args: []
}))
if (payload === undefined) throw new Error(JSON.stringify(answer))
const metadata = JSON.parse(Buffer.from(payload).toString()) as Metadata
const shown = new Map(Object.values(metadata.contracts).filter(({ name }) => name !== ORDINARY).flatMap(({ name, transactions }) =>
  transactions.map((transaction): [string, Shown] => [`${name}:${transaction.name}`, transaction])))

t.test('every transaction is described, with each argument and its result, and no other is', (t) => {
  t.strictSame([...shown.keys()].sort(), Object.values(TRANSACTIONS).sort())
  for (const [name, { parameters, returns }] of shown) {
    const known = TRANSACTION_ARGUMENTS[name as TransactionName]
    t.strictSame(parameters.map((p) => p.name), known.map((argument) => argument.name), name)
    for (const { description, schema } of parameters) {
      t.ok(description.length > 0 && schema.type === 'string' && schema.contentSchema !== undefined, name)
    }
    t.strictSame(returns, {
      type: 'string', contentMediaType: 'application/json', contentSchema: JSON.parse(JSON.stringify(TRANSACTION_RESULTS[name as TransactionName])) as object
    })
  }
  t.end()
})

t.test('what Fabric reads from the code itself has the same arguments under the same names', (t) => {
  const { contracts } = (chaincode as unknown as { metadata: Metadata }).metadata
  for (const { name: contract, transactions } of Object.values(contracts)) {
    if (contract === ORDINARY) continue
    for (const { name, parameters } of transactions) {
      const known = TRANSACTION_ARGUMENTS[`${contract}:${name}` as TransactionName]
      t.strictSame(parameters.map((p) => p.name), known.map((argument) => argument.name), `${contract}:${name}`)
      for (const { schema } of parameters) t.strictSame(schema, { type: 'string' }, 'the runtime compiles no more than that')
    }
  }
  t.end()
})

t.test('each signed statement is of the type that the contract accepts', (t) => {
  let found = 0
  for (const file of readdirSync(SOURCES)) {
    const code = readFileSync(join(SOURCES, file), 'utf8')
    const contract = /super\('(\w+)'\)/.exec(code)?.[1]
    for (const [, name, body = ''] of code.matchAll(/^ {2}async ([A-Z]\w+) \((.*?)^ {2}\}/gms)) {
      const accepted = /accept(?:Admin)?Statement\(ctx, '(\w+)'/.exec(body)?.[1]
      if (contract === undefined || accepted === undefined) continue
      const [argument] = TRANSACTION_ARGUMENTS[`${contract}:${String(name)}` as TransactionName]
      t.match(argument, { statement: accepted }, `${contract}:${String(name)}`)
      found += 1
    }
  }
  t.ok(found > 20, `${String(found)} were compared`)
  t.end()
})

t.test('each statement that is named has its schema among the components', (t) => {
  const known = { ...STATEMENT_SCHEMAS, ...ADMIN_STATEMENT_SCHEMAS }
  for (const argument of Object.values(TRANSACTION_ARGUMENTS).flat()) {
    if ('statement' in argument) t.strictSame(metadata.components.schemas[argument.statement], JSON.parse(JSON.stringify(known[argument.statement])))
  }
  t.end()
})
