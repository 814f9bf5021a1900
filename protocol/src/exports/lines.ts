import { canonicalize } from '@epione/crypto'
import type { LoggedAccessEvent } from '../api/access-shapes.ts'
import { auditEventOf } from '../fhir/audit-event.ts'
import { chAtcEventOf } from '../fhir/ch-atc.ts'
import type { ExportFormat } from '../shapes/log-export.ts'
import { COLUMN_NAMES, COLUMNS, csvRow, quoteRow, readCsvRow } from './columns.ts'

/** Formats of one line an event. A PDF is made where pages are drawn. */
export type LineFormat = Exclude<ExportFormat, 'pdf'>

/** An event as a file of this format has it: one line, without what ends it; a row of CSV may hold line ends in quotes. */
export function eventLine (format: LineFormat, event: LoggedAccessEvent): string {
  switch (format) {
    case 'json':
    case 'ndjson': return JSON.stringify(event)
    case 'csv': return csvRow(Object.values(COLUMNS).map((read) => read(event))).slice(0, -2)
    case 'fhir': return entryOf(event, auditEventOf)
    case 'ch-atc': return entryOf(event, chAtcEventOf)
  }
}

function entryOf (event: LoggedAccessEvent, toResource: (event: LoggedAccessEvent) => object): string {
  return JSON.stringify({ fullUrl: `urn:epione:event:${event.eventId}`, resource: toResource(event) })
}

/**
 * What hospitals sign of an event in a file of this format: all that its line says but how often a denial was asked again, which each
 * hospital notes when it does. Of a PDF, whose pages nobody reads back, it is the event's id.
 */
export function signedLine (format: ExportFormat, event: LoggedAccessEvent): string {
  return format === 'pdf' ? event.eventId : signedPart(format, eventLine(format, event)) ?? ''
}

/** The same of a line of a file; `undefined` for one that no event makes, or that says the same in other words. */
export function signedPart (format: LineFormat, line: string): string | undefined {
  if (format === 'csv') {
    const cells = readCsvRow(`${line}\r\n`)
    return cells?.length === COLUMN_NAMES.length ? quoteRow(cells.map((cell, place) => COLUMN_NAMES[place] === 'repeats' ? '' : cell)) : undefined
  }
  const value = parse(line)
  if (typeof value !== 'object' || value === null || JSON.stringify(value) !== line) return undefined
  const { repeats: _, ...said } = value as { repeats?: unknown }
  return canonicalize(said)
}

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No line of an export: said by the caller.
    return undefined
  }
}
