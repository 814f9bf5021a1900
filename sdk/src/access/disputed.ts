import { fromHex, toHex, wrapHash } from '@epione/crypto'
import type { Place } from '@epione/crypto'
import { recordPlace, windowPlace } from '@epione/protocol'
import { readWindow, verifyDevice, verifyOpenWindow, verifyRecord, verifyWindow } from '@epione/protocol/verify'
import type { Grounds, VerifiedDirectory, VerifiedRecord } from '@epione/protocol/verify'
import { judged, judgedWith, refuse } from '../context/judge.ts'
import type { Blame } from '../context/judge.ts'
import type { Party } from '../errors.ts'
import { requireOwnContent } from '../records/own-content.ts'
import { wrapParty } from '../records/record-party.ts'
import type { EvidenceFile, ShownEvidence } from './evidence-file.ts'

/** What a dispute is about, as signed statements have it: a record version, or a window of a stream. */
export interface Disputed {
  readonly recordId: string
  /** Absent of a window that was followed. */
  readonly version?: number
  /** Of a window. */
  readonly number?: number
  readonly label: string
  readonly epoch: number
  /** For which its wrap is to be made. */
  readonly place: Place
  readonly wrapHash: string
  readonly contentHash: string
  /** Who answers for the wrap. */
  readonly party: Party
}

/** Proves from a file what its material is of. @throws {ClientError} EVIDENCE_INVALID, MANIFEST_INVALID, DEVICE_INVALID, BINDING_INVALID */
export async function proveDisputed (file: EvidenceFile, directory: VerifiedDirectory, grounds: Grounds, blame: Blame): Promise<Disputed> {
  const { material: { recordId, version, window, wrap }, record: state, device } = file
  if (window !== undefined && 'statement' in window) {
    const shown = device ?? refuse(blame, 'the device is missing')
    const proven = judged({ kind: 'accuser' }, () => verifyDevice(shown, directory, grounds.reader))
    const { body, wrapHash: hash } = judgedWith(blame, () =>
      verifyOpenWindow({ statement: window.statement, wrap }, { stream: recordId, after: 0 }, proven, grounds.reader.networkId))
    const { label, patientId } = proven.body
    const { number, epoch, contentHash } = body
    const place = windowPlace(grounds.reader.networkId, body)
    return { recordId, number, label, epoch, place, wrapHash: hash, contentHash, party: { kind: 'author', patientId } }
  }
  if (state === undefined) return refuse(blame, 'the manifest is missing')
  const record = await judged({ kind: 'accuser' }, () => verifyRecord(state, directory, grounds))
  if (record.body.recordId !== recordId || record.body.version !== version) refuse(blame, 'its manifest is of another record version')
  const { label, epoch } = record
  const disputed = { recordId, version: record.body.version, label, epoch, party: wrapParty(record) }
  const { networkId } = grounds.reader
  if (window === undefined) {
    const { wrapHash: hash, body: { contentHash } } = requireOwnContent(record)
    return { ...disputed, place: recordPlace(networkId, record.body), wrapHash: hash, contentHash }
  }
  return { ...disputed, ...proveWindow(networkId, record, window, { wrap, blame }) }
}

function proveWindow (
  networkId: Uint8Array,
  record: VerifiedRecord,
  { text, path, wrapPath }: Exclude<ShownEvidence, { statement: unknown }>,
  { wrap, blame }: { wrap: string, blame: Blame }
): Pick<Disputed, 'number' | 'place' | 'wrapHash' | 'contentHash'> {
  return judgedWith(blame, () => {
    const place = windowPlace(networkId, readWindow(text, { kind: 'record', name: record.body.recordId }))
    const rewrapped = wrapPath === undefined ? {} : { rewrapped: { wrapHash: toHex(wrapHash(fromHex(wrap), place)), path: wrapPath } }
    const { body: { number, contentHash }, wrapHash: hash } = verifyWindow({ text, path, ...rewrapped }, record)
    return { number, place, wrapHash: hash, contentHash }
  })
}
