import { gzipSync } from 'node:zlib'
import t from 'tap'
import { createOpenapiDocument } from '../../../gateway/src/admin/openapi.ts'
import { buildGateway } from '../../helpers/gateway.ts'

/* One form of body for each route, no coding of it (RFC 9110 §8.4, §15.5.16). */

const WITH_BODY = ['POST', 'PUT', 'PATCH', 'DELETE']
const gateway = await buildGateway(t)
await gateway.enrol('dr-a')
const authorization = `Bearer ${await gateway.token('dr-a', 'user/DocumentReference.c user/DocumentReference.rs user/Patient.c system/Practitioner.c')}`
const upload = async (headers: Record<string, string>, payload: Buffer | string): Promise<{ statusCode: number, headers: Record<string, unknown>, code: unknown }> => {
  const answer = await gateway.app.inject({ method: 'POST', url: '/v1/contents', headers: { authorization, ...headers }, payload })
  return { statusCode: answer.statusCode, headers: answer.headers, code: answer.json<{ code?: unknown }>().code }
}

t.test('a coded body is refused on every route that takes one', async (t) => {
  const routes = Object.entries((await createOpenapiDocument() as { paths: Record<string, object> }).paths).flatMap(([path, methods]) => Object.keys(methods)
    .map((method) => method.toUpperCase()).filter((method) => WITH_BODY.includes(method))
    .map((method) => ({ method: method as 'POST', url: path.replaceAll(/\{[^}]*\}/g, '1') })))
  t.ok(routes.length > 20)
  const refused = new Set<string>()
  for (const { method, url } of routes) {
    const session = `Session ${'A'.repeat(20)}`
    for (const credentials of [authorization, session]) {
      const type = url.includes('contents') ? 'application/octet-stream' : 'application/json'
      const answer = await gateway.app.inject({ method, url, headers: { authorization: credentials, 'content-type': type, 'content-encoding': 'gzip' }, payload: gzipSync('{}') })
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
    t.match(await upload({ ...octets, 'content-encoding': coding }, bytes), { statusCode: 415, code: 'MEDIA_TYPE_UNSUPPORTED', headers: { 'accept-encoding': 'identity' } }, coding)
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
  t.match((await gateway.app.inject({ method: 'POST', url: '/v1/revocations', headers: { 'content-type': 'application/json; charset=utf-8' }, payload: '{}' })).json(), { status: 400 })
  t.match((await gateway.app.inject({ method: 'POST', url: '/v1/nowhere', headers: { 'content-type': 'text/plain' }, payload: 'x' })).json(), { status: 404 })
})
