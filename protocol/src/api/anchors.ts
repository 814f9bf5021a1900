import { Type } from 'typebox'
import { AnchorProposal, AnchorStatus, BatchNumber, KeptProposal, PublishedBatch, ToldAnchorStatus } from './anchor-shapes.ts'
import { PageOf, PageQuery } from './common.ts'
import { defineOperation } from './operation.ts'
import type { RouteAccess } from './operation.ts'

const tags = ['anchors'] as const
const OWN_SERVICE: RouteAccess = {
  by: 'own-service',
  who: 'the own anchor service',
  stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for another hospital\'s gateway' },
  trace: 'request log'
}

export const ANCHORS = {
  propose: defineOperation({
    id: 'proposeBatch',
    method: 'POST',
    path: '/v1/anchors/proposals',
    tags,
    summary: 'Takes a batch that the own anchor service signed and passes it on to every other gateway, now or later',
    body: AnchorProposal,
    answers: { 202: KeptProposal },
    access: OWN_SERVICE
  }),

  listProposals: defineOperation({
    id: 'listProposals',
    method: 'GET',
    path: '/v1/anchors/proposals',
    tags,
    summary: 'What organisations signed for one batch, oldest first; signatures are for the reader to check',
    query: Type.Object({ number: BatchNumber }),
    answers: { 200: Type.Object({ items: Type.Array(KeptProposal) }) },
    access: OWN_SERVICE
  }),

  listConflicts: defineOperation({
    id: 'listAnchorConflicts',
    method: 'GET',
    path: '/v1/anchors/conflicts',
    tags,
    summary: 'Proposals in the name of one witness that contradict each other: evidence against it where its signatures are good',
    query: Type.Object(PageQuery),
    answers: { 200: PageOf(KeptProposal) },
    access: OWN_SERVICE
  }),

  publish: defineOperation({
    id: 'publishBatch',
    method: 'PUT',
    path: '/v1/anchors/batches/:number',
    tags,
    summary: 'Takes a batch as the own anchor service sees it now: what proofs of access events are made of',
    params: Type.Object({ number: BatchNumber }),
    body: PublishedBatch,
    answers: { 200: Type.Object({ number: BatchNumber, state: PublishedBatch.properties.state }) },
    access: OWN_SERVICE
  }),

  tellStatus: defineOperation({
    id: 'tellAnchorStatus',
    method: 'PUT',
    path: '/v1/anchors/status',
    tags,
    summary: 'Takes how far the own anchor service is behind the ledger and what it costs, in place of what it said before',
    body: AnchorStatus,
    answers: { 200: Type.Pick(ToldAnchorStatus, ['toldAt']) },
    access: OWN_SERVICE
  })
} as const
