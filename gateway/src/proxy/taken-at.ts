import { datingVersion, TIMESTAMP_TOLERANCE_MS } from '@epione/protocol'
import type { EventRecord } from '@epione/protocol'
import type { StatementReader } from '@epione/protocol/verify'
import { judged, unproven } from '../judge.ts'
import { carriesManifest } from '../ledger/ledger-events.ts'
import type { BlockView, LedgerView } from './ledger-view.ts'

interface Sources { ledger: Pick<LedgerView, 'getRecord'>, blocks: BlockView, reader: StatementReader }

/**
 * When the ledger took the version that dates a record version. State is what a chaincode says: the time counts when the block that
 * registered the manifest, which its author signed for a day at most, says the same. @throws {GatewayError} STATEMENT_UNPROVEN
 */
export async function proveTakenAt (
  { ledger, blocks, reader }: Sources, named: Pick<EventRecord, 'recordId' | 'version' | 'segment'>
): Promise<number> {
  const { recordId } = named
  const version = datingVersion(named)
  const { manifest } = await ledger.getRecord(recordId, version)
  const { body } = judged(() => reader.readStored('RecordManifest', manifest))
  const isRegistered = carriesManifest(await blocks.findTransaction(manifest.txId), manifest)
  const isInTime = body.issuedAt - TIMESTAMP_TOLERANCE_MS <= manifest.time && manifest.time <= body.submitBefore
  if (body.recordId !== recordId || body.version !== version || !isRegistered || !isInTime) {
    throw unproven('record.taken-at', `no block shows when the ledger took record ${recordId}`)
  }
  return manifest.time
}
