import t from 'tap'
import { DEFAULT_LIMITS } from '../../../gateway/src/http/limits.ts'
import { SharedReads } from '../../../gateway/src/http/shared-reads.ts'
import { footprint, SLOW, told } from '../../helpers/flood.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import { bindPractitioner, createConsent, createPatient, publishPatient, sign, signRevocation } from '../../helpers/ledger-fixtures.ts'
import type { TestPatient } from '../../helpers/ledger-fixtures.ts'
import { READER_MSP, Sharing, until } from '../../helpers/sharing.ts'
import { createDevice, TestStream } from '../../helpers/streaming.ts'
import type { LedgerConnection } from '../../../ledger/src/fabric/ledger-connection.ts'

const READS = SLOW ? 300 : 60

t.test('too many requests of one address, person or patient are refused with the time to wait', async (t) => {
  const limits = { ...DEFAULT_LIMITS, requestsPerAddress: 30, requestsPerCaller: 3, statementsPerAddress: 2, stopsPerAddress: 2 }
  const gateway = await buildGateway(t, { config: { limits } })
  const patients = [await publishPatient(gateway.consortium.world), await publishPatient(gateway.consortium.world)] as const
  const list = async (patient: typeof patients[number], remoteAddress = '10.0.0.1'): Promise<number> =>
    (await gateway.app.inject({
      url: `/v1/patients/${patient.patientId}/records`,
      headers: { authorization: gateway.session(patient) },
      remoteAddress
    })).statusCode

  t.test('a patient', async (t) => {
    const codes = []
    for (let i = 0; i < 4; i += 1) codes.push(await list(patients[0], `10.0.1.${String(i)}`))
    t.same(codes, [200, 200, 200, 429], 'from whatever address')
    t.equal(await list(patients[1]), 200, 'another one is served')
  })

  t.test('a patient\'s devices, each for itself and all together', async (t) => {
    const { world } = gateway.consortium
    const ask = async (stream: TestStream): Promise<number> => (await gateway.app.inject({
      url: `/v1/streams/${stream.stream}`, headers: { authorization: stream.session(gateway.config.publicUrl) }, remoteAddress: '10.0.5.1'
    })).statusCode
    const streamOf = async (patient: TestPatient): Promise<TestStream> => {
      const device = createDevice(world, patient, patient.compartments[0])
      await world.gateway('CoreMSP').ledger.addDevice(device.statement)
      return new TestStream(world, device)
    }
    const codes: number[] = []
    for (let device = 0; device < 5; device += 1) {
      const stream = await streamOf(patients[0])
      for (let i = 0; i < 3; i += 1) codes.push(await ask(stream))
      if (device === 0) t.equal(await ask(stream), 429, 'one device')
    }
    t.same(codes, [...Array.from({ length: 12 }, () => 200), 429, 429, 429])
    t.equal(await ask(await streamOf(patients[1])), 200, 'another patient\'s is served')
  })

  t.test('statements of one address', async (t) => {
    const post = async (
      remoteAddress: string,
      url = '/v1/consents'
    ) => await gateway.app.inject({ method: 'POST', url, payload: { statement: {} }, remoteAddress })
    t.same([(await post('10.0.2.1')).statusCode, (await post('10.0.2.1')).statusCode], [400, 400])
    const refused = await post('10.0.2.1')
    t.match(refused.json(), { status: 429, code: 'TOO_MANY_REQUESTS' })
    t.match(refused.headers, { 'retry-after': /^[1-9]\d*$/ })
    t.equal((await post('10.0.2.2')).statusCode, 400)
    t.equal((await gateway.app.inject({ url: '/v1/network', remoteAddress: '10.0.2.1' })).statusCode, 200, 'reads go on')
    const stops = []
    for (let i = 0; i < 3; i += 1) stops.push((await post('10.0.2.1', '/v1/revocations')).statusCode)
    t.same(stops, [400, 400, 429], 'those that stop something count apart')
  })

  t.test('callers behind one address keep each other out neither by token nor by session nor by their own statements', async (t) => {
    const crowd = await buildGateway(t, {
      config: { limits: { ...DEFAULT_LIMITS, requestsPerAddress: 3, statementsPerAddress: 1, stopsPerAddress: 1 } }
    })
    const { app, consortium: { world } } = crowd
    const remoteAddress = '10.0.4.1'
    await crowd.enrol('dr-a')
    const ask = async (authorization: string): Promise<number> =>
      (await app.inject({ url: '/v1/practitioners/me/consents', headers: { authorization }, remoteAddress })).statusCode
    const token = `Bearer ${await crowd.token('dr-a', 'user/DocumentReference.rs')}`
    const scopeless = `Bearer ${await crowd.token('dr-a', 'user/Nothing.rs')}`
    for (let i = 0; i < 6; i += 1) {
      const patient = await publishPatient(world)
      const session = await app.inject({
        url: `/v1/patients/${patient.patientId}/records`,
        headers: { authorization: crowd.session(patient) },
        remoteAddress
      })
      const revocation = await app.inject({
        method: 'POST',
        url: '/v1/revocations',
        payload: { statement: signRevocation(world, patient, 'a'.repeat(64)) },
        remoteAddress
      })
      t.same([await ask(token), await ask(scopeless), session.statusCode, revocation.statusCode], [200, 403, 200, 201])
    }
    const [known, stranger] = [await publishPatient(world), createPatient()]
    const list = async (patient: typeof stranger): Promise<number> =>
      (await app.inject({
        url: `/v1/patients/${known.patientId}/records`,
        headers: { authorization: crowd.session(patient) },
        remoteAddress
      })).statusCode
    const anonymous = async (): Promise<number> => (await app.inject({ url: '/v1/network', remoteAddress })).statusCode
    t.same([await anonymous(), await anonymous(), await anonymous(), await anonymous()], [200, 200, 200, 429], 'nobody known')
    t.equal(await list(known), 200, 'a patient is')
    t.same(
      [await list(stranger), await list(stranger), await list(stranger), await list(stranger)],
      [401, 401, 401, 429],
      'sessions of made-up patients'
    )
    t.equal(await ask(token), 200, 'a person is served still')
  })

  t.test('addresses are those that a trusted reverse proxy tells, and no one else', async (t) => {
    const behind = await buildGateway(t, {
      config: { trustedProxies: ['10.9.0.0/16'], limits: { ...DEFAULT_LIMITS, requestsPerAddress: 1 } }
    })
    const get = async (remoteAddress: string, caller: string): Promise<number> =>
      (await behind.app.inject({ url: '/v1/network', remoteAddress, headers: { 'x-forwarded-for': caller } })).statusCode
    t.same([await get('10.9.0.1', '192.0.2.1'), await get('10.9.0.2', '192.0.2.2'), await get('10.9.0.1', '192.0.2.1')], [200, 200, 429])
    t.same([await get('10.0.5.1', '192.0.2.3'), await get('10.0.5.1', '192.0.2.4')], [200, 429], 'from anybody else it is ignored')
  })

  t.test('whoever sends a statement of a patient again uses up none of the patient\'s', async (t) => {
    const narrow = await buildGateway(t, { config: { limits: { ...DEFAULT_LIMITS, writesPerCaller: 2 } } })
    const { world } = narrow.consortium
    const patient = await publishPatient(world)
    const post = async (statement: object, remoteAddress: string): Promise<number> =>
      (await narrow.app.inject({ method: 'POST', url: '/v1/revocations', payload: { statement }, remoteAddress })).statusCode
    const first = signRevocation(world, patient, 'a'.repeat(64))
    t.equal(await post(first, '10.0.3.1'), 201)
    for (let i = 0; i < 4; i += 1) t.equal(await post(first, '10.0.3.2'), 201, 'sent again by a stranger')
    t.equal(await post(signRevocation(world, patient, 'b'.repeat(64)), '10.0.3.1'), 201)
    t.equal(await post(signRevocation(world, patient, 'c'.repeat(64)), '10.0.3.1'), 429, 'only new ones count')
  })

  t.test('writes of a patient take nothing from the stops, nor does who sends again what the ledger refused', async (t) => {
    const narrow = await buildGateway(t, { config: { limits: { ...DEFAULT_LIMITS, writesPerCaller: 2 } } })
    const { world } = narrow.consortium
    const patient = await publishPatient(world)
    const post = async (url: string, statement: object): Promise<number> =>
      (await narrow.app.inject({
        method: 'POST',
        url,
        payload: {
          statement,
          ...(url === '/v1/consents' && { kfrags: [{ mspId: 'CoreMSP', kfragId: 'a'.repeat(64), sealed: 'aa'.repeat(359) }] })
        }
      })).statusCode
    const reader = await bindPractitioner(world, { mspId: READER_MSP })
    const refusable = (): object => sign(world, 'Consent', createConsent(world, patient, reader).members, patient.identity)
    const [first, second] = [refusable(), refusable()]
    for (let i = 0; i < 4; i += 1) t.equal(await post('/v1/consents', first), 400, 'sent again by anybody')
    t.equal(await post('/v1/consents', second), 400)
    t.equal(await post('/v1/consents', refusable()), 429)
    t.equal(await post('/v1/revocations', signRevocation(world, patient, 'a'.repeat(64))), 201)
  })

  t.test('a clock that is set back lets nobody wait longer', async (t) => {
    const narrow = await buildGateway(t, { config: { limits: { ...DEFAULT_LIMITS, requestsPerAddress: 1 } } })
    const get = async (): Promise<{ statusCode: number, headers: Record<string, unknown> }> =>
      await narrow.app.inject({ url: '/v1/network', remoteAddress: '10.0.6.1' })
    t.equal((await get()).statusCode, 200)
    const { now } = Date
    t.teardown(() => { Date.now = now })
    Date.now = () => now() - 3_600_000
    const refused = await get()
    t.equal(refused.statusCode, 429)
    t.ok(Number(refused.headers['retry-after']) <= 60)
  })

  t.test('all requests of one address, an IPv6 /64 being one', async (t) => {
    const codes = []
    for (let i = 0; i < 31; i += 1) {
      codes.push(
        (await gateway.app.inject({ url: '/v1/network', remoteAddress: `2001:db8::${String(i + 1)}` })).statusCode
      )
    }
    t.same([codes.filter((code) => code === 200).length, codes.at(-1)], [30, 429])
    t.equal((await gateway.app.inject({ url: '/v1/network', remoteAddress: '2001:db8:1::1' })).statusCode, 200)
  })
})

