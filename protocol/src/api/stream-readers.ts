import { Type } from 'typebox'
import type { Static } from 'typebox'
import { SignedAnswer } from '../shapes/answers.ts'
import { WINDOWS_PER_RECEIPT, WRAPS_PER_ANSWER } from '../shapes/limits.ts'
import { Count, EventId, Hash, MspId, RecordId, Version } from '../shapes/primitives.ts'
import { Signed } from '../shapes/state.ts'
import { FOLLOW_ENDS } from '../shapes/statements/proxies.ts'
import { PassedAnswer } from './access-shapes.ts'
import { strict, Wrap } from './common.ts'
import { defineOperation } from './operation.ts'
import type { RouteAccess } from './operation.ts'
import { SCOPES } from './scopes.ts'

/** Windows under a permit: those of segments that it names, and those to come of a stream that it follows. */

const said = { code: Type.String({ maxLength: 64 }), detail: Type.String({ maxLength: 512 }) }
/** Hashes of a way to a root: more than a tree of as many windows as a segment may have. */
const PATH_MAX = 32
/** A request for 256 windows: statements, paths and wraps. */
const WRAPS_BYTES_MAX = 1_572_864
/** The same of 64 windows that are followed. */
const FOLLOWED_BYTES_MAX = 393_216
/** How long (ms) a gateway waits for the next window before it answers that there is none. */
export const FOLLOW_WAIT_MAX_MS = 10_000

/** What proves a window to be one of a segment: its statement's canonical text, and its way to the root. */
export const WindowEvidence = Type.Object({
  text: Type.String({ minLength: 2, maxLength: 4096 }),
  path: Type.Array(Hash, { maxItems: PATH_MAX }),
  /** Of a rewrapped segment: the path of the wrap's hash to the rewrap's root. */
  wrapPath: Type.Optional(Type.Array(Hash, { maxItems: PATH_MAX }))
}, strict)

const perAnswer = { minItems: 1, maxItems: WRAPS_PER_ANSWER }

/** Windows of a segment in a row, to re-encrypt: texts of their statements, their wraps in force, and what proves that they stand there. */
export const ProvenWindows = Type.Object({
  recordId: RecordId,
  version: Version,
  /** Number of the first. */
  first: Count,
  texts: Type.Array(WindowEvidence.properties.text, perAnswer),
  /** As many as texts. */
  wraps: Type.Array(Wrap, perAnswer),
  /** Roots of the subtrees beside them, from left to right; none of a whole segment. */
  path: Type.Array(Hash, { maxItems: PATH_MAX }),
  /** Of a rewrapped segment: the same of the wraps' hashes, to the rewrap's root. */
  wrapPath: WindowEvidence.properties.wrapPath
}, strict)
export type ProvenWindows = Static<typeof ProvenWindows>
const Asked = Type.Array(ProvenWindows, perAnswer)

/** A window of a followed stream, which is no segment's yet: its device signed it. */
export const FollowedWrap = Type.Object({ statement: Signed, wrap: Wrap }, strict)
export type FollowedWrap = Static<typeof FollowedWrap>

/** The same as it is stored, with its number and its sealed content in base64. */
export const FollowedWindow = Type.Object({ number: Count, ...FollowedWrap.properties, ciphertext: Type.String() })
export type FollowedWindow = Static<typeof FollowedWindow>

/** A window without answer; `recordId` and `version` where it is a segment's. */
const RefusedWindow = Type.Object({ recordId: Type.Optional(RecordId), version: Type.Optional(Version), number: Count, ...said })
const answers = Type.Array(SignedAnswer, { maxItems: WRAPS_PER_ANSWER })
const many = { maxItems: WRAPS_PER_ANSWER }

/** Proxies' answers as they were passed on, false ones too, and what is amiss with whom. */
export const WindowAnswers = Type.Object({
  answers: Type.Array(Type.Object({ mspId: MspId, answer: PassedAnswer }), { maxItems: 4096 }),
  failures: Type.Array(Type.Object({
    mspId: MspId,
    code: Type.String(),
    detail: Type.String(),
    rule: Type.Optional(Type.String({ description: 'the rule that the ledger\'s state breaks, by what that proxy found' })),
    windows: Type.Optional(Type.Array(RefusedWindow, { description: 'for which it gave nothing, or nothing right; absent: for none that was asked' }))
  }))
})
export type WindowAnswers = Static<typeof WindowAnswers>

/** Event `windows` of a followed stream: what was stored since the one before, with the answers that open it. */
export const FollowedWindows = Type.Object({
  windows: Type.Array(FollowedWindow, { maxItems: WINDOWS_PER_RECEIPT }),
  ...WindowAnswers.properties
})
export type FollowedWindows = Static<typeof FollowedWindows>
/** Event `withheld`: windows are here that proxies do not release now, and why. */
export const FollowWithheld = Type.Object({ code: Type.String(), detail: Type.String() })
export type FollowWithheld = Static<typeof FollowWithheld>
/** Event `end`, the last one. */
export const FollowEnd = Type.Object({ end: Type.Enum([...FOLLOW_ENDS]), code: Type.String(), detail: Type.String() })
export type FollowEnd = Static<typeof FollowEnd>

