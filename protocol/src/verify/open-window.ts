import { fromHex, toHex, wrapHash } from '@epione/crypto'
import { deviceSigner } from './device.ts'
import { Refusal } from './refusal.ts'
import { openStatement } from './statements.ts'
import { windowPlace } from '../index.ts'
import type { SignedStatement, Window } from '../index.ts'
import type { VerifiedDevice } from './device.ts'
import type { RefusalCode, Subject } from './refusal.ts'
import type { VerifiedWindow } from './window.ts'

/** A window of no segment yet, as it is shown: its device's statement and its wrap (170 bytes, hex). */
export interface ShownOpenWindow { readonly statement: SignedStatement, readonly wrap: string }

/** Where it must stand: above a number of a stream; `epoch` where its reader may read one alone. */
export interface OpenPlace { readonly stream: string, readonly after: number, readonly epoch?: number }

/**
 * Proves a window that no segment names: its device, of that patient, signed it alone and in the device's period, for this stream and epoch
 * and a number above `after`, with this very wrap. Whoever stores, releases, passes on or opens it judges by this. @throws {Refusal}
 */
export function verifyOpenWindow (
  { statement, wrap }: ShownOpenWindow, { stream, after, epoch }: OpenPlace, device: VerifiedDevice, networkId: Uint8Array
): VerifiedWindow {
  const subject: Subject = { kind: 'record', name: stream }
  const { id, body, signers } = openStatement('Window', statement, networkId, subject)
  const { number } = body
  const isOfDevice = body.deviceId === device.id && body.patientId === device.body.patientId
  if (!isOfDevice || body.stream !== stream || (epoch !== undefined && body.epoch !== epoch)) {
    refuse('FOREIGN', subject, `window ${String(number)} is of another stream, device, patient or epoch`)
  }
  if (number <= after) refuse('CHAIN_BROKEN', subject, `window ${String(number)} does not come after window ${String(after)}`)
  if (deviceSigner(device, signers, body.issuedAt) === undefined) {
    refuse('SIGNER_WRONG', subject, `window ${String(number)} is not signed by its device alone, in the device's period`)
  }
  if (toHex(wrapHash(fromHex(wrap), windowPlace(networkId, body))) !== body.wrapHash) {
    refuse('FOREIGN', subject, `the wrap of window ${String(number)} is another than was signed for`)
  }
  return { id, body, wrapHash: body.wrapHash }
}

/** The last window that came; `id` of its statement, where it is known. */
export interface LastWindow { readonly number: number, readonly id?: string | undefined }

/** Numbers that are missing. */
export interface MissingWindows { readonly first: number, readonly last: number }

/**
 * Whether a window may follow another as their device signed them: a higher number, and right after it by that one's name. Returns the
 * numbers that are missing in between. @throws {Refusal} CHAIN_BROKEN
 */
export function requireFollows (last: LastWindow, { stream, number, previous }: Pick<Window, 'stream' | 'number' | 'previous'>): MissingWindows | undefined {
  const subject: Subject = { kind: 'record', name: stream }
  if (number <= last.number) refuse('CHAIN_BROKEN', subject, `window ${String(number)} does not come after window ${String(last.number)}`)
  if (number > last.number + 1) return { first: last.number + 1, last: number - 1 }
  if (last.id !== undefined && previous !== last.id) {
    refuse('CHAIN_BROKEN', subject, `window ${String(number)} follows another window ${String(last.number)} than the one that came`)
  }
  return undefined
}

function refuse (code: RefusalCode, subject: Subject, why: string): never {
  throw new Refusal(code, subject, why)
}
