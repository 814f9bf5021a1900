import * as oauth from 'oauth4webapi'
import { createGatewayClient, isProblem, itemsOf, unwrap } from '@epione/client'

/**
 * A program of the hospital: what its identity provider knows it by (`clients.json`, SMART Backend Services). `auditorToken` is that of a
 * person, as `epione token` prints it.
 */
export interface Program { gateway: string, clientId: string, key: CryptoKey, keyId: string, auditorToken: string }

export interface Done { staffId: string, isSame: boolean, refusal: string, events: number, hospitals: string[] }

/** Signs in, enrols somebody, is refused, and lists what the log has. */
export async function run ({ gateway, clientId, key, keyId, auditorToken }: Program): Promise<Done> {
  // 1. Sign-in: the gateway names its identity provider, and OAuth 2 does the rest. Tokens end after minutes: ask for the next in time.
  const anyone = createGatewayClient({ baseUrl: gateway })
  const { authorization_servers: [issuer = ''], resource } = await unwrap(anyone.GET('/.well-known/oauth-protected-resource'))
  const provider = await oauth.processDiscoveryResponse(new URL(issuer), await oauth.discoveryRequest(new URL(issuer)))
  const program: oauth.Client = { client_id: clientId }
  let token = { value: '', endsAt: 0 }
  const authorization = async (): Promise<string> => {
    if (token.endsAt < Date.now() + 30_000) {
      const answer = await oauth.processClientCredentialsResponse(provider, program, await oauth.clientCredentialsGrantRequest(
        provider, program, oauth.PrivateKeyJwt({ key, kid: keyId }), { scope: 'system/Practitioner.c', resource }
      ))
      token = { value: answer.access_token, endsAt: Date.now() + (answer.expires_in ?? 60) * 1000 }
    }
    return `Bearer ${token.value}`
  }
  const hospital = createGatewayClient({ baseUrl: gateway, authorization, retries: { attempts: 5 } })

  // 2. Writing: a request with an Idempotency-Key counts once, so the client sends it again where no answer comes.
  const idempotencyKey = crypto.randomUUID()
  const enrol = async (subject: string, role: string, once = crypto.randomUUID()): Promise<string> => {
    const { staffId } = await unwrap(hospital.POST('/v1/practitioners', {
      params: { header: { 'Idempotency-Key': once } }, body: { subject, role }
    }))
    return staffId
  }
  const staffId = await enrol('dr-example', 'physician', idempotencyKey)
  const isSame = await enrol('dr-example', 'physician', idempotencyKey) === staffId

  // 3. Problems: codes are a union of types, and docs/problems.md says what is to be done for each.
  let refusal = 'none'
  try {
    await enrol('dr-example', 'nurse')
  } catch (error) {
    if (!isProblem(error, 'PRACTITIONER_EXISTS', 'REQUEST_INVALID')) throw error
    refusal = error.code
  }

  // 4. Lists come in pages, which are asked for as they are wanted.
  const auditor = createGatewayClient({ baseUrl: gateway, authorization: `Bearer ${auditorToken}` })
  let events = 0
  for await (const { decision } of itemsOf(async (cursor) => await unwrap(auditor.GET('/v1/access-events', {
    params: { query: { decision: 'deny', limit: 2, ...(cursor === undefined ? {} : { cursor }) } }
  })))) if (decision === 'deny') events++

  const { items } = await unwrap(anyone.GET('/v1/organizations'))
  return { staffId, isSame, refusal, events, hospitals: items.map(({ mspId }) => mspId) }
}
