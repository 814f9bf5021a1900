import { setImmediate } from 'node:timers/promises'
import { fromHex, toHex, wrapHash as hashWrap } from '@epione/crypto'
import type { Place } from '@epione/crypto'
import { windowPlace } from '@epione/protocol'
import type { SignedAnswer } from '@epione/protocol'
import type { ProvenWrap } from '@epione/protocol/api'
import { judgeAs, readWindow, verifyWindow } from '@epione/protocol/verify'
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

/** Windows that are proven in one turn of the event loop: some 6 ms. */
const WINDOWS_PER_TURN = 32

/**
 * Windows of segments that a permit names, each proven to be one and its wrap to be the one in force; others have their turn meanwhile.
 * @throws {GatewayError} WRAP_UNKNOWN for what the event does not name, or its root does not prove
 */
export async function requirePermittedWindows (
  permit: VerifiedPermit, asked: readonly ProvenWrap[], networkId: Uint8Array
): Promise<PermittedWindow[]> {
  const proven: PermittedWindow[] = []
  for (const [index, window] of asked.entries()) {
    if (index > 0 && index % WINDOWS_PER_TURN === 0) await setImmediate()
    proven.push(requirePermittedWindow(permit, window, networkId))
  }
  return proven
}

function requirePermittedWindow (
  permit: VerifiedPermit, { recordId, version, text, path, wrapPath, wrap }: ProvenWrap, networkId: Uint8Array
): PermittedWindow {
  const record = permit.records.find(({ event }) => event.recordId === recordId && event.version === version)
  const segment = record?.event.segment
  if (record === undefined || segment === undefined) {
    throw new GatewayError('WRAP_UNKNOWN', `the event names no segment ${recordId} version ${String(version)}`)
  }
  const { label, epoch } = record.event
  const hashAs = (place: Place): string => toHex(hashWrap(fromHex(wrap), place))
  const window = judgeAs(({ message }) => new GatewayError('WRAP_UNKNOWN', message), () => {
    const manifest = { body: record.manifest, segment }
    if (wrapPath === undefined) return verifyWindow({ text, path }, manifest)
    const shown = windowPlace(networkId, readWindow(text, { kind: 'record', name: recordId }))
    return verifyWindow({ text, path, rewrapped: { wrapHash: hashAs(shown), path: wrapPath } }, manifest)
  })
  const { number } = window.body
  const [place, { wrapHash }] = [windowPlace(networkId, window.body), window]
  if (hashAs(place) !== wrapHash) {
    throw new GatewayError('WRAP_UNKNOWN', `the wrap sent for window ${String(number)} of record ${recordId} is not the one in force`)
  }
  return { name: { recordId, version, number }, label, epoch, wrapHash, wrap, place, root: segment.root }
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
