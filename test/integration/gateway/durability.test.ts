import { setTimeout as delay } from 'node:timers/promises'
import { Readable } from 'node:stream'
import t from 'tap'
import { statementId } from '@epione/crypto'
import { SLOW } from '../../helpers/flood.ts'
import { GatewayClient, createPatientKeys, createRecordId, sealZeros } from '../../helpers/gateway-client.ts'
import { StreamLoad } from '../../helpers/stream-load.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

/** Devices that send at once, and for how long. */
const [DEVICES, SECONDS] = SLOW ? [1_000, 300] : [100, 30]
const DAY_S = 86_400
t.setTimeout((SECONDS + 900) * 1000)

/** A network of its own: this file kills what others would need. */
const network = await TestNetwork.create()
t.teardown(() => network.destroy())
const file = await network.network()
const core = new GatewayClient(file, network.stateDir, 'core')
const regional = new GatewayClient(file, network.stateDir, 'regional1')
t.teardown(() => Promise.all([core.close(), regional.close()]))
const orderers = ['core', 'regional1', 'regional2'].map((id) => `orderer.${id}`)
const STATEMENT_TIMEOUT_MS = 60_000

/** Waits until a hospital shows the statement on the ledger. */
async function waitForStatement (gateway: GatewayClient, statementId: string): Promise<Record<string, unknown>> {
  const deadline = Date.now() + STATEMENT_TIMEOUT_MS
  for (;;) {
    const answer = await gateway.send('GET', `/v1/statements/${statementId}`)
    if (answer.status === 200) return answer.body
    if (Date.now() > deadline) throw new Error(`no statement ${statementId}: ${JSON.stringify(answer.body)}`)
    await delay(200)
  }
}

t.test('I8: a record acknowledged with 201 is there after kill -9 of its gateway', async (t) => {
  const patient = createPatientKeys()
  await core.registerPatient(patient)
  const author = await core.hire('dr-killed')
  const recordId = createRecordId()
  const stored = await core.upload(Readable.from(sealZeros(recordId, 2_500_000, author.requestKey)), author.authorization)
  const record = core.signRecord(author, patient, recordId, stored.body)
  const key = { authorization: author.authorization, 'idempotency-key': recordId }
  const answer = await core.send('POST', '/v1/records', record, key)
  await network.killProcess('gateway.core')
  t.equal(answer.status, 201)
  await network.startProcess('gateway.core')

  t.match(await core.send('GET', `/v1/records/${recordId}`, undefined, { authorization: author.authorization }), {
    status: 200,
    body: { recordId, manifest: { txId: answer.body['txId'] } }
  })
  const { status, body } = await core.download(`/v1/records/${recordId}/versions/1/content`, core.session(patient))
  t.equal(status, 200)
  let bytes = 0
  for await (const piece of body) bytes += (piece as Buffer).length
  t.equal(bytes, stored.body['sizeBytes'])
  t.same((await core.send('POST', '/v1/records', record, key)).body, answer.body, 'the repeat with its key answers the same')
  t.match(
    await core.send('POST', '/v1/records', record, { authorization: author.authorization }),
    { status: 201, body: { txId: answer.body['txId'] } },
    'and without one'
  )
})

t.test('orderers down: 503 with Retry-After, and nothing is lost', async (t) => {
  const [patient, other] = [createPatientKeys(), createPatientKeys()]
  await core.registerPatient(patient)
  const author = await core.hire('dr-waits')
  const recordId = createRecordId()
  const stored = await core.upload(Readable.from(sealZeros(recordId, 10_000, author.requestKey)), author.authorization)
  const record = core.signRecord(author, patient, recordId, stored.body)
  for (const orderer of orderers) await network.killProcess(orderer)

  const directory = core.signDirectory(other)
  const [first, second] = await Promise.all([
    core.send('POST', '/v1/records', record, { authorization: author.authorization }),
    core.registerPatient(other, directory)
  ])
  for (const refused of [first, second]) {
    t.match(refused, { status: 503, body: { code: 'LEDGER_UNAVAILABLE', txId: /^[0-9a-f]{64}$/ } })
    t.ok(Number(refused.headers['retry-after']) > 0)
    t.notMatch(JSON.stringify(refused.body), /127\.0\.0\.1|stack|grpc/i, 'nothing internal')
  }
  t.match(await core.send('GET', `/v1/patients/${patient.patientId}/directory`), { status: 200 }, 'reading goes on')
  // One of them is only known to the journal of a process that is killed now.
  await network.killProcess('gateway.core')
  for (const orderer of orderers) await network.startProcess(orderer)
  await network.startProcess('gateway.core')

  t.match(
    await core.send('POST', '/v1/records', record, { authorization: author.authorization }),
    { status: 201, body: { recordId } },
    'the same statement, sent again'
  )
  const receipt = await waitForStatement(regional, statementId(directory.body))
  t.match(receipt, { submittedBy: 'CoreMSP', txId: second.body['txId'] }, 'the other came by itself, as the same transaction')
  t.match(await core.registerPatient(other, directory), { status: 201, body: { txId: second.body['txId'] } })
})

t.test(`I8: of ${String(DEVICES)} devices' windows nothing is lost or doubled though their gateway is killed with -9`, async (t) => {
  const load = await StreamLoad.prepare(network, { devices: DEVICES, lastsMs: SECONDS * 1000, everyMs: 10_000, windowBytes: 1_024 })
  t.teardown(() => load.close())
  const figures = await load.run(async () => {
    await delay(SECONDS * 500)
    await load.killGateway(2_000)
  })
  t.same(await load.findFaults(), [])
  const { windows, segments, segmentTransactions, segmentsMs, storeBytes, ledgerBytes, lagMs, undisturbedLagP95Ms } = figures
  t.ok(windows >= DEVICES * Math.floor(SECONDS / 10 - 1), 'every device sent')
  t.ok(segmentTransactions * 2 <= segments, 'segments share transactions')
  const perDay = 24 / segments
  t.comment(`${String(windows)} windows of ${String(DEVICES)} devices in ${String(SECONDS)} s; lag p50 ${String(lagMs.p50)} ms, p95 ${String(lagMs.p95)} ms, ` +
    `p95 while the gateway ran ${String(undisturbedLagP95Ms)} ms, longest ${String(lagMs.max)} ms`)
  t.comment(`${String(Math.round(storeBytes / windows))} bytes of database for a window of 1,024 bytes of samples`)
  t.comment(`${String(segments)} segments closed at once in ${String(segmentTransactions)} transactions and ${String(segmentsMs)} ms`)
  t.comment(`ledger: ${String(ledgerBytes)} bytes; with a segment an hour, a device and day take ${(segmentTransactions * perDay).toFixed(2)} transactions and ` +
    `${String(Math.round(ledgerBytes * perDay))} bytes, a window of 10 s ${(ledgerBytes * perDay / (DAY_S / 10)).toFixed(1)} bytes`)
  t.ok(ledgerBytes * perDay <= 200_000, 'a device costs the ledger at most 200 kB a day')
})
