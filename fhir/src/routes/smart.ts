import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { tokenAddress } from '../answers.ts'
import { FhirError } from '../errors.ts'
import { formatScopes, grantScopes, offeredScopes } from '../smart/scopes.ts'
import { ASSERTION_ALGORITHMS, TOKEN_S, TokenRefused } from '../smart/tokens.ts'
import type { Tokens } from '../smart/tokens.ts'
import { CAPABILITIES } from './metadata.ts'

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const OFFERED = offeredScopes(CAPABILITIES)

/** SMART Backend Services: programs of the hospital prove who they are by a key, and get tokens with scopes of their own. */
export function registerSmart (app: FastifyInstance, tokens: Tokens): void {
  app.get('/.well-known/smart-configuration', { config: { access: 'open' } }, async (request, reply) =>
    await reply.type('application/json').send(JSON.stringify({
      token_endpoint: tokenAddress(request),
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
      scopes_supported: formatScopes(OFFERED),
      capabilities: ['client-confidential-asymmetric', 'permission-v1', 'permission-v2']
    })))
  app.post('/token', { config: { access: 'open' }, onRequest: requireForm }, async (request, reply) => await giveToken(tokens, request, reply))
}

async function giveToken (tokens: Tokens, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  reply.type('application/json').headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
  try {
    return await reply.send(JSON.stringify(await tokenFor(tokens, request)))
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error
    return await reply.code(error.error === 'invalid_client' ? 401 : 400).send(JSON.stringify({ error: error.error, error_description: error.message }))
  }
}

/** Nobody who is not known has anything larger parsed. @throws {FhirError} MEDIA_TYPE_UNSUPPORTED */
function requireForm ({ headers }: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const [type = ''] = (headers['content-type'] ?? '').split(';', 1)
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') throw new FhirError('MEDIA_TYPE_UNSUPPORTED', 'a form is taken here (application/x-www-form-urlencoded)', { issue: 'not-supported' })
  done()
}

/** @throws {TokenRefused} */
async function tokenFor (tokens: Tokens, request: FastifyRequest): Promise<object> {
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
  const [grant, type, assertion, asked] = ['grant_type', 'client_assertion_type', 'client_assertion', 'scope'].map((name) => onlyOne(form, name))
  if (grant !== 'client_credentials') throw new TokenRefused('unsupported_grant_type', 'grant_type=client_credentials is what is given here')
  if (type !== ASSERTION_TYPE || assertion === undefined) throw new TokenRefused('invalid_request', `client_assertion_type=${ASSERTION_TYPE} and client_assertion say who asks`)
  const client = await tokens.prove(assertion, tokenAddress(request))
  const scope = grantScopes(OFFERED, asked ?? '', client.scope)
  if (scope === '') throw new TokenRefused('invalid_scope', 'nothing of what is asked for is let: scope names types as system/Observation.rs')
  return { access_token: tokens.issue(client, scope), token_type: 'bearer', expires_in: TOKEN_S, scope }
}

function onlyOne (form: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = form.getAll(name)
  if (others.length > 0) throw new TokenRefused('invalid_request', `${name} stands there more than once`)
  return value
}
