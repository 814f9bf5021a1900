import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Between, FilterTime, LogQuery } from '../shapes/log-export.ts'
import { AttributeValue, Hash, MspId, PatientId, StaffId, TimeMs, Version } from '../shapes/primitives.ts'
import { STATEMENT_SCHEMAS } from '../shapes/statements.ts'
import { Committed, LogPageOf, PageQuery, Silent, strict } from './common.ts'
import { defineOperation } from './operation.ts'
import type { RouteAccess } from './operation.ts'
import { SCOPES } from './scopes.ts'

/** What a patient, or somebody for them, changed in who may read: `expired` is no statement, but the end of a consent by its own time. */
export const CONSENT_CHANGES = ['granted', 'revoked', 'expired', 'forbidden', 'allowed', 'frozen', 'unfrozen', 'succeeded'] as const
/** Consents of a group change that are named; of more, that there are. */
export const CONSENTS_OF_GROUP_MAX = 100

const {
  actions, purposes, conditions, notBefore, notAfter, emergency, exceptions, dataPeriod, levels
} = STATEMENT_SCHEMAS.Consent.properties

/** What a consent says, but for keys, kfrags and proofs. */
const ConsentTerms = Type.Object({
  grantee: Type.Object({
    kind: Type.Enum(['practitioner', 'department', 'organization']),
    mspId: MspId,
    staffId: Type.Optional(StaffId),
    department: Type.Optional(AttributeValue)
  }),
  labels: Type.Array(Hash),
  actions,
  purposes,
  conditions,
  notBefore,
  notAfter,
  emergency,
  exceptions,
  dataPeriod,
  levels
})
export type ConsentTerms = Static<typeof ConsentTerms>

/** A change of who may read a patient's data, as a block has it; the signed statement is under its id (`/v1/statements`). */
export const ConsentChange = Type.Object({
  change: Type.Enum([...CONSENT_CHANGES]),
  /** Of the statement that made it; of an expiry the consent's. */
  statementId: Hash,
  /** The consent, prohibition or freeze that it is about. */
  about: Hash,
  patientId: PatientId,
  time: TimeMs,
  submittedBy: Type.Optional(MspId),
  terms: Type.Optional(ConsentTerms),
  forbids: STATEMENT_SCHEMAS.Prohibition.properties.forbids,
  /** Since when as many proxies hold their parts as it needs: before, nobody could read by it. */
  activeFrom: Type.Optional(TimeMs),
  ended: Type.Optional(Type.Object({ time: TimeMs, cause: Type.Enum(['revoked', 'expired', 'allowed', 'unfrozen', 'succeeded']) })),
  ...Committed
})
export type ConsentChange = Static<typeof ConsentChange>

/** Who joined and who left a department, and the consents to it that were in force then: what that opened, or shut. */
export const GroupChange = Type.Object({
  statementId: Hash,
  mspId: MspId,
  department: AttributeValue,
  version: Version,
  time: TimeMs,
  joined: Type.Array(StaffId),
  left: Type.Array(StaffId),
  consents: Type.Array(Type.Object({ patientId: PatientId, consentId: Hash }), { maxItems: CONSENTS_OF_GROUP_MAX }),
  more: Type.Optional(Type.Literal(true, { description: 'there were more consents than are named' })),
  ...Committed
})
export type GroupChange = Static<typeof GroupChange>

/** What notices are of. */
export const NOTICE_KINDS = ['access', 'consent', 'group'] as const
const { from: _from, to: _to, ...query } = LogQuery.properties
/** Which notices: all that is given must fit. */
export const NoticeFilter = Type.Object({ ...query, kind: Type.Optional(Type.Enum([...NOTICE_KINDS])) })
export type NoticeFilter = Static<typeof NoticeFilter>
/** Where a notice stands in the log, the same at every gateway: what is sent as `id`, and taken as `Last-Event-ID` or `after`. */
export const NoticePlace = Type.String({ pattern: '^[0-9]{1,15}\\.[0-9]{1,12}$', description: 'block and place in it, as in the id of a notice' })

/** Event `alive`: all that there is up to its id was sent, as far as this gateway has read the ledger. */
export const NoticeAlive = Type.Object({
  blockNumber: Committed.blockNumber,
  /** By the gateway's clock (ms). */
  time: TimeMs,
  silent: Silent
})
/** Event `behind`: this gateway does not know the newest of the ledger now; what it does not know it cannot tell. */
export const NoticeBehind = Type.Object({ code: Type.String(), detail: Type.String() })
/** Event `end`, the last one: why it ended. `NOT_READY` and `NOTICES_OVER` say: connect again with the last id. */
export const NoticeEnd = NoticeBehind

const readers = {
  by: 'staff-or-patient',
  scopes: [SCOPES.readAccessLog, SCOPES.readRecords],
  representatives: true,
  delegates: 'read-log',
  trace: 'request log'
} as const
const OTHERS: RouteAccess['stranger'] = { status: 403, code: 'NOT_PERMITTED', when: 'when asking for others' }

