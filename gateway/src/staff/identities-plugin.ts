import fp from 'fastify-plugin'
import type { EnrolmentContext } from './practitioners.ts'
import { SealedWalletStore } from './sealed-wallet-store.ts'
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
  const { authority, walletKeys, clock } = app.ports
  const { sealed, lost } = await new SealedWalletStore(app.store.db, walletKeys).sealAnew()
  if (sealed > 0) app.log.info({ anew: sealed }, 'identities were sealed under the newest key: once this is so at each gateway, the former one can go')
  if (lost > 0) app.log.error({ lost }, 'identities that no key of the wallet opens: enrol these people anew')
  const wallet = openStaffWallet(app.store.db, walletKeys)
  await wallet.put(REGISTRATION_DESK, app.ports.identities.registrar)
  app.decorate('wallet', wallet)
  app.decorate('enrolment', { db: app.store.db, authority, walletKeys, mspId: app.config.mspId, clock, log: app.log })
}, { name: 'identities', dependencies: ['store'] })
