import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Client, credentials } from '@grpc/grpc-js'
import { GatewayError, connect, signers } from '@hyperledger/fabric-gateway'
import { common, gateway as messages, peer } from '@hyperledger/fabric-protos'
import { parseLedgerError, TIMESTAMP_TOLERANCE_MS, TRANSACTIONS } from '@epione/protocol'
import { TestNetwork } from '../../helpers/test-network.ts'

/** The part that is used of Google's message, whose types its package does not bring. */
interface Timestamp { getSeconds (): number, setSeconds (seconds: number): void }

/** The bytes of a proposal with another timestamp: what a client with a wrong clock would send. */
function moveTimestamp (proposalBytes: Uint8Array, offsetMs: number): Uint8Array {
  const proposed = messages.ProposedTransaction.deserializeBinary(proposalBytes)
  const signed = proposed.getProposal() ?? new peer.SignedProposal()
  const proposal = peer.Proposal.deserializeBinary(signed.getProposalBytes_asU8())
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8())
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8())
  const timestamp = channelHeader.getTimestamp() as Timestamp | undefined
  if (timestamp === undefined) throw new Error('a proposal has a timestamp')
  timestamp.setSeconds(timestamp.getSeconds() + Math.round(offsetMs / 1000))
  header.setChannelHeader(channelHeader.serializeBinary())
  proposal.setHeader(header.serializeBinary())
  signed.setProposalBytes(proposal.serializeBinary())
  proposed.setProposal(signed)
  return proposed.serializeBinary()
}

const network = await TestNetwork.shared({ gateways: false })
t.teardown(() => network.destroy())
const { channel, chaincode, organizations: [core] } = await network.network()
if (core?.peers[0] === undefined) throw new Error('the network has a hospital with a peer')
const read = (file: string): Buffer => readFileSync(join(core.identitiesDir, 'gateway', file))
const client = new Client(core.peers[0].address, credentials.createSsl(
  readFileSync(core.tlsCaFile)
), { 'grpc.ssl_target_name_override': core.peers[0].tlsName })
t.teardown(() => { client.close() })
const sign = signers.newPrivateKeySigner(createPrivateKey(read('key.pem')))
const gateway = connect({ client, identity: { mspId: core.mspId, credentials: read('cert.pem') }, signer: sign })

async function endorseWithOffset (offsetMs: number): Promise<void> {
  const proposal = gateway.getNetwork(channel).getContract(chaincode).newProposal(TRANSACTIONS.networkGet)
  const bytes = moveTimestamp(proposal.getBytes(), offsetMs)
  const signature = await sign(gateway.newProposal(bytes).getDigest())
  await gateway.newSignedProposal(bytes, signature).endorse()
}

for (const [when, sign] of [['ahead of', 1], ['behind', -1]] as const) {
  await t.test(`every endorser refuses a timestamp too far ${when} its clock, and takes one within`, async (t) => {
    await endorseWithOffset(sign * (TIMESTAMP_TOLERANCE_MS - 10_000))
    try {
      await endorseWithOffset(sign * (TIMESTAMP_TOLERANCE_MS + 10_000))
      t.fail('a timestamp out of tolerance was endorsed')
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      t.ok(error.details.length > 0)
      for (const { message } of error.details) t.equal(parseLedgerError(message)?.code, 'TIMESTAMP_OUT_OF_TOLERANCE', message)
    }
  })
}
