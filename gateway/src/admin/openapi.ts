import Fastify from 'fastify'
import type { FastifyInstance, RouteOptions } from 'fastify'
import type { Operation, RouteAccess } from '@epione/protocol/api'
import { openapiPlugin } from '../http/openapi.ts'
import { registerRoutes } from '../routes.ts'

/** The library's 10 s are short for a busy machine. */
const PLUGIN_TIMEOUT_MS = 60_000

/** A route as it is listed in docs/access.md. */
export interface ListedRoute { method: string, url: string, operationId?: string, access: RouteAccess }

/** The API document of all routes; needs neither ledger nor store. */
export async function createOpenapiDocument (): Promise<object> {
  const app = await registerAll(() => undefined)
  const document = app.swagger()
  await app.close()
  return document
}

/** Every route with who may call it, in the order of registration. @throws {Error} for a route that does not say it */
export async function createRouteList (): Promise<ListedRoute[]> {
  const routes: RouteOptions[] = []
  const app = await registerAll((route) => { routes.push(route) })
  await app.close()
  // A GET brings its own HEAD; the pages of the document come under one prefix.
  return routes.filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/docs/')).map(({ method, url, config, schema }) => {
    if (config?.access === undefined) throw new Error(`route ${url} does not say who may call it`)
    const operationId = schema?.operationId
    return { method: [method].flat().join(', '), url, ...(operationId === undefined ? {} : { operationId }), access: config.access }
  })
}

/** Every operation that is served, in the order of registration. */
export async function createOperationList (): Promise<Operation[]> {
  const operations: Operation[] = []
  const app = await registerAll(({ method, config }) => {
    if (config?.operation !== undefined && method !== 'HEAD') operations.push(config.operation)
  })
  await app.close()
  return operations
}

async function registerAll (onRoute: (route: RouteOptions) => void): Promise<FastifyInstance> {
  const app = Fastify({ pluginTimeout: PLUGIN_TIMEOUT_MS })
  app.addHook('onRoute', onRoute)
  await app.register(openapiPlugin)
  await app.register(registerRoutes)
  await app.ready()
  return app
}
