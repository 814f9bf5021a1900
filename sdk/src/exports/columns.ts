import { isOutside } from '@epione/protocol'
import type { LoggedAccessEvent } from '@epione/protocol/api'

const list = (values: readonly (string | undefined)[]): string => [...new Set(values.filter((value) => value !== undefined))].join(' ')
const instant = (time: number | undefined): string => time === undefined ? '' : new Date(time).toISOString()

/**
 * The columns of a table of events, in their order (docs/audit.md): none changes its name, meaning or place; new ones come at the end.
 * Several values in one cell are parted by a blank.
 */
export const COLUMNS: Readonly<Record<string, (event: LoggedAccessEvent) => string>> = {
  eventId: ({ eventId }) => eventId,
  time: ({ time }) => instant(time),
  block: ({ blockNumber }) => String(blockNumber),
  transaction: ({ txId }) => txId,
  decision: ({ decision }) => decision,
  rules: ({ reasons }) => list(reasons.map(({ rule }) => rule)),
  facts: ({ reasons }) => list(reasons.flatMap(({ facts = [] }) => facts)),
  patient: ({ patientId }) => patientId,
  organization: ({ actor }) => actor.mspId,
  person: ({ actor }) => actor.staffId,
  role: ({ actor }) => actor.role ?? '',
  department: ({ actor }) => actor.department ?? '',
  action: ({ action }) => action,
  purpose: ({ purpose }) => purpose,
  outside: (event) => isOutside(event) ? 'yes' : 'no',
  records: ({ records }) => list(records.map(({ recordId, version }) => `${recordId}:${String(version)}`)),
  origins: ({ records }) => list(records.map(({ origin }) => origin)),
  levels: ({ records }) => list(records.map(({ level }) => level)),
  mediaClasses: ({ records }) => list(records.map(({ mediaClass }) => mediaClass)),
  compartments: ({ records, compartments = [] }) => list([...records, ...compartments].map(({ label }) => label)),
  stream: ({ stream }) => stream?.stream ?? '',
  consent: ({ consentId }) => consentId ?? '',
  request: ({ requestId }) => requestId,
  emergencyReason: ({ emergency }) => emergency?.reason ?? '',
  openUntil: ({ emergency }) => instant(emergency?.openUntil),
  reviewBy: ({ emergency }) => instant(emergency?.reviewBy),
  expiresAt: ({ expiresAt }) => instant(expiresAt),
  repeats: ({ repeats }) => repeats === undefined ? '' : String(repeats),
  policyVersion: ({ policyVersion }) => policyVersion,
  decider: ({ decider }) => String(decider)
}

export const COLUMN_NAMES = Object.keys(COLUMNS)

/** A row of CSV (RFC 4180), its line end included. What a spreadsheet would take for a formula stands behind an apostrophe. */
export function csvRow (cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell (text: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
