import { utf8 } from '@epione/crypto'
import type { ExportFormat, LogQuery } from '@epione/protocol'
import { auditEventOf, chAtcEventOf } from '@epione/protocol/fhir'
import type { LoggedAccessEvent } from '@epione/protocol/api'
import { COLUMN_NAMES, COLUMNS, csvRow } from './columns.ts'

/** Formats of one line an event. A PDF is made where pages are drawn. */
export type LineFormat = Exclude<ExportFormat, 'pdf'>

/** First line of a Bundle. */
export const BUNDLE_HEAD = '{"resourceType":"Bundle","type":"collection","entry":['

/** What stands in a file before and after its events, and how one of them is written; each line ends. */
export interface FormatOf {
  head: string
  /** Of every event but the last, which a comma follows where the format has one. */
  line: (event: LoggedAccessEvent) => string
  separator: string
  tail: string
}

export function formatOf (format: LineFormat, { networkId, query }: { networkId: string, query: LogQuery }): FormatOf {
  switch (format) {
    case 'ndjson': return { head: '', line: (event) => JSON.stringify(event), separator: '\n', tail: '' }
    case 'csv': return { head: csvRow(COLUMN_NAMES), line: (event) => csvRow(Object.values(COLUMNS).map((read) => read(event))).slice(0, -2), separator: '\r\n', tail: '' }
    case 'json': return {
      head: `${JSON.stringify({ type: 'epione/access-log', networkId, query }).slice(0, -1)},"items":[\n`,
      line: (event) => JSON.stringify(event),
      separator: ',\n',
      tail: ']}\n'
    }
    case 'fhir': return bundleOf(auditEventOf)
    case 'ch-atc': return bundleOf(chAtcEventOf)
  }
}

/** A Bundle of AuditEvents, an entry a line. */
function bundleOf (toResource: (event: LoggedAccessEvent) => object): FormatOf {
  return {
    head: `${BUNDLE_HEAD}\n`,
    line: (event) => JSON.stringify({ fullUrl: `urn:epione:event:${event.eventId}`, resource: toResource(event) }),
    separator: ',\n',
    tail: ']}\n'
  }
}

/** The bytes of a file, event by event. */
export async function * writeEvents (
  events: AsyncIterable<LoggedAccessEvent>, { head, line, separator, tail }: FormatOf
): AsyncGenerator<Uint8Array, void, void> {
  let before = ''
  if (head !== '') yield utf8(head)
  for await (const event of events) {
    yield utf8(`${before}${line(event)}`)
    before = separator
  }
  // The last line ends as the others do, without what parts them.
  if (before !== '') yield utf8(separator.replace(',', ''))
  if (tail !== '') yield utf8(tail)
}
