import t from 'tap'
import { randomBytes } from '@epione/crypto'
import { isInactiveStatement } from '@epione/protocol'
import { StatementReader, openStatement } from '@epione/protocol/verify'
import { COMING_EXAMPLES, signExample } from '../../helpers/features.ts'

const networkId = randomBytes(32)

t.test('the judge refuses whatever no code takes yet, with one code and the name of its feature', (t) => {
  const reader = new StatementReader(networkId)
  for (const example of COMING_EXAMPLES) {
    const refusal = { name: 'Refusal', code: 'FEATURE_INACTIVE', why: new RegExp(`feature ${example.use.feature}`) }
    const statement = signExample(example, networkId)
    t.throws(() => openStatement(example.type, statement, networkId), refusal, example.what)
    t.throws(() => reader.read(example.type, statement), refusal, example.what)
    t.throws(() => reader.read(example.type, statement), refusal, 'it is not remembered as good')
    if (isInactiveStatement(example.type)) {
      t.throws(() => openStatement('Freeze', statement, networkId), refusal, `${example.what}, sent as something else`)
    }
  }
  t.end()
})

t.test('a signature that does not verify is told before what is signed', (t) => {
  for (const example of COMING_EXAMPLES) {
    t.throws(
      () => openStatement(example.type, signExample(example, randomBytes(32)), networkId),
      { code: 'SIGNATURE_INVALID' },
      example.what
    )
  }
  t.end()
})
