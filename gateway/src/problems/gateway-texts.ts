import type { GatewayErrorCode } from '../errors.ts'
import type { ProblemText } from './problem-text.ts'

/** What each code of a gateway says to a caller, and at which operations it is. */
export const GATEWAY_TEXTS: Readonly<Record<GatewayErrorCode, ProblemText>> = {
  REQUEST_INVALID: [
    'The request does not fit its description.',
    'Send what the operation\'s schema says; `detail` names the member.',
    'all'
  ],
  STATEMENT_INVALID: [
    'The signed statement is not spelt as the protocol says.',
    'Make it anew as docs/protocol.md says.',
    'statement, access, records, streams, gateway'
  ],
  FEATURE_INACTIVE: [
    'The network has not switched on what this uses.',
    'Wait for the network document that switches it on.',
    'statement, writes, session'
  ],
  STATEMENT_EXPIRED: ['It was signed too long ago.', 'Sign it anew and send it at once.', 'statement, gateway'],
  STATEMENT_NOT_YET_VALID: ['It was signed at a time that has not come.', 'Set the signer\'s clock.', 'statement, gateway'],
  SIGNATURE_INVALID: ['The signature is not of the key that may say this.', 'Sign with the key in force.', 'statement, gateway, anchors, streams, underCaller'],
  WEBHOOK_UNKNOWN: ['The settings of this hospital list no such receiver of webhooks.', 'Name one that `GET /v1/webhooks` lists.', 'access log'],
  UPLOAD_UNKNOWN: ['No such upload of yours is under way here.', 'Begin it anew.', 'uploads'],
  UPLOAD_CONFLICT: [
    'The upload is at another byte, or another request writes to it.',
    'Ask where it is by HEAD and go on from there.',
    'uploads'
  ],
  UPLOAD_EXPIRED: ['The upload was not finished in time and is removed.', 'Begin it anew.', 'uploads'],
  IPFS_UNAVAILABLE: ['The hospital\'s IPFS node does not answer, or has no room.', 'Try again as `Retry-After` says.', 'gateway, down'],
  CONTENT_EMPTY: ['A record of no bytes.', 'Send its bytes.', 'up, uploads'],
  CONTENT_MISMATCH: ['The bytes are not those that their name says.', 'Send the bytes again, whole.', 'up, gateway, records, streams'],
  CONTENT_INTERRUPTED: ['The bytes ended before they were whole.', 'Send them again.', 'up, gateway'],
  WRAP_MISMATCH: [
    'The wrap is not the one that the statement names.',
    'Send the wrap that was signed.',
    'records, streams, search, gateway'
  ],
  ENTRY_MISMATCH: ['The index entry is not the one that the statement names.', 'Send the entry that was signed.', 'records, gateway'],
  SEGMENT_MISMATCH: [
    'The segment is not of the windows that are kept.',
    'Send the windows first, then the segment over them.',
    'streams, gateway'
  ],
  CURSOR_INVALID: [
    'The cursor is of another list, or none.',
    'Send `next` of the page before, unchanged, or begin anew.',
    'paged, gateway, FHIR, access log'
  ],
  KFRAG_INVALID: ['A key fragment fails its proof.', 'Make the consent anew.', 'consents, gateway, emergencies'],
  KFRAGS_MISMATCH: [
    'There is not one key fragment for each proxy that the consent names.',
    'Send one for each.',
    'consents, emergencies'
  ],
  CUSTODY_NOT_LISTED: [
    'The consent names no such fragment for this hospital.',
    'Nothing: it is not this hospital\'s.',
    'consents, gateway'
  ],
  ESCROW_MISMATCH: ['Backup or shares are not those that the statement names.', 'Send what was signed.', 'recovery'],
  BATCH_INVALID: [
    'The batch of blocks is not the one that this gateway computes.',
    'Compare the ledgers of both hospitals.',
    'anchors, gateway'
  ],
  TOKEN_MISSING: ['No token came with the request.', 'Send `Authorization: Bearer`, with a token of the own hospital.', 'staff, session'],
  TOKEN_INVALID: ['The token is not of the hospital\'s provider, or damaged.', 'Sign in again.', 'staff, session'],
  TOKEN_EXPIRED: ['The token\'s time is over.', 'Refresh it.', 'staff'],
  TOKEN_AUDIENCE: ['The token is for another service.', 'Ask for one with this gateway\'s URL as its audience.', 'staff'],
  SESSION_INVALID: [
    'The session is not signed by the patient\'s key, or for another request.',
    'Sign one for this method and path.',
    'session'
  ],
  SESSION_EXPIRED: ['The session was signed too long ago.', 'Sign a new one; set the clock.', 'session'],
  SESSION_REPLAYED: ['The session was used before.', 'Sign one for each request.', 'session'],
  PEER_UNKNOWN: [
    'The caller\'s certificate is of no member\'s gateway.',
    'Call with the gateway\'s own certificate.',
    'gateway, anchors'
  ],
  SCOPE_MISSING: ['The token lacks the scope that this needs.', 'Ask for the scope that `detail` names.', 'staff'],
  ATTRIBUTES_CHANGED: ['The person is enrolled with other attributes than the token says.', 'Have the staff admin look; sign in again.', 'staff'],
  CERTIFICATE_NEEDED: [
    'The key of the caller\'s certificate is to be at their device, and the device has no certificate that counts.',
    'Send a request for one (`epione practitioner certify`).',
    'staff'
  ],
  SIGNATURE_REQUIRED: [
    'The key of the caller\'s certificate is at their device: `signing` has what it has to sign.',
    'Compare it with what was asked for, sign it, and send the request again with `Epione-Signature`.',
    'underCaller'
  ],
  SIGNING_EXPIRED: [
    'What the signature is for waits no more: it was not signed in time, or is another person\'s.',
    'Send the request without `Epione-Signature`.',
    'underCaller'
  ],
  NOT_ENROLLED: ['The caller has no certificate of this hospital.', 'Have the staff admin enrol them.', 'staff'],
  NOT_PERMITTED: [
    'This is not the caller\'s to see or do.',
    'Nothing, or ask whom it belongs to.',
    'staff, session, gateway, anchors, patients'
  ],
  ACCESS_DENIED: [
    'The ledger denied the request; the answer has the logged event.',
    'Read `decision`; ask the patient for a consent.',
    'access, search, streams'
  ],
  EVENT_DENIED: ['The event is a denial.', 'Request anew.', 'staff, gateway'],
  EVENT_OF_ANOTHER: ['The event is another person\'s.', 'Use an event of one\'s own.', 'staff, gateway'],
  PERMIT_EXPIRED: ['The permit\'s minute is over.', 'Request access anew.', 'staff, gateway'],
  CONSENT_ENDED: ['The consent is over.', 'Ask the patient for another.', 'staff, gateway, writes'],
  DECISION_MISMATCH: [
    'A hospital decides otherwise than the ledger.',
    'Tell the operators: one of both is not up to date.',
    'staff, gateway'
  ],
  WRAP_UNKNOWN: ['No wrap in force is under this name.', 'Read the record\'s versions anew.', 'staff, session, gateway'],
  EPOCH_ENDED: ['A followed stream goes on for a newer key.', 'Request access anew.', 'streams, gateway'],
  STATEMENT_UNPROVEN: [
    'What the statement rests on could not be proven here.',
    'Try again once this hospital has read its blocks.',
    'gateway, consents, emergencies, recovery, streams'
  ],
  NOT_FOUND: ['There is no such thing, or none that the caller may know of.', 'Compare the address with the description.', 'all'],
  STATEMENT_UNKNOWN: ['The ledger has no such statement.', 'Send it, or wait until it is committed.', 'statements, gateway'],
  CONTENT_UNKNOWN: ['No store has these bytes.', 'Ask the record\'s author.', 'records, streams, search, gateway'],
  EVENT_UNKNOWN: [
    'The log has no such event.',
    'Wait until this gateway has read its block, or compare the id.',
    'staff, session, gateway'
  ],
  RECOVERY_UNKNOWN: ['No such recovery is under way.', 'Begin one.', 'recovery, gateway'],
  BACKUP_UNKNOWN: ['This hospital keeps no backup of that issue.', 'Ask another hospital.', 'recovery'],
  SHARE_UNKNOWN: ['This hospital keeps no such share.', 'Ask another hospital.', 'recovery'],
  ENVELOPE_UNKNOWN: ['There is no envelope for the caller.', 'Have a member change the department.', 'departments'],
  REQUEST_TIMEOUT: ['The request did not come in time.', 'Send it again.', 'all'],
  RECOVERY_PENDING: ['The recovery waits.', 'Try again when `detail` says.', 'recovery'],
  RECOVERY_STOPPED: ['The patient or a hospital stopped the recovery.', 'Ask who stopped it.', 'recovery'],
  RECOVERY_OUTDATED: ['The recovery is of an issue that does not count any more.', 'Begin one for the newest issue.', 'recovery'],
  GUARDIANS_CONFLICT: ['Another issue of guardians came first.', 'Read the newest and make the next.', 'recovery'],
  IDEMPOTENCY_KEY_REUSED: ['The key was used for another request.', 'Draw a new key.', 'idempotent'],
  IDEMPOTENCY_IN_PROGRESS: ['The same request is being answered.', 'Wait and send it again.', 'idempotent, underCaller'],
  PRACTITIONER_EXISTS: ['The person is enrolled with other attributes.', 'Read what they are enrolled as.', 'practitioners'],
  CONTENT_MISSING: ['The statement names bytes that were not stored.', 'Store the content first.', 'records, streams, gateway'],
  WINDOW_CONFLICT: ['Another window has this number.', 'Send the windows that come after it.', 'streams, gateway'],
  WINDOW_OUT_OF_ORDER: ['A window before this one is missing.', 'Send that first.', 'streams, gateway'],
  SEGMENT_INCOMPLETE: ['Windows of the segment are missing.', 'Send them, then the segment.', 'streams, gateway'],
  KFRAG_MISSING: [
    'This proxy has no key fragment of the consent.',
    'Nothing: enough others answer, or the patient consents anew.',
    'staff, gateway'
  ],
  BATCH_FINAL: ['The batch is anchored already.', 'Nothing.', 'anchors, gateway'],
  COMPARTMENT_ERASED: [
    'This epoch of the compartment was erased.',
    'Go on in the newest one; a device forgets what it sent by `order`, the patient\'s signed `Erasure`.',
    'all'
  ],
  RECORD_ENDED: ['The record version was erased or withdrawn.', 'Nothing: it is gone.', 'staff, session, gateway, records'],
  PRECONDITION_FAILED: ['What the caller has is not what is stored.', 'Read it anew; speak tus 1.0.0 to uploads.', 'down, uploads'],
  CONTENT_TOO_LARGE: ['The content is larger than this hospital takes.', 'Split it, or ask the operator.', 'up, uploads, gateway'],
  REQUEST_TOO_LARGE: ['The body is larger than the operation takes.', 'Send less at once.', 'body'],
  MEDIA_TYPE_UNSUPPORTED: ['The body has another media type than the description says.', 'Set `Content-Type`.', 'sends'],
  RANGE_INVALID: ['The range lies beyond the content.', 'Ask for one within its length.', 'down'],
  TOO_MANY_REQUESTS: ['The caller asks faster than the gateway answers one caller.', 'Wait as `Retry-After` says.', 'all'],
  PROPOSALS_TOO_MANY: ['Too many proposals wait.', 'Wait until some are decided.', 'network, anchors, gateway'],
  EMERGENCY_LIMIT: [
    'Person or hospital opened as many emergencies as the policy lets.',
    'Ask for consent, or wait.',
    'access, emergencies'
  ],
  DENIED_REPEATEDLY: ['The same request was denied again and again.', 'Wait as `Retry-After` says.', 'access'],
  QUOTA_EXCEEDED: [
    'The caller asked for, or left here unnamed, as much as one may.',
    'Wait as `Retry-After` says; register or give up what was uploaded.',
    'access, up, uploads, recovery, gateway, records, streams'
  ],
  INTERNAL: ['The gateway failed.', 'Try again; tell the operator `instance`.', 'all'],
  PEER_REFUSED: [
    'Another hospital refused what this one needs of it.',
    'Try again, or at another hospital.',
    'staff, session, gateway, writes'
  ],
  LEDGER_RESULT_INVALID: ['The peer answered what no contract answers.', 'Tell the operator.', 'all'],
  NOT_READY: ['The gateway starts or ends.', 'Try again.', 'all'],
  LEDGER_UNAVAILABLE: ['Peers or orderers do not answer.', 'Wait as `Retry-After` says and send the same again.', 'all'],
  READ_MODEL_BEHIND: ['The gateway has not read its blocks so far.', 'Try again.', 'all'],
  PEER_BEHIND: ['Another hospital has not read its blocks so far.', 'Try again.', 'staff, gateway, session, writes'],
  LEDGER_DIVERGED: ['Two hospitals have different blocks.', 'Tell the operators at once.', 'staff, gateway, anchors'],
  COPY_UNAVAILABLE: ['No second hospital took a copy.', 'Try again.', 'writes, up, gateway, streams, recovery'],
  CONTENT_UNAVAILABLE: ['A hospital that has the bytes does not answer.', 'Try again.', 'access, records, streams, search, gateway'],
  ANCHOR_MISMATCH: [
    'What is anchored is not what this gateway computes.',
    'Tell the operators at once.',
    'anchors, access log, records, gateway'
  ],
  CA_UNAVAILABLE: ['The hospital\'s certificate authority does not answer.', 'Try again.', 'practitioners, staff'],
  IDENTITY_PROVIDER_UNAVAILABLE: ['The hospital\'s identity provider does not answer.', 'Try again.', 'staff'],
  PROXIES_CONVICTED: ['Too few proxies are left that did not lie.', 'The network has to clear or exchange them.', 'staff, gateway'],
  PROXIES_INSUFFICIENT: ['Too few proxies answered.', 'Try again.', 'staff, gateway'],
  PEER_UNAVAILABLE: ['Another hospital does not answer.', 'Try again.', 'staff, session, gateway, writes, recovery'],
  OVERLOADED: ['The gateway has more to do than it can.', 'Wait as `Retry-After` says.', 'all'],
  STORAGE_UNAVAILABLE: [
    'The hospital\'s disk or database is read-only, away or broken.',
    'Try again as `Retry-After` says, or at another hospital; tell the operator.',
    'all'
  ],
  STORAGE_FULL: ['The disk is full.', 'Try again later; tell the operator.', 'all']
}
