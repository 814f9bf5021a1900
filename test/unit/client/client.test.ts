import t from 'tap'
import { createGatewayClient, GatewayProblem, isProblem, itemsOf, unwrap } from '../../../client/src/index.ts'
import type { Answered, Fetch } from '../../../client/src/index.ts'
import { generateSchema, readSchema } from '../../../client/generate.ts'
import { PROBLEMS } from '../../../gateway/src/problems/catalogue.ts'
import { BROWSER_DEADLINE_MS, bundleForBrowser, runInBrowser } from '../../helpers/browser.ts'
import { buildGateway } from '../../helpers/gateway.ts'

const BASE = 'https://gateway.hospital.example'

interface Sent { method: string, authorization: string | null, body: string }

/** Answers one after the other, and keeps what was sent. */
function script (...answers: Array<Response | Error>): { fetch: Fetch, sent: Sent[], waits: number[], retries: object } {
  const sent: Sent[] = []
  const waits: number[] = []
  return {
    sent,
    waits,
    retries: { wait: async (ms: number) => { waits.push(ms); await Promise.resolve() } },
    fetch: async (request) => {
      sent.push({ method: request.method, authorization: request.headers.get('authorization'), body: await request.text() })
      const answer = answers.shift()
      if (answer === undefined) throw new Error('asked too often')
      if (answer instanceof Error) throw answer
      return answer
    }
  }
}
const busy = (status: number, retryAfter?: string): Response => new Response(JSON.stringify({ code: 'UNAVAILABLE', detail: 'later', title: '', type: '', instance: '', status }), {
  status, headers: { 'content-type': 'application/problem+json', ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }) }
})
const good = (): Response => Response.json({ status: 'live' })

t.test('the types are those of the committed API document', async (t) => {
  t.ok(await readSchema() === await generateSchema(), 'after a change: npm run openapi -w gateway')
})

t.test('every code of the catalogue is one of the union', async (t) => {
  const schema = await readSchema()
  const union = /ProblemCode: ([^;]+);/.exec(schema)?.[1]?.split(' | ').map((code) => JSON.parse(code) as string)
  t.same(union, PROBLEMS.map(({ code }) => code))
})

t.test('what counts once is sent again, after the time that the gateway names', async (t) => {
  const { fetch, sent, waits, retries } = script(new TypeError('reset'), busy(503, '7'), busy(502), good())
  const client = createGatewayClient({ baseUrl: BASE, fetch, retries })
  t.same(await unwrap(client.GET('/health/live')), { status: 'live' })
  t.equal(sent.length, 4)
  t.equal(waits[1], 7_000)
  t.ok(waits.every((ms) => ms >= 250 && ms <= 7_000), waits.join())
})

t.test('a session is asked for anew at each try, and a body is sent whole', async (t) => {
  let sessions = 0
  const { fetch, sent, retries } = script(busy(429), busy(429), Response.json({}, { status: 201 }))
  const client = createGatewayClient({ baseUrl: BASE, fetch, retries, authorization: () => `Session ${++sessions}` })
  await unwrap(client.POST('/v1/practitioners', { body: { subject: 'dr-k', role: 'nurse' } }))
  t.same(sent.map(({ authorization }) => authorization), ['Session 1', 'Session 2', 'Session 3'])
  t.same(new Set(sent.map(({ body }) => body)), new Set(['{"subject":"dr-k","role":"nurse"}']))
})

t.test('what may have been done already is not sent again, but with a key', async (t) => {
  const body = { subject: 'dr-k', role: 'nurse' }
  for (const first of [busy(503, '1'), new TypeError('reset')]) {
    const { fetch, sent, retries } = script(first, Response.json({}, { status: 201 }))
    await t.rejects(unwrap(createGatewayClient({ baseUrl: BASE, fetch, retries }).POST('/v1/practitioners', { body })))
    t.equal(sent.length, 1)
  }
  const { fetch, sent, retries } = script(busy(503, '1'), new TypeError('reset'), Response.json({}, { status: 201 }))
  await unwrap(createGatewayClient({ baseUrl: BASE, fetch, retries }).POST('/v1/practitioners', { body, params: { header: { 'Idempotency-Key': 'k' } } }))
  t.equal(sent.length, 3)
})