const OWN_PERMIT: RouteAccess = {
  by: 'staff',
  scopes: [SCOPES.readRecords],
  who: 'the person whose live permit it is',
  stranger: { status: 403, code: 'EVENT_OF_ANOTHER', when: 'with another person\'s event' },
  trace: 'ledger'
}
const OF_OWN_STAFF: RouteAccess = {
  by: 'gateway',
  who: 'the gateway of the person whose live permit it is',
  stranger: { status: 403, code: 'EVENT_OF_ANOTHER', when: 'for another hospital\'s gateway' },
  trace: 'ledger'
}
const tags = ['streams'] as const
const peerTags = ['between gateways'] as const

export const READERS = {
  collectWindows: defineOperation({
    id: 'collectWindowAnswers',
    method: 'POST',
    path: '/v1/access-events/:eventId/window-answers',
    tags,
    summary: 'Asks as many proxies of a permit\'s consent as it needs, drawn by lot, to re-encrypt windows of its segments, 256 at most, and passes their signed answers on: one batch for each compartment',
    params: Type.Object({ eventId: EventId }),
    body: Type.Object({
      windows: Asked,
      without: Type.Optional(Type.Array(MspId, {
        maxItems: 256, description: 'hospitals whose proxies are not asked: their answers are here already, or were false'
      }))
    }, strict),
    bodyLimit: WRAPS_BYTES_MAX,
    answers: { 200: WindowAnswers },
    access: OWN_PERMIT
  }),

  follow: defineOperation({
    id: 'followStream',
    method: 'GET',
    path: '/v1/access-events/:eventId/stream',
    tags,
    summary: 'Windows of a followed stream as they are stored, with proxies\' answers: server-sent events `windows` and `withheld`, and at last one `end`',
    params: Type.Object({ eventId: EventId }),
    query: Type.Object({ after: Type.Optional(Count) }),
    answers: { 200: { description: 'text/event-stream', content: { 'text/event-stream': { schema: Type.Unsafe<unknown>({}) } } } },
    access: OWN_PERMIT,
    stream: 'down'
  }),

  reencryptWindows: defineOperation({
    id: 'reencryptWindows',
    method: 'POST',
    path: '/v1/peer/window-reencryptions',
    tags: peerTags,
    summary: 'Re-encrypts windows of segments that a live permit of the calling organisation names: one signed answer for each compartment',
    body: Type.Object({ eventId: EventId, windows: Asked }, strict),
    bodyLimit: WRAPS_BYTES_MAX,
    answers: {
      200: Type.Object({
        answers, refused: Type.Array(Type.Object({ recordId: RecordId, version: Version, number: Count, ...said }), many)
      })
    },
    access: OF_OWN_STAFF
  }),

  listFollowed: defineOperation({
    id: 'listFollowedWindows',
    method: 'POST',
    path: '/v1/peer/followed-windows',
    tags: peerTags,
    summary: 'Windows of a stream that a live permit of the calling organisation follows, as they are stored here: waits a moment for the first',
    body: Type.Object({
      eventId: EventId,
      after: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'the last number that the caller has' }),
      waitMs: Type.Integer({ minimum: 0, maximum: FOLLOW_WAIT_MAX_MS })
    }, strict),
    answers: { 200: Type.Object({ windows: FollowedWindows.properties.windows }) },
    access: { ...OF_OWN_STAFF, trace: 'request log' }
  }),

  reencryptFollowed: defineOperation({
    id: 'reencryptFollowedWindows',
    method: 'POST',
    path: '/v1/peer/follow-reencryptions',
    tags: peerTags,
    summary: 'Re-encrypts new windows of a stream that a live permit of the calling organisation follows, while the own peer shows fresh blocks and the permit would be given now',
    body: Type.Object({
      eventId: EventId, windows: Type.Array(FollowedWrap, { minItems: 1, maxItems: WINDOWS_PER_RECEIPT })
    }, strict),
    bodyLimit: FOLLOWED_BYTES_MAX,
    answers: { 200: Type.Object({ answers, refused: Type.Array(Type.Object({ number: Count, ...said }), many) }) },
    access: OF_OWN_STAFF
  }),

  endFollow: defineOperation({
    id: 'endFollow',
    method: 'POST',
    path: '/v1/peer/follow-ends',
    tags: peerTags,
    summary: 'Says that the reader follows a stream no more: this proxy\'s last receipt of the event tells the log so',
    body: Type.Object({ eventId: EventId }, strict),
    answers: { 200: Type.Object({ ended: Type.Boolean({ description: 'false where this proxy released nothing since, or the end was said before' }) }) },
    access: OF_OWN_STAFF
  })
} as const
