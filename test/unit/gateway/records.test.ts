import { randomBytes, randomUUID } from 'node:crypto'
import t from 'tap'
import { createWrap, sealContent, SecretKey, signStatement, toHex, wrapHash } from '@epione/crypto'
import { recordPlace } from '@epione/protocol'
import type { SignedStatement } from '@epione/crypto'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { Consortium, Teardown, TestGateway } from '../../helpers/gateway.ts'
import { activateConsent, createBody, keyHex, publishPatient, sign } from '../../helpers/ledger-fixtures.ts'
import type { TestPatient, TestPractitioner } from '../../helpers/ledger-fixtures.ts'

const CLINICIAN = 'user/DocumentReference.c user/DocumentReference.rs'

interface Answer { status: number, body: Record<string, unknown>, headers: Record<string, unknown> }

/** Two hospitals' gateways over TLS, a patient, and a practitioner of the first whose keys are bound. */
async function createHospitals (t: Teardown): Promise<{
  consortium: Consortium
  core: TestGateway
  regional: TestGateway
  patient: TestPatient
  author: TestPractitioner
  authorization: string
}> {
  const consortium = await createConsortium(t)
  const core = await buildGateway(t, { consortium, listen: true })
  const regional = await buildGateway(t, { consortium, mspId: 'Regional1MSP', listen: true })
  const staffId = await core.enrol('dr-a')
  const author = {
    ...consortium.world.actor({ mspId: 'CoreMSP', staffId, role: 'physician' }),
    receiving: SecretKey.random(),
    requestSigning: SecretKey.random()
  }
  const authorization = `Bearer ${await core.token('dr-a', CLINICIAN)}`
  const binding = sign(
    consortium.world,
    'KeyBinding',
    { mspId: 'CoreMSP', staffId, version: 1, receivingKey: keyHex(author.receiving), requestKey: keyHex(author.requestSigning) },
    author.requestSigning,
    author.receiving
  )
  const bound = await post(core, '/v1/practitioners/me/keys', { statement: binding }, { authorization })
  if (bound.status !== 201) throw new Error(`binding answered ${JSON.stringify(bound.body)}`)
  return { consortium, core, regional, patient: await publishPatient(consortium.world), author, authorization }
}

async function post (gateway: TestGateway, url: string, payload: object, headers: Record<string, string>): Promise<Answer> {
  const response = await gateway.app.inject({ method: 'POST', url, payload, headers })
  return { status: response.statusCode, body: response.json(), headers: response.headers }
}

async function upload (gateway: TestGateway, content: Buffer, authorization: string): Promise<Answer> {
  const response = await gateway.app.inject({
    method: 'POST',
    url: '/v1/contents',
    payload: content,
    headers: { authorization, 'content-type': 'application/octet-stream' }
  })
  return { status: response.statusCode, body: response.json(), headers: response.headers }
}

async function seal (recordId: string, bytes: number, author = SecretKey.random()): Promise<Buffer> {
  const source = async function * (): AsyncGenerator<Uint8Array> { yield await Promise.resolve(randomBytes(bytes)) }
  const parts: Uint8Array[] = []
  for await (const part of sealContent({ recordId, recordVersion: 1, authorKey: author.publicKey() }, source()).ciphertext) parts.push(part)
  return Buffer.concat(parts)
}

interface Draft { recordId: string, content: Buffer, wrap: Uint8Array, stored: Record<string, unknown>, statement: SignedStatement }

/** Uploads fresh content and signs its manifest; `members` replace what it would say. */
async function draftRecord (
  consortium: Consortium,
  gateway: TestGateway,
  author: TestPractitioner,
  patient: TestPatient,
  authorization: string,
  members: object = {},
  bytes = 300_000
): Promise<Draft> {
  const recordId = toHex(randomBytes(16))
  const content = await seal(recordId, bytes, author.requestSigning)
  const { body: stored } = await upload(gateway, content, authorization)
  const [compartment] = patient.compartments
  const by = { kind: 'practitioner' as const, mspId: author.mspId, staffId: author.staffId }
  const place = recordPlace(consortium.world.networkId, { recordId, version: 1, author: by, ...members })
  const wrap = createWrap(compartment.secret.publicKey(), randomBytes(32), place)
  const manifest = {
    recordId,
    version: 1,
    patientId: patient.patientId,
    author: by,
    label: compartment.label,
    epoch: 1,
    contentHash: stored['contentHash'],
    sizeClass: Math.ceil(Math.log2(content.length)),
    cid: stored['cid'],
    wrapHash: toHex(wrapHash(wrap, place)),
    mediaClass: 'document',
    ...members
  }
  return { recordId, content, wrap, stored, statement: sign(consortium.world, 'RecordManifest', manifest, author.requestSigning) }
}

