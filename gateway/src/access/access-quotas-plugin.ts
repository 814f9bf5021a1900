import fp from 'fastify-plugin'
import { findAccessEvents } from '../ledger/ledger-events.ts'
import { AccessQuotas } from './access-quotas.ts'

declare module 'fastify' {
  interface FastifyInstance {
    accessQuotas: AccessQuotas
  }
}

/** Counts by the read model, before the ledger is followed, what it has, and by blocks what comes. */
export const accessQuotasPlugin = fp(async (app) => {
  const { config: { mspId, limits }, ports: { clock }, store: { db } } = app
  const quotas = new AccessQuotas({ mspId, limits, clock })
  app.decorate('accessQuotas', quotas)
  quotas.restore(
    await db.selectFrom('access_events').select((e) => ['staff_id as staffId', e.fn.countAll<number>().as('count')])
      .where('msp_id', '=', mspId).where('time', '>=', quotas.since).groupBy('staff_id').execute()
  )
  app.events.onEvent((event) => { for (const access of findAccessEvents(event)) quotas.count(access) })
}, { name: 'access-quotas', dependencies: ['store', 'events'] })
