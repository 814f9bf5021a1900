import { Type } from 'typebox'
import type { Static } from 'typebox'
import { COMPARTMENTS_PER_SEARCH } from '../shapes/limits.ts'
import { Epoch, EventId, Hash, MspId, RecordId, Version } from '../shapes/primitives.ts'
import { ChainHeadEntry, ChainLink } from '../shapes/search-state.ts'
import { SearchKeysPage, Signed } from '../shapes/state.ts'
import { PassedAnswer } from './access-shapes.ts'
import { Committed, PageQuery, PatientParams, SealedEntry, StatementMessage, strict, Wrap } from './common.ts'
import { defineOperation } from './operation.ts'
import type { RouteAccess } from './operation.ts'
import { SCOPES } from './scopes.ts'

/** Search without showing what for: no operation here takes a keyword. */

const tags = ['search'] as const
const said = { code: Type.String({ maxLength: 64 }), detail: Type.String({ maxLength: 512 }) }
const place = { label: Hash, epoch: Epoch }

/** Block and position in it: the same at every gateway, and good at any later time. */
export const IndexPosition = Type.String({ pattern: '^(0|[1-9][0-9]{0,15})\\.(0|[1-9][0-9]{0,8})$' })

/** Most links in a page; its bytes bound it, too. */
export const INDEX_LINKS_MAX = 1024

const IndexLink = Type.Object({
  at: IndexPosition,
  writer: ChainHeadEntry.properties.writer,
  /** Its number in the writer's chain, from 1. */
  number: Version,
  link: ChainLink,
  /** The rewrap that made it, for the patient, who signed it: nothing else takes an entry out of the search. */
  statement: Type.Optional(Signed),
  /** Left out where the caller's permit names another epoch. */
  entry: Type.Optional(SealedEntry),
  /** The version was erased or withdrawn by this order, and its entry with it. */
  ended: Type.Optional(Hash),
  /** True where it should stand and no hospital that answers has it. */
  lost: Type.Optional(Type.Boolean())
})
export type IndexLink = Static<typeof IndexLink>

/** A version with an entry in the compartment was erased or withdrawn: it is none to find any more. */
const IndexEnd = Type.Object({ at: IndexPosition, end: Type.Object({ recordId: RecordId, version: Version, orderId: Hash }) })
const IndexItem = Type.Union([IndexLink, IndexEnd])
export type IndexItem = Static<typeof IndexItem>

export const ShownHeads = Type.Object({
  /** All links of blocks up to this one count. */
  blockNumber: Committed.blockNumber,
  heads: Type.Array(ChainHeadEntry, { description: 'by writer, ascending' }),
  next: Type.Optional(Type.String({ maxLength: 1024 }))
})

export const SearchWrap = Type.Object({ ...place, wrap: Wrap })
export type SearchWrap = Static<typeof SearchWrap>

/** Answers to a search permit, one for each compartment, false ones too. */
const SearchAnswers = Type.Object({
  /** The block of the permit: what answers say of chains is of all blocks before this one. */
  blockNumber: Committed.blockNumber,
  answers: Type.Array(Type.Object({ mspId: MspId, answer: PassedAnswer }), { maxItems: 4096 }),
  searchWraps: Type.Array(SearchWrap, { maxItems: COMPARTMENTS_PER_SEARCH }),
  missing: Type.Array(Type.Object({ ...place, ...said }), {
    maxItems: COMPARTMENTS_PER_SEARCH,
    description: 'compartments for which no proxy was asked, as their search wraps were not found'
  }),
  failures: Type.Array(Type.Object({
    mspId: MspId,
    ...said,
    rule: Type.Optional(Type.String({ description: 'the rule that the ledger\'s state breaks, by what that proxy found' })),
    compartments: Type.Optional(Type.Array(Type.Object(place), { description: 'for which it gave nothing, or nothing right; absent: for none that was asked' }))
  }))
})
export type SearchAnswers = Static<typeof SearchAnswers>

/** A signed `SearchKeys` with the wrap of each of its keys, in their order. */
export const KeysWithWraps = Type.Object({
  ...StatementMessage.properties, wraps: Type.Array(Wrap, { minItems: 1, maxItems: COMPARTMENTS_PER_SEARCH })
}, strict)

