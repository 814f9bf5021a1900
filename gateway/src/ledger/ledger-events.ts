import { isDeepStrictEqual } from 'node:util'
import {
  AccessEvent, accessEventsIn, carriesAccessEvents, checkSchema, LEDGER_EVENTS, parseEventId, RecordState, RegisteredSegments,
  SchemaMismatch, segmentBatchOf, SegmentStatements
} from '@epione/protocol'
import type { LedgerEventName, StoredStatement } from '@epione/protocol'
import { BlockError, parseEventPayload } from '@epione/ledger/blocks'
import type { Static, TSchema } from 'typebox'
import type { CommittedTransaction, LedgerEvent } from '@epione/ledger/fabric'

/** The object that an event carries. @throws {BlockError} EVENT_MALFORMED @throws {SchemaMismatch} */
export function readPayload<S extends TSchema> (schema: S, { name, payload }: Pick<LedgerEvent, 'name' | 'payload'>): Static<S> {
  return checkSchema(schema, parseEventPayload(payload), name)
}

/**
 * The access events that a ledger event carries, as the log shows them; none when it is of another kind. What cannot be read so is none for
 * proxies, either. @throws {BlockError} @throws {SchemaMismatch}
 */
export function readAccessEvents ({ name, payload, txId }: Pick<LedgerEvent, 'name' | 'payload' | 'txId'>): AccessEvent[] {
  if (!carriesAccessEvents(name)) return []
  const carried = accessEventsIn(name, parseEventPayload(payload))
  if (carried === undefined) throw new BlockError('EVENT_MALFORMED', 'The event has no list of access events.')
  const found = carried.map((value) => checkSchema(AccessEvent, value, name))
  const isOwn = ({ eventId, txId: named }: AccessEvent): boolean => named === txId && parseEventId(eventId)?.txId === txId
  if (found.every(isOwn) && new Set(found.map((event) => event.eventId)).size === found.length) return found
  throw new BlockError('EVENT_MALFORMED', 'The event names another transaction than its own, or one event twice.')
}

/** The same, and none of an event that cannot be read. */
export function findAccessEvents (event: Pick<LedgerEvent, 'name' | 'payload' | 'txId'>): AccessEvent[] {
  return readOrNone(() => readAccessEvents(event)) ?? []
}

/**
 * The record versions that a transaction registered as segments: its event tells what became of each manifest that it was called with.
 * @throws {BlockError} EVENT_MALFORMED @throws {SchemaMismatch}
 */
export function readSegments ({ args: [, statements], ...event }: Omit<LedgerEvent, 'blockNumber'>): RecordState[] {
  const asked = checkSchema(SegmentStatements, parseArgument(statements), event.name)
  const { items } = segmentBatchOf(readPayload(RegisteredSegments, event), asked, event.txId)
  return items.flatMap((item) => 'record' in item ? [item.record] : [])
}

/** What the contract parsed, too, however deep: a refused item among others must not hide these. */
function parseArgument (argument: Uint8Array = new Uint8Array()): unknown {
  try {
    return JSON.parse(Buffer.from(argument).toString())
  } catch (cause) {
    throw new BlockError('EVENT_MALFORMED', 'What the transaction was called with is no JSON.', { cause })
  }
}

/** Whether a transaction took effect and carries this access event. */
export function carriesAccess (transaction: CommittedTransaction | undefined, event: AccessEvent): boolean {
  if (transaction?.valid !== true || transaction.event === undefined) return false
  const { name, payload } = transaction.event
  return findAccessEvents({ name, payload, txId: event.txId }).some((found) => isDeepStrictEqual(found, event))
}

/** Whether a transaction took effect and its event is this very object. */
export function carries (transaction: CommittedTransaction | undefined, name: LedgerEventName, value: unknown): boolean {
  const event = transaction?.valid === true ? transaction.event : undefined
  return event?.name === name && isDeepStrictEqual(readOrNone(() => parseEventPayload(event.payload)), value)
}

/** Whether a transaction took effect and registered this very manifest, by itself or as one of its segments. */
export function carriesManifest (transaction: CommittedTransaction | undefined, manifest: StoredStatement): boolean {
  const event = transaction?.valid === true ? transaction.event : undefined
  if (event === undefined) return false
  const read = (): RecordState[] => {
    if (event.name === LEDGER_EVENTS.segmentsRegistered) return readSegments({ ...event, txId: manifest.txId })
    return event.name === LEDGER_EVENTS.recordRegistered ? [readPayload(RecordState, event)] : []
  }
  return readOrNone(read)?.some((record) => isDeepStrictEqual(record.manifest, manifest)) ?? false
}

/** What can be read, or undefined of what cannot. */
function readOrNone<T> (read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof BlockError || error instanceof SchemaMismatch) return undefined
    throw error
  }
}
