import { EventId } from '@epione/protocol'
import type { ExportFormat } from '@epione/protocol'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ClientError } from '../errors.ts'
import { COLUMN_NAMES, csvRow } from './columns.ts'
import { BUNDLE_HEAD } from './formats.ts'

/** An event as a file of events has it; `content` is all of it, in formats that hold it whole. */
export interface FileEvent { eventId: string, content?: Record<string, unknown> }

const Event = Type.Object({ eventId: EventId })
/** A mapped event names the ledger's as its site. */
const Entry = Type.Object({ resource: Type.Object({ resourceType: Type.Literal('AuditEvent'), source: Type.Object({ site: EventId }) }) })

/** First lines of files that are one JSON document. */
const LIST = /^\{"type":"epione\/access-log",.*,"items":\[$/
const BUNDLE = new RegExp(`^${BUNDLE_HEAD.replaceAll(/[[\]{}]/g, String.raw`\$&`)}$`)

/** Longest line (characters) that any event makes. */
const LINE_MAX = 4 * 1024 * 1024

/**
 * The events of a file, in their order and in constant memory, or undefined for a format in which they cannot be read again. A file of
 * another layout than exports have is refused: what stands between its lines would be no part of what was signed.
 * @throws {ClientError} EXPORT_FALSE
 */
export function readEvents (format: ExportFormat, file: AsyncIterable<Uint8Array>): AsyncGenerator<FileEvent, void, void> | undefined {
  switch (format) {
    case 'ndjson': return readLines(linesOf(file), { tail: false })
    case 'json': return readLines(linesOf(file), { head: LIST, tail: true })
    case 'fhir':
    case 'ch-atc': return readLines(linesOf(file), { head: BUNDLE, tail: true })
    case 'csv': return readRows(linesOf(file))
    case 'pdf': return undefined
  }
}

async function * readLines (
  lines: AsyncIterable<string>, { head, tail }: { head?: RegExp, tail: boolean }
): AsyncGenerator<FileEvent, void, void> {
  let [line, isOver] = [0, false]
  for await (const text of lines) {
    line += 1
    if (isOver) throw unreadable(line)
    if (line === 1 && head !== undefined) {
      if (!head.test(text)) throw unreadable(line)
    } else if (tail && text === ']}') isOver = true
    else yield parseEvent(tail && text.endsWith(',') ? text.slice(0, -1) : text, line)
  }
  if (tail && !isOver) throw unreadable(line)
}

function parseEvent (text: string, line: number): FileEvent {
  try {
    const content: unknown = JSON.parse(text)
    if (Value.Check(Event, content)) return { eventId: content.eventId, content: { ...content } }
    if (Value.Check(Entry, content)) return { eventId: content.resource.source.site }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
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
    if (!isHead) yield { eventId: firstCell(row, line) }
    isHead = false
    row = ''
  }
  if (isHead || row !== '') throw unreadable(line)
}

function firstCell (row: string, line: number): string {
  const [, eventId] = /^([0-9a-z.]+),/.exec(row) ?? []
  if (eventId === undefined) throw unreadable(line)
  return eventId
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
