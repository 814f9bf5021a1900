import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { EventId, Hash, MspId, PatientId, RecordId, StaffId } from '@epione/chaincode/model'
import type { PersonId } from '../bindings.ts'
import { ClientError } from '../errors.ts'

/** `ID` or `ID:VERSION`. */
export function parseRecordVersion (text: string): { recordId: string, version?: number } {
  const [recordId = '', version] = text.split(':')
  const number = version === undefined ? undefined : parseWhole(version, `version of ${recordId}`)
  if (!fits(RecordId, recordId)) throw new ClientError('USAGE', `"${text}" is not a record: 32 hex digits, perhaps with :VERSION.`)
  return { recordId, ...(number === undefined ? {} : { version: number }) }
}

/** `mspId/staffId`. */
export function parsePerson (text: string): PersonId {
  const [mspId = '', staffId = '', ...rest] = text.split('/')
  if (rest.length > 0 || !fits(MspId, mspId) || !fits(StaffId, staffId)) throw new ClientError('USAGE', `"${text}" is not a practitioner: mspId/staffId.`)
  return { mspId, staffId }
}

export function parsePatientId (text: string): string {
  if (!fits(PatientId, text)) throw new ClientError('USAGE', `"${text}" is not a patient id: 32 letters and digits.`)
  return text
}

/** Hex SHA-256 id of a consent. */
export function parseConsentId (text: string): string {
  if (!fits(Hash, text)) throw new ClientError('USAGE', `"${text}" is not a consent id: 64 hex digits.`)
  return text
}

/** Hex SHA-256 id of a recovery request or a directory version. */
export function parseStatementId (text: string): string {
  if (!fits(Hash, text)) throw new ClientError('USAGE', `"${text}" is not a statement id: 64 hex digits.`)
  return text
}

/** Id of an access event: patient, time and transaction. */
export function parseEventId (text: string): string {
  if (!fits(EventId, text)) throw new ClientError('USAGE', `"${text}" is not an event id: patient.time.transaction.`)
  return text
}

/** Hash of the network's block 0. */
export function parseNetworkId (text: string): string {
  if (!fits(Hash, text)) throw new ClientError('USAGE', `"${text}" is not a network id: 64 hex digits.`)
  return text
}

/** Address of a contract, with or without 0x, in any case. */
export function parseContract (text: string): `0x${string}` {
  const digits = text.toLowerCase().replace(/^0x/, '')
  if (!/^[0-9a-f]{40}$/.test(digits)) throw new ClientError('USAGE', `"${text}" is not the address of a contract: 40 hex digits.`)
  return `0x${digits}`
}

export function parseWhole (text: string, what: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new ClientError('USAGE', `${what}: expected a whole number from 1, got "${text}".`)
  return value
}

/** Days, also parts of one. */
export function parseDays (text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value <= 0 || value > 36_500) throw new ClientError('USAGE', `--days: expected more than 0, got "${text}".`)
  return value
}

/** An ISO 8601 date or time, or milliseconds since the epoch. */
export function parseTime (text: string): number {
  const value = /^[0-9]+$/.test(text) ? Number(text) : Date.parse(text)
  if (!Number.isSafeInteger(value)) throw new ClientError('USAGE', `"${text}" is not a time: write 2026-11-23 or 2026-11-23T15:00:00Z.`)
  return value
}

/* A plain boolean: as a type guard, Check would leave nothing of a string that does not fit. */
function fits (schema: TSchema, text: string): boolean {
  return Value.Check(schema, text)
}
