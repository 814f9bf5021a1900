import t from 'tap'
import { FEATURES } from '@epione/protocol'
import { Refusal, StatementReader } from '@epione/protocol/verify'
import { checkStatement } from '../../../gateway/src/ledger/statements.ts'
import { judged } from '../../../gateway/src/judge.ts'
import { COMING_EXAMPLES, signExample } from '../../helpers/features.ts'
import { buildGateway } from '../../helpers/gateway.ts'
import type { ComingExample } from '../../helpers/features.ts'

const gateway = await buildGateway(t)
const { world } = gateway.consortium
const inactive = (
  { use }: ComingExample
): { code: string, message: RegExp } => ({ code: 'FEATURE_INACTIVE', message: new RegExp(`feature ${use.feature}`) })
const isWhole = (type: string): boolean => FEATURES.some(({ statement, member }) => statement === type && member === '')

t.test('the gateway admits no statement that no code takes yet', (t) => {
  for (const example of COMING_EXAMPLES) {
    t.throws(
      () => checkStatement(example.type, signExample(example, world.networkId), world.networkId),
      inactive(example),
      example.what
    )
  }
  t.end()
})

t.test('a proxy counts none that its peer shows', (t) => {
  const reader = new StatementReader(world.networkId)
  for (const example of COMING_EXAMPLES) {
    t.throws(
      () => judged(() => reader.read(example.type, signExample(example, world.networkId))),
      inactive(example),
      example.what
    )
  }
  t.throws(() => judged(() => { throw new Refusal('FOREIGN', { kind: 'statement', name: 'Consent' }, 'it is another\'s') }), {
    code: 'STATEMENT_UNPROVEN'
  })
  t.end()
})

t.test('whoever sends one is told so at the door', async (t) => {
  await gateway.enrol('dr-early')
  const staff = `Bearer ${await gateway.token('dr-early', 'user/DocumentReference.rs user/DocumentReference.c')}`
  const told = async (
    example: ComingExample,
    request: { method?: 'POST', url: string, payload?: object, authorization?: string }
  ): Promise<void> => {
    const { authorization, ...rest } = request
    const answer = await gateway.app.inject({ ...rest, headers: authorization === undefined ? {} : { authorization } })
    t.match(answer.json(), { code: 'FEATURE_INACTIVE', status: 400, detail: new RegExp(`feature ${example.use.feature}`) }, example.what)
  }
  for (const example of COMING_EXAMPLES) {
    const { type } = example
    const statement = signExample(example, world.networkId)
    if (type === 'Session') {
      await told(example, {
        url: `/v1/patients/${String(example.body['patientId'])}/records`,
        authorization: `Session ${Buffer.from(JSON.stringify(statement)).toString('base64url')}`
      })
    }
    if (type === 'AccessRequest') {
      await told(example, { method: 'POST', url: '/v1/access-requests', payload: { statement }, authorization: staff })
    }
    if (type === 'RecordManifest') {
      await told(example, { method: 'POST', url: '/v1/records', payload: { statement, wrap: '00'.repeat(170) }, authorization: staff })
    }
    if (isWhole(type)) await told(example, { method: 'POST', url: '/v1/revocations', payload: { statement } })
  }
})
