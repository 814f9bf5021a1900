import { ExportedEvents, signStatement } from '@epione/crypto'
import { PATIENTS_PER_READING } from '@epione/protocol'
import type { LogExport, LogQuery, SignedStatement } from '@epione/protocol'
import { signedLine } from '@epione/protocol/exports'
import { findValidTransaction, proveTransaction } from '@epione/ledger/blocks'
import type { FastifyInstance } from 'fastify'
import { newestBatch } from '../anchors/batches.ts'
import type { PublishedBatch } from '@epione/protocol/api'
import { countLater, walkAccessLog } from './query-access-log.ts'

/** A file that a reader made of the log, by their own word but for `query`, which was narrowed to what they may see. */
export interface ExportMade extends Pick<LogExport, 'as' | 'reader' | 'format' | 'fileHash' | 'sizeBytes'> {
  query: LogQuery
  throughBlock?: number
}

/**
 * What this hospital says of a file that leaves it: the reading is noted with the file's hash, and what the own read model finds for the
 * query is signed, so that whoever left events out of the file, or wrote something else in their place, is found out by the file alone.
 */
export async function attestExport (
  app: FastifyInstance, made: ExportMade
): Promise<{ statement: SignedStatement, registration?: string }> {
  const { as, reader, query, throughBlock = -1, fileHash } = made
  const events = new ExportedEvents()
  const patients = new Set<string>()
  let [first, last]: [number | undefined, number | undefined] = [undefined, undefined]
  for await (const event of walkAccessLog(app.store.db, query, throughBlock)) {
    const { patientId, blockNumber } = event
    events.add(signedLine(made.format, event))
    if (patients.size <= PATIENTS_PER_READING) patients.add(patientId)
    last ??= blockNumber
    first = blockNumber
  }
  await app.logNotes.noteReading({ as, reader, exported: fileHash }, [...patients])
  const batch = await newestBatch(app.store.db)
  const silent = (app.silent().silent ?? []).map((one) => one.mspId)
  const { keys, networkId, clock, mspId } = app.proxy.context
  const body: LogExport = {
    type: 'LogExport',
    mspId,
    madeAt: clock(),
    ...made,
    query,
    count: events.count,
    eventsHash: events.digest(),
    later: await countLater(app.store.db, query, throughBlock),
    ...(first !== undefined && last !== undefined && { firstBlock: first, lastBlock: last }),
    ...(batch !== undefined && { anchor: headOf(batch) }),
    ...(silent.length > 0 && { silent })
  }
  const { body: text, signatures } = signStatement({ type: body.type, networkId, body, keys: [keys.signing] })
  const registration = await registrationOf(app, keys.signing.publicKey().toHex())
  return { statement: { body: text, signatures: [...signatures] }, ...(registration !== undefined && { registration }) }
}

function headOf ({ number, firstBlock, lastBlock, root, chain, state }: PublishedBatch): NonNullable<LogExport['anchor']> {
  const { chainId, contract, transactionHash } = chain
  return { batch: number, firstBlock, lastBlock, root, chainId, contract, ...(transactionHash !== undefined && { transactionHash }), state }
}

/** The transaction by which the admin registered the key, as the own peer's block has it; none while another key is registered. */
async function registrationOf (app: FastifyInstance, signingKey: string): Promise<string | undefined> {
  const proxies = await app.ledger.gateway.getProxies()
  const own = proxies.find((proxy) => proxy.mspId === app.config.mspId && proxy.signingKey === signingKey)
  const block = own === undefined ? undefined : await app.ledger.connection.blockHolding(own.txId)
  if (own === undefined || block === undefined) return undefined
  const index = findValidTransaction(block, own.txId)
  return index === undefined ? undefined : Buffer.from(proveTransaction(block, index).envelope).toString('base64')
}
