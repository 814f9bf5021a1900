import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect, createServer as createTcpServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import process from 'node:process'
import { buffer, text } from 'node:stream/consumers'
import t from 'tap'
import { IssuerFinder, OwnConnections, PortalService, readSite } from '@epione/portal-service'
import { writeSite } from '../../helpers/portal.ts'
import { rawRequest } from '../../helpers/raw-http.ts'
import type { RawAnswer } from '../../helpers/raw-http.ts'
import { createTlsAuthority } from '../../helpers/tls-certificates.ts'

const seen: Array<{ method: string, url: string, headers: IncomingMessage['headers'], body: string }> = []
let answerWith: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => { response.setHeader('content-type', 'application/json').end('{}') }
const upstream = createServer((request, response) => {
  buffer(request).then((body) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: body.toString() })
    if (request.url === '/.well-known/oauth-protected-resource') response.setHeader('content-type', 'application/json').end(JSON.stringify({ authorization_servers: [`${upstreamUrl}/realms/core`] }))
    else answerWith(request, response)
  }, () => { response.destroy() })
}).listen(0, '127.0.0.1')
await once(upstream, 'listening')
t.teardown(() => { upstream.close(); upstream.closeAllConnections() })
const upstreamUrl = `http://127.0.0.1:${String((upstream.address() as AddressInfo).port)}`

const site = await readSite(await writeSite(t.testdir({}), {
  'site/index.html': '<!doctype html><title>pages</title>', 'site/assets/main-1.js': 'void 0', 'frame/text.html': '<script>1</script>'
}))
const gateway = { mspId: 'CoreMSP', id: 'core', name: 'Core', url: upstreamUrl, tlsCaPem: '' }
const config = { edition: 'installed', network: { networkName: 'memory' } }
const service = await PortalService.listen({ label: 'epione-test', port: 0, site, config, gateways: [{ ...gateway, tlsCaPem: undefined as unknown as string }] })
t.teardown(async () => { await service.close() })
const { host, port } = new URL(service.origin)
const FETCH = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
const OPEN = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html' }

async function ask (path: string, options: Parameters<typeof rawRequest>[2] = {}): Promise<RawAnswer> {
  return await rawRequest(Number(port), path, { ...options, headers: { host, ...options.headers } })
}

async function enter (ticket = service.printAddress().split('#')[1] ?? ''): Promise<RawAnswer> {
  const body = JSON.stringify({ ticket })
  return await ask('/session', { method: 'POST', headers: { ...FETCH, origin: service.origin, 'content-length': String(body.length) }, body })
}
const cookieIn = ({ headers }: RawAnswer): string => headers['set-cookie']?.[0]?.split(';')[0] ?? ''
const COOKIE = { cookie: cookieIn(await enter()) }

