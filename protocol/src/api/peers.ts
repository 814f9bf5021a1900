import { Type } from 'typebox'
import type { Static } from 'typebox'
import { SignedAnswer } from '../shapes/answers.ts'
import { COMPARTMENTS_PER_SEARCH, RECORDS_PER_REQUEST } from '../shapes/limits.ts'
import { Cid, Epoch, EventId, Hash, RecordId, Version } from '../shapes/primitives.ts'
import { Signed } from '../shapes/state.ts'
import { AnchorProposal, KeptProposal } from './anchor-shapes.ts'
import { CIPHERTEXT, COPIES_ACCESS, PageQuery, SealedEntry, strict, Wrap } from './common.ts'
import { SealedKfrag } from './consents.ts'
import { defineOperation } from './operation.ts'
import { StoredContent } from './records.ts'
import { KeysWithWraps, SearchWrap, ShownHeads } from './search.ts'

/** What gateways say to each other; bytes are lowercase hex. */

/** One kfrag for each compartment of a consent. */
const KFRAGS_MAX = 64
/** Why the other gateway should serve bytes: a live permit, the patient's relayed session, or a record of the asker's own. */
const GroundsQuery = Type.Object({
  event: Type.Optional(EventId),
  session: Type.Optional(Type.String({ minLength: 1, maxLength: 8192 })),
  recordId: Type.Optional(RecordId),
  version: Type.Optional(Version)
})

/** The newest block that a gateway has read of its own peer. */
const LedgerHead = Type.Object({ blockNumber: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), headerHash: Hash })
export type LedgerHead = Static<typeof LedgerHead>
/** With the time (ms) of the gateway's clock as it answers: others compare theirs. */
const TimedHead = Type.Object({ ...LedgerHead.properties, time: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }) })

/**
 * With the signed statement that names the wrap, and the index entry where that names one, too; `replaces` names the wrap that a rewrap
 * puts out of force: only who has that one keeps the new one.
 */
const WrapCopy = Type.Object(
  {
    wrap: Wrap,
    entry: Type.Optional(SealedEntry),
    manifest: Type.Optional(Signed),
    rewrap: Type.Optional(Signed),
    replaces: Type.Optional(Hash)
  },
  strict
)
export type WrapCopy = Static<typeof WrapCopy>
const WrapKept = Type.Object({ wrapHash: Hash, kept: Type.Boolean() })

/** A record that a proxy does not answer for, though it answers for others, and why, in a few words: they are passed on to the reader. */
const Refused = Type.Object({
  recordId: RecordId, version: Version, code: Type.String({ maxLength: 64 }), detail: Type.String({ maxLength: 512 })
})

/** The same of a compartment that is searched. */
const RefusedSearch = Type.Object({
  label: Hash, epoch: Epoch, code: Type.String({ maxLength: 64 }), detail: Type.String({ maxLength: 512 })
})
/** Index entries asked for at once, so that they fit an answer. */
export const ENTRIES_MAX = 64
const entryName = { recordId: RecordId, version: Version, hash: Hash }

const tags = ['between gateways'] as const

