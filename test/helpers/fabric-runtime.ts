import { createRequire } from 'node:module'
import type { LedgerContext, LedgerContract } from '@epione/chaincode'

/** What Fabric's Node runtime does with contract classes: parse arguments, make a context, call, serialise. */
interface Chaincode {
  Invoke (stub: object): Promise<{ status: number, message?: string, payload?: Uint8Array }>
  metadata: { contracts: Record<string, { name: string, transactions: Array<{ name: string, tag?: string[] }> }> }
}
type ContractClass = new () => LedgerContract
type ChaincodeClass = new (contracts: ContractClass[], serializers: object, metadata: object, title: string, version: string) => Chaincode
interface Loaded { contracts: ContractClass[], ChaincodeFromContract: ChaincodeClass, JSONSerializer: object }

const CRASH_EVENTS = ['uncaughtException', 'unhandledRejection'] as const

/** Loads Fabric's runtime without its console logger, and without the listeners by which it outlives a crash: a test must not. */
function loadRuntime (): Loaded {
  process.env['CORE_CHAINCODE_LOGGING_LEVEL'] ??= 'CRITICAL'
  const before = CRASH_EVENTS.map((event) => process.rawListeners(event))
  const require = createRequire(import.meta.url)
  const { contracts } = require('@epione/chaincode') as { contracts: ContractClass[] }
  const { JSONSerializer } = require('fabric-contract-api') as { JSONSerializer: object }
  const ChaincodeFromContract = require('fabric-shim/lib/contract-spi/chaincodefromcontract.js') as ChaincodeClass
  CRASH_EVENTS.forEach((event, i) => {
    process.rawListeners(event).filter((l) => before[i]?.includes(l) !== true).forEach((l) => { process.off(event, l as () => void) })
  })
  return { contracts, ChaincodeFromContract, JSONSerializer }
}

const { contracts, ChaincodeFromContract, JSONSerializer } = loadRuntime()

/** The real contracts in Fabric's real runtime, with `readClock` in place of the endorser's clock. */
export function createChaincode (readClock: () => number): Chaincode {
  const classes = contracts.map((Contract) => class extends Contract {
    override createContext (): LedgerContext {
      return Object.assign(super.createContext(), { readClock })
    }
  })
  const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } }
  return new ChaincodeFromContract(classes, serializers, {}, 'epione', '0')
}

/** Of every transaction whether it is submitted or only evaluated, as the contracts' metadata says. */
export function readTransactionKinds (): Map<string, 'submit' | 'evaluate'> {
  const { metadata } = createChaincode(Date.now)
  return new Map(Object.values(metadata.contracts).flatMap(({ name: contract, transactions }) =>
    transactions.map(({ name, tag = [] }): [string, 'submit' | 'evaluate'] =>
      [`${contract}:${name}`, tag.some((t) => t.toLowerCase() === 'submittx' || t.toLowerCase() === 'submit') ? 'submit' : 'evaluate'])))
}
