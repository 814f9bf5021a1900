import { once } from 'node:events'
import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Webhook as Verifier } from 'standardwebhooks'
import type { ShownWebhook } from '@epione/protocol/api'
import { postWebhook } from '../../../../gateway/src/audit/post-webhook.ts'
import { reachable, readWebhooks } from '../../../../gateway/src/audit/webhook-settings.ts'
import type { Webhook } from '../../../../gateway/src/audit/webhook-settings.ts'
import type {} from '../../../../gateway/src/access/log-notes-plugin.ts'
import type {} from '../../../../gateway/src/audit/webhooks-plugin.ts'
import { buildGateway, createConsortium } from '../../../helpers/gateway.ts'
import { activateConsent, bindPractitioner, publishPatient, registerRecord, signRequest } from '../../../helpers/ledger-fixtures.ts'
import { until } from '../../../helpers/sharing.ts'
import { createTlsAuthority } from '../../../helpers/tls-certificates.ts'

/* Signed webhooks to real receivers over TLS: good ones, and some that do what a receiver must not. */

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const authority = createTlsAuthority('receivers')
interface Received { headers: Record<string, string>, body: string }
type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A receiver that keeps what it got. */
async function receive (answer: Answer): Promise<{ port: number, got: Received[], say: (next: Answer) => void }> {
  const got: Received[] = []
  const { certificate: cert, privateKey: key } = authority.issue('receiver')
  let say = answer
  const server = createServer({ cert, key }, (request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      got.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(pieces).toString() })
      say(request, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => { server.closeAllConnections(); server.close() })
  return { port: (server.address() as AddressInfo).port, got, say: (next) => { say = next } }
}
const status = (code: number, headers: Record<string, string> = {}): Answer => (_request, response) => { response.writeHead(code, headers).end('secret of the receiver') }
const hook = (id: string, port: number, filter: Webhook['filter'] = {}): Webhook =>
  ({ id, url: new URL(`https://localhost:${String(port)}/hook`), secret: SECRET, ca: authority.certificate, filter })
const LOOPBACK = reachable(['127.0.0.0/8', '::1'])

let offset = 0
const consortium = await createConsortium(t, { clock: () => Date.now() + offset })
const { world } = consortium
const [good, silent] = [await receive(status(204)), await receive(() => undefined)]
const [patient, other] = [await publishPatient(world), await publishPatient(world)]
const gateway = await buildGateway(t, {
  consortium,
  ports: {
    webhooks: {
      hooks: [hook('mail', good.port, { patientId: patient.patientId }), hook('silent', silent.port, { kind: 'access' })], mayReach: LOOPBACK, timeoutMs: 3_000
    }
  }
})
const reader = await bindPractitioner(world, { mspId: 'Regional1MSP' })
const [record, ofOther] = [await registerRecord(world, reader, patient), await registerRecord(world, reader, other)]
const list = async (subject = 'auditor-wide'): Promise<{ code?: string, items: ShownWebhook[], givesUpAfterMs: number }> => {
  const authorization = `Bearer ${await gateway.token(subject, 'user/AuditEvent.rs')}`
  return (await gateway.app.inject({ url: '/v1/webhooks', headers: { authorization } })).json()
}
const shown = async (id: string): Promise<ShownWebhook | undefined> => (await gateway.app.webhooks.list()).find((one) => one.id === id)
await until(async () => (await gateway.app.store.db.selectFrom('webhook_places').select('hook').execute()).length === 2)

t.test('a notice is delivered, signed as Standard Webhooks says, without records, labels or reasons', async (t) => {
  const { consentId } = await activateConsent(world, patient, reader)
  const { value: event } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))
  await reader.ledger.requestAccess(signRequest(world, reader, other, [ofOther]))
  await until(() => Promise.resolve(good.got.length >= 2))
  t.equal(good.got.length, 2, 'nothing of another patient')
  const messages = good.got.map(({ headers, body }) => new Verifier(SECRET).verify(body, headers) as { type: string, data: object })
  t.match(messages.toSorted((a, b) => a.type < b.type ? -1 : 1), [
    { type: 'epione.access', data: { eventId: event.eventId, patientId: patient.patientId, decision: 'permit', purpose: 'TREAT', actor: { staffId: reader.staffId } } },
    { type: 'epione.consent', data: { change: 'granted', about: consentId, grantee: { staffId: reader.staffId } } }
  ])
  const sent = JSON.stringify(messages)
  for (const word of [record.recordId, record.wrapHash, record.compartment.label, 'receivingKey', 'rule']) t.notOk(sent.includes(word), word)
  const [first] = good.got
  t.throws(() => new Verifier(SECRET).verify(`${first?.body ?? ''} `, first?.headers ?? {}), 'a changed body')
  t.throws(() => new Verifier(`whsec_${Buffer.alloc(32, 8).toString('base64')}`).verify(first?.body ?? '', first?.headers ?? {}), 'another secret')
  await gateway.app.logNotes.flush()
  const notes = (): Promise<Array<{ reading: string }>> => gateway.app.store.db.selectFrom('log_readings').select('reading').where('reader', '=', 'webhook.mail').execute()
  await until(async () => (await notes()).length > 0)
  t.match((await notes()).map(({ reading }) => JSON.parse(reading) as object), [{ as: 'program', patients: [patient.patientId] }], 'the log says what went out')
})

