import type { FastifyInstance } from 'fastify'
import { healthRoutes } from './health/index.ts'

/** Registers every route. Hooks and decorators are looked up when a request comes, so the API document needs no ledger. */
export async function registerRoutes (app: FastifyInstance): Promise<void> {
  await app.register(healthRoutes)
}
