import { Type } from 'typebox'
import type { Static } from 'typebox'
import { MEMBERS_MAX, NetworkDocument, NetworkVersion, SignedAdminStatement } from '../shapes/network-document.ts'
import { PolicyDocument } from '../shapes/policy.ts'
import { Hash, Version } from '../shapes/primitives.ts'
import { Member, PendingProposal, ProxyState, StatementReceipt } from '../shapes/state.ts'
import { bySigned, Committed, PUBLIC, strict } from './common.ts'
import { defineOperation } from './operation.ts'

const { mspId, id, name } = Member.properties
const { gatewayUrl, encryptionKey, signingKey, formerSigningKeys, conviction } = ProxyState.properties

/** A member, and its proxy once that is registered. */
const Organization = Type.Object({
  ...Member.properties,
  gatewayUrl: Type.Optional(gatewayUrl),
  encryptionKey: Type.Optional(encryptionKey),
  signingKey: Type.Optional(signingKey),
  formerSigningKeys: Type.Optional(formerSigningKeys),
  /** Of a false answer; nobody asks the proxy while no clearance of the network document covers it. */
  conviction
})
export type Organization = Static<typeof Organization>

const ProposalMessage = Type.Object({ statement: SignedAdminStatement, policy: Type.Optional(PolicyDocument) }, strict)
const AdminStatementMessage = Type.Object({ statement: SignedAdminStatement }, strict)
const Brought = Type.Object({ statementId: Hash, ...Committed })
/** A proposal holds a whole document, escaped, and perhaps a policy. */
const PROPOSAL_BYTES_MAX = 262_144

/** What the ledger says of the network, its members, and which statements it took. */
export const NETWORK = {
  get: defineOperation({
    id: 'getNetwork',
    method: 'GET',
    path: '/v1/network',
    tags: ['network'],
    summary: 'The network document in force, and whose gateway this is',
    answers: { 200: Type.Object({ document: NetworkDocument, documentHash: Hash, organization: Type.Object({ id, mspId, name }) }) },
    access: PUBLIC
  }),

  getVersion: defineOperation({
    id: 'getNetworkVersion',
    method: 'GET',
    path: '/v1/network/versions/:version',
    tags: ['network'],
    summary: 'What was signed of a version of the network document, in force or approved: prove each by the one before',
    params: Type.Object({ version: Version }),
    answers: { 200: Type.Object({ signed: NetworkVersion }) },
    access: {
      by: 'anyone',
      who: 'anyone',
      stranger: { status: 404, code: 'NOT_FOUND', when: 'for a version that is not there' },
      trace: 'request log'
    }
  }),

  getPolicy: defineOperation({
    id: 'getPolicy',
    method: 'GET',
    path: '/v1/policies/:policyHash',
    tags: ['network'],
    summary: 'A policy of the consortium, in force or proposed: its hash proves it',
    params: Type.Object({ policyHash: Hash }),
    answers: { 200: PolicyDocument },
    access: {
      by: 'anyone',
      who: 'anyone',
      stranger: { status: 404, code: 'POLICY_UNKNOWN', when: 'for one that is on no ledger' },
      trace: 'request log'
    }
  }),

  listProposals: defineOperation({
    id: 'listNetworkProposals',
    method: 'GET',
    path: '/v1/network/proposals',
    tags: ['network'],
    summary: 'What members propose as the next version of the network document, and who approved it',
    answers: { 200: Type.Object({ items: Type.Array(PendingProposal, { maxItems: MEMBERS_MAX }) }) },
    access: PUBLIC
  }),

  propose: defineOperation({
    id: 'proposeNetwork',
    method: 'POST',
    path: '/v1/network/proposals',
    tags: ['network'],
    summary: 'Brings an admin\'s signed proposal of the next version to the ledger, with the policy that it names unless the ledger has that',
    body: ProposalMessage,
    bodyLimit: PROPOSAL_BYTES_MAX,
    answers: { 201: Brought },
    access: bySigned('whoever brings a member\'s admin\'s signed proposal')
  }),

  approve: defineOperation({
    id: 'approveNetwork',
    method: 'POST',
    path: '/v1/network/approvals',
    tags: ['network'],
    summary: 'Brings an admin\'s signed approval of a proposed version to the ledger; in force once more than half of the members approved',
    body: AdminStatementMessage,
    answers: { 201: Brought },
    access: bySigned('whoever brings a member\'s admin\'s signed approval')
  }),

  listOrganizations: defineOperation({
    id: 'listOrganizations',
    method: 'GET',
    path: '/v1/organizations',
    tags: ['network'],
    summary: 'Members of the consortium with the proxy keys and gateways on the ledger',
    answers: { 200: Type.Object({ items: Type.Array(Organization, { maxItems: MEMBERS_MAX }) }) },
    access: PUBLIC
  }),

  findStatement: defineOperation({
    id: 'getStatementReceipt',
    method: 'GET',
    path: '/v1/statements/:statementId',
    tags: ['statements'],
    summary: 'Where a statement was accepted: shows through this hospital that another one committed it',
    params: Type.Object({ statementId: Hash }),
    answers: { 200: StatementReceipt },
    access: {
      by: 'anyone',
      who: 'whoever knows the id of a statement',
      stranger: { status: 404, code: 'STATEMENT_UNKNOWN', when: 'for an id that is on no ledger' },
      trace: 'request log'
    }
  })
} as const
