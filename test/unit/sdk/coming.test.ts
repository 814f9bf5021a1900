import t from 'tap'
import { SecretKey, randomBytes } from '@epione/crypto'
import { StatementReader } from '@epione/protocol/verify'
import type { ClientContext } from '@epione/sdk'
import { judged, judgedWith } from '../../../sdk/src/context/judge.ts'
import { draftStatement, makeStatement } from '../../../sdk/src/context/statements.ts'
import { COMING_EXAMPLES, signExample } from '../../helpers/features.ts'
import type { ComingExample } from '../../helpers/features.ts'

const networkId = randomBytes(32)
const context = { networkId } as ClientContext
const inactive = (
  { use }: ComingExample
): {
  name: string
  code: string
  exitCode: number
  message: RegExp
} => ({ name: 'ClientError', code: 'FEATURE_INACTIVE', exitCode: 3, message: new RegExp(`feature ${use.feature}`) })

t.test('the SDK signs nothing that no code takes yet', (t) => {
  for (const example of COMING_EXAMPLES) {
    const { type, nonce: _nonce, issuedAt: _issuedAt, submitBefore: _submitBefore, ...fields } = example.body
    t.throws(() => makeStatement(context, example.type, fields as never, [SecretKey.random()]), inactive(example), example.what)
    t.throws(() => draftStatement(context, example.type, fields as never), inactive(example), example.what)
  }
  t.end()
})

t.test('and counts none that it is shown, without calling anybody a liar', (t) => {
  const reader = new StatementReader(networkId)
  for (const example of COMING_EXAMPLES) {
    const read = (): unknown => reader.read(example.type, signExample(example, networkId))
    t.throws(() => judged({ kind: 'organizations' }, read), Object.assign(inactive(example), { details: {} }), example.what)
    t.throws(
      () => judgedWith({ code: 'CARD_INVALID', what: 'The card', party: { kind: 'card' } }, read),
      Object.assign(inactive(example), { details: {} }),
      example.what
    )
  }
  t.end()
})
