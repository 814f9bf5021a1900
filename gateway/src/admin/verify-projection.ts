import { createMemoryJournal } from '@epione/ledger/fabric'
import { LedgerClient } from '@epione/ledger/client'
import { fromHex } from '@epione/crypto'
import { StatementReader } from '@epione/protocol/verify'
import Fastify from 'fastify'
import { readConfig } from '../config.ts'
import { createLoggerOptions } from '../http/logging.ts'
import { openPorts } from '../open-dependencies.ts'
import { openStore, openStoreToRead, storeFolderOf } from '../store/store.ts'
import { rebuildReadModel, verifyReadModel } from './read-model.ts'
import type { Comparison, ReadModelOptions } from './read-model.ts'

/** How often (ms) progress is told. */
const TELL_EVERY_MS = 1_000

/** Compares the read model of the gateway whose environment this is with its peer's ledger. The gateway may run. */
export async function verifyProjection (environment: Record<string, string | undefined>): Promise<Comparison> {
  return await withLedger(environment, async (options, { dataDir, databaseUrl }) => {
    const store = openStoreToRead({ databaseUrl, directory: storeFolderOf(dataDir) })
    try {
      return await verifyReadModel({ ...options, store, directory: dataDir })
    } finally {
      await store.close()
    }
  })
}

/** Makes the read model of the gateway whose environment this is anew. On SQLite the gateway must be stopped. */
export async function rebuildProjection (environment: Record<string, string | undefined>): Promise<Omit<Comparison, 'difference'>> {
  return await withLedger(environment, async (options, { dataDir, databaseUrl }) => {
    const store = await openStore({ databaseUrl, directory: storeFolderOf(dataDir) })
    try {
      return await rebuildReadModel({ ...options, store })
    } finally {
      await store.close()
    }
  })
}

type Places = Pick<ReturnType<typeof readConfig>, 'dataDir' | 'databaseUrl'>

async function withLedger<T> (
  environment: Record<string, string | undefined>, work: (options: Omit<ReadModelOptions, 'store'>, places: Places) => Promise<T>
): Promise<T> {
  const config = readConfig(environment)
  const { network: { networkId }, connectLedger, identities } = await openPorts(config)
  const connection = connectLedger(createMemoryJournal())
  try {
    const shown = await connection.networkId()
    if (shown !== networkId) throw new Error(`the peer's ledger is ${shown}, network.json says ${networkId}: wrong peer or leftover state`)
    return await work({
      connection,
      networkId,
      proof: { reader: new StatementReader(fromHex(networkId, 32)), ledger: new LedgerClient(connection.portFor(identities.gateway)) },
      // Its lines go where progress does: what is printed is the result alone.
      log: Fastify({ logger: createLoggerOptions('error', { write: (line) => { process.stderr.write(line) } }) }).log,
      tell: createProgress()
    }, config)
  } finally {
    await connection.close()
  }
}

function createProgress (): ReadModelOptions['tell'] {
  let told = performance.now()
  return (blockNumber, last) => {
    if (performance.now() - told < TELL_EVERY_MS && blockNumber !== last) return
    told = performance.now()
    process.stderr.write(`block ${String(blockNumber)} of ${String(last)}\n`)
  }
}