t.test('a crowd that reads one directory asks the peer once', async (t) => {
  const consortium = await createConsortium(t)
  let asked = 0
  const connection = consortium.blocks.connect(consortium.network.networkId)
  const connectLedger = (): LedgerConnection => ({
    ...connection,
    portFor: (identity) => {
      const port = connection.portFor(identity)
      return {
        submit: (name, args) => port.submit(name, args),
        evaluate: async (name, args) => {
          if (name === 'Directory:GetPatient') asked += 1
          return await port.evaluate(name, args)
        }
      }
    }
  })
  const gateway = await buildGateway(t, { consortium, ports: { connectLedger } })
  const patient = await publishPatient(consortium.world)
  const before = await footprint(gateway)
  const answers = await Promise.all(Array.from({ length: READS }, () => gateway.app.inject(`/v1/patients/${patient.patientId}/directory`)))
  t.ok(answers.every(({ statusCode }) => statusCode === 200))
  t.ok(asked <= 2, `asked ${String(asked)} times`)
  const cost = await told(t, gateway, before, `${String(READS)} reads of one directory`)
  t.ok(cost.rssMiB < 256)
})

t.test('reads share one answer, fail together, and only so many run at once', async (t) => {
  const reads = new SharedReads({ concurrent: 2, lifeMs: 60_000 })
  let [running, most, count] = [0, 0, 0]
  const slow = async (): Promise<number> => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setImmediate(resolve))
    running -= 1
    return ++count
  }
  await Promise.all(Array.from({ length: 20 }, (_, i) => reads.read(String(i), String(i % 5), slow)))
  t.same([most, count], [2, 20])
  t.equal(await reads.read('19', 'a', slow), 20, 'a known answer')
  reads.forget()
  t.equal(await reads.read('19', 'a', slow), 21)
  await t.rejects(reads.read('bad', 'a', () => Promise.reject(new Error('no peer'))), /no peer/)
  t.equal(await reads.read('bad', 'a', slow), 22, 'a failure is not kept')
})

