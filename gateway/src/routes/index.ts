import type { FastifyInstance } from 'fastify'
import { accessEventRoutes } from './access-events/index.ts'
import { contentRoutes } from './contents/index.ts'
import { healthRoutes } from './health/index.ts'
import { networkRoutes } from './network/index.ts'
import { patientRoutes } from './patients/index.ts'
import { practitionerRoutes } from './practitioners/index.ts'
import { recordRoutes } from './records/index.ts'
import { statementRoutes } from './statements/index.ts'

/** Registers every route. Hooks and decorators are looked up when a request comes, so the API document needs no ledger. */
export async function registerRoutes (app: FastifyInstance): Promise<void> {
  await app.register(healthRoutes)
  await app.register(networkRoutes)
  await app.register(statementRoutes)
  await app.register(patientRoutes)
  await app.register(practitionerRoutes)
  await app.register(contentRoutes)
  await app.register(recordRoutes)
  await app.register(accessEventRoutes)
}
