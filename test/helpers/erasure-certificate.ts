import { fromHex, SecretKey, sha256, signStatement, toHex, utf8 } from '@epione/crypto'
import { parseBlock } from '@epione/ledger/blocks'
import type { AnchorDomain } from '@epione/ledger/contract'
import { LEDGER_EVENTS } from '@epione/protocol'
import type { StoredStatement } from '@epione/protocol'
import type { ProvenCertificate } from '@epione/sdk/erasure-proof'
import type { PrivateKeyAccount } from 'viem/accounts'
import { serializeMemoryBlock } from './memory-block.ts'
import { makeProof } from './proofs.ts'

const TIME = 1_780_000_000_000
const HOSPITALS = ['CoreMSP', 'Regional1MSP']

interface At { witnesses: readonly PrivateKeyAccount[], batchNumber: number, firstBlock: number }

/** The certificate of an erasure whose order and two destructions are in blocks from `firstBlock` on, all in one batch. */
export async function certificateAt (
  domain: AnchorDomain, { witnesses, batchNumber, firstBlock }: At
): Promise<ProvenCertificate> {
  const patientId = 'a'.repeat(32)
  const [recordId, wrapHash] = ['ab'.repeat(16), 'cd'.repeat(32)]
  const bounds = (n: number): object => ({ nonce: toHex(sha256(utf8(String(n))).slice(0, 16)), issuedAt: TIME, submitBefore: TIME + 1000 })
  const store = (n: number, submittedBy: string, body: { type: string }): StoredStatement => {
    const { networkId } = domain
    const said = { type: body.type, networkId: fromHex(networkId), body: { ...bounds(n), ...body } }
    const statement = signStatement({ ...said, keys: [SecretKey.random()] })
    return { id: toHex(sha256(utf8(statement.body))), statement, txId: toHex(sha256(utf8(`tx ${String(n)}`))), time: TIME + n, submittedBy }
  }
  const order = store(0, 'CoreMSP', { type: 'Erasure', patientId, records: [{ recordId }] } as { type: string })
  const versions = [{ recordId, version: 1, wrapHash }]
  const destructions = HOSPITALS.map((mspId, i) => store(i + 1, mspId, {
    type: 'Destruction', mspId, cause: 'erased', orderId: order.id, wrapHashes: [wrapHash], backupsGoneBy: TIME + 1000
  } as { type: string }))
  const events = [
    { name: LEDGER_EVENTS.recordsEnded, said: { order, versions, destructions: [] }, txId: order.txId },
    ...destructions.map((said) => ({ name: LEDGER_EVENTS.wrapsDestroyed, said, txId: said.txId }))
  ]
  const blocks = events.map(({ name, said, txId }, i) => {
    const blockNumber = BigInt(firstBlock + i)
    return parseBlock(serializeMemoryBlock({ blockNumber, events: [{ blockNumber, name, payload: utf8(JSON.stringify(said)), txId }] }))
  })
  const prove = async (i: number): ReturnType<typeof makeProof> =>
    await makeProof({ blocks, block: firstBlock + i, index: 0, batchNumber, domain, witnesses })
  return {
    format: 'epione-erasure/1',
    networkId: domain.networkId,
    orderId: order.id,
    cause: 'erased',
    patientId,
    time: order.time,
    txId: order.txId,
    versions,
    destroyed: destructions.map(({ submittedBy: mspId, time, txId }) => ({ mspId, name: mspId, time, txId, backupsGoneBy: TIME + 1000 })),
    pending: [],
    overdue: [],
    complete: true,
    shownBy: ['CoreMSP'],
    statements: { order, destructions },
    proofs: { order: await prove(0), destructions: [await prove(1), await prove(2)] }
  }
}
