import Fastify from 'fastify'
import { openapiPlugin } from '../plugins/openapi.ts'
import { registerRoutes } from '../routes/index.ts'

/** The API document of all routes; needs neither ledger nor store. */
export async function createOpenapiDocument (): Promise<object> {
  const app = Fastify()
  await app.register(openapiPlugin)
  await app.register(registerRoutes)
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}
