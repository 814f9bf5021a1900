import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { isFhir } from '@epione/protocol/api'
import { GatewayError } from '../errors.ts'

/** Where callers are programs that must learn of a misspelt filter; probes of health and metrics may add what they like. */
const isStrict = (path: string): boolean => path.startsWith('/v1/') || isFhir(path)
/** What a number in an address looks like. */
const WHOLE = /^(?:0|[1-9][0-9]{0,15})$/

type Values = Record<string, string | string[] | number | undefined>
type Members = Record<string, { type?: string }>

/**
 * Reads the numbers of addresses, which are text there, and nothing else: the validator takes every value as it is written.
 * Refuses queries with members that the route does not know, or that are given twice, and numbers that are no plain decimal
 * digits: a filter that is ignored or misread would be answered with another list than was asked for.
 */
export const strictQueryPlugin = fp((app, _options, done) => {
  app.addHook('preValidation', (request, _reply, next) => {
    checkQuery(request)
    next()
  })
  done()
}, { name: 'strict-query' })

/** @throws {GatewayError} REQUEST_INVALID */
function checkQuery ({ query, params, routeOptions }: FastifyRequest): void {
  if (!isStrict(routeOptions.url ?? '')) return
  const known = membersOf(routeOptions.schema?.querystring)
  for (const [name, value] of Object.entries(query as Values)) {
    if (!Object.hasOwn(known, name)) {
      throw invalid(`nobody knows the query member "${name}"; there are ${Object.keys(known).join(', ') || 'none'}`)
    }
    if (Array.isArray(value)) throw invalid(`the query member "${name}" is given more than once`)
  }
  readNumbers(known, query as Values)
  readNumbers(membersOf(routeOptions.schema?.params), params as Values)
}

function readNumbers (members: Members, values: Values): void {
  for (const [name, { type }] of Object.entries(members)) {
    const value = values[name]
    if (type !== 'integer' || typeof value !== 'string') continue
    if (!WHOLE.test(value)) throw invalid(`"${name}" is "${value}": write it in decimal digits`)
    values[name] = Number(value)
  }
}

function membersOf (schema: unknown): Members {
  return (schema as { properties?: Members } | undefined)?.properties ?? {}
}

const invalid = (detail: string): GatewayError => new GatewayError('REQUEST_INVALID', detail)
