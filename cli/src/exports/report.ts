import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { isOutside } from '@epione/protocol'
import type { LogQuery, NetworkDocument } from '@epione/protocol'
import { ClientError } from '@epione/sdk'
import type { LoggedAccessEvent } from '@epione/sdk/exports'
import { fold } from './fold.ts'

/** A document for people: a longer one nobody reads, and its tags would not fit in memory. */
export const REPORT_ROWS_MAX = 5_000

export interface ReportOptions {
  report: 'access' | 'accounting'
  /** Repeated disclosures to one recipient for one purpose as one row. */
  summarize: boolean
  query: LogQuery
  networkId: string
  /** Organisations whose part of the log may be missing. */
  silent: readonly string[]
  members: NetworkDocument['members']
}

const MARGIN = 36
const SIZES = { title: 15, text: 8, table: 7 }

/* Latin, Greek, Cyrillic, Hebrew, Arabic and more; what it lacks is written by its number. */
const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')

const instant = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ')

/**
 * A tagged PDF (1.7) of events, newest first: "everyone who looked", or the accounting of disclosures with the columns of 45 CFR
 * 164.528(b)(2). @throws {ClientError} USAGE when there are too many for a document that people read
 */
export async function * writeReport (
  events: AsyncIterable<LoggedAccessEvent>, options: ReportOptions
): AsyncGenerator<Uint8Array, void, void> {
  const title = titleOf(options)
  const document = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: MARGIN,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    font: FONT,
    info: { Title: title, Author: 'Epione', Subject: `Access log of network ${options.networkId}`, Keywords: options.report }
  })
  const drawn = draw(document, events, options).then(() => { document.end() }, (error: unknown) => {
    document.destroy(error instanceof Error ? error : new Error('the report could not be drawn', { cause: error }))
  })
  yield * document as AsyncIterable<Uint8Array>
  await drawn
}

function titleOf ({ report }: ReportOptions): string {
  return report === 'accounting' ? 'Accounting of disclosures' : 'Everyone who looked'
}

async function draw (document: PDFKit.PDFDocument, events: AsyncIterable<LoggedAccessEvent>, options: ReportOptions): Promise<void> {
  const show = readable(document)
  const root = document.struct('Document')
  document.addStructure(root)
  root.add(document.struct('H1', {}, () => { document.fontSize(SIZES.title).text(titleOf(options)) }))
  for (const line of introduce(options)) root.add(document.struct('P', {}, () => { document.fontSize(SIZES.text).text(show(line)) }))
  document.moveDown()
  const structure = document.struct('Table')
  root.add(structure)
  const { columns, row } = TABLES[options.report]
  document.fontSize(SIZES.table)
  const layout = { structParent: structure, columnStyles: columns.map(([, width]) => width), defaultStyle: { padding: 3, border: 0.5 } }
  const table = document.table(layout)
  table.row(columns.map(([name]) => ({ text: name, type: 'TH' as const })))
  let rows = 0
  for await (const folded of fold(events, options.summarize)) {
    rows += 1
    if (rows > REPORT_ROWS_MAX) {
      throw new ClientError('USAGE', `There are more than ${String(REPORT_ROWS_MAX)} rows, too many for a PDF: narrow it by --from and --to, or write CSV.`)
    }
    table.row(row(folded, (mspId) => nameOf(options.members, mspId)).map(show))
  }
  table.end()
  structure.end()
  document.fontSize(SIZES.text).moveDown()
  const end = rows === 0 ? 'There are none.' : `${String(rows)} rows.`
  root.add(document.struct('P', {}, () => { document.text(end, MARGIN) }))
  root.end()
}

function nameOf (members: ReportOptions['members'], mspId: string): string {
  return members.find((one) => one.mspId === mspId)?.name ?? mspId
}

function introduce ({ report, query, networkId, summarize, silent, members }: ReportOptions): string[] {
  const { patientId, from, to, mspId, staffId, decision, purpose } = query
  const only = [mspId, staffId, purpose, report === 'access' ? decision : undefined].filter((word) => word !== undefined)
  return [
    `Patient: ${patientId ?? 'all'}`,
    `Period: ${from === undefined ? 'from the beginning' : instant(from)} to ${to === undefined ? 'now' : instant(to)} (UTC)`,
    ...(only.length === 0 ? [] : [`Only: ${only.join(', ')}`]),
    `Network: ${networkId}`,
    ...silent.map((mspId) => `Missing: ${nameOf(members, mspId)} had not been heard of when this was made. What it had yet to note, as how often a denial was asked again, is not here.`),
    report === 'accounting'
      ? 'Each time that data left the organisation that wrote it, on a request that was permitted: date, who received it, what was disclosed, for what purpose (45 CFR 164.528(b)(2)). No address of a recipient is known to the network.'
      : 'Every request for the patient\'s data that reached the decision, permitted or denied.',
    ...(summarize ? ['Repeated disclosures to one recipient for one purpose are one row: the first, the last, and their number.'] : []),
    'A manifest lies beside this file: "epione verify" checks both without asking anybody.'
  ]
}

type Row = LoggedAccessEvent & { times: number, first: number }
type Name = (mspId: string) => string

const who = ({ actor }: Row, name: Name): string =>
  [name(actor.mspId), `${actor.mspId}/${actor.staffId}`, [actor.role, actor.department].filter((word) => word !== undefined).join(', ')].filter((line) => line !== '').join('\n')

function what (event: Row): string {
  const { action, records, compartments = [], stream } = event
  const lines = [
    ...records.map(({ recordId, version, mediaClass, origin }) => `${mediaClass} ${recordId}:${String(version)}, written at ${origin}`),
    ...(compartments.length > 0 ? [`a search in ${String(compartments.length)} compartments`] : []),
    ...(stream === undefined ? [] : [`stream ${stream.stream} as it is measured`])
  ]
  return lines.length === 0 ? action : lines.join('\n')
}

const when = ({ time, first, times }: Row): string =>
  times === 1 ? instant(time) : `${instant(first)}\nto ${instant(time)}\n${String(times)} times`

const TABLES: Readonly<Record<ReportOptions['report'], {
  columns: ReadonlyArray<readonly [string, number | '*']>, row: (event: Row, name: Name) => string[]
}>> = {
  accounting: {
    columns: [['Date of disclosure (UTC)', 100], ['Name of recipient', 200], ['Address, if known', 80], ['What was disclosed', '*'], ['Purpose', 70], ['Event', 120]],
    row: (event, name) => [when(event), who(event, name), 'not known', what(event), event.purpose, event.eventId]
  },
  access: {
    columns: [['Time (UTC)', 90], ['Who', 190], ['What', '*'], ['Purpose', 60], ['Outcome', 110], ['Event', 120]],
    row: (event, name) => [when(event), who(event, name), what(event), event.purpose, outcome(event), event.eventId]
  }
}

function outcome (event: Row): string {
  const { decision, reasons, repeats } = event
  return [
    decision === 'permit' ? 'permitted' : 'denied', ...reasons.map(({ rule }) => rule), ...(isOutside(event) ? ['other hospital\'s data'] : []),
    ...(repeats === undefined ? [] : [`asked ${String(repeats)} times more`])
  ].join('\n')
}

/** Text with what the font has no glyph for written as U+…, rather than as an empty box. */
function readable (document: PDFKit.PDFDocument): (text: string) => string {
  const { font } = (document as unknown as { _font: { font: { hasGlyphForCodePoint: (code: number) => boolean } } })._font
  return (text) => Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    return character === '\n' || font.hasGlyphForCodePoint(code) ? character : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  }).join('')
}
