import { PEER_STREAMS } from '@epione/protocol/api'
import type { SentWindow, WindowsKept } from '@epione/protocol/api'
import type { SignedStatement } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { copyElsewhere } from '../peers/copy-elsewhere.ts'
import { requireReceipt } from './window-receipts.ts'

/**
 * Copies windows to one more hospital, the first that takes them and signs that it has them. @throws {GatewayError} COPY_UNAVAILABLE: the
 * device keeps them and sends them again
 */
export async function copyWindows (
  app: FastifyInstance, windows: readonly SentWindow[], windowIds: readonly string[]
): Promise<WindowsKept['receipts'][number]> {
  const receipts = new Map<string, SignedStatement>()
  const [, mspId = ''] = await copyElsewhere(app, { what: 'copies of the windows' }, async (peer, signal) => {
    const { receipt } = await peer.call(PEER_STREAMS.putWindows, { body: { windows: [...windows] } }, signal)
    const { mspId } = peer.organization
    await requireReceipt(app.proxy.context, { mspId, windowIds, receipt })
    receipts.set(mspId, receipt)
  })
  const statement = receipts.get(mspId)
  if (statement === undefined) throw new Error(`${mspId} took windows without a receipt`)
  return { mspId, statement }
}
