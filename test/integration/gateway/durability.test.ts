import { setTimeout as delay } from 'node:timers/promises'
import { Readable } from 'node:stream'
import t from 'tap'
import { statementId } from '@epione/crypto'
import { GatewayClient, createPatientKeys, createRecordId, sealZeros } from '../../helpers/gateway-client.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

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
