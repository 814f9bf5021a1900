import { fromHex, toHex, wrapHash as hashWrap } from '@epione/crypto'
import type { SignedAnswer } from '@epione/protocol'
import type { ProvenWrap } from '@epione/protocol/api'
import { judgeAs, verifyWindow } from '@epione/protocol/verify'
import { isDeepStrictEqual } from 'node:util'
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

/**
 * Windows of segments that a permit names, each proven to be one and its wrap to be the one in force.
 * @throws {GatewayError} WRAP_UNKNOWN for what the event does not name, or its root does not prove
 */
export function requirePermittedWindows (permit: VerifiedPermit, asked: readonly ProvenWrap[]): PermittedWindow[] {
  return asked.map(({ recordId, version, text, path, wrapPath, wrap }) => {
    const record = permit.records.find(({ event }) => event.recordId === recordId && event.version === version)
    const segment = record?.event.segment
    if (record === undefined || segment === undefined) {
      throw new GatewayError('WRAP_UNKNOWN', `the event names no segment ${recordId} version ${String(version)}`)
    }
    const { label, epoch } = record.event
    const wrapHash = toHex(hashWrap(fromHex(wrap)))
    const shown = { text, path, ...(wrapPath !== undefined && { rewrapped: { wrapHash, path: wrapPath } }) }
    const window = judgeAs(({ message }) => new GatewayError('WRAP_UNKNOWN', message), () => verifyWindow(shown, { body: record.manifest, segment }))
    const { number } = window.body
    if (window.wrapHash !== wrapHash) {
      throw new GatewayError('WRAP_UNKNOWN', `the wrap sent for window ${String(number)} of record ${recordId} is not the one in force`)
    }
    return { name: { recordId, version, number }, label, epoch, wrapHash, wrap, root: segment.root }
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
  const foreign = await findForeign(context, windows)
  const free = windows.filter(({ name }) => !foreign.some((one) => isDeepStrictEqual(nameOf(one), name)))
  const [first] = foreign
  if (free.length === 0 && first !== undefined) throw new GatewayError(first.code, first.detail)
  const { eventId } = permit.event
  const { answers, refused } = await answerJobs(context, permit, free, {
    note: async (released) => {
      await context.receipts.recordOnce(eventId, free.flatMap(({ wrapHash, root }) => released.includes(wrapHash) ? root : []))
    }
  })
  return { answers, refused: [...foreign, ...refused] }
}

const nameOf = ({ recordId, version, number }: WindowName): WindowName => ({ recordId, version, number })

/**
 * A wrap has one name: a device that gave its window the wrap of another record would have the log say that somebody read what they did
 * not. Those windows are refused by name.
 */
export async function findForeign<N extends { number: number }> (
  { ledger }: Pick<AnswerContext, 'ledger'>,
  windows: ReadonlyArray<{ name: N, wrapHash: string }>
): Promise<Array<N & { code: 'WRAP_UNKNOWN', detail: string }>> {
  const names = await ledger.findWraps(windows.map(({ wrapHash }) => wrapHash))
  return windows.flatMap(({ name }, index) => names[index] === null
    ? []
    : [{ ...name, code: 'WRAP_UNKNOWN' as const, detail: `window ${String(name.number)} has the wrap of another record` }])
}
