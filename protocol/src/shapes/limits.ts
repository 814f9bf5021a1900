/** Largest difference in ms between a transaction's timestamp and an endorser's clock (DESIGN §4). */
export const TIMESTAMP_TOLERANCE_MS = 30_000
/**
 * Two transactions carry their clients' clocks, each within the tolerance of the endorsers': a change of key may seem this much
 * (ms) later or earlier than a statement that the ledger ordered otherwise.
 */
export const ORDER_TOLERANCE_MS = 2 * TIMESTAMP_TOLERANCE_MS
/**
 * Shortest time in ms between an approval of a network document and its coming into force: so all that was decided before the approval
 * was ordered lies before that, by any clock within the tolerance.
 */
export const AMENDMENT_NOTICE_MS = ORDER_TOLERANCE_MS
/** Longest time in ms between a proposal and its coming into force: no approval binds its member longer. */
export const AMENDMENT_HORIZON_MS = 30 * 24 * 60 * 60 * 1000
/** Most hand-overs that one record may have gone through: a newborn's custodian, a representative, a new phrase or two. */
export const HANDOVERS_MAX = 16
/** Life of a permit in ms from its transaction timestamp, by the proxy's own clock (PROTOCOL §5). */
export const PERMIT_LIFE_MS = 60_000
/** Longest time in ms between `issuedAt` and `submitBefore` of a statement (PROTOCOL §4). */
export const STATEMENT_LIFE_MS = 24 * 60 * 60 * 1000
/** A consent without enough custody confirmations is void this long (ms) after its `submitBefore` (PROTOCOL §2). */
export const CONSENT_PENDING_MS = 24 * 60 * 60 * 1000
/** Life of a patient's `Session` in ms (PROTOCOL §4). */
export const SESSION_LIFE_MS = 5 * 60 * 1000
/** Most record versions one access request may name (PROTOCOL §4). */
export const RECORDS_PER_REQUEST = 64
/** Most compartments that a search names, and search keys that one statement publishes. */
export const COMPARTMENTS_PER_SEARCH = 64
/** Most record versions that an erasure may look at, those that ended before included: whoever names versions is not held up by them. */
export const ERASURE_READS_MAX = 4 * RECORDS_PER_REQUEST
/** Most erasures of compartments that a patient's standing holds, each of one label up to one epoch. */
export const ERASED_COMPARTMENTS_MAX = 256
/** Most requests that one transaction may decide, each of another patient, and most record versions that they name together. */
export const REQUESTS_PER_BATCH = 32
export const RECORDS_PER_BATCH = 128
/** Most notes of a gateway in one transaction, and most patients that one reading names: an argument's length holds both. */
export const LOG_NOTES_MAX = 32
export const PATIENTS_PER_READING = 100
/** Most readings, or refused requests, that one note counts: far more than a gateway answers between two notes. */
export const NOTED_MAX = 1_000_000
/** Most segments that one transaction registers, and most bytes of its argument. */
export const SEGMENTS_PER_BATCH = 32
export const SEGMENTS_BYTES_MAX = 262_144
/** Most windows that a device sends by one call, that one receipt is for, and that a follower gets by one event. */
export const WINDOWS_PER_RECEIPT = 64
/** Most wraps of one answer, those of one batch proof: windows of a few segments, or all record versions of a request. */
export const WRAPS_PER_ANSWER = 256
/** Most windows of a segment: an hour of one a second. Whoever proves, rewraps or destroys one goes through all of them. */
export const WINDOWS_PER_SEGMENT = 4_096
/** How long a stream may be followed by one permit, in ms. */
export const FOLLOW_MS = { minimum: 1000, maximum: 3_600_000 }
/** Devices of a patient that have not ended and whose period is not over. */
export const DEVICES_MAX = 64
/** Hard cap of a page: Fabric 2.5.0 can panic when a transaction times out inside a long range query. */
export const PAGE_SIZE_MAX = 100
/** Most versions of a directory or a key binding: both are read whole, from the first version on. */
export const VERSIONS_MAX = 64
/** Most bytes of a patient's signed directory versions together: anybody may read them, and every peer keeps them. */
export const DIRECTORY_BYTES_MAX = 524_288
/** Former signing keys of a proxy that are kept, so that changing the key does not outrun an accusation. */
export const FORMER_KEYS_MAX = 16
/** How long (ms) each of them is kept at least: until then no further change takes its place. */
export const FORMER_KEY_KEPT_MS = 30 * 24 * 60 * 60 * 1000
/** Fewest proxies a consent may be made to list, but on a testing network. */
export const SHARE_MINIMUM = 3
/** Shortest, and default, wait in seconds of a recovery and of a new identity key (PROTOCOL §1); a testing network may wait less. */
export const RECOVERY_DELAY_SECONDS = 7 * 24 * 60 * 60
/** Representatives of a patient in force at once, and of all times: whoever judges what one of them signed reads them all. */
export const REPRESENTATIONS_MAX = 16
export const REPRESENTATIONS_EVER_MAX = 64
/**
 * Limited keys of a patient in force at once, and of those that are kept: what is over and signed nothing is forgotten when another is
 * named.
 */
export const DELEGATES_MAX = 8
export const DELEGATES_KEPT_MAX = 64
/** Longest life of a limited key from its statement's `issuedAt` on, in ms. */
export const DELEGATE_LIFE_MS = 366 * 24 * 60 * 60 * 1000
/** Most prohibitions of a patient in force at once, and most bytes of what they say together: every request for the patient reads them. */
export const PROHIBITIONS_MAX = 16
export const PROHIBITION_BYTES_MAX = 16_384
/** When (ms, from its opening) the review of a box is overdue. */
export const REVIEW_DUE_MS = 7 * 24 * 60 * 60 * 1000
/** When (ms, from the ledger's taking it) a hospital's word that it destroyed what was erased or withdrawn is overdue. */
export const DESTRUCTION_DUE_MS = 7 * 24 * 60 * 60 * 1000
/** Suspensions of one person; ending the person takes the last place at the latest. */
export const SUSPENSIONS_MAX = 32
/** Most members of a department: each change of them is one statement, with an envelope for each. */
export const DEPARTMENT_MEMBERS_MAX = 256
/** Former versions of a department of which a member's envelope is kept: emergency deposits are for the key of their day. */
export const FORMER_ENVELOPES_MAX = 64
