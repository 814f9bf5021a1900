import { LedgerError, sizeClassOf } from '@epione/protocol'
import type { RecordManifest, SignedStatement } from '@epione/protocol'
import type { AnswerOf, STREAMS } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { checkTimes } from '../http/admission.ts'
import { checkStatement } from '../ledger/statements.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import { submitOnce } from '../ledger/submit-once.ts'
import { erasedRefusal } from '../records/erased-compartments.ts'
import type { DeviceCaller } from './devices.ts'
import { rootOf } from './follow-segments.ts'
import { listIds } from './windows.ts'
import type { SegmentWindows } from './windows.ts'

/** The manifest of a segment, and its members that others lack. */
interface CheckedSegment { checked: CheckedStatement<'RecordManifest'>, segment: SegmentWindows }

/**
 * Registers a segment that a device closed, with those of others in one transaction, and answers once it is on the ledger (I8, second
 * grade). Sent again it is answered again. @throws {GatewayError} SEGMENT_INCOMPLETE, SEGMENT_MISMATCH, COMPARTMENT_ERASED
 * @throws {LedgerError} the code of this segment alone
 */
export async function registerSegment (
  app: FastifyInstance, { patientId, deviceId }: DeviceCaller, stream: string, statement: SignedStatement
): Promise<AnswerOf<typeof STREAMS.closeSegment>> {
  const { checked, segment } = openSegment(app, statement)
  const { id, body: { recordId, version, author, patientId: owner } } = checked
  if (segment.stream !== stream || recordId !== stream) throw new GatewayError('REQUEST_INVALID', 'the segment is of another stream')
  if (owner !== patientId || author.kind !== 'device' || author.deviceId !== deviceId) throw new GatewayError('NOT_PERMITTED', 'the segment names another device')
  const { key, label } = await app.windows.devices.find(patientId, deviceId)
  if (checked.signers.join() !== key) throw new GatewayError('SIGNATURE_INVALID', 'the segment is not signed by its device alone')
  const { txId, blockNumber } = await submitOnce(app, id, async () => {
    if (await app.ledger.gateway.findStatement(id) !== undefined) throw new LedgerError('STATEMENT_REPLAYED', 'it is on the ledger already')
    if (checkTimes(checked.body, app.ports.clock())) {
      throw new GatewayError('STATEMENT_EXPIRED', `the segment could be sent until ${String(checked.body.submitBefore)}: sign it anew`)
    }
    const erased = await erasedRefusal(app, patientId, [{ label, epoch: checked.body.epoch }])
    if (erased !== undefined) throw erased
    await requireWindows(app, checked.body, segment)
    const { txId, blockNumber } = await app.windows.batches.register(stream, statement)
    return { value: undefined, txId, blockNumber: BigInt(blockNumber) }
  }, () => Promise.resolve(undefined))
  return { grade: 'on-ledger', recordId, version, manifestId: id, txId, blockNumber }
}

function openSegment (app: FastifyInstance, statement: SignedStatement): CheckedSegment {
  const checked = checkStatement('RecordManifest', statement, app.networkId)
  const { segment } = checked.body
  if (segment === undefined) throw new GatewayError('REQUEST_INVALID', 'the manifest is of no segment')
  return { checked, segment }
}

/**
 * All windows of the segment were acknowledged here, so that they lie at another hospital, too; of this epoch, under its root.
 * @throws {GatewayError} SEGMENT_INCOMPLETE with the first number that is missing, SEGMENT_MISMATCH
 */
async function requireWindows (app: FastifyInstance, { epoch, sizeClass }: RecordManifest, segment: SegmentWindows): Promise<void> {
  const { first, last, root } = segment
  const count = last - first + 1
  const rows = (await listIds(app.store.db, segment)).filter(({ acknowledged }) => acknowledged === 1)
  const missing = rows.findIndex(({ number }, index) => number !== first + index)
  if (rows.length < count) {
    const number = missing === -1 ? first + rows.length : first + missing
    throw new GatewayError('SEGMENT_INCOMPLETE', `window ${String(number)} does not lie here: send it again before the segment`, {
      extensions: { missing: number }
    })
  }
  if (rows.some((row) => row.epoch !== epoch)) throw mismatch(`a window is for another epoch than ${String(epoch)}: close a segment when the epoch changes`)
  if (rootOf(rows.map((row) => row.statement_id)) !== root) throw mismatch('its root is not that of its windows here')
  const bytes = rows.reduce((sum, row) => sum + row.size_bytes, 0)
  if (sizeClassOf(bytes) !== sizeClass) throw mismatch(`all its windows together have size class ${String(sizeClassOf(bytes))}`)
}

function mismatch (why: string): GatewayError {
  return new GatewayError('SEGMENT_MISMATCH', `the segment does not fit the windows that lie here: ${why}`)
}
