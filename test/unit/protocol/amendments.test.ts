import t from 'tap'
import { adminKeyOf } from '@epione/crypto'
import type { SignedStatement } from '@epione/crypto'
import type { AmendedNetwork, NetworkDocument } from '@epione/protocol'
import { requireNetwork, verifyAmendment } from '@epione/protocol/verify'
import { adminSecret, documentOf, nextDocument, signApproval, signProposal } from '../../helpers/founding.ts'
import { randomHash } from '../../helpers/ledger-fixtures.ts'

const MEMBERS = ['CoreMSP', 'Regional1MSP', 'Regional2MSP']
const first = documentOf(randomHash(), MEMBERS)
const [core, regional1, regional2] = MEMBERS.map(adminSecret) as [Uint8Array, Uint8Array, Uint8Array]
const second = nextDocument(first, { settings: { ...first.settings, permitSeconds: 10 } })

/** A version as a ledger would show it. */
function amend (document: NetworkDocument, { by = core, approvals = [core, regional1].map((s) => signApproval(document, s)) }: {
  by?: Uint8Array, approvals?: SignedStatement[]
} = {}): AmendedNetwork {
  return JSON.parse(JSON.stringify({ proposal: signProposal(document, by), approvals })) as AmendedNetwork
}

t.test('a version that a majority of the members before approved follows, whoever of them proposed it', (t) => {
  t.strictSame(verifyAmendment(first, amend(second)), second)
  t.strictSame(verifyAmendment(first, amend(second, { by: regional2 })), second)
  const all = [core, regional1, regional2].map((s) => signApproval(second, s))
  t.strictSame(verifyAmendment(first, amend(second, { approvals: all })), second)
  t.end()
})

t.test('a minority, one member twice, a stranger, or approvals of another document bring nothing in force', (t) => {
  const stranger = adminSecret('StrangerMSP')
  const other = nextDocument(first, { settings: { ...first.settings, permitSeconds: 11 } })
  const cases: [string, Parameters<typeof amend>[1], { code: string, message?: RegExp }][] = [
    ['one member', { approvals: [signApproval(second, core)] }, { code: 'SIGNER_WRONG', message: /1 of 3 members/ }],
    ['one member twice', { approvals: [core, core].map((s) => signApproval(second, s)) }, { code: 'SIGNER_WRONG', message: /twice/ }],
    ['a stranger', { approvals: [core, stranger].map((s) => signApproval(second, s)) }, { code: 'SIGNER_WRONG', message: /approved it is no admin/ }],
    ['a stranger\'s proposal', { by: stranger }, { code: 'SIGNER_WRONG', message: /proposed it is no admin/ }],
    ['another document', { approvals: [signApproval(second, core), signApproval(other, regional1)] }, { code: 'FOREIGN' }],
    ['another version', { approvals: [core, regional1].map((s) => signApproval(second, s, { version: 3 })) }, { code: 'FOREIGN' }],
    ['another network', {
      approvals: [core, regional1].map((s) => signApproval({ ...second, networkId: randomHash() }, s))
    }, { code: 'SIGNATURE_INVALID' }],
    ['a proposal as approval', { approvals: [signProposal(second), signProposal(second, regional1)] }, { code: 'STATEMENT_MALFORMED' }]
  ]
  for (const [what, options, error] of cases) t.throws(() => verifyAmendment(first, amend(second, options)), error, what)
  for (const malformed of [undefined, {}, { ...amend(second), more: 1 }, { proposal: amend(second).proposal, approvals: [] }]) {
    t.throws(() => verifyAmendment(first, malformed), { code: 'STATEMENT_MALFORMED' })
  }
  t.end()
})

t.test('what cannot follow does not, although all approved it', (t) => {
  const spare = adminKeyOf(adminSecret('another admin'))
  const changes: [RegExp, Partial<NetworkDocument>][] = [
    [/Make it version 2/, { version: 3 }],
    [/Leave name/, { name: 'other' }],
    [/Leave testing/, { testing: true }],
    [/after the version before/, { inForceFrom: first.inForceFrom }],
    [/Raise shareMinimum/, { settings: { ...first.settings, shareMinimum: 1 } }],
    [/Clear each proxy once/, { clearances: [{ mspId: 'CoreMSP', until: 1 }, { mspId: 'CoreMSP', until: 2 }] }],
    [/Clear proxies of members only/, { clearances: [{ mspId: 'StrangerMSP', until: 1 }] }],
    [/yet to come/, { clearances: [{ mspId: 'CoreMSP', until: Number.MAX_SAFE_INTEGER }] }],
    [/members are others/, { members: first.members.slice(1) }],
    [/members are others/, { members: first.members.map((m) => m.mspId === 'CoreMSP' ? { ...m, adminKeys: [spare] } : m) }]
  ]
  for (const [message, change] of changes) {
    t.throws(() => verifyAmendment(first, amend(nextDocument(first, change))), { code: 'CHAIN_BROKEN', message })
  }
  t.end()
})

t.test('a network file may hold a later version, and then that is what the ledger must show of it', (t) => {
  t.strictSame(requireNetwork(second, amend(second)), second)
  const other = nextDocument(first, { settings: { ...first.settings, permitSeconds: 11 } })
  t.throws(() => requireNetwork(second, amend(other)), { code: 'FOREIGN', message: /permitSeconds is 11 on the ledger and 10 in the file/ })
  t.end()
})