t.test('an address of the terminal lets one browser in, once', async (t) => {
  const address = service.printAddress()
  t.match(address, /^http:\/\/epione-test\.localhost:[0-9]+\/enter#[A-Za-z0-9_-]{43}$/)
  const page = await ask('/enter', { headers: OPEN })
  t.match(page, { status: 200, headers: { 'content-security-policy': /default-src 'none'.*script-src 'sha256-/ } })
  const ticket = address.split('#')[1] ?? ''
  const entered = await enter(ticket)
  t.match(entered, { status: 204, headers: { 'set-cookie': [/^epione-portal=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/] } })
  t.match(await enter(ticket), { status: 401, json: { code: 'SESSION_ENDED' } }, 'used')
  t.match(await enter('x'.repeat(43)), { status: 401 })
  t.match(await ask('/session', { method: 'POST', headers: { ...FETCH, origin: service.origin, 'content-length': '9' }, body: '{"ticket"' }), { status: 400, json: { code: 'REQUEST_INVALID' } })
  t.match(await ask('/session', { method: 'POST', headers: { ...FETCH, origin: service.origin, 'content-length': '9000' }, body: ' '.repeat(9000) }), { status: 413 })
  t.match(await ask('/session', { headers: FETCH }), { status: 405 })
  t.match(await ask('/', { headers: { ...OPEN, cookie: cookieIn(entered) } }), { status: 200, body: /pages/ })
})

t.test('nothing but the way in is told to who was not let in', async (t) => {
  t.match(await ask('/', { headers: OPEN }), { status: 401, body: /terminal/ })
  t.match(await ask('/assets/main-1.js', { headers: FETCH }), { status: 401 })
  t.match(await ask('/', { headers: { ...OPEN, cookie: `epione-portal=${'x'.repeat(43)}` } }), { status: 401 })
  for (const path of ['/portal.json', '/gateways/core/v1/network', '/issuers/core/token']) {
    t.match(await ask(path, { headers: FETCH }), { status: 401, json: { code: 'SESSION_ENDED' } }, path)
  }
  t.equal(seen.length, 0, 'no hospital was asked')
})

t.test('pages travel with a policy that leaves them nothing to run, ask or be shown in', async (t) => {
  const { headers, status, body } = await ask('/', { headers: { ...OPEN, ...COOKIE } })
  t.match({ status, body }, { status: 200, body: /pages/ })
  const policy = String(headers['content-security-policy'])
  for (const part of [
    "default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", 'trusted-types epione-worker',
    `script-src ${service.origin}/assets/`, `frame-src ${service.origin}/frame/`,
    `connect-src ${service.origin}/portal.json ${service.origin}/gateways/core/ ${service.origin}/issuers/core/`
  ]) t.ok(policy.split('; ').includes(part), part)
  t.notMatch(policy, /unsafe|'self'|\*/)
  t.match(headers, {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'permissions-policy': /camera=\(\)/,
    'cache-control': 'no-store'
  })
  t.match(await ask('/records/7', { headers: { ...OPEN, ...COOKIE } }), { status: 200, body: /pages/ }, 'an address of the pages')
  t.match(await ask('/assets/none.js', { headers: { ...FETCH, ...COOKIE } }), { status: 404 })
  t.match(await ask('/assets/main-1.js', { headers: { ...FETCH, ...COOKIE } }), { status: 200, body: 'void 0', headers: { 'content-type': /^text\/javascript/ } })
  t.match(await ask('/', { method: 'DELETE', headers: { ...FETCH, ...COOKIE } }), { status: 405 })
  const frame = await ask('/frame/text.html', { headers: { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' } })
  t.match(frame, { status: 200, headers: { 'content-security-policy': /sandbox allow-scripts; script-src 'sha256-[^ ]+'; style-src 'none'/ } })
  t.notMatch(frame.headers['content-security-policy'], /allow-same-origin|connect-src/)
  t.match(await ask('/frame/text.html', { headers: OPEN }), { status: 404 }, 'nobody opens one by itself')
  t.match(await ask('/portal.json', { headers: { ...FETCH, ...COOKIE } }), { status: 200, json: config })
})

t.test('other names, origins and sites are refused, also with the cookie', async (t) => {
  for (const name of [`localhost:${port}`, `127.0.0.1:${port}`, 'evil.example', `epione-test.localhost.evil.example:${port}`, 'epione-test.localhost']) {
    t.match(await ask('/', { headers: { ...OPEN, ...COOKIE, host: name } }), { status: 421, json: { code: 'ADDRESS_FOREIGN' } }, name)
  }
  const data = '/gateways/core/v1/network'
  for (const headers of [
    { ...FETCH, origin: 'http://evil.example' },
    { ...FETCH, origin: 'null' },
    { ...FETCH, origin: `http://localhost:${port}` },
    { ...FETCH, 'sec-fetch-site': 'cross-site' },
    { ...FETCH, 'sec-fetch-site': 'same-site' },
    { ...FETCH, 'sec-fetch-site': 'none' },
    { ...FETCH, 'sec-fetch-dest': 'script' },
    { ...FETCH, 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' },
    { ...OPEN, 'sec-fetch-site': 'same-origin' },
    {}
  ]) {
    t.match(await ask(data, { headers: { ...headers, ...COOKIE } }), { status: 403, json: { code: 'ORIGIN_FOREIGN' } }, JSON.stringify(headers))
  }
  t.match(await ask('/assets/main-1.js', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script', ...COOKIE } }), { status: 403 })
  t.equal(seen.length, 0, 'no hospital was asked')
})

t.test('another user of the machine gets no answer at all', async (t) => {
  const foreign = await PortalService.listen({ label: 'epione-test', port: 0, site, config, gateways: [], connections: new OwnConnections(() => Promise.resolve(1001), 1000) })
  t.teardown(async () => { await foreign.close() })
  const { port: foreignPort, host: foreignHost } = new URL(foreign.origin)
  await t.rejects(rawRequest(Number(foreignPort), '/enter', { headers: { host: foreignHost, ...OPEN } }), { code: 'ECONNRESET' })
  const silent = connect(Number(foreignPort), '127.0.0.1')
  silent.on('error', () => undefined)
  await once(silent, 'close')
  t.pass('nor room for a connection that asks nothing')
  if (process.platform !== 'linux' || process.getuid?.() !== 0) { t.comment('only root can be somebody else'); return }
  const script = `require('http').get({ host: '127.0.0.1', port: ${port}, path: '/enter', headers: { host: '${host}' } }, (a) => console.log('answered', a.statusCode)).on('error', (e) => console.log(e.code))`
  const asked = async (uid: number): Promise<string> => {
    const child = spawn(process.execPath, ['-e', script], { uid, gid: uid, cwd: '/', env: {}, stdio: ['ignore', 'pipe', 'inherit'] })
    return (await text(child.stdout)).trim()
  }
  t.equal(await asked(54_321), 'ECONNRESET')
  t.equal(await asked(0), 'answered 200', 'the same question of the own user')
})

t.test('what the pages ask goes on to the hospital of the network file, without what is of this machine', async (t) => {
  seen.length = 0
  const headers = { ...FETCH, ...COOKIE, authorization: 'Bearer abc', 'content-type': 'application/json', 'idempotency-key': 'k', 'accept-language': 'de', 'user-agent': 'me', origin: service.origin, referer: service.origin, 'x-forwarded-for': '10.0.0.1' }
  answerWith = (_request, response) => {
    response.writeHead(201, { 'content-type': 'application/json; charset=utf-8', 'set-cookie': 'epione-portal=theirs', 'access-control-allow-origin': '*', 'content-security-policy': 'default-src *', 'www-authenticate': 'Basic', etag: '"1"', 'retry-after': '2' })
    response.end('{"ok":true}')
  }
  const answer = await ask('/gateways/core/v1/records?limit=2', { method: 'POST', headers, body: '{"a":1}' })
  t.match(answer, { status: 201, json: { ok: true }, headers: { etag: '"1"', 'retry-after': '2', 'content-type': 'application/json', 'content-security-policy': /^default-src 'none'.*sandbox$/ } })
  for (const name of ['set-cookie', 'access-control-allow-origin', 'www-authenticate']) t.notOk(answer.headers[name], name)
  t.match(seen, [{ method: 'POST', url: '/v1/records?limit=2', body: '{"a":1}', headers: { authorization: 'Bearer abc', 'idempotency-key': 'k', host: new URL(upstreamUrl).host } }])
  for (const name of ['cookie', 'origin', 'referer', 'accept-language', 'user-agent', 'x-forwarded-for', 'sec-fetch-site']) t.notOk(seen[0]?.headers[name], name)

  answerWith = (_request, response) => { response.writeHead(200, { 'content-type': 'text/html' }).end('<script>steal()</script>') }
  t.match(await ask('/gateways/core/v1/x', { headers: { ...FETCH, ...COOKIE } }), { status: 200, headers: { 'content-type': 'application/octet-stream' } }, 'a page of a hospital is bytes')
  answerWith = (_request, response) => { response.writeHead(302, { location: 'http://169.254.169.254/' }).end() }
  t.match(await ask('/gateways/core/v1/x', { headers: { ...FETCH, ...COOKIE } }), { status: 502, json: { code: 'HOSPITAL_UNREACHABLE' } })
  seen.length = 0
  for (const path of ['/gateways/elsewhere/v1/x', '/gateways/core/metrics', '/gateways/core/v1/../metrics', '/gateways/core/v1/%2e%2e/metrics', '/gateways/core/v1/..%2fmetrics', '/gateways/core//v1/x', '/gateways/core@evil.example/v1/x']) {
    t.match(await ask(path, { headers: { ...FETCH, ...COOKIE } }), { status: 404, json: { code: 'NOT_FOUND' } }, path)
  }
  t.match(await ask('/gateways/core/v1/x', { method: 'DELETE', headers: { ...FETCH, ...COOKIE } }), { status: 405 })
  t.match(await ask('/gateways/core/v1/x', { method: 'POST', headers: { ...FETCH, ...COOKIE, 'content-type': 'application/json', 'content-length': String(2 ** 25) } }), { status: 413, json: { code: 'REQUEST_TOO_LARGE' } })
  t.equal(seen.length, 0, 'none of these was asked of a hospital')
})

t.test('bytes and events pass piece by piece, and a page that leaves ends them', async (t) => {
  const left = Promise.withResolvers<undefined>()
  const streamed: ServerResponse[] = []
  answerWith = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n')
    response.on('close', () => { left.resolve(undefined) })
    streamed.push(response)
  }
  const { request } = await import('node:http')
  const asked = request({ host: '127.0.0.1', port, path: '/gateways/core/v1/follow', headers: { host, ...FETCH, ...COOKIE } }).end()
  const [answer] = await once(asked, 'response') as [IncomingMessage]
  t.match(answer.headers, { 'content-type': 'text/event-stream' })
  t.equal(String((await once(answer, 'data'))[0]), 'data: first\n\n', 'before the answer ends')
  streamed[0]?.write('data: second\n\n')
  t.equal(String((await once(answer, 'data'))[0]), 'data: second\n\n')
  asked.destroy()
  await left.promise
  t.pass('the hospital sees that nobody follows any more')
})

t.test('the identity provider is found at the gateway, and only what is below it is asked', async (t) => {
  seen.length = 0
  answerWith = (_request, response) => { response.setHeader('content-type', 'application/json').end('{"access_token":"t"}') }
  const headers = { ...FETCH, ...COOKIE, 'content-type': 'application/x-www-form-urlencoded' }
  t.match(await ask('/issuers/core/realms/core/token', { method: 'POST', headers, body: 'code=1' }), { status: 200, json: { access_token: 't' } })
  t.match(seen.map(({ url }) => url), ['/.well-known/oauth-protected-resource', '/realms/core/token'])
  t.match(await ask('/issuers/core/.well-known/openid-configuration', { headers }), { status: 200 })
  t.match(await ask('/issuers/core/admin', { headers }), { status: 404 })
  t.match(await ask('/issuers/core/realms/core/../../admin', { headers }), { status: 404 })
  t.match(await ask('/issuers/other/token', { headers }), { status: 404 })
})

t.test('no hospital names the root of another, nor keeps the service reading, nor has it ask this machine', async (t) => {
  const authority = createTlsAuthority('tls.core')
  const { certificate, privateKey } = authority.issue('core')
  const core = createSecureServer({ cert: certificate, key: privateKey }, (_request, response) => { response.setHeader('content-type', 'application/json').end('{"of":"core"}') }).listen(0, '127.0.0.1')
  let named = ''
  let written = 0
  const hostile = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    if (named !== '') { response.end(JSON.stringify({ authorization_servers: [named] })); return }
    const more = (): void => {
      while (!response.destroyed && response.write(' '.repeat(65_536))) written += 65_536
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  }).listen(0, '127.0.0.1')
  await Promise.all([once(core, 'listening'), once(hostile, 'listening')])
  const addressOf = (server: typeof hostile | typeof core, scheme: string): string => `${scheme}://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const own = { mspId: 'CoreMSP', id: 'core', name: 'Core', url: addressOf(core, 'https'), tlsCaPem: authority.certificate }
  const other = { mspId: 'EvilMSP', id: 'evil', name: 'Evil', url: addressOf(hostile, 'http'), tlsCaPem: createTlsAuthority('tls.evil').certificate }
  const both = await PortalService.listen({ label: 'epione-test', port: 0, site, config, gateways: [other, own] })
  t.teardown(async () => {
    await both.close()
    for (const server of [core, hostile]) { server.close(); server.closeAllConnections() }
  })
  const [bothPort, body] = [new URL(both.origin).port, JSON.stringify({ ticket: both.printAddress().split('#')[1] })]
  const headers = { ...FETCH, host: new URL(both.origin).host }
  const cookie = cookieIn(await rawRequest(Number(bothPort), '/session', { method: 'POST', headers: { ...headers, 'content-length': String(body.length) }, body }))
  const asks = async (path: string): Promise<RawAnswer> => await rawRequest(Number(bothPort), path, { headers: { ...headers, cookie } })

  const unreachable = { status: 502, json: { code: 'HOSPITAL_UNREACHABLE' } }
  t.match(await asks('/issuers/evil/token'), unreachable, 'an answer without end')
  t.ok(written < 2 ** 26, `${String(written)} bytes were taken at most`)
  named = own.url
  t.match(await asks('/issuers/evil/token'), unreachable, 'core proves itself by its own root alone')
  t.match(await asks('/issuers/core/token'), { status: 404 }, 'people sign in at their own hospital alone')
  t.match(await asks('/gateways/core/v1/x'), { status: 200, json: { of: 'core' } }, 'and is asked by that, whoever named it before')

  const finder = new IssuerFinder({ read: () => Promise.resolve({ authorization_servers: [named] }) })
  for (const [at, name] of [
    'https://127.0.0.2', 'https://localhost.', 'https://printer.localhost', 'https://0.0.0.0', 'https://[::]', 'https://[::ffff:127.0.0.1]', 'https://2130706433', 'http://hospital.example', 'file:///etc', 'nothing'
  ].entries()) {
    named = name
    await t.rejects(finder.find({ ...other, id: String(at), url: 'https://hospital.example' }), { code: 'HOSPITAL_UNREACHABLE' }, name)
  }
  named = 'https://127.evil.example/realms/core'
  t.match(await finder.find({ ...other, id: 'far', url: 'https://hospital.example' }), { url: 'https://127.evil.example', path: '/realms/core' })
})

t.test('an identity provider\'s way back leads to the pages, as one of their own', async (t) => {
  const back = await ask('/signed-in?code=1&state=2&evil=%0d%0aset-cookie', { headers: { ...OPEN, host: `127.0.0.1:${port}`, 'sec-fetch-site': 'cross-site' } })
  t.match(back, { status: 303, headers: { location: `${service.origin}/signed-in?code=1&state=2` } })
  t.match(await ask('/signed-in?code=1', { headers: { ...OPEN, 'sec-fetch-site': 'cross-site' } }), { status: 200, body: /location\.replace/ })
  t.match(await ask('/signed-in?code=1', { headers: { ...OPEN, 'sec-fetch-site': 'same-origin' } }), { status: 401 })
  t.match(await ask('/signed-in?code=1', { headers: { ...OPEN, ...COOKIE, 'sec-fetch-site': 'same-origin' } }), { status: 200, body: /pages/ })
})

t.test('a port of which another program has one half is not taken', async (t) => {
  const squatter = createTcpServer().listen(0, '::1')
  const listening = await Promise.race([once(squatter, 'listening').then(() => true), once(squatter, 'error').then(() => false)])
  if (!listening) { t.comment('no IPv6 here'); return }
  t.teardown(() => squatter.close())
  const taken = (squatter.address() as AddressInfo).port
  await t.rejects(PortalService.listen({ label: 'epione-test', port: taken, site, config, gateways: [] }), { code: 'PORT_TAKEN' })
})
