import { EventEmitter } from 'node:events'
import { LedgerClient } from '@epione/ledger/client'
import type { ProvenVersion } from '@epione/ledger/client'
import { STATEMENT_LIFE_MS } from '@epione/protocol'
import type { Member } from '@epione/protocol'
import fp from 'fastify-plugin'
import { fromHex } from '@epione/crypto'
import { pause } from '@epione/host'
import { LedgerMismatch, NetworkVersions } from './network-versions.ts'
import { Policies } from './policies.ts'
import { DEADLINES_MS, SUBMIT_BUDGET_MS } from '@epione/ledger/fabric'
import { practitionerOf } from '../http/caller.ts'
import { identityOf } from '../staff/practitioners.ts'
import { openDesk } from '../staff/signing-desk.ts'
import { repeat } from '../repeat.ts'
import { measureLedger } from '../metrics/measured.ts'
import { createStoreJournal } from '../store/journal.ts'
import type { LedgerConnection } from '@epione/ledger/fabric'
import type { FastifyBaseLogger, FastifyRequest } from 'fastify'

/** Milliseconds between attempts to see the ledger for the first time. */
const FIRST_SIGHT_RETRY_MS = 1_000
/** How often (ms) transactions in doubt are submitted again. */
const SETTLE_EVERY_MS = 5_000
/**
 * How often (ms) the ledger is asked for a further version of the network document, besides whenever a block tells of an approval: a
 * peer that lagged then shows it later, and still before it comes into force.
 */
const LOOK_EVERY_MS = 5_000
/** A transaction older than this (ms) has nobody who waits for it any more. */
const IN_DOUBT_AFTER_MS = SUBMIT_BUDGET_MS + DEADLINES_MS.submit + DEADLINES_MS.commitStatus

/** The ledger, under each identity that the gateway may use. */
export interface Ledger {
  connection: LedgerConnection
  /** Under the organisation's identity `gateway`. */
  gateway: LedgerClient
  /** Under the registration desk's identity. */
  registrar: LedgerClient
  /**
   * Under the identity of the member of staff who makes the request; where its key is at their device, what is submitted throws until the
   * request brings the device's signature. @throws {GatewayError} NOT_ENROLLED, CA_UNAVAILABLE, CERTIFICATE_NEEDED, SIGNING_EXPIRED
   */
  as: (request: FastifyRequest) => Promise<LedgerClient>
  /** The versions of the network document that this gateway verified. */
  versions: NetworkVersions
  /** The policies that those name. */
  policies: Policies
  /** The network document in force. @throws {GatewayError} LEDGER_UNAVAILABLE until it was seen and verified. */
  network: () => ProvenVersion
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
 * Connects to the ledger and compares it with network.json: hash of block 0, and the network document with every signature, version by
 * version. Refuses to start on any difference; while no peer answers the gateway runs, but is not ready.
 */
export const ledgerPlugin = fp(async (app) => {
  const { identities, network, connectLedger, clock } = app.ports
  const connection = measureLedger(connectLedger(createStoreJournal(app.store, app.log)), app.metrics, app.tracing)
  const gateway = new LedgerClient(connection.portFor(identities.gateway))
  const mismatch = new EventEmitter()
  const stop = new AbortController()
  const isStopped = (): boolean => stop.signal.aborted
  const versions = new NetworkVersions({ ledger: gateway, trusted: network.document, clock })
  app.decorate('networkId', fromHex(network.networkId, 32))
  app.decorate('ledger', {
    connection,
    gateway,
    registrar: new LedgerClient(connection.portFor(identities.registrar)),
    as: async (request) => {
      const { subject, staffId } = practitionerOf(request)
      const identity = await identityOf(app.enrolment, subject)
      if ('privateKey' in identity) return new LedgerClient(connection.portFor(identity))
      return new LedgerClient(connection.devicePortFor(identity, await openDesk({ db: app.store.db, clock }, request, staffId)))
    },
    versions,
    policies: new Policies({ ledger: gateway, networkAt: async (time) => await versions.at(time) }),
    network: () => versions.inForce(),
    members: () => versions.inForce().document.members,
    onMismatch: (listener) => { mismatch.once('mismatch', listener) }
  })

  /** @returns true once seen. @throws {LedgerMismatch} */
  const look = async (): Promise<boolean> => {
    try {
      await requireGenesis(connection, network.networkId)
      await versions.look()
    } catch (error) {
      if (error instanceof LedgerMismatch) throw error
      app.log.warn({ err: error }, 'the ledger does not answer yet')
      return false
    }
    versions.requireSoftware()
    warnOfObstacle(versions, app.log)
    const testing = versions.inForce().document.testing === true
    if (testing) app.log.warn('this network says of itself that it is for testing: its settings protect nobody')
    return true
  }
  const keepLooking = async (): Promise<void> => {
    while (!isStopped() && !(await look())) await pause(FIRST_SIGHT_RETRY_MS, stop.signal)
  }
  const follow = async (): Promise<void> => {
    while (!isStopped()) {
      await pause(LOOK_EVERY_MS, stop.signal)
      if (!isStopped()) await followVersions(versions, app.log)
    }
  }
  const settling = repeat(SETTLE_EVERY_MS, stop.signal, async () => {
    await app.store.db.deleteFrom('journal').where('created_at', '<', clock() - STATEMENT_LIFE_MS).execute()
    const remaining = await connection.settleJournal(clock() - IN_DOUBT_AFTER_MS)
    if (remaining > 0) app.log.warn({ remaining }, 'transactions are still in doubt')
  }, app.log)
  const seen = await look()
  const watching = (seen ? follow() : keepLooking().then(follow)).catch((error: unknown) => { mismatch.emit('mismatch', error) })
  app.addHook('onClose', async () => {
    stop.abort()
    await Promise.all([watching, settling])
    await connection.close()
  })
}, { name: 'ledger', dependencies: ['store', 'identities'] })

async function requireGenesis (connection: LedgerConnection, networkId: string): Promise<void> {
  const genesis = await connection.networkId()
  if (genesis === networkId) return
  throw new LedgerMismatch(`the peer's ledger is ${genesis}, network.json says ${networkId}: wrong peer or leftover state`)
}

/** Reads what is new, and ends a gateway that cannot go on. @throws {LedgerMismatch} */
async function followVersions (versions: NetworkVersions, log: FastifyBaseLogger): Promise<void> {
  versions.requireSoftware()
  const { newest } = versions
  versions.note()
  try {
    await versions.look()
  } catch (error) {
    if (error instanceof LedgerMismatch) throw error
    log.warn({ err: error }, 'the ledger does not say which network document counts')
    return
  }
  if (versions.newest === newest) return
  log.info({ version: versions.newest }, 'the members agreed on a further version of the network document')
  warnOfObstacle(versions, log)
}

function warnOfObstacle (versions: NetworkVersions, log: FastifyBaseLogger): void {
  const obstacle = versions.findObstacle()
  if (obstacle === undefined) return
  log.error(obstacle, 'this software cannot do what the next network document asks for: install another before it is in force')
}
