import t from 'tap'
import { SecretKey, statementId, toHex } from '@epione/crypto'
import { recordPlace } from '@epione/protocol'
import type { SignedStatement } from '@epione/protocol'
import { publishPatient, sign } from '../../../helpers/ledger-fixtures.ts'
import type { TestPatient, TestRecord } from '../../../helpers/ledger-fixtures.ts'
import { createRewrap, signFreeze, signSuccession, signUnfreeze } from '../../../helpers/lifetime-fixtures.ts'
import { READER_MSP, Sharing, until } from '../../../helpers/sharing.ts'
import type { Answered } from '../../../helpers/sharing.ts'

/* New wraps, freezes and hand-overs, where three hospitals' proxies and stores meet them. */

const OTHER = 'Regional2MSP'
const sharing = await Sharing.create(t)
const { world, patient } = sharing
const core = sharing.of('CoreMSP')

/** A record registered at the ledger whose wraps lie at two hospitals only. */
async function addRecord (): Promise<TestRecord> {
  const record = await sharing.addRecord()
  await sharing.of(OTHER).app.store.db.deleteFrom('wraps').where('wrap_hash', '=', record.wrapHash).execute()
  return record
}

async function post (url: string, payload: object, session?: string): Promise<Answered> {
  const response = await core.app.inject({
    method: 'POST',
    url,
    payload,
    ...(session !== undefined && { headers: { authorization: session } })
  })
  return { status: response.statusCode, body: response.json() }
}

const urlOf = ({ recordId, version }: TestRecord): string => `/v1/records/${recordId}/versions/${String(version)}`

async function rewrap (
  record: TestRecord,
  { statement, wrap }: { statement: SignedStatement, wrap: Uint8Array },
  as: TestPatient = patient
): Promise<Answered> {
  return await post(`${urlOf(record)}/rewraps`, { statement, wrap: toHex(wrap) }, core.session(as))
}

function draft (
  record: TestRecord,
  of: TestPatient = patient,
  members: object = {}
): { statement: SignedStatement, wrap: Uint8Array, after: TestRecord } {
  const [, sensitive] = of.compartments
  const { members: says, wrap } = createRewrap(of, record, sensitive)
  return {
    statement: sign(world, 'Rewrap', { ...says, ...members }, of.identity),
    wrap,
    after: { ...record, wrap, wrapHash: says.wrapHash, compartment: sensitive }
  }
}

async function hospitalsWith (wrapHash: string): Promise<string[]> {
  const found = await Promise.all([...sharing.gateways].map(async ([mspId, { app }]) =>
    (await app.store.db.selectFrom('wraps').selectAll().where('wrap_hash', '=', wrapHash).execute()).length === 1 ? [mspId] : []))
  return found.flat().sort()
}

async function getWrap (record: TestRecord, as: TestPatient, at = core): Promise<{ status: number, body: Record<string, unknown> }> {
  const response = await at.app.inject({
    method: 'GET',
    url: `${urlOf(record)}/wrap`,
    headers: { authorization: at.session(as, { record: { recordId: record.recordId, version: record.version } }) }
  })
  return { status: response.statusCode, body: response.json() }
}

/** A consent to the reader for the patient's second compartment. */
async function activateSensitive (): Promise<string> {
  const [ordinary, sensitive] = patient.compartments
  const swapped: TestPatient = { ...patient, compartments: [sensitive, ordinary] }
  sharing.patient = swapped
  try {
    return await sharing.activate()
  } finally {
    sharing.patient = patient
  }
}

t.test('a rewrap replaces the wrap wherever it lay, and nowhere else', async (t) => {
  const record = await addRecord()
  const { statement, wrap, after } = draft(record)
  const answer = await rewrap(record, { statement, wrap })
  t.match(answer, {
    status: 201,
    body: {
      recordId: record.recordId,
      version: 1,
      rewrapId: statementId(statement.body),
      wrapHash: after.wrapHash,
      txId: String,
      blockNumber: Number
    }
  })
  t.same(await hospitalsWith(after.wrapHash), ['CoreMSP', READER_MSP])
  await until(async () => (await hospitalsWith(record.wrapHash)).length === 0)
  t.same(await getWrap(record, patient), { status: 200, body: { wrap: toHex(wrap) } })
  t.same(
    await getWrap(record, patient, sharing.of(OTHER)),
    { status: 200, body: { wrap: toHex(wrap) } },
    'through a hospital that has neither'
  )
  t.same((await rewrap(record, { statement, wrap })).body, answer.body, 'again')

  t.test('and a repeat after the next one brings nothing back', async (t) => {
    const next = draft(after)
    t.match(await rewrap(record, next), { status: 201 })
    t.same((await rewrap(record, { statement, wrap })).body, answer.body)
    await until(async () => (await hospitalsWith(after.wrapHash)).length === 0)
    t.same(await getWrap(record, patient), { status: 200, body: { wrap: toHex(next.wrap) } })
  })
})

