import t from 'tap'
import { statementId } from '@epione/crypto'
import type { SignedStatement } from '@epione/protocol'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { TestGateway } from '../../helpers/gateway.ts'
import { directoryMembers, publishPatient, randomHash, sign } from '../../helpers/ledger-fixtures.ts'

/* A statement is done once, by its own id, whoever sends it; no key of anybody stands in another's way. */

const consortium = await createConsortium(t)
const { world } = consortium
const core = await buildGateway(t, { consortium })
const regional = await buildGateway(t, { consortium, mspId: 'Regional1MSP' })

interface Answer { statusCode: number, replayed: unknown, body: Record<string, unknown> }

async function send (gateway: TestGateway, method: 'POST' | 'PUT', url: string, statement: SignedStatement, key?: string): Promise<Answer> {
  const headers = key === undefined ? {} : { 'idempotency-key': key }
  const answer = await gateway.app.inject({ method, url, headers, payload: { statement } })
  return { statusCode: answer.statusCode, replayed: answer.headers['idempotency-replayed'], body: answer.json() }
}

t.test('whoever spends the key of a statement that anybody may send spends nothing of its patient\'s', async (t) => {
  const [patient, stranger] = [await publishPatient(world), await publishPatient(world)]
  const statement = sign(world, 'Revocation', { patientId: patient.patientId, consentId: randomHash() }, patient.identity)
  const key = statementId(statement.body)
  const other = sign(world, 'Revocation', { patientId: stranger.patientId, consentId: randomHash() }, stranger.identity)
  t.equal((await send(core, 'POST', '/v1/revocations', other, key)).statusCode, 201)
  t.match(await send(core, 'POST', '/v1/revocations', { ...statement, body: `${statement.body} ` }, key), { statusCode: 400 })
  t.match(await send(core, 'POST', '/v1/revocations', statement, key), { statusCode: 201, body: { statementId: key } })
})

t.test('a statement sent again, with any key or none, through any hospital, answers as the first time', async (t) => {
  const patient = await publishPatient(world)
  const { patientId, identity } = patient
  const next = sign(world, 'KeyDirectory', { ...directoryMembers(patient), version: 2, previous: patient.directoryId }, identity)
  const freeze = sign(world, 'Freeze', { patientId }, identity)
  const revocation = sign(world, 'Revocation', { patientId, consentId: randomHash() }, identity)
  const sent: Array<['POST' | 'PUT', string, SignedStatement]> = [
    ['PUT', `/v1/patients/${patientId}/directory`, next],
    ['POST', `/v1/patients/${patientId}/freeze`, freeze],
    ['POST', '/v1/revocations', revocation]
  ]
  for (const [method, url, statement] of sent) {
    const first = await send(core, method, url, statement, randomHash())
    t.ok([200, 201].includes(first.statusCode), JSON.stringify(first.body))
    for (const again of [
      await send(core, method, url, statement), await send(core, method, url, statement, randomHash()),
      await send(regional, method, url, statement)
    ]) {
      t.match(again, { statusCode: first.statusCode, replayed: undefined, body: first.body }, url)
    }
  }
})

t.test('sent many times at once, it is done once', async (t) => {
  const patient = await publishPatient(world)
  const statement = sign(world, 'Freeze', { patientId: patient.patientId }, patient.identity)
  const answers = await Promise.all(
    [core, regional, core, regional].map((gateway) =>
      send(gateway, 'POST', `/v1/patients/${patient.patientId}/freeze`, statement, 'one key'))
  )
  t.same(answers.map((a) => a.statusCode), [201, 201, 201, 201])
  t.equal(new Set(answers.map((a) => a.body['txId'])).size, 1)
})
