import { readFile } from 'node:fs/promises'
import { STAFF_UNIT } from '@epione/protocol'
import { ConfigError } from './config.ts'
import type { Config } from './config.ts'
import { connectFabric } from '@epione/ledger/fabric'
import type { LedgerIdentity } from '@epione/ledger/fabric'
import { connectFabricAuthority } from './staff/fabric-authority.ts'
import { findOrganization, readNetworkFile } from './network-file.ts'
import type { Ports } from './dependencies.ts'

/** Reads the files that the settings name and makes ready what the gateway reaches outside its process. */
export async function openPorts (config: Config): Promise<Ports> {
  const network = await readNetworkFile(config.networkFile)
  const organization = findOrganization(network, config.mspId)
  const identity = async (files: { certFile: string, keyFile: string }): Promise<LedgerIdentity> =>
    ({ mspId: config.mspId, certificate: await readFile(files.certFile, 'utf8'), privateKey: await readFile(files.keyFile, 'utf8') })
  const gateway = await identity(config.fabric)
  const { peers, tlsCaPem, ca } = organization
  return {
    network,
    connectLedger: (journal) => connectFabric({
      peers: peers.map((peer) => ({ ...peer, tlsCaPem })),
      channel: network.channel,
      chaincode: network.chaincode,
      identity: gateway,
      journal
    }),
    authority: connectFabricAuthority({ url: ca.url, caName: ca.name, tlsCaPem: ca.tlsCaPem, registrar: await identity(config.caRegistrar), affiliation: STAFF_UNIT }),
    identities: { gateway, registrar: await identity(config.registrar) },
    walletKey: await readWalletKey(config.walletKeyFile),
    tls: { certificate: await readFile(config.tls.certFile, 'utf8'), privateKey: await readFile(config.tls.keyFile, 'utf8') },
    clock: Date.now
  }
}

async function readWalletKey (path: string): Promise<Uint8Array> {
  const text = (await readFile(path, 'utf8')).trim()
  if (!/^[0-9a-f]{64}$/.test(text)) throw new ConfigError(['WALLET_KEY_FILE must hold 32 bytes in lowercase hex'])
  return Buffer.from(text, 'hex')
}
