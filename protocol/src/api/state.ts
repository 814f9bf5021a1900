import { Type } from 'typebox'
import type { Static } from 'typebox'
import { MEMBERS_MAX } from '../shapes/network-document.ts'
import { MspId, TimeMs } from '../shapes/primitives.ts'
import { ToldAnchorStatus } from './anchor-shapes.ts'
import { Checks } from './health.ts'
import { defineOperation } from './operation.ts'
import { SCOPES } from './scopes.ts'

const Count = Type.Integer({ minimum: 0 })

/** Parts of a hospital's state, each read by itself: one that cannot be read is named, and left out. */
export const STATE_PARTS = ['readiness', 'ledger', 'outbox', 'storage', 'certificates', 'hospitals', 'anchoring'] as const
export type StatePart = (typeof STATE_PARTS)[number]

/** What a certificate of the state is for: the gateway's own three, and the root by which a hospital's TLS certificates are known. */
export const STATE_CERTIFICATES = ['tls', 'gateway', 'registrar', 'tls-root'] as const

/** What another hospital's gateway said last when it was asked for its newest block, as it is every few seconds. */
const HospitalHeard = Type.Object({
  mspId: MspId,
  /** True when it has said nothing for a minute. */
  silent: Type.Boolean(),
  heardAt: Type.Optional(TimeMs),
  /** Number of its newest block then, by its own word. */
  blockNumber: Type.Optional(Count),
  /** True when a block of its is another than the own one of the same number. */
  differs: Type.Boolean(),
  /** By how much (ms) its clock is ahead of the one here. */
  clockOffsetMs: Type.Optional(Type.Integer())
})

const parts = {
  readiness: Type.Object({ ready: Type.Boolean(), checks: Checks }),
  /** `height`: blocks of the own peer. `position`: the last one in the read model, -1 before the first. `lagBlocks`: what that lacks. */
  ledger: Type.Object({ height: Count, position: Type.Integer({ minimum: -1 }), lagBlocks: Count }),
  /** `inDoubt`: signed transactions whose fate is not known yet. `overdueMs`: for how long work has been due that nobody began. */
  outbox: Type.Object({
    inDoubt: Count,
    kinds: Type.Array(Type.Object({ kind: Type.String(), waiting: Count, overdueMs: Count, attempts: Count }))
  }),
  /** What may be taken of the disk of the data; below 0 the reserve is begun. */
  storage: Type.Object({ freeBytes: Type.Integer() }),
  certificates: Type.Array(Type.Object({ certificate: Type.Enum(STATE_CERTIFICATES), mspId: MspId, notAfter: TimeMs })),
  hospitals: Type.Array(HospitalHeard, { maxItems: MEMBERS_MAX }),
  /** As the own anchor service told it last; absent of a hospital that has none, or while it has told nothing. */
  anchoring: ToldAnchorStatus
}

export const HospitalState = Type.Object({
  /** By the gateway's clock (ms). */
  time: TimeMs,
  mspId: MspId,
  /** Parts that could not be read just now. */
  unread: Type.Array(Type.Enum(STATE_PARTS)),
  ...Type.Partial(Type.Object(parts)).properties
})
export type HospitalState = Static<typeof HospitalState>

/** How a hospital's part of the network is, for whoever looks after it. */
export const STATE = {
  read: defineOperation({
    id: 'getHospitalState',
    method: 'GET',
    path: '/v1/state',
    tags: ['health'],
    summary: 'How this hospital\'s gateway, ledger, certificates and anchoring are, and what it hears of the other hospitals',
    answers: { 200: HospitalState },
    access: { by: 'staff', scopes: [SCOPES.readState], enrolled: false, who: 'whoever looks after the hospital\'s part of the network', trace: 'request log' }
  })
} as const