t.test('a failure is tried again with the same id and body, and given up after a day, which is shown', async (t) => {
  await until(async () => (await shown('mail'))?.waiting === 0)
  good.say(status(500))
  const before = good.got.length
  await reader.ledger.requestAccess(signRequest(world, reader, patient, [record]))
  await until(() => Promise.resolve(good.got.length > before))
  offset += 10_000
  await until(() => Promise.resolve(good.got.length > before + 1))
  const [one, again] = good.got.slice(before)
  t.equal(one?.headers['webhook-id'], again?.headers['webhook-id'])
  t.equal(one?.body, again?.body)
  t.ok(new Verifier(SECRET).verify(again?.body ?? '', again?.headers ?? {}))
  await until(async () => (await shown('mail'))?.lastError !== undefined && (await shown('silent'))?.lastError !== undefined)
  const waiting = await shown('mail')
  t.match(waiting, { waiting: 1, lastError: 'Error: the receiver answers 500', dead: { length: 0 } })
  t.notOk(JSON.stringify(waiting).includes('secret'), 'nothing that the receiver said')
  t.match(await shown('silent'), { waiting: Number, lastError: 'Error: the receiver did not answer within 3000 ms', delivered: 0 })
  offset += 25 * 3_600_000
  await until(async () => (await shown('mail'))?.dead.length === 1)
  t.match(await shown('mail'), { waiting: 0, dead: [{ webhookId: one?.headers['webhook-id'], attempts: Number, lastError: 'Error: the receiver answers 500' }] })
  t.match(await list(), { givesUpAfterMs: 24 * 3_600_000 })

  const resend = async (id: string, body: object, subject = 'auditor-wide'): Promise<object> => {
    const authorization = `Bearer ${await gateway.token(subject, 'user/AuditEvent.rs')}`
    const response = await gateway.app.inject({ method: 'POST', url: `/v1/webhooks/${id}/resends`, headers: { authorization }, payload: body })
    return response.json()
  }
  await gateway.enrol('dr-curious')
  t.match(await resend('mail', {}, 'dr-curious'), { code: 'NOT_PERMITTED' })
  t.match(await resend('nobody', {}), { status: 404, code: 'WEBHOOK_UNKNOWN' })
  t.match(await resend('mail', { webhookIds: ['msg_1'] }), { status: 400, code: 'REQUEST_INVALID' })
  t.same(await resend('mail', { webhookIds: [`msg_${'0'.repeat(32)}`] }), { resent: 0 }, 'one that was never given up')
  t.equal((await shown('mail'))?.dead.length, 1)
  good.say(status(204))
  const dead = good.got.length
  t.same(await resend('mail', { webhookIds: [one?.headers['webhook-id']] }), { resent: 1 })
  await until(() => Promise.resolve(good.got.length > dead))
  t.match(good.got.at(-1), { body: one?.body, headers: { 'webhook-id': one?.headers['webhook-id'] } }, 'what was given up is sent again word for word')
  await until(async () => (await shown('mail'))?.waiting === 0)
  t.match(await shown('mail'), { dead: { length: 0 } })
  t.same(await resend('mail', {}), { resent: 0 }, 'once')

  const next = good.got.length
  await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], undefined, { purpose: 'HRESCH' }))
  await until(() => Promise.resolve(good.got.length > next))
  t.match(await list('auditor-own'), { items: { length: 2 } })
  await gateway.enrol('dr-nosy')
  t.match(await list('dr-nosy'), { code: 'NOT_PERMITTED' })
})