t.test('retries end: by number, by a wait that is too long, by whoever stops waiting, and where none are wanted', async (t) => {
  const often = script(busy(503), busy(503), busy(503), busy(503), good())
  await t.rejects(unwrap(createGatewayClient({ baseUrl: BASE, ...often }).GET('/health/live')), { code: 'UNAVAILABLE', status: 503 })
  t.equal(often.sent.length, 4)
  const long = script(busy(429, '3600'), good())
  await t.rejects(unwrap(createGatewayClient({ baseUrl: BASE, ...long }).GET('/health/live')), { name: 'GatewayProblem', retryAfterSeconds: 3600 } as Partial<GatewayProblem> as Error)
  const stopped = script(busy(503, '20'), good())
  const end = new AbortController()
  const call = unwrap(createGatewayClient({ baseUrl: BASE, fetch: stopped.fetch }).GET('/health/live', { signal: end.signal }))
  setTimeout(() => { end.abort(new Error('enough')) }, 10)
  await t.rejects(call, /enough/)
  t.equal(stopped.sent.length, 1)
  const none = script(busy(503), good())
  await t.rejects(unwrap(createGatewayClient({ baseUrl: BASE, fetch: none.fetch, retries: false }).GET('/health/live')), GatewayProblem)
  for (const baseUrl of ['gateway', 'file:///x', 'https://gateway.example/api', 'https://a@gateway.example']) {
    t.throws(() => createGatewayClient({ baseUrl }), TypeError, baseUrl)
  }
})

t.test('refusals are problems with a code, whoever wrote them', async (t) => {
  const refusal = async (response: Response): Promise<unknown> =>
    await unwrap(createGatewayClient({ baseUrl: BASE, fetch: async () => await Promise.resolve(response), retries: false }).GET('/health/live') as Promise<Answered<unknown>>)
      .catch((error: unknown) => error)
  const gone = await refusal(Response.json({ code: 'NOT_FOUND', detail: 'no', more: 1 }, { status: 404 }))
  t.ok(isProblem(gone, 'NOT_FOUND', 'SUSPENDED') && gone.problem['more'] === 1 && gone.message === 'NOT_FOUND: no')
  t.notOk(isProblem(gone, 'SUSPENDED') || isProblem(new Error('NOT_FOUND'), 'NOT_FOUND'))
  const outcome = { resourceType: 'OperationOutcome', issue: [{ code: 'forbidden', diagnostics: 'not you', details: { coding: [{ code: 'NOT_PERMITTED' }] } }] }
  t.match(await refusal(Response.json(outcome, { status: 403 })), { code: 'NOT_PERMITTED', message: /not you/, status: 403 })
  t.match(await refusal(new Response('<html>', { status: 502 })), { code: 'NOT_A_GATEWAY', status: 502 })
  t.match(await refusal(new Response('', { status: 500 })), { code: 'NOT_A_GATEWAY', status: 500 })
})

t.test('lists go on to their last page', async (t) => {
  const pages: Record<string, { items: number[], next?: string }> = { first: { items: [1, 2], next: 'b' }, b: { items: [], next: 'c' }, c: { items: [3] } }
  const items: number[] = []
  for await (const item of itemsOf(async (cursor) => await Promise.resolve(pages[cursor ?? 'first'] ?? { items: [] }))) items.push(item)
  t.same(items, [1, 2, 3])
})

t.test('it runs in a browser', { timeout: 2 * BROWSER_DEADLINE_MS }, async (t) => {
  const gateway = await buildGateway(t)
  const bundle = await bundleForBrowser(new URL('browser-suite.ts', import.meta.url).pathname)
  t.ok(bundle.length < 20_000, `${bundle.length} bytes`)
  const report = await runInBrowser(t, bundle, (request, response) => {
    if (request.url?.startsWith('/v1/') !== true) return false
    gateway.app.inject({ url: request.url }).then(({ statusCode, headers, body }) => {
      response.writeHead(statusCode, { 'content-type': headers['content-type'] }).end(body)
    }, () => { response.destroy() })
    return true
  })
  t.match(report, { hospitals: 3, code: 'STATEMENT_UNKNOWN' })
})
