import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSite } from '@epione/portal-service'
import t from 'tap'
import { readConfig } from '../../../gateway/src/config.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { Consortium } from '../../helpers/gateway.ts'
import { signFounding } from '../../helpers/founding.ts'
import { randomHash } from '../../helpers/ledger-fixtures.ts'
import { MemoryBlocks } from '../../helpers/memory-connection.ts'
import { MemoryLedger } from '../../helpers/memory-ledger.ts'
import { writeSite } from '../../helpers/portal.ts'

/* What a gateway serves of the portal, and what it keeps to itself. The pages in a browser: unit/portal/served. */

const site = await readSite(await writeSite(t.testdir({}), {
  'site/index.html': '<!doctype html><title>pages</title>', 'site/assets/main-1.js': 'void 0', 'frame/text.html': '<script>1</script>'
}))
const consortium = await createConsortium(t)
const { app, config } = await buildGateway(t, { consortium, ports: { pages: site } })
const other = await buildGateway(t, { consortium, mspId: 'Regional1MSP', listen: true })
const OPEN = { accept: 'text/html,*/*' }
type Answer = Awaited<ReturnType<typeof app.inject>>
const get = async (url: string, headers: Record<string, string> = {}): Promise<Answer> => await app.inject({ method: 'GET', url, headers })

t.test('pages come with the policies of the installed copy, their own origin and the issuer\'s', async (t) => {
  for (const path of ['/', '/signed-in?code=x&state=y', '/audit/log', '/start/restore']) {
    const { statusCode, headers, body } = await get(path, OPEN)
    t.match({ statusCode, body }, { statusCode: 200, body: '<title>pages' }, path)
    t.match(headers, {
      'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin', 'x-content-type-options': 'nosniff'
    })
    const policy = String(headers['content-security-policy'])
    for (const rule of [
      "default-src 'none'", "frame-ancestors 'none'", `script-src ${config.publicUrl}/assets/`, "require-trusted-types-for 'script'", 'trusted-types epione-worker',
      `connect-src ${config.publicUrl}/portal.json ${config.publicUrl}/v1/ ${config.publicUrl}/.well-known/ ${config.publicUrl}/health/ready ${config.publicUrl}/gateways/regional1/ ${config.publicUrl}/gateways/regional2/ ${config.oidc.issuer}`
    ]) t.ok(policy.split('; ').includes(rule), `${rule} in ${policy}`)
  }
  t.match(await get('/assets/main-1.js'), { statusCode: 200, body: 'void 0', headers: { 'content-type': 'text/javascript; charset=utf-8' } })
  t.equal((await app.inject({ method: 'HEAD', url: '/', headers: OPEN })).statusCode, 200)
})

t.test('what is no page is answered as before: routes, their refusals, other methods, frames of records', async (t) => {
  const problem = { statusCode: 404, headers: { 'content-type': 'application/problem+json' }, body: 'NOT_FOUND' }
  for (const path of [
    '/v1/unknown', '/v1', '/health/redy', '/gateways/regional1', '/.well-known/unknown', '/assets/none.js', '/frame/text.html', '/build.json'
  ]) t.match(await get(path, path === '/build.json' ? {} : OPEN), problem, path)
  t.match(await get('/fhir/unknown', OPEN), { statusCode: 404, headers: { 'content-type': 'application/fhir+json' } })
  t.match(await app.inject({ method: 'POST', url: '/', payload: {} }), problem)
  t.match(await get('/v1/network'), { statusCode: 200, body: '"documentHash"' })
  t.match(await get('/v1/access-events', OPEN), { statusCode: 401, body: 'TOKEN_MISSING' })
  t.match(await other.app.inject({ method: 'GET', url: '/', headers: OPEN }), problem, 'a gateway without the setting serves none')
  t.match(await other.app.inject({ method: 'GET', url: '/gateways/core/v1/network' }), problem, 'and passes nothing on')
})

