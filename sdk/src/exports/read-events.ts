import { EventId, LogExport } from '@epione/protocol'
import type { ExportFormat, LogQuery } from '@epione/protocol'
import { canonicalize } from '@epione/crypto'
import { COLUMN_NAMES, csvRow, signedPart } from '@epione/protocol/exports'
import type { LineFormat } from '@epione/protocol/exports'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ClientError } from '../errors.ts'
import { BUNDLE_HEAD, listHead } from './formats.ts'

/** An event as a file of events has it, with what hospitals sign of it; `content` is all of it, in formats that hold it whole. */
export interface FileEvent { eventId: string, signed: string, content?: Record<string, unknown> }

/** Of what network and which query a file is said to be. */
export interface FileOf { networkId: string, query: LogQuery }

const Event = Type.Object({ eventId: EventId })
/** A mapped event names the ledger's as its site. */
const Entry = Type.Object({ resource: Type.Object({ resourceType: Type.Literal('AuditEvent'), source: Type.Object({ site: EventId }) }) })

/** Longest line (characters) that any event makes. */
const LINE_MAX = 4 * 1024 * 1024

/**
 * The events of a file, in their order and in constant memory, or undefined for a format in which they cannot be read again. A file of
 * another layout than exports have is refused: what stands between its lines would be no part of what was signed.
 * @throws {ClientError} EXPORT_FALSE
 */
export function readEvents (
  format: ExportFormat, file: AsyncIterable<Uint8Array>, of: FileOf
): AsyncGenerator<FileEvent, void, void> | undefined {
  switch (format) {
    case 'ndjson': return readLines(format, linesOf(file))
    case 'json': return readLines(format, linesOf(file), (line) => isListOf(line, of))
    case 'fhir':
    case 'ch-atc': return readLines(format, linesOf(file), (line) => line === BUNDLE_HEAD)
    case 'csv': return readRows(linesOf(file))
    case 'pdf': return undefined
  }
}

const Said = Type.Object({ query: Type.Object({}), silent: Type.Optional(LogExport.properties.silent) })

/**
 * A query as it was asked; a hospital may have narrowed it to what the reader may see. Beside it stand members whose part may be missing,
 * by what was said as the file was begun: what was so at its end the hospital signs. Nothing else may stand in the line.
 */
function isListOf (line: string, { networkId, query }: FileOf): boolean {
  try {
    const head: unknown = JSON.parse(`${line}]}`)
    if (!Value.Check(Said, head)) return false
    const { query: said, silent = [] } = head
    return line === listHead({ networkId, query: said, silent }) && canonicalize({ ...query, ...said }) === canonicalize(query)
  } catch {
    // No JSON, or another one.
    return false
  }
}

async function * readLines (
  format: LineFormat, lines: AsyncIterable<string>, isHead?: (line: string) => boolean
): AsyncGenerator<FileEvent, void, void> {
  let [line, isOver] = [0, false]
  for await (const text of lines) {
    line += 1
    if (isOver) throw unreadable(line)
    if (line === 1 && isHead !== undefined) {
      if (!isHead(text)) throw unreadable(line)
    } else if (isHead !== undefined && text === ']}') isOver = true
    else yield parseEvent(format, isHead !== undefined && text.endsWith(',') ? text.slice(0, -1) : text, line)
  }
  if (isHead !== undefined && !isOver) throw unreadable(line)
}

function parseEvent (format: LineFormat, text: string, line: number): FileEvent {
  const signed = signedPart(format, text)
  if (signed === undefined) throw unreadable(line)
  const content: unknown = JSON.parse(text)
  if (Value.Check(Event, content)) return { eventId: content.eventId, signed, content: { ...content } }
  if (Value.Check(Entry, content)) return { eventId: content.resource.source.site, signed }
  throw unreadable(line)
}

/** Rows by their first cell; a quoted cell may hold line ends. */
async function * readRows (lines: AsyncIterable<string>): AsyncGenerator<FileEvent, void, void> {
  let [line, row, isHead] = [0, '', true]
  for await (const text of lines) {
    line += 1
    row += `${text}\n`
    if (row.length > LINE_MAX) throw unreadable(line)
    if ((row.split('"').length - 1) % 2 === 1) continue
    if (isHead && row !== csvRow(COLUMN_NAMES)) throw unreadable(line)
    if (!isHead) yield rowEvent(row, line)
    isHead = false
    row = ''
  }
  if (isHead || row !== '') throw unreadable(line)
}

function rowEvent (row: string, line: number): FileEvent {
  const [, eventId] = /^([0-9a-z.]+),/.exec(row) ?? []
  const signed = row.endsWith('\r\n') ? signedPart('csv', row.slice(0, -2)) : undefined
  if (eventId === undefined || signed === undefined) throw unreadable(line)
  return { eventId, signed }
}

async function * linesOf (file: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = ''
  for await (const piece of file) {
    const lines = `${rest}${decode(() => decoder.decode(piece, { stream: true }))}`.split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LINE_MAX) throw unreadable(0)
    yield * lines
  }
  rest += decode(() => decoder.decode())
  if (rest !== '') yield rest
}

function decode (read: () => string): string {
  try {
    return read()
  } catch (error) {
    if (error instanceof TypeError) throw unreadable(0)
    throw error
  }
}

function unreadable (line: number): ClientError {
  return new ClientError('EXPORT_FALSE', `The file is no list of events as exports write them${line === 0 ? '' : ` (line ${String(line)})`}.`, {
    exportCode: 'FILE_UNREADABLE'
  })
}
