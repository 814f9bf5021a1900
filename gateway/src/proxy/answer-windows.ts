import { setImmediate } from 'node:timers/promises'
import { fromHex, toHex, wrapHash as hashWrap } from '@epione/crypto'
import { windowPlace, WRAPS_PER_ANSWER } from '@epione/protocol'
import type { SignedAnswer } from '@epione/protocol'
import type { ProvenWindows } from '@epione/protocol/api'
import { judgeAs, verifyWindows } from '@epione/protocol/verify'
import { GatewayError } from '../errors.ts'
import type { GatewayErrorCode } from '../errors.ts'
import { answerJobs } from './answer-event.ts'
import type { AnswerContext, Job } from './answer-event.ts'
import type { VerifiedPermit } from './verify-permit.ts'

/** What a window is called: its segment and its number. */
export interface WindowName { recordId: string, version: number, number: number }
/** A window that is not answered for, and why. */
export type RefusedWindow = WindowName & { code: GatewayErrorCode, detail: string }
/** One answer for each compartment of the windows asked for. */
export interface AnsweredWindows { answers: SignedAnswer[], refused: RefusedWindow[] }
/** A window's wrap, proven to be the one in force, with the root of its segment. */
export type PermittedWindow = Job<WindowName> & { root: string }

/** How many windows are asked for. */
export function countWindows (asked: readonly ProvenWindows[]): number {
  return asked.reduce((count, { texts }) => count + texts.length, 0)
}

/**
 * Windows of segments that a permit names, all in a row proven by one proof to be theirs and each wrap to be the one in force; others have
 * their turn between rows, of which the longest takes some 10 ms.
 * @throws {GatewayError} WRAP_UNKNOWN for what the event does not name, or its root does not prove; REQUEST_INVALID for too many
 */
export async function requirePermittedWindows (
  permit: VerifiedPermit, asked: readonly ProvenWindows[], networkId: Uint8Array
): Promise<PermittedWindow[]> {
  if (countWindows(asked) > WRAPS_PER_ANSWER) {
    throw new GatewayError('REQUEST_INVALID', `one request is for ${String(WRAPS_PER_ANSWER)} windows at most`)
  }
  const proven: PermittedWindow[] = []
  for (const [index, row] of asked.entries()) {
    if (index > 0) await setImmediate()
    proven.push(...requirePermittedRow(permit, row, networkId))
  }
  return proven
}

function requirePermittedRow (
  permit: VerifiedPermit, { recordId, version, first, texts, wraps, path, wrapPath }: ProvenWindows, networkId: Uint8Array
): PermittedWindow[] {
  const record = permit.records.find(({ event }) => event.recordId === recordId && event.version === version)
  const segment = record?.event.segment
  const author = record?.manifest.author
  if (record === undefined || segment === undefined || author?.kind !== 'device') {
    throw new GatewayError('WRAP_UNKNOWN', `the event names no segment ${recordId} version ${String(version)}`)
  }
  if (wraps.length !== texts.length) throw new GatewayError('REQUEST_INVALID', 'there must be as many wraps as texts of windows')
  const { label, epoch } = record.event
  const placed = wraps.map((wrap, index) => {
    const place = windowPlace(networkId, { stream: segment.stream, number: first + index, deviceId: author.deviceId })
    return { wrap, place, wrapHash: toHex(hashWrap(fromHex(wrap), place)) }
  })
  const windows = judgeAs(({ message }) => new GatewayError('WRAP_UNKNOWN', message), () =>
    verifyWindows({ first, texts, path, wrapPath, wrapHashes: placed.map(({ wrapHash }) => wrapHash) }, { body: record.manifest, segment }))
  return placed.map(({ wrap, place, wrapHash }, index) => {
    const number = first + index
    if (windows[index]?.wrapHash !== wrapHash) {
      throw new GatewayError('WRAP_UNKNOWN', `the wrap sent for window ${String(number)} of record ${recordId} is not the one in force`)
    }
    return { name: { recordId, version, number }, label, epoch, wrapHash, wrap, place, root: segment.root }
  })
}

/**
 * The answers of this proxy to windows of a permitted event, re-encrypted together: one batch proof for each compartment. What is noted for
 * a receipt is the root of each segment that anything was released of.
 * @throws {GatewayError} OVERLOADED; why none is answered; what ended meanwhile
 */
export async function answerWindows (
  context: AnswerContext,
  permit: VerifiedPermit,
  windows: readonly PermittedWindow[]
): Promise<AnsweredWindows> {
  const { eventId } = permit.event
  return await answerJobs(context, permit, windows, {
    note: async (released) => {
      await context.receipts.recordOnce(eventId, windows.flatMap(({ wrapHash, root }) => released.includes(wrapHash) ? root : []))
    }
  })
}