t.test('a record is stored, registered under the author\'s certificate, and copied to one more hospital', async (t) => {
  const { consortium, core, regional, patient, author, authorization } = await createHospitals(t)
  const draft = await draftRecord(consortium, core, author, patient, authorization)
  const { recordId, content, stored, statement } = draft
  const wrap = toHex(draft.wrap)
  t.same(stored['sizeBytes'], content.length)
  const key = randomUUID()
  const answer = await post(core, '/v1/records', { statement, wrap }, { authorization, 'idempotency-key': key })
  t.match(answer, {
    status: 201,
    body: { recordId, version: 1, copies: ['CoreMSP', 'Regional1MSP'], txId: /^[0-9a-f]{64}$/, blockNumber: Number }
  })

  t.test('the copy is in the other hospital\'s store', async (t) => {
    t.match(await regional.app.contents.find(String(stored['cid'])), { contentHash: stored['contentHash'], sizeBytes: content.length })
  })

  t.test('the same key answers the same, the same statement too, another body does not', async (t) => {
    const repeated = await post(core, '/v1/records', { statement, wrap }, { authorization, 'idempotency-key': key })
    t.same(repeated.body, answer.body)
    t.equal(repeated.headers['idempotency-replayed'], 'true')
    const again = await post(core, '/v1/records', { statement, wrap }, { authorization })
    t.match(again, { status: 201, body: { txId: answer.body['txId'], blockNumber: answer.body['blockNumber'] } })
    const other = await post(core, '/v1/records', { statement, wrap: '00'.repeat(170) }, { authorization, 'idempotency-key': key })
    t.match(other, { status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
  })

  t.test('its patient lists and reads it at either hospital', async (t) => {
    for (const gateway of [core, regional]) {
      const get = async (
        url: string,
        headers = {}
      ): Promise<Awaited<ReturnType<typeof core.app.inject>>> => await gateway.app.inject({
        method: 'GET',
        url,
        headers: { authorization: gateway.session(patient, { record: { recordId, version: 1 } }), ...headers }
      })
      t.match((await get(`/v1/patients/${patient.patientId}/records`)).json(), {
        items: [{ recordId, version: 1, level: 'N', manifest: { statement } }]
      })
      t.match((await get(`/v1/records/${recordId}`)).json(), { recordId, version: 1 })
      t.same((await get(`/v1/records/${recordId}/versions/1/wrap`)).json(), { wrap })
      const whole = await get(`/v1/records/${recordId}/versions/1/content`)
      t.match(whole.headers, {
        etag: `"${String(stored['cid'])}"`,
        'content-length': String(content.length),
        'content-type': 'application/octet-stream'
      })
      t.equal(Buffer.compare(whole.rawPayload, content), 0)
      const part = await get(`/v1/records/${recordId}/versions/1/content`, { range: 'bytes=1000-1999' })
      t.match(part, { statusCode: 206, headers: { 'content-range': `bytes 1000-1999/${String(content.length)}` } })
      t.equal(Buffer.compare(part.rawPayload, content.subarray(1000, 2000)), 0)
    }
  })

  t.test('ranges and conditions are answered as RFC 9110 says', async (t) => {
    const tag = `"${String(stored['cid'])}"`
    const read = async (headers: Record<string, string>): Promise<Awaited<ReturnType<typeof core.app.inject>>> =>
      await core.app.inject({
        method: 'GET',
        url: `/v1/records/${recordId}/versions/1/content`,
        headers: { authorization: core.session(patient), ...headers }
      })
    for (const known of [tag, `W/${tag}`, '*', `"other", ${tag}`, `"other",W/${tag}`]) {
      t.match(await read({ 'if-none-match': known }), { statusCode: 304, headers: { etag: tag }, body: '' }, known)
    }
    t.equal((await read({ 'if-none-match': '"other", "another"' })).statusCode, 200)
    t.match(await read({ 'if-none-match': tag, range: 'bytes=0-9' }), { statusCode: 304 }, 'the condition comes first')
    for (const beyond of [`bytes=${String(content.length)}-`, 'bytes=99999999-', 'bytes=-0', 'bytes=99999999-999999999']) {
      const answer = await read({ range: beyond })
      t.match(answer, { statusCode: 416, headers: { 'content-range': `bytes */${String(content.length)}` } }, beyond)
      t.match(answer.json(), { code: 'RANGE_INVALID' })
    }
    t.match(await read({ range: 'bytes=-10' }), { statusCode: 206, headers: { 'content-length': '10' } })
    t.match(await read({ range: `bytes=10-${String(2 * content.length)}` }), {
      statusCode: 206,
      headers: { 'content-range': `bytes 10-${String(content.length - 1)}/${String(content.length)}` }
    })
    t.match(await read({ range: 'Bytes=0-9' }), { statusCode: 206 }, 'units have no case')
    for (const ignored of ['bytes=9-0', 'bytes=', 'bytes=a-b', 'lines=0-9', 'bytes=0-9,20-29', 'bytes 0-9', 'bytes=0x1-9']) {
      t.match(await read({ range: ignored }), { statusCode: 200, headers: { 'content-length': String(content.length) } }, ignored)
    }
    t.match(await read({ range: 'bytes=0-9', 'if-range': tag }), { statusCode: 206 })
    for (const other of [
      `W/${tag}`, '"other"', 'Sat, 28 Nov 2026 00:00:00 GMT'
    ]) t.match(await read({ range: 'bytes=0-9', 'if-range': other }), { statusCode: 200 }, other)
    for (const meant of [tag, '*', `"other", ${tag}`]) t.match(await read({ 'if-match': meant }), { statusCode: 200 }, meant)
    t.match((await read({ 'if-match': `"other", W/${tag}` })).json(), { status: 412, code: 'PRECONDITION_FAILED' })
  })

  t.test('neither another patient nor a practitioner without a permit reads it', async (t) => {
    const stranger = await publishPatient(consortium.world)
    const url = `/v1/records/${recordId}/versions/1/content`
    t.match((await core.app.inject({ method: 'GET', url, headers: { authorization: core.session(stranger) } })).json(), {
      status: 403,
      code: 'NOT_PERMITTED'
    })
    t.match((await core.app.inject({ method: 'GET', url, headers: { authorization } })).json(), { status: 403, code: 'NOT_PERMITTED' })
    t.match((await core.app.inject({
      method: 'GET',
      url: `/v1/records/${recordId}`,
      headers: { authorization: core.session(stranger) }
    })).json(), { status: 403 })
    t.match((await core.app.inject({ method: 'GET', url: `/v1/records/${'0'.repeat(32)}`, headers: { authorization } })).json(), {
      status: 404,
      code: 'RECORD_UNKNOWN'
    })
  })
})

t.test('content is read under a live permit of the very person, by its hospital\'s own gateway or through it', async (t) => {
  let now = Date.now()
  const consortium = await createConsortium(t, { clock: () => now })
  const core = await buildGateway(t, { consortium, listen: true })
  const regional = await buildGateway(t, { consortium, mspId: 'Regional1MSP', listen: true })
  const reader = await buildGateway(t, { consortium, mspId: 'Regional2MSP', listen: true })
  const patient = await publishPatient(consortium.world)
  const person = async (gateway: TestGateway, subject: string): Promise<TestPractitioner & { authorization: string }> => {
    const staffId = await gateway.enrol(subject)
    const actor = {
      ...consortium.world.actor({ mspId: gateway.mspId, staffId, role: 'physician' }),
      receiving: SecretKey.random(),
      requestSigning: SecretKey.random()
    }
    const binding = sign(
      consortium.world,
      'KeyBinding',
      { mspId: gateway.mspId, staffId, version: 1, receivingKey: keyHex(actor.receiving), requestKey: keyHex(actor.requestSigning) },
      actor.requestSigning,
      actor.receiving
    )
    await actor.ledger.bindKeys(binding)
    return { ...actor, authorization: `Bearer ${await gateway.token(subject, CLINICIAN, { expiresInSeconds: 100_000 })}` }
  }
  const author = await person(core, 'dr-author')
  const grantee = await person(reader, 'dr-reader')
  const colleague = await person(reader, 'dr-colleague')
  const { recordId, content, wrap, statement } = await draftRecord(consortium, core, author, patient, author.authorization)
  t.match(await post(core, '/v1/records', { statement, wrap: toHex(wrap) }, { authorization: author.authorization }), {
    status: 201,
    body: { copies: ['CoreMSP', 'Regional1MSP'] }
  })
  t.equal(
    await reader.app.contents.find((JSON.parse(statement.body) as { cid: string }).cid),
    undefined,
    'the reader\'s hospital has no copy'
  )

  const consent = await activateConsent(consortium.world, patient, grantee)
  const request = signStatement({
    type: 'AccessRequest',
    networkId: consortium.world.networkId,
    body: createBody(consortium.world, 'AccessRequest', {
      requester: { mspId: grantee.mspId, staffId: grantee.staffId },
      patientId: patient.patientId,
      consentId: consent.consentId,
      records: [{ recordId, version: 1 }],
      action: 'read',
      purpose: 'TREAT',
      receivingKey: keyHex(grantee.receiving)
    }),
    keys: [grantee.requestSigning]
  })
  const { value: event } = await grantee.ledger.requestAccess(request)
  t.equal(event.decision, 'permit')
  const url = `/v1/records/${recordId}/versions/1/content?event=${event.eventId}`
  const read = async (
    authorization: string,
    target = url
  ): Promise<Awaited<ReturnType<typeof core.app.inject>>> => await reader.app.inject({
    method: 'GET',
    url: target,
    headers: { authorization }
  })

  const whole = await read(grantee.authorization)
  t.equal(whole.statusCode, 200)
  t.equal(Buffer.compare(whole.rawPayload, content), 0, 'streamed from the origin')
  t.same((await read(grantee.authorization, url.replace('/content', '/wrap'))).json(), { wrap: toHex(wrap) })
  const partly = async (range: string): Promise<Awaited<ReturnType<typeof core.app.inject>>> =>
    await reader.app.inject({ method: 'GET', url, headers: { authorization: grantee.authorization, range } })
  t.match(
    await partly('bytes=5-6'),
    { statusCode: 206, headers: { 'content-range': `bytes 5-6/${String(content.length)}`, 'content-length': '2' } },
    'a part of it'
  )
  t.match(
    await partly('bytes=99999999-'),
    { statusCode: 416, headers: { 'content-range': `bytes */${String(content.length)}` } },
    'a range beyond its end'
  )
  await core.close()
  t.equal(Buffer.compare((await read(grantee.authorization)).rawPayload, content), 0, 'from the other copy when the origin is down')
  t.match((await read(colleague.authorization)).json(), { status: 403, code: 'EVENT_OF_ANOTHER' })
  await regional.close()
  t.match((await read(grantee.authorization)).json(), { status: 503, code: 'CONTENT_UNAVAILABLE' })
  now += 61_000
  t.match((await read(grantee.authorization)).json(), { status: 403, code: 'PERMIT_EXPIRED' })
})

t.test('what does not fit is refused before anything reaches the ledger', async (t) => {
  const { consortium, core, regional, patient, author, authorization } = await createHospitals(t)
  const height = (): bigint => consortium.world.memory.height
  const register = async (members: object, headers = { authorization }): Promise<Answer> => {
    const { statement, wrap } = await draftRecord(consortium, core, author, patient, authorization, members, 1_000)
    return await post(core, '/v1/records', { statement, wrap: toHex(wrap) }, headers)
  }
  const before = height()
  t.match(await upload(core, Buffer.alloc(0), authorization), { status: 400, body: { code: 'CONTENT_EMPTY' } })
  t.match(await upload(core, Buffer.alloc(50), authorization), { status: 400, body: { code: 'CONTENT_EMPTY' } })
  t.match(await register({ cid: `b${'a'.repeat(58)}` }), { status: 409, body: { code: 'CONTENT_MISSING' } })
  t.match(await register({ contentHash: '00'.repeat(32) }), { status: 400, body: { code: 'CONTENT_MISMATCH' } })
  t.match(await register({ recordId: 'ab'.repeat(16) }), { status: 400, body: { code: 'CONTENT_MISMATCH' } }, 'sealed for another record')
  t.match(
    await register({ version: 2, previous: 'ab'.repeat(32) }),
    { status: 400, body: { code: 'CONTENT_MISMATCH' } },
    'for another version'
  )
  const decoy = await draftRecord(consortium, core, { ...author, requestSigning: SecretKey.random() }, patient, authorization, {}, 1_000)
  const claimed = sign(
    consortium.world,
    'RecordManifest',
    { ...JSON.parse(decoy.statement.body) as object, nonce: '00'.repeat(16) },
    author.requestSigning
  )
  t.match(
    await post(core, '/v1/records', { statement: claimed, wrap: toHex(decoy.wrap) }, { authorization }),
    { status: 400, body: { code: 'CONTENT_MISMATCH' } },
    'by another author'
  )
  t.match(await register({ sizeClass: 30 }), { status: 400, body: { code: 'CONTENT_MISMATCH' } })
  t.match(await register({ wrapHash: '00'.repeat(32) }), { status: 400, body: { code: 'WRAP_MISMATCH' } })
  t.match(await register({ author: { kind: 'practitioner', mspId: 'CoreMSP', staffId: 'somebody-else' } }), {
    status: 403,
    body: { code: 'NOT_PERMITTED' }
  })
  t.match(await register({ author: { kind: 'patient' } }), { status: 403, body: { code: 'NOT_PERMITTED' } })
  t.match(await register({ surprise: 1 }), { status: 400, body: { code: 'STATEMENT_INVALID' } })
  t.match(await post(core, '/v1/records', { statement: 'no' }, { authorization }), { status: 400, body: { code: 'REQUEST_INVALID' } })
  const { statement, wrap } = await draftRecord(consortium, core, author, patient, authorization, {}, 1_000)
  const altered = { ...statement, body: statement.body.replace('"document"', '"image"') }
  t.match(await post(core, '/v1/records', { statement: altered, wrap: toHex(wrap) }, { authorization }), {
    status: 400,
    body: { code: 'STATEMENT_INVALID' }
  })
  t.equal(height(), before)

  t.match(await register({ epoch: 7 }), { status: 409, body: { code: 'COMPARTMENT_OUTDATED' } }, 'the ledger\'s own refusal')
  await regional.close()
  const unavailable = await register({})
  t.match(unavailable, { status: 503, body: { code: 'COPY_UNAVAILABLE' } })
  t.ok(Number(unavailable.headers['retry-after']) > 0)
  t.equal(height(), before, 'nothing is registered that one hospital alone holds')
})

t.test('an upload beyond the limit is refused, told beforehand or found out', async (t) => {
  const consortium = await createConsortium(t)
  const gateway = await buildGateway(t, { consortium, config: { maxContentBytes: 10_000 } })
  await gateway.enrol('dr-a')
  const authorization = `Bearer ${await gateway.token('dr-a', CLINICIAN)}`
  const content = await seal(toHex(randomBytes(16)), 20_000)
  t.match(await upload(gateway, content, authorization), { status: 413, body: { code: 'CONTENT_TOO_LARGE' } })
  const response = await gateway.app.inject({
    method: 'POST',
    url: '/v1/contents',
    payload: content,
    headers: { authorization, 'content-type': 'application/octet-stream', 'content-length': '' }
  })
  t.match(response.json(), { status: 413, code: 'CONTENT_TOO_LARGE' })
  t.match((await gateway.app.inject({
    method: 'POST',
    url: '/v1/contents',
    payload: content,
    headers: { 'content-type': 'application/octet-stream' }
  })).json(), { status: 401, code: 'TOKEN_MISSING' })
})

t.test('neither certificate nor key of the staff, nor a token, is found at rest or in the log', async (t) => {
  const { core, authorization } = await createHospitals(t)
  await core.app.inject({ method: 'GET', url: '/v1/practitioners/me', headers: { authorization } })
  const log = core.log.join('')
  t.match(log, '/v1/practitioners/me')
  t.notMatch(log, authorization.slice('Bearer '.length))
  t.notMatch(log, 'BEGIN')
  const rows = await core.app.store.db.selectFrom('wallet').selectAll().execute()
  t.equal(rows.length, 2, 'the registration desk and dr-a')
  for (const { sealed } of rows) t.notMatch(Buffer.from(sealed).toString('latin1'), /BEGIN|staffId|certificate/)
})