t.test('a rewrap that is not the patient\'s own, of this record and in the place of its present wrap, is refused', async (t) => {
  const record = await addRecord()
  const good = draft(record)
  const stranger = await publishPatient(world)
  t.match(await rewrap(record, { ...good, wrap: draft(record).wrap }), { status: 400, body: { code: 'WRAP_MISMATCH' } })
  t.match(await rewrap(await addRecord(), good), { status: 400, body: { code: 'REQUEST_INVALID' } }, 'under another record\'s name')
  t.match(await rewrap(record, good, stranger), { status: 403, body: { code: 'NOT_PERMITTED' } }, 'another patient\'s session')
  t.match(
    await rewrap(record, draft(record, stranger), stranger),
    { status: 403, body: { code: 'NOT_PERMITTED' } },
    'a stranger\'s own word'
  )
  t.match(await post(`${urlOf(record)}/rewraps`, { statement: good.statement, wrap: toHex(good.wrap) }), {
    status: 401,
    body: { code: 'TOKEN_MISSING' }
  })
  t.match(await rewrap(record, draft(record, patient, { previousWrapHash: 'ab'.repeat(32) })), {
    status: 409,
    body: { code: 'REWRAP_CONFLICT' }
  })
  const replace = sharing.of('CoreMSP').app.peers.of(READER_MSP).replaceWrap(
    good.after.wrapHash,
    { wrap: toHex(good.wrap) },
    good.statement,
    'ab'.repeat(32)
  )
  await t.rejects(
    replace,
    { code: 'PEER_REFUSED', extensions: { peerCode: 'WRAP_MISMATCH' } },
    'for a gateway that names another wrap than the patient'
  )
  t.match(await rewrap(record, draft(record, patient, { epoch: 9 })), { status: 409, body: { code: 'COMPARTMENT_OUTDATED' } })
  t.same(await hospitalsWith(record.wrapHash), ['CoreMSP', READER_MSP])
})

t.test('whoever names a wrap of another record has nothing of a stranger\'s deleted by replacing it', async (t) => {
  const record = await addRecord()
  const thief = await publishPatient(world)
  const [compartment] = thief.compartments
  const of = { recordId: 'cd'.repeat(16), version: 1, author: { kind: 'patient' as const } }
  const claimed = { ...record, ...of, place: recordPlace(world.networkId, of), compartment }
  const manifest = {
    ...of,
    patientId: thief.patientId,
    label: compartment.label,
    epoch: 1,
    contentHash: 'ef'.repeat(32),
    sizeClass: 9,
    cid: `b${'a'.repeat(58)}`,
    wrapHash: record.wrapHash,
    mediaClass: 'document'
  }
  await world.gateway('CoreMSP').ledger.registerRecord(sign(world, 'RecordManifest', manifest, thief.identity))
  t.match(await rewrap(claimed, draft(claimed, thief), thief), { status: 201 })
  for (const { app } of sharing.gateways.values()) await app.events.catchUp()
  t.same(await hospitalsWith(record.wrapHash), ['CoreMSP', READER_MSP])
})

t.test('without another hospital that takes a copy nothing is changed', async (t) => {
  const alone = await Sharing.create(t, { running: ['CoreMSP', READER_MSP] })
  await alone.of(READER_MSP).close()
  const { members, wrap } = createRewrap(alone.patient, alone.record, alone.patient.compartments[1])
  const statement = sign(alone.world, 'Rewrap', members, alone.patient.identity)
  const { app, session } = alone.of('CoreMSP')
  const refused = await app.inject({
    method: 'POST',
    url: `${urlOf(alone.record)}/rewraps`,
    payload: { statement, wrap: toHex(wrap) },
    headers: { authorization: session(alone.patient) }
  })
  t.match(refused.json(), { status: 503, code: 'COPY_UNAVAILABLE' })
  t.equal((await alone.world.gateway('CoreMSP').ledger.getRecord(alone.record.recordId)).rewrap, undefined)
})

