import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fp from 'fastify-plugin'
import { Problem, PUBLIC } from '@epione/protocol/api'
import type { Operation, RouteAccess } from '@epione/protocol/api'
import { readExamples, showExample } from './api-examples.ts'
import { linksOf } from './api-links.ts'
import { IDEMPOTENCY_KEY } from './idempotency.ts'
import { SIGNATURE_HEADER } from '../staff/signing-desk.ts'
import { PROBLEMS } from '../problems/catalogue.ts'
import { DescribedProblems } from '../problems/describe-problems.ts'

const DOCS = '/docs'
/** `Problem` leaves the code open, since a later gateway may know more of them. */
const PROBLEM_CODE = {
  type: 'string', enum: PROBLEMS.map(({ code }) => code), description: 'every code that this version answers with; docs/problems.md says what to do for each'
}
const SESSION = { session: [] }
const INFO = {
  title: 'Epione gateway',
  version: '0.1.0',
  description: `A hospital's gateway: shares patient records as ciphertext. Bytes are lowercase hex, times milliseconds since the epoch.

Lists come in pages: \`next\` of a page is the \`cursor\` of the next request, and a page without it is the last. Cursors are opaque.
A refusal is a problem document (RFC 9457); its \`code\` is stable, and docs/problems.md says what to do for each.
An \`Idempotency-Key\` makes a POST safe to repeat where the operation takes one; a signed statement counts once in any case.`,
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' }
}
const SCHEMES = {
  bearer: {
    type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'token of the hospital\'s own identity provider; one of the scopes named is enough'
  },
  session: {
    type: 'apiKey',
    in: 'header',
    name: 'authorization',
    description: 'Session base64url(JSON SignedStatement), signed by the patient, one for each request'
  },
  gateway: { type: 'mutualTLS', description: 'the certificate of a member\'s gateway' },
  service: { type: 'mutualTLS', description: 'the certificate of the hospital\'s own anchor service' }
} as const

/** The OpenAPI 3.1 document, generated from the operations, and a page that shows it under /docs. */
export const openapiPlugin = fp(async (app) => {
  const operations = new Map<string, Operation>()
  app.addHook('onRoute', (route) => {
    // The pages of the document bring routes of their own.
    if (route.url.startsWith(DOCS)) route.config = { ...route.config, access: PUBLIC }
    const { access, operation } = route.config ?? {}
    if (operation !== undefined) operations.set(operation.id, operation)
    const security = access === undefined ? [] : securityOf(access)
    if (security.length > 0) route.schema = { ...route.schema, security }
  })
  await app.register(helmet)
  await app.register(swagger, {
    // The library's types know the schemes of 3.0; mutualTLS came with 3.1.
    openapi: { openapi: '3.1.0', info: INFO, components: { securitySchemes: SCHEMES as never } },
    transformObject: (document) => 'openapiObject' in document ? complete(document.openapiObject, operations) : document.swaggerObject
  })
  await app.register(swaggerUi, { routePrefix: DOCS, staticCSP: true })
  app.get('/openapi.json', { config: { access: PUBLIC }, schema: { hide: true } }, () => app.swagger())
}, { name: 'openapi' })

function securityOf (access: RouteAccess): Array<Record<string, string[]>> {
  if (access.by === 'staff') return [{ bearer: [...access.scopes] }]
  if (access.by === 'staff-or-patient') return [{ bearer: [...access.scopes] }, SESSION]
  if (access.by === 'patient' || access.by === 'device') return [SESSION]
  if (access.by === 'gateway') return [{ gateway: [] }]
  return access.by === 'own-service' ? [{ service: [] }] : []
}

interface DocumentedOperation {
  operationId?: string
  parameters?: Array<{ name?: string, in?: string, required?: boolean, schema?: object, example?: unknown, description?: string }>
  requestBody?: { content?: Content }
  responses?: Record<string, { description?: string, links?: object, headers?: object, content?: Content }>
}
type Content = Record<string, { example?: unknown }>

/** What routes cannot say of themselves: refusals by status and code, and where the next page is. */
function complete<D extends Documented> (document: D, operations: ReadonlyMap<string, Operation>): D {
  const [problems, examples] = [new DescribedProblems(), readExamples()]
  const methods = Object.values(document.paths ?? {}) as Array<Record<string, DocumentedOperation>>
  for (const documented of methods.flatMap((ofPath) => Object.values(ofPath))) {
    const operation = operations.get(documented.operationId ?? '')
    if (operation === undefined) continue
    describeAnswers(documented, operation, operations)
    for (const example of examples) if (example.operation === operation.id) showExample(documented, example)
    if (operation.idempotent === true) takeIdempotencyKey(documented)
    if (operation.underCaller !== undefined) takeSignature(documented)
    problems.addTo(documented, operation)
  }
  document.components = { ...document.components, schemas: { Problem, ProblemCode: PROBLEM_CODE }, responses: problems.responses }
  return document
}

/** Which operations take one is part of their description; that it is a header of the request is the same for all. */
function takeIdempotencyKey (documented: DocumentedOperation): void {
  documented.parameters = [...documented.parameters ?? [], {
    in: 'header',
    name: 'Idempotency-Key',
    required: false,
    schema: IDEMPOTENCY_KEY,
    description: 'a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time'
  }]
  for (const [status, response] of Object.entries(documented.responses ?? {})) {
    if (status.startsWith('2')) response.headers = { ...response.headers, 'Idempotency-Replayed': { description: 'this answers a repeat', schema: { const: 'true' } } }
  }
}

function takeSignature (documented: DocumentedOperation): void {
  documented.parameters = [...documented.parameters ?? [], {
    in: 'header',
    name: 'Epione-Signature',
    required: false,
    schema: SIGNATURE_HEADER,
    description: 'of a caller whose certificate\'s key is at their device: `signing.header` of SIGNATURE_REQUIRED, then the signature (ECDSA over P-256 of SHA-256, DER, lower s) in base64url'
  }]
}

interface Documented { paths?: object | undefined, components?: object | undefined }

function describeAnswers ({ responses = {} }: DocumentedOperation, operation: Operation, operations: ReadonlyMap<string, Operation>): void {
  const { id, summary, query } = operation
  for (const response of Object.values(responses)) if (response.description === 'Default Response') response.description = summary
  const [usual] = Object.entries(responses).filter(([status]) => status.startsWith('2')).map(([, response]) => response)
  if (usual === undefined) return
  const next = { operationId: id, parameters: { cursor: '$response.body#/next' }, description: 'the next page, where there is one' }
  const links = { ...query?.properties['cursor'] === undefined ? {} : { next }, ...linksOf(operation, operations.values()) }
  if (Object.keys(links).length > 0) usual.links = links
}
