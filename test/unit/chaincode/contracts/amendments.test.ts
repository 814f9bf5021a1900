import t from 'tap'
import { adminKeyOf, canonicalize } from '@epione/crypto'
import {
  AMENDMENT_HORIZON_MS, AMENDMENT_NOTICE_MS, documentIn, hashOfDocument, networkAt, ORDER_TOLERANCE_MS, STATEMENT_LIFE_MS
} from '@epione/protocol'
import type { NetworkDocument } from '@epione/protocol'
import { verifyAmendment } from '@epione/protocol/verify'
import { adminSecret, documentOf, nextDocument, signApproval, signFounding, signProposal } from '../../../helpers/founding.ts'
import { randomHash } from '../../../helpers/ledger-fixtures.ts'
import { MemoryLedger } from '../../../helpers/memory-ledger.ts'
import type { LedgerClient } from '@epione/ledger/client'

const MEMBERS = ['CoreMSP', 'Regional1MSP', 'Regional2MSP', 'Regional3MSP']
const first = documentOf(randomHash(), MEMBERS)
const [core, regional1, regional2, regional3] = MEMBERS.map(adminSecret) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
const { settings } = first

interface World { client: LedgerClient, ledger: MemoryLedger, clock: { now: number } }

/** A founded network of four hospitals whose time the test says. */
async function found (document = first): Promise<World> {
  const clock = { now: Date.now() }
  const ledger = new MemoryLedger({ clock: () => clock.now, endorsers: 2 })
  const client = ledger.clientFor({ mspId: 'CoreMSP', staffId: 'admin', admin: true })
  await client.found(signFounding(document))
  return { client, ledger, clock }
}

/** Statements for a ledger whose time is not now. */
const at = ({ clock }: World): object => ({ issuedAt: clock.now, submitBefore: clock.now + 60_000 })

async function approve (world: World, document: NetworkDocument, secrets: readonly Uint8Array[]): Promise<void> {
  for (const secret of secrets) await world.client.approveNetwork(signApproval(document, secret, at(world)))
}

await t.test('a version counts from its time on, once more than half of the members approved it, and can be proven', async (t) => {
  const world = await found()
  const { client, clock } = world
  const second = nextDocument(first, { settings: { ...settings, permitSeconds: 10 } })
  const proposal = signProposal(second)
  t.match((await client.proposeNetwork(proposal)).value, { statement: proposal, submittedBy: 'CoreMSP' })
  await approve(world, second, [core, regional1])
  t.match(await client.listNetworkProposals(), [{ documentHash: hashOfDocument(second), proposal: { statement: proposal } }])
  t.equal((await client.listNetworkProposals())[0]?.approvals.length, 2)
  clock.now = second.inForceFrom
  t.match(await client.getNetwork(), { version: 1, next: undefined, settings }, 'half of the members is not more than half')
  await t.rejects(client.getNetworkDocument(2), { code: 'ARGUMENT_INVALID', message: /no version 2/ })

  clock.now = second.inForceFrom - AMENDMENT_NOTICE_MS
  await approve(world, second, [regional2])
  t.match(await client.getNetwork(), { version: 1, settings, next: { version: 2, settings: { permitSeconds: 10 } } })
  t.strictSame(await client.listNetworkProposals(), [])
  const signed = await client.getNetworkDocument(2)
  t.strictSame(documentIn(signed), second)
  t.strictSame(verifyAmendment(first, signed), second)
  clock.now = second.inForceFrom - 1
  t.match(await client.getNetwork(), { version: 1, settings })
  clock.now = second.inForceFrom
  t.match(await client.getNetwork(), { version: 2, documentHash: hashOfDocument(second), settings: { permitSeconds: 10 }, next: undefined })
})

