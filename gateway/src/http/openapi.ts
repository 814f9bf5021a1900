import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fp from 'fastify-plugin'
import { PUBLIC } from '@epione/protocol/api'
import type { RouteAccess } from '@epione/protocol/api'

const DOCS = '/docs'
const SECURITY: Partial<Record<RouteAccess['by'], Array<Record<string, string[]>>>> = {
  staff: [{ bearer: [] }],
  patient: [{ session: [] }],
  device: [{ session: [] }],
  'staff-or-patient': [{ bearer: [] }, { session: [] }]
}

/** The OpenAPI 3.1 document, generated from the route schemas, and a page that shows it under /docs. */
export const openapiPlugin = fp(async (app) => {
  app.addHook('onRoute', (route) => {
    // The pages of the document bring routes of their own.
    if (route.url.startsWith(DOCS)) route.config = { ...route.config, access: PUBLIC }
    const security = SECURITY[route.config?.access?.by ?? 'anyone']
    if (security !== undefined) route.schema = { ...route.schema, security }
  })
  await app.register(helmet)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Epione gateway',
        version: '0.1.0',
        description: 'A hospital\'s gateway: shares patient records as ciphertext. Bytes are lowercase hex, times milliseconds since the epoch.'
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'token of the hospital\'s own identity provider' },
          session: {
            type: 'apiKey',
            in: 'header',
            name: 'authorization',
            description: 'Session base64url(JSON SignedStatement), signed by the patient, one for each request'
          }
        }
      }
    }
  })
  await app.register(swaggerUi, { routePrefix: DOCS, staticCSP: true })
  app.get('/openapi.json', { config: { access: PUBLIC }, schema: { hide: true } }, () => app.swagger())
}, { name: 'openapi' })
