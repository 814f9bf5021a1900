import { utf8 } from '@epione/crypto'
import type { LogQuery } from '@epione/protocol'
import type { LoggedAccessEvent } from '@epione/protocol/api'
import { COLUMN_NAMES, csvRow, eventLine } from '@epione/protocol/exports'
import type { LineFormat } from '@epione/protocol/exports'

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

/** Of which network and query a file is, and whose part of the log it may lack. */
export interface FileHead { networkId: string, query: LogQuery, silent: readonly string[] }

export function formatOf (format: LineFormat, of: FileHead): FormatOf {
  return { ...LAYOUTS[format](of), line: (event) => eventLine(format, event) }
}

const bundle = (): Omit<FormatOf, 'line'> => ({ head: `${BUNDLE_HEAD}\n`, separator: ',\n', tail: ']}\n' })

const LAYOUTS: Readonly<Record<LineFormat, (of: FileHead) => Omit<FormatOf, 'line'>>> = {
  ndjson: () => ({ head: '', separator: '\n', tail: '' }),
  csv: () => ({ head: csvRow(COLUMN_NAMES), separator: '\r\n', tail: '' }),
  json: (of) => ({ head: `${listHead(of)}\n`, separator: ',\n', tail: ']}\n' }),
  fhir: bundle,
  'ch-atc': bundle
}

/** First line of a list in JSON. */
export function listHead ({ networkId, query, silent }: FileHead): string {
  const said = { type: 'epione/access-log', networkId, query, ...(silent.length > 0 && { silent }) }
  return `${JSON.stringify(said).slice(0, -1)},"items":[`
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
