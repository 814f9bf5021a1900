import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { AttributeValue, CertificateSerial, EventId, Hash, KeyHex, MspId, PatientId, RecordId, StaffId } from '@epione/protocol'
import type { PersonId } from '@epione/protocol/verify'
import { ClientError } from '@epione/sdk'

/** A hundred years. */
const DAYS_MAX = 36_500

/** `ID` or `ID:VERSION`. */
export function parseRecordVersion (text: string): { recordId: string, version?: number } {
  const [recordId = '', version, ...rest] = text.split(':')
  const number = version === undefined ? undefined : parseWhole(version, `version of ${recordId}`)
  if (rest.length > 0 || !fits(RecordId, recordId)) {
    throw new ClientError('USAGE', `"${text}" is not a record: 32 hex digits, perhaps with :VERSION.`)
  }
  return { recordId, ...(number === undefined ? {} : { version: number }) }
}

/** `START-END` or `START-`, both counted from 0, as in HTTP's `Range`. */
export function parseRange (text: string): { start: number, end?: number } {
  const [, start, end] = /^(0|[1-9][0-9]{0,14})-(0|[1-9][0-9]{0,14})?$/.exec(text) ?? []
  if (start === undefined || Number(end ?? Infinity) < Number(start)) {
    throw new ClientError('USAGE', `"${text}" is not a range of bytes: START-END, both counted from 0, or START- to the end.`)
  }
  return { start: Number(start), ...(end === undefined ? {} : { end: Number(end) }) }
}

/** A stream, as a record: 32 hex digits. */
export function parseStream (text: string): string {
  if (!fits(RecordId, text)) throw new ClientError('USAGE', `"${text}" is not a stream: 32 hex digits.`)
  return text
}

/** A TCP port; 0 for any that is free. */
export function parsePort (text: string, what: string): number {
  if (/^(?:0|[1-9][0-9]{0,4})$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new ClientError('USAGE', `${what}: expected a port from 0 to 65535, got "${text}".`)
}

/** `LABEL:EPOCH`. */
export function parseCompartment (text: string): { label: string, epoch: number } {
  const [label = '', epoch, ...rest] = text.split(':')
  if (rest.length > 0 || epoch === undefined || !fits(Hash, label)) {
    throw new ClientError('USAGE', `"${text}" is not a compartment: its label, 64 hex digits, and :EPOCH.`)
  }
  return { label, epoch: parseWhole(epoch, `epoch of ${label}`) }
}

/** `mspId/staffId`. */
export function parsePerson (text: string): PersonId {
  const [mspId = '', staffId = '', ...rest] = text.split('/')
  if (rest.length > 0 || !fits(MspId, mspId) || !fits(StaffId, staffId)) {
    throw new ClientError('USAGE', `"${text}" is not a practitioner: mspId/staffId.`)
  }
  return { mspId, staffId }
}

export function parseMspId (text: string): string {
  if (!fits(MspId, text)) throw new ClientError('USAGE', `"${text}" is not the MSP id of an organisation, for example CoreMSP.`)
  return text
}

/** `mspId/department`. */
export function parseDepartment (text: string): { mspId: string, department: string } {
  const [mspId = '', department = '', ...rest] = text.split('/')
  if (rest.length > 0 || !fits(MspId, mspId) || !fits(AttributeValue, department)) {
    throw new ClientError('USAGE', `"${text}" is not a department: mspId/code.`)
  }
  return { mspId, department }
}

/** Serial number of a certificate, as programs show it: capitals, colons and leading zeros are theirs. */
export function parseSerial (text: string): string {
  const digits = text.toLowerCase().replaceAll(':', '')
  const serial = (digits.length % 2 === 0 ? digits : `0${digits}`).replace(/^(?:00)+/, '')
  if (!fits(CertificateSerial, serial)) throw new ClientError('USAGE', `"${text}" is not the serial number of a certificate, in hex.`)
  return serial
}

export function parseKeyHex (text: string): string {
  if (!fits(KeyHex, text)) throw new ClientError('USAGE', `"${text}" is not a key: 66 hex digits.`)
  return text
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

/** Hex SHA-256 of what `what` names. */
export function parseHash (text: string, what: string): string {
  if (!fits(Hash, text)) throw new ClientError('USAGE', `"${text}" is not ${what}: 64 hex digits.`)
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

/** A whole number from 1, in decimal digits and nothing else: `Number` would also take '', ' 5 ', '0x10' and '1e3'. */
export function parseWhole (text: string, what: string): number {
  const value = Number(text)
  if (!/^[1-9][0-9]*$/.test(text) || !Number.isSafeInteger(value)) {
    throw new ClientError('USAGE', `${what}: expected a whole number from 1, got "${text}".`)
  }
  return value
}

/** Days, also parts of one: `0.5`. */
export function parseDays (text: string): number {
  const value = Number(text)
  if (!/^[0-9]+(\.[0-9]+)?$/.test(text) || value <= 0 || value > DAYS_MAX) {
    throw new ClientError('USAGE', `--days: expected more than 0 and at most ${DAYS_MAX}, got "${text}".`)
  }
  return value
}

const SECONDS_OF: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 }
const DURATION_MAX_SECONDS = 12 * 3_600

/** A time such as `90s`, `15m` or `8h`, in seconds; half a day at most. */
export function parseDuration (text: string, what: string): number {
  const [, number = '', unit = ''] = /^([1-9][0-9]{0,5})([smh])$/.exec(text) ?? []
  const seconds = Number(number) * (SECONDS_OF[unit] ?? 0)
  if (seconds < 1 || seconds > DURATION_MAX_SECONDS) {
    throw new ClientError('USAGE', `${what}: expected a time such as 90s, 15m or 8h, at most 12h, got "${text}".`)
  }
  return seconds
}

/** URL of an EVM node. */
export function parseRpcUrl (text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new ClientError('USAGE', `--rpc: "${text}" is not an http or https URL.`)
  }
  return text
}

/** One of a few words. */
export function parseChoice<C extends string> (text: string, choices: readonly C[], what: string): C {
  const found = choices.find((choice) => choice === text)
  if (found === undefined) throw new ClientError('USAGE', `${what}: ${choices.join(' or ')}, not "${text}".`)
  return found
}

/* A plain boolean: as a type guard, Check would leave nothing of a string that does not fit. */
function fits (schema: TSchema, text: string): boolean {
  return Value.Check(schema, text)
}
