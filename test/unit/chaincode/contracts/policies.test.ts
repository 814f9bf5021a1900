import t from 'tap'
import { toHex } from '@epione/crypto'
import { POLICY_1, policyHash, policyName } from '@epione/protocol'
import type { NetworkDocument, PolicyDocument } from '@epione/protocol'
import { adminSecret, documentOf, nextDocument, signApproval, signProposal } from '../../../helpers/founding.ts'
import { activateConsent, bindPractitioner, publishPatient, randomHash, registerRecord, signRequest } from '../../../helpers/ledger-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'
import type { MemoryWorld } from '../../../helpers/memory-world.ts'

/** Physicians may also read for what a hospital does to run. */
const POLICY_2: PolicyDocument = {
  ...POLICY_1,
  version: 2,
  rules: [...POLICY_1.rules, { id: 'physicians-operate', effect: 'permit', roles: ['physician'], actions: ['read'], purposes: ['HOPERAT'] }]
}
const clock = { now: Date.now() }

async function open (): Promise<{ world: MemoryWorld, first: NetworkDocument }> {
  const world = await createMemoryWorld({ clock: () => clock.now, endorsers: 2 })
  return { world, first: documentOf(toHex(world.networkId), world.members) }
}

const signed = (document: NetworkDocument): ReturnType<typeof signProposal> =>
  signProposal(document, adminSecret('CoreMSP'), { issuedAt: clock.now, submitBefore: clock.now + 60_000 })

await t.test('a document names no policy that is not on the ledger, or that comes with it', async (t) => {
  const { world, first } = await open()
  const { ledger } = world.admin('CoreMSP')
  const second = nextDocument(first, { policyHash: policyHash(POLICY_2) })
  await t.rejects(ledger.proposeNetwork(signed(second)), { code: 'POLICY_UNKNOWN', message: /send it with the proposal/ })
  await t.rejects(ledger.proposeNetwork(signed(second), POLICY_1), { code: 'POLICY_INVALID', message: /this one's hash is/ })
  await t.rejects(ledger.proposeNetwork(signed(second), { ...POLICY_2, color: 'red' } as never), { code: 'POLICY_INVALID' })
  const unsound = { ...POLICY_2, roles: POLICY_2.roles.map((r) => r.id === 'nurse' ? { ...r, parents: ['nurse'] } : r) }
  const naming = nextDocument(first, { policyHash: policyHash(unsound) })
  await t.rejects(ledger.proposeNetwork(signed(naming), unsound), { code: 'POLICY_INVALID', message: /inherit from itself/ })
  await t.rejects(ledger.getPolicy(policyHash(POLICY_2)), { code: 'POLICY_UNKNOWN' }, 'what is refused is not kept')
  await t.rejects(ledger.getPolicy('x'), { code: 'ARGUMENT_INVALID' })
  await t.rejects(ledger.getPolicy(randomHash()), { code: 'POLICY_UNKNOWN' })

  await ledger.proposeNetwork(signed(second), POLICY_2)
  t.strictSame(await ledger.getPolicy(policyHash(POLICY_2)), POLICY_2)
  t.strictSame(await ledger.getPolicy(policyHash(POLICY_1)), POLICY_1)
  const { ledger: other } = world.admin('Regional1MSP')
  await other.proposeNetwork(signProposal(nextDocument(second, { version: 2 }), adminSecret('Regional1MSP')))
  t.equal((await other.listNetworkProposals()).length, 2, 'whoever names it again need not send it')
})

await t.test('requests are decided by the policy in force at their time, which their events name', async (t) => {
  const { world, first } = await open()
  const { ledger } = world.admin('CoreMSP')
  const owner = await publishPatient(world)
  const author = await bindPractitioner(world, { mspId: 'CoreMSP' })
  const reader = await bindPractitioner(world, { mspId: 'Regional1MSP' })
  const record = await registerRecord(world, author, owner)
  const { consentId } = await activateConsent(world, owner, reader, { purposes: ['TREAT', 'HOPERAT'], notAfter: clock.now + 30 * 86_400_000 })
  const ask = async (purpose: string): Promise<object> =>
    (await reader.ledger.requestAccess(signRequest(world, reader, owner, [record], consentId, { purpose }))).value
  t.match(await ask('HOPERAT'), { decision: 'deny', policyVersion: policyName(POLICY_1) })
  const second = nextDocument(first, { policyHash: policyHash(POLICY_2) })
  await ledger.proposeNetwork(signed(second), POLICY_2)
  for (const mspId of ['CoreMSP', 'Regional1MSP']) await ledger.approveNetwork(signApproval(second, adminSecret(mspId)))
  t.match(await ask('HOPERAT'), { decision: 'deny', policyVersion: policyName(POLICY_1) }, 'approved is not in force')
  clock.now = second.inForceFrom
  const calls: number[] = []
  for (let i = 0; i < 2; i++) {
    const before = world.memory.stateCalls
    t.match(await ask('HOPERAT'), { decision: 'permit', policyVersion: policyName(POLICY_2) })
    calls.push(world.memory.stateCalls - before)
  }
  t.equal(calls[0], calls[1], 'a process that knows the policy reads as much as one that does not')
  t.match(await ask('TREAT'), { decision: 'permit', policyVersion: policyName(POLICY_2) })
  t.match(await ask('HRESCH'), { decision: 'deny', policyVersion: policyName(POLICY_2) })
})
