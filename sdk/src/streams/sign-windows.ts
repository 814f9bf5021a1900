import { createWrap, fromHex, PublicKey, signStatement, toHex, wrapHash } from '@epione/crypto'
import type { SignedStatement } from '@epione/crypto'
import { sizeClassOf, windowPlace } from '@epione/protocol'
import type { StatementType } from '@epione/protocol'
import type { Compartment } from '@epione/protocol/verify'
import { draftStatement } from '../context/statements.ts'
import type { StatementFields } from '../context/statements.ts'
import type { DeviceContext } from './device-context.ts'
import type { MeasuredWindow, SignedSegment, SignedWindow } from './queued.ts'
import { rootOf } from './plan-segments.ts'
import type { WindowRun } from './plan-segments.ts'

/** Statements that end sooner than in this many ms are made anew. */
const LIFE_LEFT_MS = 60_000

/** Whether a statement can no longer be sent, or hardly. */
export function endsWithin ({ body }: SignedStatement, nowMs: number): boolean {
  const { submitBefore } = JSON.parse(body) as { submitBefore: number }
  return submitBefore - LIFE_LEFT_MS < nowMs
}

/** Signs with the device's key what may be sent for a day: a device that was cut off while sending sends the same again. */
export function signForDay<T extends StatementType> (
  context: DeviceContext, type: T, fields: StatementFields<T>
): { id: string, statement: SignedStatement } {
  const { id, text } = draftStatement(context, type, fields)
  const body = JSON.parse(text) as object
  return { id, statement: signStatement({ type, networkId: context.networkId, body, keys: [context.key] }) }
}

/** What the manifest of a segment names: its stream, the windows, the segment before it; of a roll-up also what it sums up. */
export interface NamedSegment {
  readonly stream: string
  readonly run: WindowRun
  readonly before: { readonly version: number, readonly manifestId: string } | undefined
  readonly summarizes?: StatementFields<'RecordManifest'>['summarizes']
}

/** Signs the manifest by which the ledger names a run of windows. @throws {TypeError} for a run without windows */
export function signSegment (context: DeviceContext, { stream, run, before, summarizes }: NamedSegment): SignedSegment {
  const [first, last] = [run[0], run.at(-1)]
  if (first === undefined || last === undefined) throw new TypeError('a segment has windows')
  const { deviceId, patientId, label } = context
  const version = (before?.version ?? 0) + 1
  const { id, statement } = signForDay(context, 'RecordManifest', {
    recordId: stream,
    version,
    ...(before !== undefined && { previous: before.manifestId }),
    patientId,
    author: { kind: 'device', deviceId },
    label,
    epoch: first.epoch,
    sizeClass: sizeClassOf(run.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)),
    mediaClass: 'signal',
    segment: { stream, first: first.number, last: last.number, root: rootOf(run.map((window) => window.id)) },
    ...(summarizes !== undefined && { summarizes })
  })
  return { id, version, first: first.number, last: last.number, statement }
}

/** Wraps the content keys of windows for the compartment's newest key and signs each, linked to the one before. */
export function signWindows (
  context: DeviceContext, stream: string, windows: readonly MeasuredWindow[], previous: string | undefined, compartment: Compartment
): SignedWindow[] {
  const { label, key, epoch } = compartment
  if (label !== context.label) throw new TypeError('the compartment is not the device\'s')
  const signed: SignedWindow[] = []
  for (const window of windows) {
    const place = windowPlace(context.networkId, { stream, number: window.number, deviceId: context.deviceId })
    const wrap = createWrap(PublicKey.fromHex(key), fromHex(window.contentKey, 32), place)
    const before = signed.at(-1)?.id ?? previous
    const { id, statement } = signForDay(context, 'Window', {
      patientId: context.patientId,
      deviceId: context.deviceId,
      stream,
      number: window.number,
      ...(before === undefined ? {} : { previous: before }),
      epoch,
      contentHash: window.contentHash,
      cid: window.cid,
      wrapHash: toHex(wrapHash(wrap, place))
    })
    signed.push({ number: window.number, id, statement, wrap: toHex(wrap), epoch, sizeBytes: window.sizeBytes })
  }
  return signed
}