t.test('each origin has its turn, and whoever floods waits longest', async (t) => {
  const reads = new SharedReads({ concurrent: 4, lifeMs: 0 })
  const ends: (() => void)[] = []
  const begun: string[] = []
  const ask = (from: string, key: string): Promise<string> => reads.read(key, from, async () => {
    begun.push(key)
    await new Promise<void>((resolve) => { ends.push(resolve) })
    return key
  })
  const flood = Array.from({ length: 34 }, (_, i) => ask('flood', `flood ${String(i)}`))
  const refused = t.rejects(ask('flood', 'one more'), { code: 'OVERLOADED' })
  const others = [ask('a', 'a 1'), ask('b', 'b 1'), ask('a', 'a 2'), ask('b', 'flood 33')]
  await refused
  t.same(begun, ['flood 0', 'flood 1', 'a 1', 'b 1'], 'half of the places at most')
  ends.shift()?.()
  t.equal(await flood[0], 'flood 0')
  ends.splice(0).forEach((end) => { end() })
  await others[0]
  while (ends.length < 4) await new Promise((resolve) => setImmediate(resolve))
  t.ok(begun.includes('a 2') && begun.includes('flood 33'), 'before the flood is through, what is asked by others too')
  const drain = setInterval(() => { ends.splice(0).forEach((end) => { end() }) })
  await Promise.all([...flood, ...others])
  clearInterval(drain)
})

