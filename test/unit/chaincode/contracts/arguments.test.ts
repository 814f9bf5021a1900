import t from 'tap'
import { PolicyDocument } from '@epione/protocol'
import { parseArgument } from '../../../../chaincode/dist/contracts/arguments.js'

await t.test('an argument longer than any that fits is refused unread: judging it would hold up everybody else on the peer', (t) => {
  const roles = Array.from({ length: 100_000 }, (_, i) => `r${String(i)}`)
  const json = JSON.stringify({ version: 2, roles: [], organizations: [], rules: [{ id: 'a', effect: 'permit', roles }] })
  t.throws(() => parseArgument(PolicyDocument, json, 'a policy', 'POLICY_INVALID'), { code: 'POLICY_INVALID', message: /of at most 262144 characters/ })
  t.throws(() => parseArgument(PolicyDocument, '{}', 'a policy'), { code: 'ARGUMENT_INVALID', message: /fits its schema/ })
  t.end()
})
