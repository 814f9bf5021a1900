import { readFile } from 'node:fs/promises'
import { connectFabric } from '@epione/ledger/fabric'
import type { FabricConnection } from '@epione/ledger/fabric'
import type { LedgerPort } from '@epione/ledger/client'
import { readIdentity } from '../helpers/peer-world.ts'
import type { TestNetwork } from '../helpers/test-network.ts'

/** The first hospital's peers as its gateway asks them, on a network whose chaincode is `bare-chaincode`. */
export async function connectBare (network: TestNetwork): Promise<{ connection: FabricConnection, bare: LedgerPort }> {
  const { channel, chaincode, organizations: [first] } = await network.network()
  if (first === undefined) throw new Error('a network has organisations')
  const identity = readIdentity(first, 'gateway')
  const tlsCaPem = await readFile(first.tlsCaFile, 'utf8')
  const peers = first.peers.map(({ address, tlsName }) => ({ address, tlsName, tlsCaPem }))
  const connection = connectFabric({ peers, channel, chaincode, identity })
  return { connection, bare: connection.portFor(identity) }
}