t.test('a flood of strangers delays no revocation and no freeze', async (t) => {
  const consortium = await createConsortium(t)
  const made = new Set<string>()
  const connection = consortium.blocks.connect(consortium.network.networkId)
  let hanging = 0
  const connectLedger = (): LedgerConnection => ({
    ...connection,
    portFor: (identity) => {
      const port = connection.portFor(identity)
      return {
        submit: (name, args) => port.submit(name, args),
        evaluate: async (name, args) => {
          if (!args.some((arg) => made.has(arg))) return await port.evaluate(name, args)
          hanging += 1
          return await new Promise<never>(() => undefined)
        }
      }
    }
  })
  const { app, session } = await buildGateway(t, { consortium, ports: { connectLedger } })
  const { world } = consortium
  const invent = (): TestPatient => {
    const patient = createPatient()
    made.add(patient.patientId)
    return patient
  }
  const revoke = (patient: TestPatient, remoteAddress: string): Promise<{ statusCode: number }> =>
    app.inject({
      method: 'POST',
      url: '/v1/revocations',
      payload: { statement: signRevocation(world, patient, 'a'.repeat(64)) },
      remoteAddress
    })
  const patient = await publishPatient(world)
  const flood: Promise<unknown>[] = []
  for (let i = 0; i < 60; i += 1) {
    const stranger = invent()
    flood.push(
      app.inject({
        url: `/v1/patients/${stranger.patientId}/records`,
        headers: { authorization: session(stranger) },
        remoteAddress: `10.1.0.${String(i % 3)}`
      }),
      revoke(invent(), '10.1.0.9')
    )
  }
  await until(() => hanging === 16 + 8)
  t.equal((await revoke(patient, '10.1.1.1')).statusCode, 201)
  const freeze = sign(world, 'Freeze', { patientId: patient.patientId }, patient.identity)
  t.equal(
    (await app.inject({
      method: 'POST',
      url: `/v1/patients/${patient.patientId}/freeze`,
      payload: { statement: freeze },
      remoteAddress: '10.1.1.1'
    })).statusCode,
    201
  )
  t.equal(hanging, 16 + 8, `all other places are taken by ${String(flood.length)} requests`)
})

t.test('the sixth equal denial is not submitted and names the event of the fifth; news of the patient makes it a new question', async (t) => {
  const sharing = await Sharing.create(t, {
    running: [READER_MSP],
    special: () => ({ config: { limits: { ...DEFAULT_LIMITS, writesPerCaller: 1_000 } } })
  })
  const gateway = sharing.of(READER_MSP)
  const before = await footprint(gateway)
  const denied: unknown[] = []
  for (let i = 0; i < 5; i += 1) {
    const { status, body } = await sharing.request()
    t.match({ status, body }, { status: 403, body: { code: 'ACCESS_DENIED' } })
    denied.push(body['eventId'])
  }
  const height = sharing.world.memory.height
  for (let i = 0; i < (SLOW ? 295 : 20); i += 1) {
    const { status, body } = await sharing.request()
    t.match({ status, body }, { status: 429, body: { code: 'DENIED_REPEATEDLY', eventId: denied[4], notSubmitted: i + 1 } })
  }
  t.equal(sharing.world.memory.height, height, 'nothing was submitted')
  await told(t, gateway, before, 'equal denials')
  const consentId = await (async () => {
    const request = await sharing.createGrant()
    await sharing.commit(request, ...sharing.world.members)
    return request.consentId
  })()
  t.match(await sharing.request(consentId), { status: 201 }, 'with a consent')
  t.match(await sharing.request(), { status: 403, body: { code: 'ACCESS_DENIED' } }, 'and without one it is decided once more')
})

