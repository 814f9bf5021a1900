import {
  CryptoError, fromHex, inclusionProofs, leafHash, parseCanonical, rangeProof, rootOfRange, sha256, toHex, utf8, verifyInclusion
} from '@epione/crypto'
import { checkStatementBody, SchemaMismatch } from '../index.ts'
import { Refusal } from './refusal.ts'
import type { EventSegment, Window } from '../index.ts'
import type { VerifiedRecord } from './record.ts'
import type { RefusalCode, Subject } from './refusal.ts'

/** A window as it is shown with what proves that it belongs to a segment; bytes in hex. */
export interface ShownWindow {
  /** Canonical text of its `Window` statement. */
  text: string
  /** Sibling hashes from its leaf up to the segment's root. */
  path: readonly string[]
  /** Of a segment that was rewrapped: the hash of the window's present wrap, with its path to the rewrap's root. */
  rewrapped?: { wrapHash: string, path: readonly string[] }
}

/** A window proven to be one of a verified segment. Only `verifyWindow` makes one. */
export interface VerifiedWindow {
  /** Statement id of the `Window`. */
  readonly id: string
  readonly body: Window
  /** Of the wrap that counts now. */
  readonly wrapHash: string
}

/** As much of a verified record version as a window is proven with. */
export type SegmentRecord = Pick<VerifiedRecord, 'body' | 'segment'>

/**
 * Proves that a window is one of a segment: its statement's id stands at its number's place under the root that the device signed, so that
 * its own signature is not needed; it is of that stream, device, patient and epoch. @throws {Refusal}
 */
export function verifyWindow ({ text, path, rewrapped }: ShownWindow, record: SegmentRecord): VerifiedWindow {
  const { segment, subject } = requireSegment(record)
  const { id, body } = openWindow(text, record, segment)
  requireUnder({ id, path, root: segment.root }, body.number, segment, subject)
  if (segment.wrapsRoot === undefined) return { id, body, wrapHash: body.wrapHash }
  if (rewrapped === undefined) return refuse('MISSING', subject, 'the segment was rewrapped, and the window\'s present wrap is not shown')
  requireUnder({ id: rewrapped.wrapHash, path: rewrapped.path, root: segment.wrapsRoot }, body.number, segment, subject)
  return { id, body, wrapHash: rewrapped.wrapHash }
}

/** Windows of a segment in a row, in order; bytes in hex. */
export interface ShownWindows {
  /** Number of the first of them. */
  first: number
  /** Canonical texts of their statements. */
  texts: readonly string[]
  /** Hashes of their wraps, which count where the segment was rewrapped. */
  wrapHashes: readonly string[]
  /** What shows that they stand there (`windowsProof`); none of a whole segment. */
  path?: readonly string[] | undefined
  /** Of a segment that was rewrapped: the same of their wraps, to the rewrap's root. */
  wrapPath?: readonly string[] | undefined
}

/**
 * The same of many windows in a row, by one proof: one hash each where it is the whole segment. @throws {Refusal} CHAIN_BROKEN for others,
 * or in another order
 */
export function verifyWindows (
  { first, texts, wrapHashes, path = [], wrapPath = [] }: ShownWindows, record: SegmentRecord
): VerifiedWindow[] {
  const { segment, subject } = requireSegment(record)
  const windows = texts.map((text) => openWindow(text, record, segment))
  const isInOrder = windows.every(({ body }, index) => body.number === first + index)
  if (!isInOrder || rootOfRow(first, windows.map(({ id }) => id), path, segment) !== segment.root) {
    refuse('CHAIN_BROKEN', subject, 'its windows are not those under the segment\'s root, in order and without a gap')
  }
  if (segment.wrapsRoot === undefined) return windows.map(({ id, body }) => ({ id, body, wrapHash: body.wrapHash }))
  if (wrapHashes.length !== windows.length || rootOfRow(first, wrapHashes, wrapPath, segment) !== segment.wrapsRoot) {
    refuse('CHAIN_BROKEN', subject, 'its windows\' wraps are not those under the rewrap\'s root')
  }
  return windows.map(({ id, body }, index) => ({ id, body, wrapHash: wrapHashes[index] ?? '' }))
}

