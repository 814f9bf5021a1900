import { randomBytes } from 'node:crypto'
import { Agent, request } from 'undici'
import { merkleRoot, toHex } from '@epione/crypto'
import type { AnchorProposal, AnchorStatus, PublishedBatch } from '@epione/protocol/api'
import type { Teardown, TestGateway } from './gateway.ts'

export interface Answer { status: number, body: Record<string, unknown> }
export type Ask = (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) => Promise<Answer>

/** Calls a listening gateway as an anchor service does: with the TLS certificate of an organisation, or of nobody. */
export function callAs (t: Teardown, gateway: TestGateway, mspId: string | undefined): Ask {
  const { network, hospitals } = gateway.consortium
  const ca = network.organizations.find((organization) => organization.mspId === gateway.mspId)?.tlsCaPem ?? ''
  const tls = mspId === undefined ? undefined : hospitals.get(mspId)?.tls
  const agent = new Agent({ connect: { ca, ...(tls === undefined ? {} : { cert: tls.certificate, key: tls.privateKey }) } })
  t.teardown(() => agent.close())
  return async (method, path, body) => {
    const content = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const answer = await request(`${gateway.config.publicUrl}${path}`, { method, dispatcher: agent, ...content })
    return { status: answer.statusCode, body: await answer.body.json() as Record<string, unknown> }
  }
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex')

/** A proposal with a made-up signature: a mailbox does not judge it. */
export function createProposal (members: Partial<AnchorProposal> = {}): AnchorProposal {
  const number = members.number ?? 1
  return { number, firstBlock: number * 10, lastBlock: number * 10 + 9, root: hex(32), witness: hex(20), signature: hex(64), ...members }
}

/** What an anchor service tells of itself. */
export function createAnchorStatus (members: Partial<AnchorStatus> = {}): AnchorStatus {
  return {
    network: 'goerli',
    chainId: 5,
    contract: 'a'.repeat(40),
    head: { batch: 3, lastBlock: 17 },
    ledgerHeight: 20,
    lagBlocks: 2,
    lagSeconds: 1.5,
    balanceWei: '1500000000000000000',
    costWei: '20000000000000000',
    batches: 3,
    alarms: [],
    ...members
  }
}

/** A batch of these blocks' leaves, signed by nobody in earnest. */
export function createBatch (
  number: number,
  firstBlock: number,
  leaves: readonly Uint8Array[],
  members: Partial<PublishedBatch> = {}
): PublishedBatch {
  const witness = hex(20)
  return {
    number,
    firstBlock,
    lastBlock: firstBlock + leaves.length - 1,
    root: toHex(merkleRoot(leaves)),
    blockLeaves: leaves.map((leaf) => toHex(leaf)),
    witnesses: [witness],
    signatures: [{ witness, signature: hex(64) }],
    chain: { name: 'goerli', chainId: 5, contract: hex(20) },
    state: 'submitted',
    ...members
  }
}