export const PEERS = {
  proposeBatch: defineOperation({
    id: 'receiveProposal',
    method: 'POST',
    path: '/v1/peer/anchors/proposals',
    tags,
    summary: 'Keeps a batch that another organisation\'s anchor service signed',
    body: AnchorProposal,
    answers: { 202: KeptProposal },
    access: { by: 'gateway', who: 'each member\'s gateway', trace: 'request log' }
  }),

  takeCustody: defineOperation({
    id: 'acceptCustody',
    method: 'POST',
    path: '/v1/peer/custody',
    tags,
    summary: 'Takes sealed kfrags of a consent into custody and confirms it on the ledger',
    body: Type.Object({ consentId: Hash, kfrags: Type.Array(SealedKfrag, { minItems: 1, maxItems: KFRAGS_MAX }) }, strict),
    answers: { 201: Type.Object({ statementId: Hash, txId: Hash }) },
    access: {
      by: 'gateway',
      who: 'each member\'s gateway, with kfrags that a patient\'s signed consent lists',
      stranger: { status: 404, code: 'CONSENT_UNKNOWN', when: 'for a consent that is on no ledger' },
      trace: 'ledger'
    }
  }),

  reencrypt: defineOperation({
    id: 'reencrypt',
    method: 'POST',
    path: '/v1/peer/reencryptions',
    tags,
    summary: 'Re-encrypts wraps that a live permit of the calling organisation names: one signed answer for each compartment',
    body: Type.Object({
      eventId: EventId,
      wraps: Type.Array(Type.Object(
        { recordId: RecordId, version: Version, wrap: Wrap },
        strict
      ), { minItems: 1, maxItems: RECORDS_PER_REQUEST })
    }, strict),
    answers: {
      200: Type.Object({
        answers: Type.Array(SignedAnswer, { maxItems: RECORDS_PER_REQUEST }),
        refused: Type.Array(Refused, { maxItems: RECORDS_PER_REQUEST })
      })
    },
    access: {
      by: 'gateway',
      who: 'the gateway of the person whose live permit it is',
      stranger: { status: 403, code: 'EVENT_OF_ANOTHER', when: 'for another hospital\'s gateway' },
      trace: 'ledger'
    }
  }),

  ledgerHead: defineOperation({
    id: 'getLedgerHead',
    method: 'GET',
    path: '/v1/peer/ledger-head',
    tags,
    summary: 'The newest block that this gateway has read of its own peer, and the time of its clock, for others to compare',
    answers: { 200: TimedHead },
    access: { by: 'gateway', who: 'each member\'s gateway', trace: 'request log' }
  }),

  putContent: defineOperation({
    id: 'putContentCopy',
    method: 'PUT',
    path: '/v1/peer/contents/:cid',
    tags,
    summary: 'Takes a copy of a ciphertext that a manifest shown with its wrap names, checked against its CID',
    params: Type.Object({ cid: Cid }),
    body: CIPHERTEXT,
    answers: { 201: StoredContent },
    access: {
      by: 'gateway',
      who: 'each member\'s gateway, for a content that a signed manifest announced, which it showed with the wrap',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for any other content' },
      trace: 'request log'
    },
    stream: 'up'
  }),

  getContent: defineOperation({
    id: 'getContentCopy',
    method: 'GET',
    path: '/v1/peer/contents/:cid',
    tags,
    summary: 'A ciphertext for a live permit of the calling organisation, for its patient\'s session that names the record, or of its own record; one Range is honoured',
    params: Type.Object({ cid: Cid }),
    query: GroundsQuery,
    answers: { 200: { description: 'ciphertext', ...CIPHERTEXT }, 206: { description: 'part of the ciphertext', ...CIPHERTEXT } },
    access: COPIES_ACCESS,
    stream: 'down'
  }),

  countCopies: defineOperation({
    id: 'countContentCopies',
    method: 'POST',
    path: '/v1/peer/content-counts',
    tags,
    summary: 'Which of these contents, which records name, lie at this hospital whole',
    body: Type.Object({ cids: Type.Array(Cid, { minItems: 1, maxItems: 100 }) }, strict),
    answers: { 200: Type.Object({ held: Type.Array(Cid, { maxItems: 100 }) }) },
    access: { by: 'gateway', who: 'each member\'s gateway', trace: 'request log' }
  }),

  keepCopy: defineOperation({
    id: 'keepContentCopy',
    method: 'POST',
    path: '/v1/peer/content-copies',
    tags,
    summary: 'Asks this hospital to take a copy of a record version\'s content from the IPFS swarm: there are too few; held says whether it has one',
    body: Type.Object({ recordId: RecordId, version: Version }, strict),
    answers: { 200: Type.Object({ held: Type.Boolean() }) },
    access: {
      by: 'gateway',
      who: 'each member\'s gateway, for a record version on the ledger',
      stranger: { status: 404, code: 'RECORD_UNKNOWN', when: 'for any other' },
      trace: 'request log'
    }
  }),

  putWrap: defineOperation({
    id: 'putWrapCopy',
    method: 'PUT',
    path: '/v1/peer/wraps/:wrapHash',
    tags,
    summary: 'Takes a copy of a wrap with the signed manifest or rewrap that names it; one that replaces another only where that one is',
    params: Type.Object({ wrapHash: Hash }),
    body: WrapCopy,
    answers: { 200: WrapKept, 201: WrapKept },
    access: {
      by: 'gateway',
      who: 'the gateway of the author of the signed manifest, each member\'s for a patient\'s manifest or rewrap',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with the manifest of another hospital\'s author' },
      trace: 'request log'
    }
  }),

  getWrap: defineOperation({
    id: 'getWrapCopy',
    method: 'GET',
    path: '/v1/peer/wraps/:wrapHash',
    tags,
    summary: 'A wrap, on the same grounds as a ciphertext',
    params: Type.Object({ wrapHash: Hash }),
    query: GroundsQuery,
    answers: { 200: Type.Object({ wrap: Wrap }) },
    access: COPIES_ACCESS
  }),

  putSearchWraps: defineOperation({
    id: 'putSearchWrapCopies',
    method: 'POST',
    path: '/v1/peer/search-wraps',
    tags,
    summary: 'Takes copies of the wraps that a patient\'s signed SearchKeys names',
    body: KeysWithWraps,
    answers: { 201: Type.Object({ kept: Type.Integer() }) },
    access: {
      by: 'gateway',
      who: 'each member\'s gateway, with the patient\'s signed statement',
      stranger: { status: 400, code: 'SIGNATURE_INVALID', when: 'with a stranger\'s signature' },
      trace: 'request log'
    }
  }),

  getEntries: defineOperation({
    id: 'getIndexEntryCopies',
    method: 'POST',
    path: '/v1/peer/index-entries',
    tags,
    summary: 'Index entries that lie here: for a live permit of the calling organisation to search their compartment, or of its own records',
    body: Type.Object({
      event: Type.Optional(EventId),
      entries: Type.Array(Type.Object(entryName, strict), { minItems: 1, maxItems: ENTRIES_MAX })
    }, strict),
    answers: {
      200: Type.Object({
        entries: Type.Array(Type.Object({ ...entryName, entry: SealedEntry }), { maxItems: ENTRIES_MAX })
      })
    },
    access: {
      by: 'gateway',
      who: 'under a live permit of its own staff to search, or for records that it registered',
      stranger: { status: 403, code: 'EVENT_OF_ANOTHER', when: 'with another hospital\'s permit' },
      trace: 'request log'
    }
  }),

  answerSearch: defineOperation({
    id: 'reencryptSearch',
    method: 'POST',
    path: '/v1/peer/search-reencryptions',
    tags,
    summary: 'Re-encrypts the search wraps of a live permit of the calling organisation: a signed answer for each compartment, with its chains as of the permit\'s block',
    body: Type.Object({
      eventId: EventId,
      wraps: Type.Array(Type.Object(SearchWrap.properties, strict), { minItems: 1, maxItems: COMPARTMENTS_PER_SEARCH })
    }, strict),
    answers: {
      200: Type.Object({
        answers: Type.Array(SignedAnswer, { maxItems: COMPARTMENTS_PER_SEARCH }),
        refused: Type.Array(RefusedSearch, { maxItems: COMPARTMENTS_PER_SEARCH })
      })
    },
    access: {
      by: 'gateway',
      who: 'the gateway of the person whose live permit it is',
      stranger: { status: 403, code: 'EVENT_OF_ANOTHER', when: 'for another hospital\'s gateway' },
      trace: 'ledger'
    }
  }),

  listHeads: defineOperation({
    id: 'listChainHeadsForPeer',
    method: 'GET',
    path: '/v1/peer/access-events/:eventId/heads',
    tags,
    summary: 'The chains of a compartment that a live permit of the calling organisation names, as of the permit\'s block',
    params: Type.Object({ eventId: EventId }),
    query: Type.Object({ label: Hash, cursor: PageQuery.cursor }),
    answers: { 200: ShownHeads },
    access: {
      by: 'gateway',
      who: 'the gateway of the person whose live permit it is',
      stranger: { status: 403, code: 'EVENT_OF_ANOTHER', when: 'for another hospital\'s gateway' },
      trace: 'request log'
    }
  })
} as const