t.test('a reader gets cfrags for the new wrap under a consent for its compartment, and none for the former one', async (t) => {
  const record = await addRecord()
  const ordinary = await sharing.activate()
  const before = await sharing.permit(ordinary, [record])
  const { statement, wrap, after } = draft(record)
  t.match(await rewrap(record, { statement, wrap }), { status: 201 })

  t.test('a permit from before', async (t) => {
    for (const [mspId, { app }] of sharing.gateways) {
      const asked = app.proxy.answerEvent(before, READER_MSP, [{ recordId: record.recordId, version: 1, wrap: toHex(record.wrap) }])
      await t.rejects(asked, { code: 'WRAP_UNKNOWN' }, mspId)
    }
    const response = await sharing.of(READER_MSP).app.inject({
      method: 'GET',
      url: `${urlOf(record)}/wrap?event=${before}`,
      headers: { authorization: sharing.token }
    })
    t.match(response.json(), { status: 403, code: 'WRAP_UNKNOWN' })
  })

  t.test('a consent for the former compartment', async (t) => {
    t.match(await sharing.request(ordinary, [after]), {
      status: 403,
      body: { code: 'ACCESS_DENIED', reasons: [{ rule: 'consent.compartment-not-granted' }] }
    })
  })

  t.test('a consent for the new one', async (t) => {
    const { status, body } = await sharing.collect(await sharing.permit(await activateSensitive(), [after]))
    t.equal(status, 200)
    t.same(body.failures, [])
    t.same(body.wraps, [{ recordId: record.recordId, version: 1, wrap: toHex(wrap), place: after.place.toHex() }])
    t.equal(sharing.open(after, body.answers).length, 32)
  })
})

t.test('of a frozen patient nothing is released', async (t) => {
  const consentId = await sharing.activate()
  const before = await sharing.permit(consentId)
  const freeze = signFreeze(world, patient, patient.identity)
  t.match(await post(`/v1/patients/${patient.patientId}/freeze`, { statement: freeze }), {
    status: 201,
    body: { freezeId: statementId(freeze.body) }
  })
  t.match(await sharing.request(consentId), {
    status: 403,
    body: { code: 'ACCESS_DENIED', reasons: [{ rule: 'patient.frozen' }], eventId: String }
  })
  const { status, body } = await sharing.collect(before)
  t.match({ status, code: body.code }, { status: 403, code: 'EVENT_DENIED' })
  for (const { app } of sharing.gateways.values()) {
    await t.rejects(app.proxy.answerEvent(before, READER_MSP, [
      { recordId: sharing.record.recordId, version: 1, wrap: toHex(sharing.record.wrap) }
    ]), { code: 'EVENT_DENIED' })
  }
  const record = await addRecord()
  t.match(await rewrap(record, draft(record)), { status: 409, body: { code: 'PATIENT_FROZEN' } })
  t.match(await sharing.grant(await sharing.createGrant()), { status: 409, body: { code: 'PATIENT_FROZEN' } })
  const unfreeze = signUnfreeze(world, patient, statementId(freeze.body), patient.identity)
  t.match(await post(`/v1/patients/${patient.patientId}/unfreeze`, { statement: unfreeze }), { status: 201 })
  t.equal((await sharing.collect(await sharing.permit(consentId))).status, 200)
})