t.test('a receiver cannot lead the gateway elsewhere, hold it, or fill it', async (t) => {
  const message = { id: 'msg_1', body: '{}' }
  const inside = await receive(status(200))
  const redirecting = await receive(status(302, { location: `https://localhost:${String(inside.port)}/` }))
  const post = async (to: Webhook, mayReach = LOOPBACK): Promise<void> => { await postWebhook(to, message, { mayReach, timeoutMs: 1_500 }) }
  await t.rejects(post(hook('x', redirecting.port)), /redirects \(302\), which is not followed/)
  t.equal(inside.got.length, 0)
  await t.rejects(post(hook('x', (await receive(status(301, { location: 'http://169.254.169.254/latest/meta-data' }))).port)), /not followed/)
  await t.rejects(post(hook('x', silent.port)), /did not answer within 1500 ms/)
  const endless = await receive((_request, response) => { response.writeHead(200); response.write('x'.repeat(100_000)) })
  await t.rejects(post(hook('x', endless.port)), /too long/)
  const dripping = await receive((_request, response) => { response.writeHead(200); const timer = setInterval(() => response.write('x'), 50); response.on('close', () => { clearInterval(timer) }) })
  await t.rejects(post(hook('x', dripping.port)), /did not answer within/)
  const upgrading = await receive((_request, response) => { response.writeHead(101, { connection: 'upgrade', upgrade: 'else' }).end() })
  await t.rejects(post(hook('x', upgrading.port)), /closed the connection, or changed its protocol/)
  const closing = await receive((request) => { request.socket.end() })
  await t.rejects(post(hook('x', closing.port)), /socket hang up/)
  const breaking = await receive((request, response) => { response.writeHead(200, { 'content-length': '9' }).write('x', () => { request.socket.end() }) })
  await t.rejects(post(hook('x', breaking.port)), /aborted/)
  await t.rejects(post(hook('x', inside.port), reachable([])), /localhost is at an address that webhooks may not go to/, 'a name of a private address')
  await t.rejects(post({ ...hook('x', inside.port), url: new URL(`https://127.0.0.1:${String(inside.port)}/`) }, reachable([])), /127.0.0.1 is no address/)
  await t.rejects(post({ ...hook('x', inside.port), url: new URL(`https://2130706433:${String(inside.port)}/`) }, reachable([])), /127.0.0.1 is no address/, 'the same as a number')
  await t.rejects(post({ ...hook('x', inside.port), url: new URL(`https://[::ffff:127.0.0.1]:${String(inside.port)}/`) }, reachable([])), /is no address/)
  const { ca: _root, ...untrusted } = hook('x', inside.port)
  await t.rejects(post(untrusted), 'a certificate that nobody vouches for')
  t.equal(inside.got.length, 0)
  await post(hook('x', inside.port))
  t.equal(inside.got.length, 1)
})

t.test('which addresses may be reached', (t) => {
  const none = reachable([])
  for (const address of [
    '127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '255.255.255.255', '224.0.0.1', '::1', '::',
    'fe80::1', 'fd00::1', 'fd00:ec2::254', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::1', 'ff02::1', '::7f00:1', '::a9fe:a9fe',
    '4000::1', 'localhost', ''
  ]) t.notOk(none(address), address)
  t.ok(none('93.184.216.34'))
  t.ok(none('2606:2800:220:1::1'))
  const some = reachable(['10.1.2.0/24', '192.168.7.7'])
  t.ok(some('10.1.2.9'))
  t.ok(some('::ffff:10.1.2.9'))
  t.ok(some('192.168.7.7'))
  t.notOk(some('10.1.3.9'))
  t.notOk(some('192.168.7.8'))
  t.end()
})

t.test('settings that open more than both say are refused, each with what is wrong', async (t) => {
  const dir = t.testdir({ secret: `${SECRET}\n`, short: 'whsec_abc' })
  const path = join(dir, 'hooks.json')
  const read = async (url: string, { secretFile = join(dir, 'secret'), hosts = ['mail.core.example:443'], more = {} } = {}): ReturnType<typeof readWebhooks> => {
    writeFileSync(path, JSON.stringify({ format: 1, hooks: [{ id: 'mail', url, secretFile, ...more }] }))
    return await readWebhooks({ file: path, hosts, addresses: [] })
  }
  t.match(await read('https://mail.core.example/epione'), { hooks: [{ id: 'mail', secret: SECRET, filter: {} }] })
  t.equal(await readWebhooks({ file: undefined, hosts: [], addresses: [] }), undefined)
  await t.rejects(read('https://mail.core.example:8443/'), /sends mail to mail.core.example:8443, which WEBHOOK_HOSTS does not list/)
  await t.rejects(read('http://mail.core.example/'), /does not fit at/)
  await t.rejects(read('https://user:word@mail.core.example/'), /without name and password/)
  await t.rejects(read('https://mail.core.example/', { secretFile: join(dir, 'short') }), /is not whsec_/)
  await t.rejects(read('https://mail.core.example/', { secretFile: join(dir, 'none') }), /secretFile/)
  await t.rejects(read('https://mail.core.example/', { more: { filter: { decision: 'maybe' } } }), /does not fit at/)
  await t.rejects(readWebhooks({ file: join(dir, 'secret'), hosts: [], addresses: [] }), /is not JSON/)
})
