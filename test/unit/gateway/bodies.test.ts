import { gzipSync } from 'node:zlib'
import t from 'tap'
import { createOpenapiDocument, createRouteList } from '../../../gateway/src/admin/openapi.ts'
import { buildGateway } from '../../helpers/gateway.ts'
import { createCaller, createStrangers } from '../../helpers/strangers.ts'

/* One form of body for each route, no coding of it (RFC 9110 §8.4, §15.5.16), and values of the type that the schema names. */

const WITH_BODY = ['POST', 'PUT', 'PATCH', 'DELETE']
const gateway = await buildGateway(t)
await gateway.enrol('dr-a')
const authorization = `Bearer ${await gateway.token(
  'dr-a',
  'user/DocumentReference.c user/DocumentReference.rs user/Patient.c system/Practitioner.c'
)}`
const upload = async (
  headers: Record<string, string>,
  payload: Buffer | string
): Promise<{ statusCode: number, headers: Record<string, unknown>, code: unknown }> => {
  const answer = await gateway.app.inject({ method: 'POST', url: '/v1/contents', headers: { authorization, ...headers }, payload })
  return { statusCode: answer.statusCode, headers: answer.headers, code: answer.json<{ code?: unknown }>().code }
}

t.test('a coded body is refused on every route that takes one', async (t) => {
  const routes = Object.entries(
    (await createOpenapiDocument() as { paths: Record<string, object> }).paths
  ).flatMap(([path, methods]) => Object.keys(methods)
    .map((method) => method.toUpperCase()).filter((method) => WITH_BODY.includes(method))
    .map((method) => ({ method: method as 'POST', url: path.replaceAll(/\{[^}]*\}/g, '1') })))
  t.ok(routes.length > 20)
  const refused = new Set<string>()
  for (const { method, url } of routes) {
    const session = `Session ${'A'.repeat(20)}`
    for (const credentials of [authorization, session]) {
      const type = url.includes('contents') ? 'application/octet-stream' : 'application/json'
      const answer = await gateway.app.inject({
        method,
        url,
        headers: { authorization: credentials, 'content-type': type, 'content-encoding': 'gzip' },
        payload: gzipSync('{}')
      })
      t.ok([401, 403, 415].includes(answer.statusCode), `${method} ${url} answers ${answer.statusCode}`)
      if (answer.statusCode === 415) refused.add(`${method} ${url}`)
    }
  }
  t.ok(refused.size > 15, 'all but those between gateways, and those for a session, got as far as the body')
})

t.test('an upload is bytes as they are, nothing else', async (t) => {
  const bytes = Buffer.alloc(200)
  const octets = { 'content-type': 'application/octet-stream' }
  for (const coding of ['gzip', 'deflate, gzip', 'br', 'x-anything', 'identity, gzip']) {
    t.match(
      await upload({ ...octets, 'content-encoding': coding }, bytes),
      { statusCode: 415, code: 'MEDIA_TYPE_UNSUPPORTED', headers: { 'accept-encoding': 'identity' } },
      coding
    )
  }
  t.not((await upload({ ...octets, 'content-encoding': 'identity' }, bytes)).statusCode, 415)
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/octet-streams']) {
    t.match(await upload({ 'content-type': type }, '{}'), { statusCode: 415, code: 'MEDIA_TYPE_UNSUPPORTED' }, type)
  }
  t.match(await upload({}, bytes), { statusCode: 415 }, 'no type')
})

t.test('a route of JSON takes nothing else', async (t) => {
  for (const type of ['application/octet-stream', 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
    const answer = await gateway.app.inject({ method: 'POST', url: '/v1/revocations', headers: { 'content-type': type }, payload: '{}' })
    t.match(answer.json(), { status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' }, type)
  }
  t.match((await gateway.app.inject({
    method: 'POST',
    url: '/v1/revocations',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    payload: '{}'
  })).json(), { status: 400 })
  t.match((await gateway.app.inject({
    method: 'POST',
    url: '/v1/nowhere',
    headers: { 'content-type': 'text/plain' },
    payload: 'x'
  })).json(), { status: 404 })
})

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** Every copy of a value in which one part is written as another type from which the first could be guessed. */
function disguises (value: Json): Json[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => disguises(item).map((other) => value.with(i, other)))
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([name, member]) => disguises(member).map((other) => ({ ...value, [name]: other })))
  }
  return typeof value === 'string' ? [[value]] : [[value], String(value)]
}

t.test('a body is taken as it is written: no route guesses a value from one of another type', async (t) => {
  const gateway = await buildGateway(t, { listen: true })
  const strangers = await createStrangers(gateway)
  const callers = { gateway: createCaller(t, gateway), 'own-service': createCaller(t, gateway, gateway.mspId) }
  let routes = 0
  for (const { method, url, operationId = '', access: { by } } of await createRouteList()) {
    const make = strangers.requests[operationId]
    const payload = (await make?.())?.payload
    if (make === undefined || payload === undefined || Buffer.isBuffer(payload)) continue
    routes += 1
    const send = async (body: object): Promise<unknown> =>
      await callers[by === 'own-service' ? by : 'gateway']({
        method,
        ...await make(),
        payload: body,
        asPeer: by === 'gateway' || by === 'own-service'
      })
    t.not((await send(payload) as { code?: string }).code, 'REQUEST_INVALID', `${method} ${url} takes this body`)
    for (const body of disguises(payload as Json)) {
      t.strictSame(
        await send(body as object),
        { status: 400, code: 'REQUEST_INVALID' },
        `${method} ${url} ${JSON.stringify(body).slice(0, 100)}`
      )
    }
  }
  t.ok(routes > 18, `${String(routes)} routes with a body`)
})
