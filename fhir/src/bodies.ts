import type { FastifyInstance, FastifyRequest } from 'fastify'
import { FhirError } from './errors.ts'
import { DEPTH_MAX, isTooComplex, VALUES_MAX } from './json-limits.ts'

/** Largest JSON body in bytes: a document travels within it in base64. */
export const JSON_BYTES_MAX = 32 * 1024 * 1024
const JSON_TYPES = ['application/fhir+json', 'application/json', 'application/json-patch+json']

/** Parsers of bodies: FHIR in JSON, and forms of `_search`. Any other type is refused, but where bytes are taken as they are. */
export function parseBodies (app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser(JSON_TYPES.slice(0, 2), { parseAs: 'string', bodyLimit: JSON_BYTES_MAX }, (request, body, done) => {
    const text = body.toString()
    if (isTooComplex(text)) {
      done(new FhirError('REQUEST_INVALID', `JSON is nested at most ${String(DEPTH_MAX)} deep here, and has at most ${String(VALUES_MAX)} values: send it flatter, or in parts`, { issue: 'structure' }))
      return
    }
    const parsed = (error: Error | null, value?: unknown): void => {
      if (error === null) done(null, value)
      else done(new FhirError('REQUEST_INVALID', `the body is no JSON: ${error.message}`, { issue: 'structure', cause: error }))
    }
    const returned: unknown = parseJson(request, text, parsed)
    if (returned instanceof Promise) returned.catch((error: unknown) => { done(error as Error) })
  })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 65_536 }, (_request, body, done) => {
    done(null, new URLSearchParams(body.toString()))
  })
}

/** Parsers of a route that takes bytes of any type as they come. */
export function parseBytes (app: FastifyInstance): void {
  app.addContentTypeParser('*', (_request, payload, done) => { done(null, payload) })
}

const TYPES = ['application/fhir+json', 'application/json', 'application/*', '*/*']

/** Refuses what asks for another form than JSON. @throws {FhirError} NOT_ACCEPTABLE */
export function requireJsonWanted ({ headers: { accept }, query }: FastifyRequest): void {
  const format = (query as Record<string, string | undefined> | undefined)?.['_format']
  const wanted = format === undefined ? accept ?? '*/*' : format === 'json' ? 'application/json' : format
  const types = wanted.split(',').map((type) => (type.split(';', 1)[0] ?? '').trim().toLowerCase())
  if (types.some((type) => TYPES.includes(type))) return
  throw new FhirError('NOT_ACCEPTABLE', 'this service speaks application/fhir+json alone')
}
