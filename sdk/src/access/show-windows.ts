import { toHex, wrapHash } from '@epione/crypto'
import type { Place } from '@epione/crypto'
import { windowPlace, WRAPS_PER_ANSWER } from '@epione/protocol'
import type { Window } from '@epione/protocol'
import type { ProvenWindows } from '@epione/protocol/api'
import { windowPaths, windowsProof } from '@epione/protocol/verify'
import type { VerifiedRecord } from '@epione/protocol/verify'
import type { ShownEvidence } from './evidence-file.ts'

/** A window of which everything but its content is proven. */
export interface SealedWindow {
  /** Statement id of its `Window`, and that statement's canonical text. */
  readonly id: string
  readonly text: string
  readonly body: Window
  /** The wrap in force, 170 bytes. */
  readonly wrap: Uint8Array
}

/** All windows of a segment, in order. */
export interface SealedSegment { readonly record: VerifiedRecord, readonly windows: readonly SealedWindow[] }

/**
 * A wrap to open; `hash` is its own at its place, hex; `evidence`: how others prove it to be a window's, of `version` where it is in a
 * segment.
 */
export interface ShownWrap {
  readonly number: number
  readonly hash: string
  readonly wrap: Uint8Array
  readonly place: Place
  readonly version?: number
  readonly evidence: () => ShownEvidence
}

/** Windows of segments as far as one answer of each proxy reaches, and how they are asked for. */
interface Row { shown: ShownWrap[], asked: ProvenWindows[] }

/** All windows of these segments, in order, so many together as one answer may be for. */
export function showRows (networkId: Uint8Array, segments: readonly SealedSegment[]): Row[] {
  const rows: Row[] = []
  let room = 0
  for (const segment of segments) {
    const shown = showSegment(networkId, segment)
    for (let from = 0; from < shown.length;) {
      if (room === 0) {
        rows.push({ shown: [], asked: [] })
        room = WRAPS_PER_ANSWER
      }
      const to = Math.min(shown.length, from + room)
      const row = rows.at(-1)
      row?.shown.push(...shown.slice(from, to))
      row?.asked.push(proveRow(segment, shown, from, to))
      room -= to - from
      from = to
    }
  }
  return rows
}

function showSegment (networkId: Uint8Array, { record: { body: { version }, segment }, windows }: SealedSegment): ShownWrap[] {
  const placed = windows.map(({ body, wrap }) => {
    const place = windowPlace(networkId, body)
    return { number: body.number, wrap, place, hash: toHex(wrapHash(wrap, place)) }
  })
  const evidence = (index: number): ShownEvidence => {
    const [path = []] = windowPaths(windows.map(({ id }) => id), [index])
    const [wrapPath] = segment?.wrapsRoot === undefined ? [] : windowPaths(placed.map(({ hash }) => hash), [index])
    return { text: windows[index]?.text ?? '', path, ...(wrapPath !== undefined && { wrapPath }) }
  }
  return placed.map((window, index) => ({ ...window, version, evidence: () => evidence(index) }))
}

/** Windows from one to another (without it) as proxies are shown them, with the one proof of all. */
function proveRow (
  { record: { body: { recordId, version }, segment }, windows }: SealedSegment, shown: readonly ShownWrap[], from: number, to: number
): ProvenWindows {
  return {
    recordId,
    version,
    first: shown[from]?.number ?? 0,
    texts: windows.slice(from, to).map(({ text }) => text),
    wraps: shown.slice(from, to).map(({ wrap }) => toHex(wrap)),
    path: windowsProof(windows.map(({ id }) => id), from, to),
    ...(segment?.wrapsRoot !== undefined && { wrapPath: windowsProof(shown.map(({ hash }) => hash), from, to) })
  }
}
