import fp from 'fastify-plugin'
import { openStaffWallet, REGISTRATION_DESK } from '../identities/staff-wallet.ts'
import type { StaffWallet } from '../identities/staff-wallet.ts'

declare module 'fastify' {
  interface FastifyInstance {
    wallet: StaffWallet
  }
}

/** The sealed wallet of staff identities; the registration desk's identity is imported at each start. */
export const identitiesPlugin = fp(async (app) => {
  const wallet = openStaffWallet(app.store.db, app.ports.walletKey)
  await wallet.put(REGISTRATION_DESK, app.ports.identities.registrar)
  app.decorate('wallet', wallet)
}, { name: 'identities', dependencies: ['store'] })
