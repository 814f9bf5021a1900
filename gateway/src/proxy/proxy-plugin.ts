import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import { PEERS } from '@epione/protocol/api'
import { StatementReader } from '@epione/protocol/verify'
import fp from 'fastify-plugin'
import type { FastifyInstance } from 'fastify'
import { createProxy } from './proxy.ts'
import type { Proxy } from './proxy.ts'
import { GatewayError } from '../errors.ts'
import { ConsentKeyFiles } from './consent-key-files.ts'
import { KfragVault } from './kfrag-vault.ts'
import { loadOrCreateProxyKeys } from './proxy-keys.ts'
import { createReencryptor } from './reencryptor.ts'
import { ENDING_EVENTS, followStatements } from '../ledger/follow-statements.ts'
import { measureReencryptor } from '../metrics/measured.ts'
import { handleRevocations } from '../consents/revoke-consent.ts'
import { projectEmergencies } from '../emergencies/project-emergencies.ts'
import type { Peers } from '../peers/peers.ts'

declare module 'fastify' {
  interface FastifyInstance {
    proxy: Proxy
  }
}

/** How often (ms) consents are looked for whose period is over. */
const SWEEP_MS = 30_000
/** Pause (ms) before a reconciliation that failed is tried again. */
const RECONCILE_RETRY_MS = 1_000

/** This organisation's proxy: custody of kfrags, re-encryption, receipts, destruction. Not ready before it agrees with the ledger. */
export const proxyPlugin = fp(async (app) => {
  const proxy = await assemble(app)
  app.decorate('proxy', proxy)
  app.health.add('reconciled', () => proxy.reconciled)
  const { context: { reader, ledger } } = proxy
  app.events.project(followStatements({ ...proxy, mspId: app.config.mspId, reader, log: app.log }))
  app.events.project(projectEmergencies({ reader, ledger }, app.log))
  app.events.onEvent(({ name }) => {
    if (ENDING_EVENTS.includes(name)) app.outbox.nudge()
  })
  handleRevocations(app.outbox, app.ledger.gateway, app.log)

  const stop = new AbortController()
  let work: Promise<void> = Promise.resolve()
  app.addHook('onReady', (ready) => {
    work = keepHouse(app, proxy, stop.signal)
    ready()
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await work
    await proxy.close()
  })
}, { name: 'proxy', dependencies: ['store', 'ledger', 'events', 'health', 'outbox', 'peers', 'heads'] })

async function assemble (app: FastifyInstance): Promise<Proxy> {
  const { config, ports, store, ledger, events, heads, recentBlocks, outbox, networkId, log } = app
  const keyFiles = new ConsentKeyFiles(join(config.dataDir, 'kfrag-keys'))
  return createProxy({
    mspId: config.mspId,
    networkId,
    keys: await loadOrCreateProxyKeys(config.dataDir),
    ledger: ledger.gateway,
    networkAt: async (time) => await ledger.versions.at(time),
    policyAt: async (time) => await ledger.policies.at(time),
    blocks: ledger.connection,
    freshness: {
      requireRead: async (blockNumber) => { await events.requireRead(BigInt(blockNumber)) },
      requireCurrent: (threshold) => { heads.requireCurrent(threshold) },
      requireRecent: () => { recentBlocks.requireRecent() }
    },
    reader: new StatementReader(networkId),
    vault: new KfragVault(store.db, keyFiles),
    keyFiles,
    reencryptor: measureReencryptor(ports.reencryptor ?? createReencryptor(), app.metrics, app.tracing),
    outbox,
    db: store.db,
    clock: ports.clock,
    log
  }, custodian(app.peers))
}

function custodian (peers: Peers): Parameters<typeof createProxy>[1] {
  return async (mspId, consentId, kfrags) => {
    if (!peers.others().includes(mspId)) {
      throw new GatewayError('CUSTODY_NOT_LISTED', `${mspId} is no member of the network: it will never hold kfrags`)
    }
    return await peers.of(mspId).call(PEERS.takeCustody, { body: { consentId, kfrags: [...kfrags] } })
  }
}

/**
 * First agrees with the ledger, however long that takes; then looks for ended consents now and then. A store out of a backup has forgotten
 * what ended since: all that the own peer has by now is read before, so that endings, freezes, prohibitions and wraps out of force are
 * remembered again, and nothing is released on what was true once.
 */
async function keepHouse (app: FastifyInstance, proxy: Proxy, signal: AbortSignal): Promise<void> {
  const pause = async (ms: number): Promise<void> => { await delay(ms, undefined, { signal }).catch(() => undefined) }
  const isStopped = (): boolean => signal.aborted
  while (!isStopped() && !proxy.reconciled) {
    await readAll(app, signal).then(async () => { await proxy.reconcile() }).catch(async (error: unknown) => {
      app.log.warn({ err: error }, 'kfrags could not be compared with the ledger yet')
      await pause(RECONCILE_RETRY_MS)
    })
  }
  while (!isStopped()) {
    await pause(SWEEP_MS)
    if (!isStopped()) {
      await proxy.endings.sweep().catch((error: unknown) => { app.log.warn({ err: error }, 'ended consents could not be looked for') })
    }
  }
}

/** @throws when `signal` aborts first */
async function readAll ({ ledger: { connection }, events }: FastifyInstance, signal: AbortSignal): Promise<void> {
  await events.waitFor(await connection.height() - 1n, signal)
}