/** Undefined where there is no such row, or the proof is of another one. */
function rootOfRow (
  number: number, hashes: readonly string[], path: readonly string[], { first, last }: EventSegment
): string | undefined {
  try {
    const proof = path.map((hash) => fromHex(hash))
    return toHex(rootOfRange(hashes.map(windowLeaf), { start: number - first, treeSize: last - first + 1, proof }))
  } catch (cause) {
    if (cause instanceof CryptoError) return undefined
    throw cause
  }
}

/** What shows that hashes from `from` to `to` (without it) stand there in the tree over all: the roots beside them, hex. */
export function windowsProof (hashes: readonly string[], from: number, to: number): string[] {
  return from === 0 && to === hashes.length ? [] : rangeProof(hashes.map(windowLeaf), from, to).map(toHex)
}

function requireSegment ({ body: manifest, segment }: SegmentRecord): { segment: EventSegment, subject: Subject } {
  const subject: Subject = { kind: 'record', name: manifest.recordId }
  if (segment === undefined || manifest.author.kind !== 'device') return refuse('FOREIGN', subject, 'it is no segment, and has no windows')
  return { segment, subject }
}

/** A window of this stream, device, patient and epoch, whose number the segment has. */
function openWindow (
  text: string, { body: { recordId, author, patientId, epoch } }: SegmentRecord, segment: EventSegment
): { id: string, body: Window } {
  const subject: Subject = { kind: 'record', name: recordId }
  const id = toHex(sha256(utf8(text)))
  const body = readWindow(text, subject)
  const isOfDevice = author.kind === 'device' && body.deviceId === author.deviceId
  if (body.stream !== segment.stream || !isOfDevice || body.patientId !== patientId || body.epoch !== epoch) {
    refuse('FOREIGN', subject, 'the window is of another stream, device, patient or epoch')
  }
  if (body.number < segment.first || body.number > segment.last) refuse('FOREIGN', subject, 'the window\'s number is not in the segment')
  return { id, body }
}

/** The segment's root over statement ids, or over hashes of wraps, in the order of numbers: 32 bytes each, hex. */
export function windowLeaf (hash: string): Uint8Array {
  return leafHash(fromHex(hash))
}

/** The way of each hash, or of those at `indexes`, up to the root over all: sibling hashes, hex. */
export function windowPaths (hashes: readonly string[], indexes: readonly number[] = hashes.map((_, index) => index)): string[][] {
  return inclusionProofs(hashes.map(windowLeaf), indexes).map((path) => path.map(toHex))
}

/** What a `Window` statement says, its signature unchecked. @throws {Refusal} STATEMENT_MALFORMED */
export function readWindow (text: string, subject: Subject): Window {
  try {
    return checkStatementBody('Window', parseCanonical(text))
  } catch (cause) {
    if (!(cause instanceof CryptoError || cause instanceof SchemaMismatch)) throw cause
    throw new Refusal('STATEMENT_MALFORMED', subject, `the window's statement is none: ${cause.message}`, { cause })
  }
}

function requireUnder (
  { id, path, root }: { id: string, path: readonly string[], root: string }, number: number, { first, last }: EventSegment, subject: Subject
): void {
  try {
    const proof = path.map((hash) => fromHex(hash))
    verifyInclusion({ leafHash: windowLeaf(id), index: number - first, treeSize: last - first + 1, proof, root: fromHex(root) })
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    throw new Refusal('CHAIN_BROKEN', subject, `window ${String(number)} is not under the segment's root`, { cause })
  }
}

function refuse (code: RefusalCode, subject: Subject, why: string): never {
  throw new Refusal(code, subject, why)
}
