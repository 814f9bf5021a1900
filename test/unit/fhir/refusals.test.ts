import { request } from 'node:http'
import t from 'tap'
import type { PractitionerContext } from '@epione/sdk'
import { CALLER_TOKEN, FhirDesk } from '../../helpers/fhir.ts'

const PATIENT = 'a'.repeat(32)
const RECORD = '0'.repeat(32)
/** Nobody is asked: what is refused here is refused before. */
const nobody = new Proxy({}, { get: (_target, name) => { throw new Error(`the context is asked for ${String(name)}`) } }) as PractitionerContext
const desk = await FhirDesk.open(t, nobody, t.testdir({}), { context: () => Promise.reject(new Error('the context is asked for')) })

const outcome = (code: string, issue?: string): object => ({
  resourceType: 'OperationOutcome', issue: [{ severity: 'error', details: { coding: [{ system: 'urn:epione:problem', code }] }, ...(issue === undefined ? {} : { code: issue }) }]
})

t.test('what this service can do is said to anybody', async (t) => {
  const answer = await desk.call('/metadata', { headers: { authorization: '' } })
  t.match(answer, { status: 200, body: { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', rest: [{ mode: 'server' }] } })
  const [{ resource }] = answer.body['rest'] as [{ resource: Array<{ type: string, interaction: Array<{ code: string }> }> }]
  t.strictSame(resource.find(({ type }) => type === 'AuditEvent')?.interaction.map(({ code }) => code), ['read', 'search-type'])
  t.equal((await desk.client().capabilityStatement())['resourceType'], 'CapabilityStatement')
})

t.test('nobody is let in without the token', async (t) => {
  for (const authorization of ['', 'Bearer', 'Bearer wrong', `Basic ${CALLER_TOKEN}`, `Bearer ${CALLER_TOKEN}x`]) {
    const answer = await desk.call(`/DocumentReference?patient=${PATIENT}`, { headers: { authorization } })
    t.match(answer, { status: 401, body: outcome('TOKEN_MISSING', 'login') }, authorization)
    t.match(answer.headers.get('www-authenticate'), /^Bearer/)
  }
})

t.test('a page of another site gets nothing, whatever name it gave this machine', async (t) => {
  const ask = (headers: Record<string, string>): Promise<number> => new Promise((resolve, reject) => {
    request(`${desk.base}/metadata`, { headers: { authorization: `Bearer ${CALLER_TOKEN}`, ...headers } }, (answer) => { answer.resume(); resolve(answer.statusCode ?? 0) }).on('error', reject).end()
  })
  const port = new URL(desk.base).port
  t.equal(await ask({ host: `localhost:${port}` }), 200)
  for (const host of ['evil.example', `evil.example:${port}`, 'localhost.evil.example', '127.0.0.1.nip.io']) t.equal(await ask({ host }), 403, host)
  t.match(await desk.call('/metadata', { headers: { origin: 'https://evil.example' } }), { status: 403, body: outcome('ORIGIN_FOREIGN', 'forbidden') })
  t.match(await desk.call('/metadata', { headers: { origin: 'null' } }), { status: 403 })
  t.match(await desk.call('/metadata', { headers: { origin: desk.origin } }), { status: 200 })
  t.equal((await desk.call('/metadata')).headers.get('access-control-allow-origin'), null)
})

t.test('nothing is changed that must not change', async (t) => {
  const id = 'b'.repeat(64)
  const calls: Array<[method: string, path: string]> = [
    ['DELETE', '/AuditEvent?date=le2030'], ['DELETE', `/AuditEvent/${id}`], ['PUT', `/AuditEvent/${id}`], ['PATCH', `/AuditEvent/${id}`], ['POST', '/AuditEvent'],
    ['PUT', '/AuditEvent?date=le2030'], ['DELETE', `/DocumentReference/${RECORD}`], ['DELETE', `/DocumentReference?patient=${PATIENT}`], ['PATCH', `/DocumentReference/${RECORD}`],
    ['PUT', `/DocumentReference?patient=${PATIENT}`], ['POST', '/Consent'], ['PUT', `/Consent/${id}`], ['DELETE', '/Consent?status=active'], ['PUT', `/Patient/${PATIENT}`],
    ['POST', '/Patient'], ['DELETE', `/Patient/${PATIENT}`], ['POST', '/Provenance'], ['PUT', `/Binary/${RECORD}.1`], ['DELETE', `/Binary/${RECORD}.1`], ['POST', '/NoSuchType']
  ]
  for (const [method, path] of calls) {
    const body = method === 'DELETE' ? {} : { body: { resourceType: 'AuditEvent' } }
    t.match(await desk.call(path, { method, ...body }), { status: 405, body: outcome('METHOD_NOT_SUPPORTED', 'not-supported') }, `${method} ${path}`)
  }
  t.match(await desk.call('/NoSuchType/1'), { status: 404, body: outcome('NOT_FOUND') })
})

t.test('what is not understood is refused to whoever is strict', async (t) => {
  const desk = await FhirDesk.open(t, {} as PractitionerContext, t.testdir({}))
  const strict = { headers: { prefer: 'handling=strict' } }
  const refused: Array<[path: string, code: string]> = [
    [`/DocumentReference?patient=${PATIENT}&no-such=1`, 'PARAMETER_UNKNOWN'],
    [`/DocumentReference?patient=${PATIENT}&_include=DocumentReference:author`, 'PARAMETER_UNKNOWN'],
    [`/AuditEvent?patient=${PATIENT}&policy=x`, 'PARAMETER_UNKNOWN']
  ]
  for (const [path, code] of refused) t.match(await desk.call(path, strict), { status: 400, body: outcome(code, 'not-supported') }, path)
  const always: Array<[path: string, code: string]> = [
    [`/DocumentReference?patient=${PATIENT}&_summary=count`, 'PARAMETER_UNKNOWN'],
    [`/DocumentReference?patient=${PATIENT}&_total=accurate`, 'PARAMETER_UNKNOWN'],
    [`/DocumentReference?patient=${PATIENT}&date=yesterday`, 'REQUEST_INVALID'],
    [`/DocumentReference?patient=${PATIENT}&status:above=current`, 'PARAMETER_UNKNOWN'],
    [`/DocumentReference?patient=${PATIENT}&patient=${PATIENT}`, 'REQUEST_INVALID'],
    [`/DocumentReference?patient=${PATIENT}&_count=0`, 'REQUEST_INVALID']
  ]
  for (const [path, code] of always) t.match(await desk.call(path, strict), { status: 400, body: outcome(code) }, path)
})

t.test('a body is refused that is of another type, too large, too deep or poisoned', async (t) => {
  const post = async (body: string, headers: Record<string, string> = {}): Promise<object> => await desk.call('/DocumentReference', { method: 'POST', body, headers })
  t.match(await post('<DocumentReference/>', { 'content-type': 'application/fhir+xml' }), { status: 415, body: outcome('MEDIA_TYPE_UNSUPPORTED', 'not-supported') })
  t.match(await post('{}', { 'content-type': 'text/plain' }), { status: 415 })
  t.match(await post('{"resourceType"'), { status: 400, body: outcome('REQUEST_INVALID', 'structure') })
  t.match(await post(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), { status: 400, body: outcome('REQUEST_INVALID', 'structure') })
  const deep = (levels: number): string => `{"resourceType":"DocumentReference","extension":[${'{"url":"urn:x","extension":['.repeat(levels)}${']}'.repeat(levels)}]}`
  t.match(await post(deep(100)), { status: 400, body: outcome('REQUEST_INVALID', 'structure') })
  t.match(await post(`{"resourceType":"DocumentReference","content":[${'{},'.repeat(300_000)}{}]}`), { status: 400, body: outcome('REQUEST_INVALID', 'structure') })
  t.match(await post(`{"resourceType":"DocumentReference","description":"${'['.repeat(200)}"}`), { status: 422, body: outcome('RESOURCE_INVALID') }, 'brackets in a text are none')
  t.match(await post('{"resourceType":"DocumentReference","__proto__":{"a":1}}'), { status: 400, body: outcome('REQUEST_INVALID') })
  t.match(await post('', { 'content-length': '0' }), { status: 400 })
  t.match(await post(`"${'x'.repeat(33 * 1024 * 1024)}"`), { status: 413, body: outcome('REQUEST_TOO_LARGE', 'too-long') })
})

t.test('a resource is refused that is none of R4', async (t) => {
  const content = [{ attachment: { contentType: 'text/plain', data: 'aGVsbG8=' } }]
  const cases: object[] = [
    { resourceType: 'DocumentReference' },
    { resourceType: 'DocumentReference', content },
    { resourceType: 'DocumentReference', status: 'final', content },
    { resourceType: 'DocumentReference', status: 'current', content, nonsense: true },
    { resourceType: 'DocumentReference', status: 'current', content, date: 'yesterday' },
    { resourceType: 'DocumentReference', status: 'current', content: [], contained: [{ resourceType: 'Nonsense' }] },
    { resourceType: 'constructor' },
    { resourceType: 'ResourceList' },
    { resourceType: 'Patient' },
    [], {}
  ]
  for (const body of cases) {
    t.match(await desk.call('/DocumentReference', { method: 'POST', body }), { status: 422, body: outcome('RESOURCE_INVALID') }, JSON.stringify(body))
  }
})

t.test('an answer is asked for in JSON', async (t) => {
  t.match(await desk.call('/metadata', { headers: { accept: 'application/fhir+xml' } }), { status: 406, body: outcome('NOT_ACCEPTABLE', 'not-supported') })
  t.match(await desk.call('/metadata?_format=xml'), { status: 406 })
  t.match(await desk.call('/metadata?_format=json', { headers: { accept: 'text/html' } }), { status: 200 })
})

t.test('ids, purposes and pages are what they look like', async (t) => {
  const open = await FhirDesk.open(t, {} as PractitionerContext, t.testdir({}))
  for (const path of ['/DocumentReference/1', `/DocumentReference/${RECORD}x`, '/Binary/1', `/Binary/${RECORD}.0`, '/Consent/1', '/AuditEvent/1', '/Provenance/1', '/Patient/1', `/DocumentReference/${RECORD}/_history/0`]) {
    t.match(await open.call(path), { status: 404, body: outcome('NOT_FOUND', 'not-found') }, path)
  }
  t.match(await open.call(`/DocumentReference?patient=${PATIENT}&_cursor=AAAA`), { status: 400, body: outcome('CURSOR_INVALID') })
  t.match(await open.call('/DocumentReference'), { status: 400, body: outcome('REQUEST_INVALID', 'required') })
  t.match(await open.call('/DocumentReference?patient=1'), { status: 422, body: outcome('PATIENT_UNKNOWN', 'not-found') })
  t.match(await open.call(`/DocumentReference?patient=${PATIENT}`, { headers: { 'purpose-of-use': 'FUN' } }), { status: 400, body: outcome('USAGE') })
  t.match(await open.call(`/DocumentReference?patient=${PATIENT}`, { headers: { 'epione-consent': 'mine' } }), { status: 400 })
})
