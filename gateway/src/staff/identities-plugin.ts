import fp from 'fastify-plugin'
import type { EnrolmentContext } from './practitioners.ts'
import { openStaffWallet, REGISTRATION_DESK } from './staff-wallet.ts'
import type { StaffWallet } from './staff-wallet.ts'

declare module 'fastify' {
  interface FastifyInstance {
    wallet: StaffWallet
    /** What enrolling and renewing identities of the staff needs. */
    enrolment: EnrolmentContext
  }
}

/** The sealed wallet of staff identities; the registration desk's identity is imported at each start. */
export const identitiesPlugin = fp(async (app) => {
  const wallet = openStaffWallet(app.store.db, app.ports.walletKey)
  await wallet.put(REGISTRATION_DESK, app.ports.identities.registrar)
  app.decorate('wallet', wallet)
  const { authority, walletKey, clock } = app.ports
  app.decorate('enrolment', { db: app.store.db, authority, walletKey, mspId: app.config.mspId, clock, log: app.log })
}, { name: 'identities', dependencies: ['store'] })
