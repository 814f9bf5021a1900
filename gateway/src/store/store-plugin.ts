import fp from 'fastify-plugin'
import { openStore, storeFolderOf } from './store.ts'
import type { Store } from './store.ts'

declare module 'fastify' {
  interface FastifyInstance {
    store: Store
  }
}

/** Opens the gateway's database before anything else is ready and closes it last. */
export const storePlugin = fp(async (app) => {
  const { databaseUrl, dataDir } = app.config
  const store = await openStore({ databaseUrl, directory: storeFolderOf(dataDir) })
  app.decorate('store', store)
  app.addHook('onClose', () => store.close())
}, { name: 'store' })