await t.test('a third version follows the second, by the admins that the second lists', async (t) => {
  const world = await found()
  const { client, clock } = world
  const second = nextDocument(first, { settings: { ...settings, permitSeconds: 10 } })
  await client.proposeNetwork(signProposal(second))
  await approve(world, second, [core, regional1, regional2])
  const third = nextDocument(second, { inForceFrom: second.inForceFrom + 7_200_000 })
  await t.rejects(client.proposeNetwork(signProposal(third)), { code: 'NETWORK_CONFLICT', message: /Version 2 is approved/ })
  clock.now = second.inForceFrom + ORDER_TOLERANCE_MS - 1
  await t.rejects(client.proposeNetwork(signProposal(third, core, at(world))), { code: 'PROPOSAL_INVALID', message: /a minute after/ })
  clock.now += 1
  await client.proposeNetwork(signProposal(third, regional3, at(world)))
  await approve(world, third, [core, regional1, regional3])
  t.match(await client.getNetwork(), { version: 2, settings: { permitSeconds: 10 }, next: { version: 3 } })
  clock.now = third.inForceFrom
  t.match(await client.getNetwork(), { version: 3 })
})

await t.test('what is no admin\'s, no member\'s, of another network or altered is refused', async (t) => {
  const world = await found()
  const { client } = world
  const second = nextDocument(first)
  const proposal = signProposal(second)
  const other = signProposal(second, regional1)
  const stranger = adminSecret('StrangerMSP')
  await t.rejects(client.proposeNetwork(signProposal(second, stranger)), { code: 'SIGNATURE_INVALID' })
  await t.rejects(client.proposeNetwork({ ...proposal, signatures: [] }), { code: 'STATEMENT_INVALID' })
  await t.rejects(client.proposeNetwork({ ...proposal, body: other.body }), { code: 'SIGNATURE_INVALID' })
  await t.rejects(client.proposeNetwork(signProposal({ ...second, networkId: randomHash() })), { code: 'SIGNATURE_INVALID' })
  const { nonce, issuedAt, submitBefore } = JSON.parse(proposal.body) as { nonce: string, issuedAt: number, submitBefore: number }
  const again = signProposal(second, regional1, { nonce, issuedAt, submitBefore })
  const both = { body: proposal.body, signatures: [...proposal.signatures, ...again.signatures] }
  await t.rejects(client.proposeNetwork(both), { code: 'SIGNATURE_INVALID', message: /one admin key/ }, 'two members cannot propose together')
  await t.rejects(client.proposeNetwork(signApproval(second, core)), { code: 'STATEMENT_INVALID' })
  await t.rejects(client.approveNetwork(proposal), { code: 'STATEMENT_INVALID' })
  await client.proposeNetwork(proposal)
  const approval = signApproval(second, core)
  await t.rejects(client.approveNetwork(signApproval(second, stranger)), { code: 'SIGNATURE_INVALID' })
  await t.rejects(client.approveNetwork({ ...approval, body: canonicalize({ ...JSON.parse(approval.body) as object, version: 3 }) }), {
    code: 'SIGNATURE_INVALID'
  })
  t.strictSame((await client.listNetworkProposals())[0]?.approvals, [])
})

await t.test('times and repeats are judged as of every statement', async (t) => {
  const { client, clock } = await found()
  const second = nextDocument(first)
  const signedAt = (issuedAt: number, submitBefore: number): ReturnType<typeof signProposal> =>
    signProposal(second, core, { issuedAt, submitBefore })
  await t.rejects(client.proposeNetwork(signedAt(clock.now + 40_000, clock.now + 50_000)), { code: 'STATEMENT_NOT_YET_VALID' })
  await t.rejects(client.proposeNetwork(signedAt(clock.now - 2, clock.now - 1)), { code: 'STATEMENT_EXPIRED' })
  await t.rejects(client.proposeNetwork(signedAt(clock.now, clock.now + STATEMENT_LIFE_MS + 1)), { code: 'STATEMENT_INVALID' })
  const [proposal, approval] = [signProposal(second), signApproval(second, core)]
  await client.proposeNetwork(proposal)
  await client.approveNetwork(approval)
  await t.rejects(client.proposeNetwork(proposal), { code: /STATEMENT_REPLAYED/ })
  await t.rejects(client.approveNetwork(approval), { code: /STATEMENT_REPLAYED/ })
})

