import { EventEmitter } from 'node:events'
import { LedgerClient } from '@epione/ledger/client'
import { LedgerError, STATEMENT_LIFE_MS } from '@epione/protocol'
import type { Member, NetworkDocument, SignedNetwork } from '@epione/protocol'
import { Refusal, requireNetwork } from '@epione/protocol/verify'
import fp from 'fastify-plugin'
import { fromHex } from '@epione/crypto'
import { GatewayError } from '../errors.ts'
import { DEADLINES_MS, SUBMIT_BUDGET_MS } from '@epione/ledger/fabric'
import { identityOf } from '../staff/practitioners.ts'
import { pause, repeat } from '../repeat.ts'
import { createStoreJournal } from '../store/journal.ts'
import type { LedgerConnection } from '@epione/ledger/fabric'

/** Milliseconds between attempts to see the ledger for the first time. */
const FIRST_SIGHT_RETRY_MS = 1_000
/** How often (ms) transactions in doubt are submitted again. */
const SETTLE_EVERY_MS = 5_000
/** A transaction older than this (ms) has nobody who waits for it any more. */
const IN_DOUBT_AFTER_MS = SUBMIT_BUDGET_MS + DEADLINES_MS.submit + DEADLINES_MS.commitStatus

/** The ledger, under each identity that the gateway may use. */
export interface Ledger {
  connection: LedgerConnection
  /** Under the organisation's identity `gateway`. */
  gateway: LedgerClient
  /** Under the registration desk's identity. */
  registrar: LedgerClient
  /** Under the wallet identity of a member of staff. @throws {GatewayError} NOT_ENROLLED, CA_UNAVAILABLE */
  as: (subject: string) => Promise<LedgerClient>
  /** The network document with its founders' signatures. @throws {GatewayError} LEDGER_UNAVAILABLE until it was seen and verified. */
  founded: () => SignedNetwork
  members: () => readonly Member[]
  /** Called when the ledger turns out to be another one than network.json says: the process must end. */
  onMismatch: (listener: (error: Error) => void) => void
}

declare module 'fastify' {
  interface FastifyInstance {
    ledger: Ledger
    /** 32 bytes, part of every statement's signature. */
    networkId: Uint8Array
  }
}

/**
 * Connects to the ledger and compares it with network.json: hash of block 0, and the network document with every founder's signature.
 * Refuses to start on any difference; while no peer answers the gateway runs, but is not ready.
 */
export const ledgerPlugin = fp(async (app) => {
  const { identities, network, connectLedger, clock } = app.ports
  const connection = connectLedger(createStoreJournal(app.store))
  const gateway = new LedgerClient(connection.portFor(identities.gateway))
  const mismatch = new EventEmitter()
  const stop = new AbortController()
  let signed: SignedNetwork | undefined

  const founded = (): SignedNetwork => {
    if (signed === undefined) {
      throw new GatewayError('LEDGER_UNAVAILABLE', 'no peer of this hospital has answered since the gateway started')
    }
    return signed
  }
  app.decorate('networkId', fromHex(network.networkId, 32))
  app.decorate('ledger', {
    connection,
    gateway,
    registrar: new LedgerClient(connection.portFor(identities.registrar)),
    as: async (subject) => new LedgerClient(connection.portFor(await identityOf(app.enrolment, subject))),
    founded,
    members: () => founded().document.members,
    onMismatch: (listener) => { mismatch.once('mismatch', listener) }
  })

  /** @returns true once seen. @throws {LedgerMismatch} */
  const look = async (): Promise<boolean> => {
    try {
      signed = await verify(connection, gateway, network.document)
      if (signed.document.testing === true) app.log.warn('this network says of itself that it is for testing: its settings protect nobody')
      return true
    } catch (error) {
      if (error instanceof LedgerMismatch) throw error
      app.log.warn({ err: error }, 'the ledger does not answer yet')
      return false
    }
  }
  const keepLooking = async (): Promise<void> => {
    while (!stop.signal.aborted && !(await look())) await pause(FIRST_SIGHT_RETRY_MS, stop.signal)
  }
  const settling = repeat(SETTLE_EVERY_MS, stop.signal, async () => {
    await app.store.db.deleteFrom('journal').where('created_at', '<', clock() - STATEMENT_LIFE_MS).execute()
    const remaining = await connection.settleJournal(clock() - IN_DOUBT_AFTER_MS)
    if (remaining > 0) app.log.warn({ remaining }, 'transactions are still in doubt')
  }, app.log)
  const watching = await look() ? Promise.resolve() : keepLooking().catch((error: unknown) => { mismatch.emit('mismatch', error) })
  app.addHook('onClose', async () => {
    stop.abort()
    await Promise.all([watching, settling])
    await connection.close()
  })
}, { name: 'ledger', dependencies: ['store', 'identities'] })

/** The ledger is not the one that network.json describes. */
export class LedgerMismatch extends Error {
  override readonly name = 'LedgerMismatch'
  readonly code = 'LEDGER_MISMATCH'
}

/** Once for each version of the document: whatever the own peer says later of members and settings, it says of this one. */
async function verify (connection: LedgerConnection, client: LedgerClient, expected: NetworkDocument): Promise<SignedNetwork> {
  const genesis = await connection.networkId()
  if (genesis !== expected.networkId) {
    throw new LedgerMismatch(`the peer's ledger is ${genesis}, network.json says ${expected.networkId}: wrong peer or leftover state`)
  }
  const { version } = await client.getNetwork().catch((error: unknown) => {
    if (error instanceof LedgerError && error.code === 'NETWORK_NOT_FOUNDED') {
      throw new GatewayError('LEDGER_UNAVAILABLE', 'the network is not founded yet', { cause: error })
    }
    throw error
  })
  const signed = await client.getNetworkDocument(version)
  try {
    requireNetwork(expected, signed)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new LedgerMismatch(`${error.message}. Do not use this ledger; ask the members who founded it, and on what.`, { cause: error })
  }
  return signed
}
