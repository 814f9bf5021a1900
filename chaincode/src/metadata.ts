import { createRequire } from 'node:module'
import { ADMIN_STATEMENT_SCHEMAS, STATEMENT_SCHEMAS, TRANSACTION_ARGUMENTS, TRANSACTION_RESULTS } from '@epione/protocol'
import type { TransactionArgument, TransactionName } from '@epione/protocol'

interface Described { type: 'string', contentMediaType?: 'application/json', contentSchema?: object }
interface Transaction { name: string, parameters?: { name: string, description: string, schema: Described }[], returns?: Described }
interface Metadata {
  contracts: Record<string, { name: string, transactions: Transaction[] }>
  components: { schemas: Record<string, object> }
}
interface SystemContract { prototype: { metadata: Metadata, GetMetadata: () => Promise<string> } }

/**
 * Answers `org.hyperledger.fabric:GetMetadata` with the schema of each argument and of each result, all of which travel as text, as a
 * text of its own: Fabric's serializer calls what its class-transformer does not have. Only that answer has the schemas: whatever stands
 * in a parameter's own one the runtime compiles and prints anew in each transaction.
 */
export function completeMetadata (): void {
  const { prototype } = createRequire(__filename)('fabric-shim/lib/contract-spi/systemcontract.js') as SystemContract
  const texts = new WeakMap<Metadata, string>()
  prototype.GetMetadata = function () {
    const text = texts.get(this.metadata) ?? JSON.stringify(describe(this.metadata))
    texts.set(this.metadata, text)
    return Promise.resolve(text)
  }
}

function describe (metadata: Metadata): Metadata {
  const contracts = Object.fromEntries(Object.entries(metadata.contracts).map(([key, contract]) =>
    [key, { ...contract, transactions: contract.transactions.map((one) => describeTransaction(contract.name, one)) }]))
  const schemas = { ...metadata.components.schemas, ...STATEMENT_SCHEMAS, ...ADMIN_STATEMENT_SCHEMAS }
  return { ...metadata, contracts, components: { ...metadata.components, schemas } }
}

function describeTransaction (contract: string, transaction: Transaction): Transaction {
  const name = `${contract}:${transaction.name}`
  if (!isOurs(name)) return transaction
  const parameters = TRANSACTION_ARGUMENTS[name].map((argument) =>
    ({ name: argument.name, description: argument.description, schema: describeArgument(argument) }))
  return { ...transaction, parameters, returns: inJson(TRANSACTION_RESULTS[name]) }
}

function isOurs (name: string): name is TransactionName {
  return Object.hasOwn(TRANSACTION_ARGUMENTS, name)
}

function describeArgument (argument: TransactionArgument): Described {
  if ('json' in argument) return inJson(argument.json)
  if ('text' in argument) {
    return { type: 'string', contentSchema: argument.optional === true ? { anyOf: [{ const: '' }, argument.text] } : argument.text }
  }
  const statement = {
    type: 'object',
    required: ['body', 'signatures'],
    properties: { body: inJson({ $ref: `#/components/schemas/${argument.statement}` }), signatures: { type: 'array' } }
  }
  return inJson(argument.most === undefined ? statement : { type: 'array', minItems: 1, maxItems: argument.most, items: statement })
}

function inJson (contentSchema: object): Described {
  return { type: 'string', contentMediaType: 'application/json', contentSchema }
}