await t.test('who is a member does not change by a document yet', async (t) => {
  const { client } = await found()
  const { members } = first
  const spare = adminKeyOf(adminSecret('another admin of CoreMSP'))
  for (const changed of [
    members.slice(1), members.toReversed(), [...members, { ...members[0], mspId: 'NewMSP', id: 'new', adminKeys: [spare] }],
    members.map((m) => m.mspId === 'CoreMSP' ? { ...m, adminKeys: [spare] } : m), members.map((m) => ({ ...m, name: `${m.name} II` }))
  ]) {
    await t.rejects(client.proposeNetwork(signProposal(nextDocument(first, { members: changed as NetworkDocument['members'] }))), {
      code: 'MEMBERS_FIXED', message: /Leave the members as they are/
    })
  }
})

await t.test('a document that cannot follow the one in force is refused, with what is wrong', async (t) => {
  const { client, clock } = await found()
  const refused: [RegExp, Partial<NetworkDocument>][] = [
    [/Leave name as it is/, { name: 'other' }],
    [/Leave testing as it is/, { testing: true }],
    [/Raise shareMinimum/, { settings: { ...settings, shareMinimum: 2 } }],
    [/lower shareMinimum/, { settings: { ...settings, shareMinimum: 5 } }],
    [/Raise recoveryDelaySeconds/, { settings: { ...settings, recoveryDelaySeconds: 5 } }],
    [/Raise identityDelaySeconds/, { settings: { ...settings, identityDelaySeconds: 5 } }],
    [/auditors of members only/, { auditors: [{ mspId: 'StrangerMSP', issuer: 'https://id', subject: 'a', scope: 'consortium' }] }],
    [/features that this software does not have: levitation/, { features: ['levitation'] }],
    [/Accept format 1/, { formats: [{ format: 1 }, { format: 2 }] }],
    [/Let it come into force after/, { inForceFrom: clock.now }],
    [/Let it come into force after/, { inForceFrom: clock.now + AMENDMENT_NOTICE_MS }],
    [/Let it come into force after .* and by/, { inForceFrom: clock.now + AMENDMENT_HORIZON_MS + 60_000 }]
  ]
  for (const [message, change] of refused) {
    await t.rejects(client.proposeNetwork(signProposal(nextDocument(first, change))), { code: 'PROPOSAL_INVALID', message }, JSON.stringify(change))
  }
  for (const version of [1, 3]) {
    await t.rejects(client.proposeNetwork(signProposal(nextDocument(first, { version }))), { code: 'NETWORK_CONFLICT' })
  }
  await t.rejects(client.proposeNetwork(signProposal(nextDocument(first, { color: 'red' } as never))), { code: 'STATEMENT_INVALID' })
})

await t.test('each member has one proposal at a time, and one that lapsed makes room', async (t) => {
  const world = await found()
  const { client, clock } = world
  const soon = nextDocument(first, { inForceFrom: clock.now + AMENDMENT_NOTICE_MS + 1_000 })
  const late = nextDocument(first, { settings: { ...settings, permitSeconds: 20 } })
  await client.proposeNetwork(signProposal(soon))
  await t.rejects(client.proposeNetwork(signProposal(late)), { code: 'PROPOSAL_PENDING' })
  await client.proposeNetwork(signProposal(late, regional1))
  t.equal((await client.listNetworkProposals()).length, 2, 'another member may compete: nobody holds the version')
  clock.now += 1_001
  t.equal((await client.listNetworkProposals()).length, 1)
  await t.rejects(client.approveNetwork(signApproval(soon, regional2, at(world))), { code: 'PROPOSAL_LAPSED', message: /anew/ })
  await client.proposeNetwork(signProposal(nextDocument(first, { settings: { ...settings, permitSeconds: 30 } }), core, at(world)))
  t.equal((await client.listNetworkProposals()).length, 2)
})

