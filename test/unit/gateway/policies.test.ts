import t from 'tap'
import { LedgerError, POLICY_1, policyHash } from '@epione/protocol'
import type { PolicyDocument } from '@epione/protocol'
import { Policies } from '../../../gateway/src/ledger/policies.ts'
import { documentOf, nextDocument } from '../../helpers/founding.ts'

const POLICY_2: PolicyDocument = { ...POLICY_1, version: 2 }
const first = documentOf('00'.repeat(32), ['CoreMSP'])
const second = nextDocument(first, { policyHash: policyHash(POLICY_2), inForceFrom: 10 })

/** Policies of a ledger that shows these, and how often it was asked. */
function open (shown: Record<string, PolicyDocument>): { policies: Policies, asked: string[] } {
  const asked: string[] = []
  const getPolicy = (hash: string): Promise<PolicyDocument> => {
    asked.push(hash)
    const policy = shown[hash]
    return policy === undefined ? Promise.reject(new LedgerError('POLICY_UNKNOWN', 'none')) : Promise.resolve(policy)
  }
  return { policies: new Policies({ ledger: { getPolicy }, networkAt: (time) => Promise.resolve(time < 10 ? first : second) }), asked }
}

t.test('the policy of an event is that which the document in force at its time names, read once', async (t) => {
  const { policies, asked } = open({ [policyHash(POLICY_2)]: POLICY_2 })
  t.equal(await policies.at(9), POLICY_1)
  t.strictSame(asked, [], 'what every software has is asked of nobody')
  t.equal(await policies.at(10), POLICY_2)
  t.equal(await policies.at(11), POLICY_2, 'the same object, which is compiled once')
  t.equal(asked.length, 1)
})

t.test('a peer that shows another policy, or one that nobody may apply, is not believed', async (t) => {
  const widened: PolicyDocument = { ...POLICY_2, rules: POLICY_2.rules.map((r) => ({ ...r, purposes: ['HPAYMT'] })) }
  await t.rejects(open({ [policyHash(POLICY_2)]: widened }).policies.at(10), {
    code: 'STATEMENT_UNPROVEN', extensions: { rule: 'policy.hash' }
  })
  const unsound: PolicyDocument = { ...POLICY_1, roles: [] }
  await t.rejects(open({ [policyHash(unsound)]: unsound }).policies.read(policyHash(unsound)), { code: 'STATEMENT_UNPROVEN' })
  await t.rejects(open({}).policies.at(10), { code: 'POLICY_UNKNOWN' })
})
