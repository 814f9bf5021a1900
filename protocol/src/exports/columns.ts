import type { LoggedAccessEvent } from '../api/access-shapes.ts'
import { isOutside } from '../shapes/outside.ts'

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

/**
 * A row of CSV (RFC 4180), its line end included. What a spreadsheet would take for a formula stands behind an apostrophe, also where one
 * that parts cells by semicolons would begin a cell.
 */
export function csvRow (cells: readonly string[]): string {
  return quoteRow(cells.map((text) => text.replaceAll(/(^|[;\t\r\n])(?=[=+\-@\t\r\n])/g, '$1\'')))
}

/** A row of cells as they are. */
export function quoteRow (cells: readonly string[]): string {
  return `${cells.map((text) => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text).join(',')}\r\n`
}

/** Cells of a row, as they stand there; `undefined` for any text that `quoteRow` does not write. */
export function readCsvRow (row: string): string[] | undefined {
  const cells = [...row.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)]
    .map(([, quoted, plain = '']) => quoted === undefined ? plain : quoted.replaceAll('""', '"'))
  return quoteRow(cells) === row ? cells : undefined
}