/** Given-up messages that are kept, and listed, of one receiver. */
export const DEAD_WEBHOOKS_MAX = 100
/** How the hospital's admin names a receiver. */
export const WebhookName = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,31}$' })
const WebhookId = Type.String({ pattern: '^msg_[0-9a-f]{32}$' })

/** A receiver of webhooks that the hospital's admin lists, and how it stands with it. */
export const ShownWebhook = Type.Object({
  id: WebhookName,
  host: Type.String(),
  filter: NoticeFilter,
  delivered: Type.Integer(),
  deliveredAt: Type.Optional(TimeMs),
  /** Up to which place its messages were made. */
  through: Type.Optional(NoticePlace),
  waiting: Type.Integer(),
  /** Of the message that has waited for longest. */
  oldestAt: Type.Optional(TimeMs),
  attempts: Type.Optional(Type.Integer()),
  lastError: Type.Optional(Type.String()),
  /** Messages that were given up, newest first. */
  dead: Type.Array(Type.Object({
    webhookId: WebhookId, place: NoticePlace, attempts: Type.Integer(), lastError: Type.String(), diedAt: TimeMs
  }))
})
export type ShownWebhook = Static<typeof ShownWebhook>

/** What auditors and patients ask beside the access log itself. */
export const AUDIT = {
  listConsentChanges: defineOperation({
    id: 'listConsentChanges',
    method: 'GET',
    path: '/v1/consent-changes',
    tags: ['access log'],
    summary: 'Who was given and refused access by patients, newest first; with `at`, what was in force then',
    query: Type.Object({
      patientId: Type.Optional(PatientId),
      mspId: Type.Optional(MspId),
      staffId: Type.Optional(StaffId),
      change: Type.Optional(Type.Enum([...CONSENT_CHANGES])),
      at: Type.Optional(FilterTime),
      ...Between,
      ...PageQuery
    }),
    answers: { 200: LogPageOf(ConsentChange) },
    access: {
      ...readers,
      who: 'the patient about themself, staff about consents to them, an auditor within the scope: of an organisation, consents to its people',
      stranger: OTHERS
    }
  }),

  listGroupChanges: defineOperation({
    id: 'listGroupChanges',
    method: 'GET',
    path: '/v1/group-changes',
    tags: ['access log'],
    summary: 'Who joined or left a department to which consents were in force, newest first',
    query: Type.Object({
      patientId: Type.Optional(PatientId),
      mspId: Type.Optional(MspId),
      department: Type.Optional(AttributeValue),
      ...Between,
      ...PageQuery
    }),
    answers: { 200: LogPageOf(GroupChange) },
    access: {
      ...readers,
      who: 'the patient about departments that they gave consent to, an auditor within the scope',
      stranger: OTHERS
    }
  }),

  listWebhooks: defineOperation({
    id: 'listWebhooks',
    method: 'GET',
    path: '/v1/webhooks',
    tags: ['access log'],
    summary: 'Receivers of this hospital\'s webhooks: what waits, what was given up after how many attempts, and why',
    answers: { 200: Type.Object({ items: Type.Array(ShownWebhook), givesUpAfterMs: Type.Integer() }) },
    access: {
      by: 'staff',
      scopes: [SCOPES.readAccessLog],
      who: 'an auditor of this hospital',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for everybody else' },
      trace: 'request log'
    }
  }),

  resendWebhooks: defineOperation({
    id: 'resendWebhooks',
    method: 'POST',
    path: '/v1/webhooks/:id/resends',
    tags: ['access log'],
    summary: 'Sends again to a receiver what was given up, all of it or the messages named, each with the id and the words that it had',
    params: Type.Object({ id: ShownWebhook.properties.id }),
    body: Type.Object({
      webhookIds: Type.Optional(Type.Array(WebhookId, { minItems: 1, maxItems: DEAD_WEBHOOKS_MAX, uniqueItems: true }))
    }, strict),
    answers: { 202: Type.Object({ resent: Type.Integer({ description: 'how many were given up and wait now' }) }) },
    access: {
      by: 'staff',
      scopes: [SCOPES.readAccessLog],
      who: 'an auditor of this hospital',
      stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for everybody else' },
      trace: 'request log'
    }
  }),

  follow: defineOperation({
    id: 'followNotices',
    method: 'GET',
    path: '/v1/notices',
    tags: ['access log'],
    summary: 'Notices as blocks come: server-sent events `access`, `consent` and `group`, `alive` at least every ten seconds, `behind`, and at last one `end`; after `Last-Event-ID` or `after`, else from now on',
    query: Type.Object({
      ...NoticeFilter.properties,
      after: Type.Optional(NoticePlace)
    }),
    answers: { 200: { description: 'text/event-stream', content: { 'text/event-stream': { schema: Type.Unsafe<unknown>({}) } } } },
    access: {
      ...readers,
      who: 'the patient about themself, staff about their own requests, an auditor within the scope, for as long as token or key are good',
      stranger: OTHERS
    },
    stream: 'down'
  })
} as const