t.test('the pages are told that they are a hospital\'s copy, and whose', async (t) => {
  const answer = await get('/portal.json')
  t.match(answer.headers, { 'content-security-policy': /sandbox/, 'content-type': 'application/json; charset=utf-8' })
  interface Told { edition: string, network: { networkId: string, gateways: Array<{ id: string, url: string }> } }
  const { edition, network } = answer.json<Told>()
  t.match({ edition, networkId: network.networkId }, { edition: 'served', networkId: consortium.network.networkId })
  t.strictSame(network.gateways.map(({ id }) => id), ['core', 'regional1', 'regional2'], 'the own one first')
  t.equal(network.gateways[0]?.url, config.publicUrl)
})

t.test('other hospitals are asked by the root of the network file, below /v1/ alone; their refusals come back', async (t) => {
  const { statusCode, headers, body } = await get('/gateways/regional1/v1/network')
  t.match({ statusCode, body: JSON.parse(body) as object }, { statusCode: 200, body: { organization: { mspId: 'Regional1MSP' } } })
  t.match(headers, { 'content-security-policy': /sandbox/, 'content-type': 'application/json' })
  t.match(await get('/gateways/regional1/v1/access-events'), { statusCode: 401, body: 'TOKEN_MISSING' })
  t.match(await get('/gateways/regional1/v1/peer/ledger-head'), { statusCode: 401, body: 'PEER_UNKNOWN' }, 'our certificate is not shown for a stranger')
  const posted = await app.inject({ method: 'POST', url: '/gateways/regional1/v1/revocations', headers: { 'content-type': 'application/json' }, payload: '{"statement":{}}' })
  t.match(posted, { statusCode: 400, body: 'REQUEST_INVALID' })
  for (const path of ['/gateways/regional1/docs', '/gateways/regional1/v1/../docs', '/gateways/regional1/v1/%2e%2e/docs', '/gateways/core/v1/network', '/gateways/elsewhere/v1/network']) {
    t.match(await get(path), { statusCode: 404, body: 'NOT_FOUND' }, path)
  }
  const large = await app.inject({ method: 'POST', url: '/gateways/regional1/v1/revocations', headers: { 'content-type': 'application/json' }, payload: 'x'.repeat(200_000) })
  t.match(large, { statusCode: 413, body: 'REQUEST_TOO_LARGE' })
  t.match(await get('/gateways/regional2/v1/network'), { statusCode: 503, body: 'PEER_UNAVAILABLE' }, 'nobody listens there')
})

/** The same hospitals on a ledger whose founding names these builds. */
async function foundWith (builds: Array<{ name: string, hash: string }>): Promise<Consortium> {
  const before = await createConsortium(t)
  const document = { ...before.network.document, builds }
  const memory = new MemoryLedger()
  await memory.clientFor({ mspId: 'Regional2MSP', staffId: 'admin', admin: true }).found(signFounding(document))
  return { ...before, network: { ...before.network, document }, blocks: new MemoryBlocks(memory) }
}

t.test('where the members agreed on a build, that one is served and no other; the gateway itself goes on', async (t) => {
  const agreed = await buildGateway(t, { consortium: await foundWith([{ name: 'portal', hash: site.build }]), ports: { pages: site } })
  t.equal((await agreed.app.inject({ method: 'GET', url: '/', headers: OPEN })).statusCode, 200)
  const foreign = await buildGateway(t, { consortium: await foundWith([{ name: 'portal', hash: randomHash() }]), ports: { pages: site } })
  for (const path of ['/', '/assets/main-1.js']) {
    const answer = await foreign.app.inject({ method: 'GET', url: path, headers: OPEN })
    t.match(answer, { statusCode: 503, body: 'NOT_READY' }, path)
    t.notMatch(answer.body, 'pages</title>')
  }
  t.equal((await foreign.app.inject({ method: 'GET', url: '/v1/network' })).statusCode, 200)
  t.ok(foreign.log.some((line) => line.includes('none that the network document names')), 'its admin is told')
})

t.test('pages that are not as they were built are not read, and a setting that names none is refused', async (t) => {
  const folder = await writeSite(t.testdir({}), { 'site/index.html': 'as built' })
  await writeFile(join(folder, 'site', 'index.html'), 'changed')
  await t.rejects(readSite(folder), { code: 'SITE_DAMAGED' })
  t.throws(() => readConfig({ PAGES_DIR: '' }), /PAGES_DIR/)
})