t.test('a successor reads what was handed over, rewraps it, and shares it anew', async (t) => {
  const record = await addRecord()
  const consentId = await sharing.activate()
  const before = await sharing.permit(consentId, [record])
  const late = await sharing.createGrant()
  await sharing.commit(late)
  const successor = await publishPatient(world)
  const stranger = await publishPatient(world)
  t.match(await getWrap(record, successor), { status: 403, body: { code: 'NOT_PERMITTED' } }, 'not before the hand-over')
  const succession = signSuccession(world, patient, successor, patient.identity, successor.identity)
  const handed = await post(`/v1/patients/${patient.patientId}/succession`, { statement: succession })
  t.match(handed, {
    status: 201,
    body: { patientId: patient.patientId, successor: successor.patientId, statementId: statementId(succession.body) }
  })
  const directory = async (patientId: string): Promise<object> =>
    (await core.app.inject({ method: 'GET', url: `/v1/patients/${patientId}/directory` })).json()
  t.match(await directory(patient.patientId), { succession: { id: statementId(succession.body) } })
  t.match(await directory(successor.patientId), { predecessors: [{ id: statementId(succession.body) }] })

  t.test('consents and permits of the former id are over', async (t) => {
    t.match(await sharing.request(consentId, [record]), {
      status: 403,
      body: { code: 'ACCESS_DENIED', reasons: [{ rule: 'patient.succeeded' }] }
    })
    await t.rejects(core.app.proxy.answerEvent(before, READER_MSP, [{ recordId: record.recordId, version: 1, wrap: toHex(record.wrap) }]), {
      code: 'CONSENT_ENDED'
    })
  })

  t.test('no proxy takes kfrags of a consent that came before', async (t) => {
    for (const [mspId, { app }] of sharing.gateways) {
      await t.rejects(
        app.proxy.acceptCustody(late.consentId, late.kfrags.filter((k) => k.mspId === mspId)),
        { code: 'CONSENT_ENDED' },
        mspId
      )
    }
  })

  t.test('every proxy destroys its kfrags of them, and says so', async (t) => {
    for (const { app } of sharing.gateways.values()) {
      await until(async () => (await app.proxy.context.vault.listKfragIds(consentId)).length === 0)
      t.ok(await app.proxy.endings.isEnded(patient.patientId, consentId))
    }
    await until(async () => (await world.gateway('CoreMSP').ledger.getConsent(consentId)).destructions.length === 3)
    t.match(await world.gateway('CoreMSP').ledger.getConsent(consentId).then((state) =>
      state.destructions.map((d) => JSON.parse(d.statement.body) as object)), [{ cause: 'void' }, { cause: 'void' }, { cause: 'void' }])
  })

  t.test('the successor alone lists and reads', async (t) => {
    const list = async (as: TestPatient): Promise<number> =>
      (await core.app.inject({
        method: 'GET',
        url: `/v1/patients/${patient.patientId}/records`,
        headers: { authorization: core.session(as) }
      })).statusCode
    t.same([await list(successor), await list(stranger)], [200, 403])
    t.same(await getWrap(record, successor), { status: 200, body: { wrap: toHex(record.wrap) } })
    t.same(
      await getWrap(record, successor, sharing.of(OTHER)),
      { status: 200, body: { wrap: toHex(record.wrap) } },
      'through another hospital'
    )
    t.match(await getWrap(record, stranger), { status: 403, body: { code: 'NOT_PERMITTED' } })
    t.same(
      (await core.app.inject({
        method: 'GET',
        url: `/v1/records/${record.recordId}`,
        headers: { authorization: core.session(successor) }
      })).statusCode,
      200
    )
  })

  t.test('after the rewrap it is the successor\'s, and a reader opens it', async (t) => {
    const { statement, wrap, after } = draft(record, successor)
    t.match(await rewrap(record, { statement, wrap }, successor), { status: 201 })
    t.match(await getWrap(record, patient), { status: 403, body: { code: 'NOT_PERMITTED' } })
    const [ordinary, sensitive] = successor.compartments
    sharing.patient = { ...successor, compartments: [sensitive, ordinary] }
    const { body, status } = await sharing.collect(await sharing.permit(await sharing.activate(), [after]))
    t.equal(status, 200)
    t.equal(sharing.open(after, body.answers).length, 32)
  })
})

t.test('a succession that one side did not sign is refused', async (t) => {
  const [former, next] = [await publishPatient(world), await publishPatient(world)]
  const url = `/v1/patients/${former.patientId}/succession`
  t.match(await post(url, { statement: signSuccession(world, former, next, former.identity) }), {
    status: 400,
    body: { code: 'SIGNATURE_INVALID' }
  })
  t.match(await post(url, { statement: signSuccession(world, former, next, former.identity, SecretKey.random()) }), {
    status: 400,
    body: { code: 'SIGNATURE_INVALID' }
  })
  t.match(
    await post(url, { statement: signSuccession(world, next, former, former.identity, next.identity) }),
    { status: 400, body: { code: 'REQUEST_INVALID' } },
    'of another patient'
  )
})
