import { accessEventsIn, carriesAccessEvents, checkSchema, EventId, parseEventId } from '@epione/protocol'
import type { AccessEvent } from '@epione/protocol'
import { canonicalize, CryptoError } from '@epione/crypto'
import { BlockError, isCanonicalEnvelope, parseEventPayload, readEnvelope } from '../blocks/index.ts'
import type { EnvelopeContents } from '../blocks/index.ts'
import { VerificationError } from '../errors.ts'
import type { Proof } from './proof-schema.ts'

/** Fabric's code of a transaction that took effect. */
const VALID = 0

/** The event that the envelope itself holds, and what the envelope says of its origin. */
export interface ProvenEvent { event: AccessEvent, channel: string, chaincode: string }

/**
 * Takes the access event from the transaction's envelope, never from what stands beside it, and refuses a transaction that the
 * ledger rejected. @throws {VerificationError} ENVELOPE_MALFORMED, EVENT_MISMATCH, EVENT_NOT_VALID
 */
export function verifyEvent ({ event, transaction }: Pick<Proof, 'event' | 'transaction'>, envelope: Uint8Array): ProvenEvent {
  if (!isCanonicalEnvelope(envelope)) {
    throw new VerificationError('ENVELOPE_MALFORMED', 'The envelope does not re-encode to its own bytes: what it is of is not certain.')
  }
  const contents = openEnvelope(envelope)
  if (contents?.event === undefined || !carriesAccessEvents(contents.event.name)) {
    throw new VerificationError('EVENT_MISMATCH', 'The envelope is of no access event.')
  }
  const emitted = findEmitted(contents.event, event)
  if (emitted.txId !== contents.txId || parseEventId(emitted.eventId)?.txId !== contents.txId) {
    throw new VerificationError('EVENT_MISMATCH', 'The event names another transaction than the one that holds it.')
  }
  if (canonicalOf(event) !== canonicalOf(emitted)) {
    throw new VerificationError('EVENT_MISMATCH', 'The event shown is not the one in the envelope: believe the envelope alone.')
  }
  if (transaction.code !== VALID) {
    throw new VerificationError(
      'EVENT_NOT_VALID',
      `The ledger rejected this transaction (validation code ${transaction.code}): it is no event.`
    )
  }
  return { event: emitted, channel: contents.channel, chaincode: contents.event.chaincode }
}

function openEnvelope (envelope: Uint8Array): EnvelopeContents | undefined {
  try {
    return readEnvelope(envelope)
  } catch (error) {
    if (error instanceof BlockError) throw new VerificationError('ENVELOPE_MALFORMED', error.message, { cause: error })
    throw error
  }
}

/** The one event that the envelope carries, of several the one with the shown id. */
function findEmitted ({ name, payload }: NonNullable<EnvelopeContents['event']>, shown: Proof['event']): AccessEvent {
  const carried = parsePayload(name, payload)
  const found = carried.length === 1 ? carried : carried.filter(({ eventId }) => eventId === shown['eventId'])
  const [emitted] = found
  if (emitted !== undefined && found.length === 1) return emitted
  throw new VerificationError('EVENT_MISMATCH', 'The event shown is not one of those in the envelope: believe the envelope alone.')
}

function parsePayload (name: string, payload: Uint8Array): AccessEvent[] {
  try {
    const carried = (accessEventsIn(name, parseEventPayload(payload)) ?? []) as AccessEvent[]
    for (const value of carried) checkSchema(EventId, value.eventId, 'the event id')
    return carried
  } catch (error) {
    throw new VerificationError('EVENT_MISMATCH', 'The envelope\'s event is no access event of Epione.', { cause: error })
  }
}

function canonicalOf (event: object): string {
  try {
    return canonicalize(event)
  } catch (error) {
    if (error instanceof CryptoError) {
      throw new VerificationError('EVENT_MISMATCH', 'The event shown has no canonical form.', { cause: error })
    }
    throw error
  }
}
