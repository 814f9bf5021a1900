import { Type } from 'typebox'
import type { Static } from 'typebox'
import { MEMBERS_MAX, SignedNetwork } from '../shapes/network-document.ts'
import { Hash } from '../shapes/primitives.ts'
import { Member, ProxyState, StatementReceipt } from '../shapes/state.ts'
import { PUBLIC } from './common.ts'
import { defineOperation } from './operation.ts'

const { mspId, id, name } = Member.properties
const { gatewayUrl, encryptionKey, signingKey, formerSigningKeys } = ProxyState.properties

/** A member, and its proxy once that is registered. */
const Organization = Type.Object({
  ...Member.properties,
  gatewayUrl: Type.Optional(gatewayUrl),
  encryptionKey: Type.Optional(encryptionKey),
  signingKey: Type.Optional(signingKey),
  formerSigningKeys: Type.Optional(formerSigningKeys)
})
export type Organization = Static<typeof Organization>

/** What the ledger says of the network, its members, and which statements it took. */
export const NETWORK = {
  get: defineOperation({
    id: 'getNetwork',
    method: 'GET',
    path: '/v1/network',
    tags: ['network'],
    summary: 'The network document with its founders\' signatures, and whose gateway this is',
    answers: { 200: Type.Object({ ...SignedNetwork.properties, documentHash: Hash, organization: Type.Object({ id, mspId, name }) }) },
    access: PUBLIC
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