await t.test('a member approves one document of a version, once, and another only when that has lapsed', async (t) => {
  const world = await found()
  const { client, clock } = world
  const soon = nextDocument(first, { inForceFrom: clock.now + AMENDMENT_NOTICE_MS + 1_000 })
  const late = nextDocument(first, { settings: { ...settings, permitSeconds: 20 } })
  await client.proposeNetwork(signProposal(soon))
  await client.proposeNetwork(signProposal(late, regional1))
  await approve(world, soon, [core, regional1])
  await t.rejects(client.approveNetwork(signApproval(soon, core)), { code: 'APPROVAL_CONFLICT', message: /a member counts once/ })
  await t.rejects(client.approveNetwork(signApproval(late, core)), { code: 'APPROVAL_CONFLICT', message: /no other until/ })
  await t.rejects(client.approveNetwork(signApproval(nextDocument(first, { builds: [{ name: 'gateway', hash: randomHash() }] }), core)), {
    code: 'PROPOSAL_UNKNOWN', message: /ListProposals/
  })
  await t.rejects(client.approveNetwork(signApproval(nextDocument(first, { version: 3 }), core)), { code: 'NETWORK_CONFLICT' })
  clock.now += 1_001
  await approve(world, late, [core, regional1, regional2])
  t.match(await client.getNetwork(), { version: 1, next: { documentHash: hashOfDocument(late) } })
  await t.rejects(client.approveNetwork(signApproval(late, regional3, at(world))), { code: 'NETWORK_CONFLICT', message: /is approved/ })
})

await t.test('a member with two admin keys is heard by either, and counts once', async (t) => {
  const spare = adminSecret('the second admin of CoreMSP')
  const members = first.members.map((m) => m.mspId === 'CoreMSP' ? { ...m, adminKeys: [...m.adminKeys, adminKeyOf(spare)] } : m)
  const document = { ...first, members }
  const { client } = await found(document)
  const second = nextDocument(document)
  await client.proposeNetwork(signProposal(second, spare))
  await client.approveNetwork(signApproval(second, core))
  await t.rejects(client.approveNetwork(signApproval(second, spare)), { code: 'APPROVAL_CONFLICT' })
})

await t.test('approvals at the same moment are all counted', async (t) => {
  const { client } = await found()
  const second = nextDocument(first)
  await client.proposeNetwork(signProposal(second))
  await Promise.all([core, regional1, regional2].map((secret) => client.approveNetwork(signApproval(second, secret))))
  t.match(await client.getNetwork(), { version: 1, next: { version: 2 } })
})

await t.test('a gateway brings what admins signed; staff and strangers do not', async (t) => {
  const { ledger } = await found()
  const second = nextDocument(first)
  const as = (mspId: string, role: string): LedgerClient => ledger.clientFor({ mspId, staffId: role, role })
  await t.rejects(as('CoreMSP', 'physician').proposeNetwork(signProposal(second)), { code: 'NOT_AUTHORIZED' })
  await t.rejects(as('StrangerMSP', 'gateway').proposeNetwork(signProposal(second)), { code: 'NOT_AUTHORIZED' })
  await as('Regional1MSP', 'gateway').proposeNetwork(signProposal(second))
  await as('Regional2MSP', 'gateway').approveNetwork(signApproval(second, core))
  t.equal((await as('CoreMSP', 'gateway').listNetworkProposals())[0]?.approvals.length, 1)
})

await t.test('what counts at a time is told by the one head', (t) => {
  const next = { version: 2, documentHash: randomHash(), inForceFrom: 10, settings, policyHash: randomHash(), features: ['search'] }
  const head = {
    networkId: first.networkId,
    name: 'n',
    members: [],
    version: 1,
    documentHash: randomHash(),
    inForceFrom: 1,
    settings,
    policyHash: randomHash(),
    features: [],
    next
  }
  t.strictSame(networkAt(head, 9), head)
  t.match(networkAt(head, 10), { ...next, next: undefined, name: 'n' })
  t.end()
})
