import { createPrivateKey } from 'node:crypto'
import { Client, credentials } from '@grpc/grpc-js'
import { connect, signers } from '@hyperledger/fabric-gateway'
import orderers from '@hyperledger/fabric-protos/lib/orderer/ab_pb.js'
import type { LedgerIdentity } from '@epione/ledger/fabric'

/** Where blocks are handed out: a peer's services and an orderer's, by the path of the gRPC method. */
export const DELIVER = {
  peer: '/protos.Deliver/Deliver',
  filtered: '/protos.Deliver/DeliverFiltered',
  withPrivateData: '/protos.Deliver/DeliverWithPrivateData',
  orderer: '/orderer.AtomicBroadcast/Deliver'
} as const

export interface DeliverRequest {
  address: string
  tlsName: string
  tlsCaPem: string
  channel: string
  identity: LedgerIdentity
  path: string
}

/** Asks for the channel's first block with a request signed by this identity: `block`, or the status that came instead. */
export async function requestBlock ({ address, tlsName, tlsCaPem, channel, identity, path }: DeliverRequest): Promise<'block' | number> {
  const client = new Client(address, credentials.createSsl(Buffer.from(tlsCaPem)), { 'grpc.ssl_target_name_override': tlsName })
  const signer = signers.newPrivateKeySigner(createPrivateKey(identity.privateKey))
  const gateway = connect({ client, identity: { mspId: identity.mspId, credentials: Buffer.from(identity.certificate) }, signer })
  try {
    const unsigned = gateway.getNetwork(channel).newBlockEventsRequest({ startBlock: 0n })
    const signed = gateway.newSignedBlockEventsRequest(unsigned.getBytes(), await signer(unsigned.getDigest()))
    const pass = (bytes: Buffer): Buffer => bytes
    const stream = client.makeBidiStreamRequest(path, pass, pass)
    return await new Promise((resolve, reject) => {
      stream.once('error', reject)
      stream.once('data', (bytes: Buffer) => {
        stream.on('error', () => undefined)
        // In every one of these services field 1 is a status, and only a refusal has one this early.
        const status = orderers.DeliverResponse.deserializeBinary(bytes).getStatus()
        resolve(status === 0 ? 'block' : status)
        stream.cancel()
      })
      stream.write(Buffer.from(signed.getBytes()))
    })
  } finally {
    gateway.close()
    client.close()
  }
}