const { bookmark: _bookmark, ...KeysFound } = SearchKeysPage.properties
const KeysPage = Type.Object({ ...KeysFound, next: Type.Optional(Type.String({ maxLength: 1024 })) })

const OWN_PERMIT: RouteAccess = {
  by: 'staff',
  scopes: [SCOPES.readRecords],
  who: 'the person whose live permit to search it is',
  stranger: { status: 403, code: 'EVENT_OF_ANOTHER', when: 'with another person\'s event' },
  trace: 'request log'
}

export const SEARCH = {
  publishKeys: defineOperation({
    id: 'publishSearchKeys',
    method: 'POST',
    path: '/v1/search-keys',
    tags,
    summary: 'Publishes issues of a patient\'s search keys, and keeps the wraps of their secrets here and at one more hospital',
    body: KeysWithWraps,
    answers: { 201: Type.Object({ statementId: Hash, ...Committed, copies: Type.Array(MspId) }) },
    access: {
      by: 'patient',
      who: 'the patient',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another patient\'s keys' },
      trace: 'ledger'
    },
    idempotent: true
  }),

  listKeys: defineOperation({
    id: 'listSearchKeys',
    method: 'GET',
    path: '/v1/patients/:patientId/search-keys',
    tags,
    summary: 'The newest search key of each of a patient\'s compartments and epochs, or all issues of one, with the statements that published them',
    params: PatientParams,
    query: Type.Object({ label: Type.Optional(Hash), epoch: Type.Optional(Epoch), ...PageQuery }),
    answers: { 200: KeysPage },
    access: {
      by: 'anyone',
      who: 'whoever knows the patient id',
      stranger: { status: 200, when: 'signed keys, which prove themselves' },
      trace: 'request log'
    }
  }),

  collect: defineOperation({
    id: 'collectSearchAnswers',
    method: 'POST',
    path: '/v1/access-events/:eventId/search-answers',
    tags,
    summary: 'Asks every proxy of a permitted search\'s consent and passes their signed answers on: cfrags of the search wraps, and the chains of each compartment before the permit\'s block',
    params: Type.Object({ eventId: EventId }),
    answers: { 200: SearchAnswers },
    access: { ...OWN_PERMIT, who: 'the person whose live permit to search it is; receipts of proxies follow on the ledger', trace: 'ledger' }
  }),

  listHeadsOf: defineOperation({
    id: 'listChainHeadsOfProxy',
    method: 'GET',
    path: '/v1/access-events/:eventId/heads',
    tags,
    summary: 'The chains of a searched compartment as one proxy says that they were before the permit\'s block: to see which one it tells otherwise',
    params: Type.Object({ eventId: EventId }),
    query: Type.Object({ label: Hash, mspId: MspId, cursor: PageQuery.cursor }),
    answers: { 200: ShownHeads },
    access: OWN_PERMIT
  }),

  listLinks: defineOperation({
    id: 'listIndexLinks',
    method: 'GET',
    path: '/v1/patients/:patientId/index',
    tags,
    summary: 'The index of one compartment, whole and in the ledger\'s order: links of all writers with their sealed entries, after a position where one is given',
    params: PatientParams,
    query: Type.Object({ label: Hash, event: Type.Optional(EventId), after: Type.Optional(IndexPosition) }),
    answers: { 200: Type.Object({ items: Type.Array(IndexItem, { maxItems: INDEX_LINKS_MAX }), next: Type.Optional(IndexPosition) }) },
    access: {
      by: 'staff-or-patient',
      scopes: [SCOPES.readRecords],
      who: 'the patient or heir; the practitioner under a live permit to search it',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'without a permit' },
      trace: 'request log'
    }
  }),

  listHeads: defineOperation({
    id: 'listChainHeads',
    method: 'GET',
    path: '/v1/patients/:patientId/index/heads',
    tags,
    summary: 'The chains of one compartment as far as this gateway has read its own peer, for a patient who asks two',
    params: PatientParams,
    query: Type.Object({ label: Hash, cursor: PageQuery.cursor }),
    answers: { 200: ShownHeads },
    access: {
      by: 'patient',
      who: 'the patient or heir',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for another patient' },
      trace: 'request log'
    }
  })
} as const
