import fp from 'fastify-plugin'
import { inTime } from '../in-time.ts'

/** Fine unless it answers false, throws or rejects. */
export type HealthCheck = () => boolean | Promise<boolean>

export interface Health {
  /** Names a condition of readiness; a check with the same name replaces the one before. */
  add: (name: string, check: HealthCheck) => void
  /** Runs every check. */
  run: () => Promise<{ ready: boolean, checks: Record<string, 'ok' | 'failing'> }>
}

declare module 'fastify' {
  interface FastifyInstance {
    health: Health
  }
}

/** A check that takes longer (ms) counts as failing. */
const CHECK_TIMEOUT_MS = 3_000
/** Blocks the projection may lag behind its peer and still count as ready. */
const LAG_BLOCKS_MAX = 20n

/** Readiness: store answers, its disk has room, ledger answers and is the right one, the projection keeps up; others add their own. */
export const healthPlugin = fp((app, _options, done) => {
  const checks = new Map<string, HealthCheck>()
  checks.set('store', () => app.store.check().then(() => true))
  checks.set('storage', () => app.room.isEnough())
  checks.set('ledger', () => app.ledger.network().document.networkId === app.ports.network.networkId)
  checks.set('projection', async () => {
    const height = await app.ledger.connection.height()
    // One that fails at a block does not get past it by waiting.
    return app.events.connected && height - 1n - app.events.position <= (app.events.failing ? 0n : LAG_BLOCKS_MAX)
  })
  app.decorate('health', {
    add: (name, check) => { checks.set(name, check) },
    run: async () => {
      const results = await Promise.all([...checks].map(async ([name, check]): Promise<[string, 'ok' | 'failing']> => {
        try {
          return [name, await inTime(CHECK_TIMEOUT_MS, check) ? 'ok' : 'failing']
        } catch (error) {
          app.log.warn({ err: error, check: name }, 'not ready')
          return [name, 'failing']
        }
      }))
      return { ready: results.every(([, result]) => result === 'ok'), checks: Object.fromEntries(results) }
    }
  })
  done()
}, { name: 'health', dependencies: ['store', 'room', 'ledger', 'events'] })
