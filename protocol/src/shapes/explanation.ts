import { Type } from 'typebox'
import type { Static } from 'typebox'
import { AttributeValue, Epoch, Hash, Level, MediaClass, MspId, RecordId, StaffId, TimeMs, Version } from './primitives.ts'
import { Reason } from './state.ts'
import { STATEMENT_SCHEMAS } from './statements.ts'

const Values = Type.Array(Type.String())
const { levels, dataPeriod, exceptions } = STATEMENT_SCHEMAS.Consent.properties

/** One thing that a rule asks: what would do, and what is so. Without `has`, nothing says what is so. */
const RuleFact = Type.Object({
  member: Type.String(),
  /** `none`: any but these would do. */
  asks: Type.Enum(['any', 'none']),
  values: Values,
  has: Type.Optional(Values)
})

/** A rule of the policy with the records of the request that it is about: all of them, or those that make the difference. */
const ExplainedRule = Type.Object({
  rule: AttributeValue,
  effect: Type.Enum(['permit', 'forbid']),
  records: Type.Array(Type.Object({ recordId: RecordId, version: Version })),
  /** The same of a search. */
  compartments: Type.Optional(Type.Array(Type.Object({ label: Hash, epoch: Epoch }))),
  facts: Type.Array(RuleFact)
})

/** A decision in full: what it was asked, what decided it, and what would have. The same input gives the same explanation. */
export const Explanation = Type.Object({
  decision: Type.Enum(['permit', 'deny']),
  policyVersion: Type.String(),
  time: TimeMs,
  /** As the event has them. */
  reasons: Type.Array(Reason),
  request: Type.Object({
    mspId: MspId,
    staffId: StaffId,
    role: Type.Optional(Type.String()),
    department: Type.Optional(Type.String()),
    action: Type.String(),
    purpose: Type.String(),
    records: Type.Array(Type.Object({ recordId: RecordId, version: Version, level: Level, mediaClass: MediaClass, label: Hash })),
    compartments: Type.Optional(Type.Array(Type.Object({ label: Hash, epoch: Epoch, level: Level })))
  }),
  policy: Type.Object({
    /** Rules that apply, with all that they ask. */
    decided: Type.Array(ExplainedRule),
    /** Rules that cannot be evaluated, with what nothing says. */
    undecided: Type.Array(ExplainedRule),
    /** Rules that would have changed what the policy says, had one or two things been otherwise: those. */
    nearly: Type.Array(ExplainedRule)
  }),
  /** What the patient's consent to the requester says, when the request names one that the ledger has. */
  consent: Type.Optional(Type.Object({
    consentId: Hash,
    status: Type.String(),
    actions: Values,
    purposes: Values,
    notBefore: TimeMs,
    notAfter: TimeMs,
    levels,
    dataPeriod,
    exceptions
  }))
})
export type Explanation = Static<typeof Explanation>

export const Certificate = Type.Object({ role: Type.Optional(Type.String()), department: Type.Optional(Type.String()) })

/** What the person of a consent would get if they asked for one record by it. */
export const RecordReader = Type.Object({
  consentId: Hash,
  mspId: MspId,
  staffId: StaffId,
  action: Type.String(),
  purpose: Type.String(),
  /** `depends`: on the certificate, of a person whom the log has not seen; `unable`: no key is bound to them, or it was ended. */
  outcome: Type.Enum(['permit', 'deny', 'depends', 'unable']),
  /** What the certificate said when the person last asked for anything; absent when they never did. */
  seen: Type.Optional(Certificate),
  /**
   * For `depends`: certificates with one of these roles and one of these departments would be permitted; `-` stands for none, `*` for any
   * department that neither policy nor consent nor prohibitions name.
   */
  permitted: Type.Optional(Type.Array(Type.Object({ roles: Values, departments: Values }))),
  /** Of a permit or denial, as an event would have them. */
  reasons: Type.Array(Reason)
})
export type RecordReader = Static<typeof RecordReader>

const { outcome, permitted, reasons, ...ReaderAsked } = RecordReader.properties
const Outcome = Type.Object({ outcome, permitted, reasons })

/** What another policy would change for the person of a consent. */
export const ReaderChange = Type.Object({
  ...ReaderAsked,
  /** `both`: with some certificates the one, with some the other. */
  change: Type.Enum(['gains', 'loses', 'both']),
  before: Outcome,
  after: Outcome
})
export type ReaderChange = Static<typeof ReaderChange>
export type ExplainedRule = Static<typeof ExplainedRule>
export type RuleFact = Static<typeof RuleFact>