t.test('a log line is short however long the request is', async (t) => {
  const gateway = await buildGateway(t)
  const before = gateway.log.length
  await gateway.app.inject(`/v1/${'x'.repeat(10_000)}`)
  await gateway.app.inject({ method: 'POST', url: '/v1/revocations', payload: { statement: { body: 'y'.repeat(60_000), signatures: [] } } })
  for (const line of gateway.log.slice(before)) t.ok(line.length < 4_000, line.slice(0, 100))
})

t.test('anonymous statements are judged before anything is written for them', async (t) => {
  const sharing = await Sharing.create(t, { running: [READER_MSP] })
  const gateway = sharing.of(READER_MSP)
  const { app } = gateway
  const before = await footprint(gateway)
  const rows = async (): Promise<number> =>
    (await app.store.db.selectFrom('outbox').select(
      'id'
    ).execute()).length + (await app.store.db.selectFrom('ended_consents').select('consent_id').execute()).length
  const grant = await sharing.createGrant()
  const stranger = createPatient()
  const body = JSON.parse(grant.statement.body) as Record<string, unknown>
  const now = Date.now()
  const send = async (
    members: object,
    key = sharing.patient.identity
  ): Promise<unknown> => (await sharing.grant(
    { ...grant, statement: sign(sharing.world, 'Consent', { ...body, ...members }, key) },
    READER_MSP
  )).body.code
  for (let i = 0; i < (SLOW ? 150 : 10); i += 1) {
    t.equal(
      await send({ patientId: stranger.patientId }, stranger.identity),
      'PATIENT_UNKNOWN'
    )
  }
  t.equal(await send({}, stranger.identity), 'SIGNATURE_INVALID')
  t.equal(await send({ submitBefore: now + 400 * 24 * 3_600_000 }), 'STATEMENT_INVALID')
  t.equal(await send({ issuedAt: now - 7_200_000, submitBefore: now - 3_600_000 }), 'STATEMENT_EXPIRED')
  t.equal(await send({ issuedAt: now + 120_000, submitBefore: now + 180_000 }), 'STATEMENT_NOT_YET_VALID')
  const revocation = sign(
    sharing.world,
    'Revocation',
    JSON.parse(signRevocation(sharing.world, sharing.patient, grant.consentId).body) as object,
    stranger.identity
  )
  t.equal((await sharing.revoke(grant.consentId, READER_MSP, revocation)).body.code, 'SIGNATURE_INVALID')
  t.equal(await rows(), 0)
  t.same(await app.proxy.context.keyFiles.list(), [])
  const cost = await told(t, gateway, before, 'refused consents')
  t.ok(cost.diskBytes < 500_000)
})

t.test('a gateway that is late with everything refuses what comes, but for what stops something', async (t) => {
  const { app } = await buildGateway(t, { config: { limits: { ...DEFAULT_LIMITS, delayMs: 15 } } })
  const post = async (url: string): Promise<{ code: string }> => (await app.inject({ method: 'POST', url, payload: { statement: {} } })).json()
  t.match(await post('/v1/consents'), { code: 'REQUEST_INVALID' }, 'not at the start, however long that took')
  let isLate = true
  const burn = (): void => {
    for (const until = performance.now() + 60; performance.now() < until;);
    if (isLate) setTimeout(burn, 1)
  }
  burn()
  await until(async () => (await post('/v1/consents')).code === 'OVERLOADED')
  // After a pause of a second, as on a busy machine, it is found out anew that it lasts.
  await until(async () => {
    const { statusCode, headers } = await app.inject({ url: '/v1/network' })
    return statusCode === 503 && /^[1-9]/.test(String(headers['retry-after']))
  })
  t.match(await post('/v1/revocations'), { code: 'REQUEST_INVALID' }, 'a revocation is judged')
  t.equal((await app.inject({ url: '/health/live' })).statusCode, 200)
  isLate = false
  await until(async () => (await app.inject({ url: '/v1/network' })).statusCode === 200)
})
