import { isDeepStrictEqual } from 'node:util'
import { AccessEvent, checkSchema, LEDGER_EVENTS, parseEventId, SchemaMismatch } from '@epione/protocol'
import type { LedgerEventName } from '@epione/protocol'
import { BlockError, parseEventPayload } from '@epione/ledger/blocks'
import type { Static, TSchema } from 'typebox'
import type { CommittedTransaction, LedgerEvent } from '@epione/ledger/fabric'

/** The object that an event carries. @throws {BlockError} EVENT_MALFORMED @throws {SchemaMismatch} */
export function readPayload<S extends TSchema> (schema: S, { name, payload }: Pick<LedgerEvent, 'name' | 'payload'>): Static<S> {
  return checkSchema(schema, parseEventPayload(payload), name)
}

/**
 * An access event as the log shows it; what cannot be read so is none for proxies, either. @throws {BlockError} @throws {SchemaMismatch}
 */
export function readAccessEvent (event: Pick<LedgerEvent, 'name' | 'payload' | 'txId'>): AccessEvent {
  const access = readPayload(AccessEvent, event)
  if (access.txId !== event.txId || parseEventId(access.eventId)?.txId !== event.txId) {
    throw new BlockError('EVENT_MALFORMED', 'The event names another transaction than its own.')
  }
  return access
}

/** Whether a transaction took effect and carries this access event. */
export function carriesAccess (transaction: CommittedTransaction | undefined, event: AccessEvent): boolean {
  return carries(transaction, LEDGER_EVENTS.accessDecided, event, (found) => readAccessEvent({ ...found, txId: event.txId }))
}

/** Whether a transaction took effect and its event is this very object. */
export function carries (
  transaction: CommittedTransaction | undefined,
  name: LedgerEventName,
  value: unknown,
  read: (event: { name: string, payload: Uint8Array }) => unknown = ({ payload }) => parseEventPayload(payload)
): boolean {
  if (transaction?.valid !== true || transaction.event?.name !== name) return false
  try {
    return isDeepStrictEqual(read(transaction.event), value)
  } catch (error) {
    if (error instanceof BlockError || error instanceof SchemaMismatch) return false
    throw error
  }
}
