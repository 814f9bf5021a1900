import { PortalError, readSite } from '@epione/portal-service'
import type { Site } from '@epione/portal-service'
import { STAFF_UNIT } from '@epione/protocol'
import { ConfigError } from './config.ts'
import type { Config } from './config.ts'
import { connectFabric } from '@epione/ledger/fabric'
import type { LedgerIdentity } from '@epione/ledger/fabric'
import { readWebhooks } from './audit/webhook-settings.ts'
import { createFetchDocument } from './http/fetch-document.ts'
import { readClaimMapping } from './staff/claim-mapping.ts'
import { connectFabricAuthority } from './staff/fabric-authority.ts'
import { readCertificateFile, readNamedFile, readPrivateKeyFile } from './named-files.ts'
import { readWalletKeys } from './staff/wallet-keys.ts'
import { findOrganization, readNetworkFile } from './network-file.ts'
import type { Ports } from './dependencies.ts'

const PAIR_ADVICE = 'put certificate and key there again; on a network of one machine `make doctor` says how'
const CA_ADVICE = 'put the root of the identity provider\'s TLS certificate there again'
const IPFS_ADVICE = 'put the secret there that stands in API.Authorizations of the node\'s configuration'

/** Reads the files that the settings name and makes ready what the gateway reaches outside its process. */
export async function openPorts (config: Config): Promise<Ports> {
  const network = await readNetworkFile(config.networkFile)
  const organization = findOrganization(network, config.mspId)
  const identity = async (
    setting: string,
    files: PairFiles
  ): Promise<LedgerIdentity> => ({ mspId: config.mspId, ...await readPair(setting, files) })
  const gateway = await identity('FABRIC', config.fabric)
  const { peers, tlsCaPem, ca } = organization
  const webhooks = await readWebhooks(config.webhooks)
  return {
    network,
    connectLedger: (journal) => connectFabric({
      peers: peers.map((peer) => ({ ...peer, tlsCaPem })),
      channel: network.channel,
      chaincode: network.chaincode,
      identity: gateway,
      journal
    }),
    authority: connectFabricAuthority({
      url: ca.url,
      caName: ca.name,
      tlsCaPem: ca.tlsCaPem,
      registrar: await identity('CA_REGISTRAR', config.caRegistrar),
      affiliation: STAFF_UNIT
    }),
    identities: { gateway, registrar: await identity('REGISTRAR', config.registrar) },
    fetchDocument: createFetchDocument(config.oidc.caFile === undefined ? undefined : await readCertificateFile('OIDC_CA_FILE', config.oidc.caFile, CA_ADVICE)),
    ...(config.claimMappingFile === undefined ? {} : { claimMapping: await readClaimMapping(config.claimMappingFile) }),
    ...(config.ipfs?.secretFile === undefined ? {} : { ipfsSecret: await readIpfsSecret(config.ipfs.secretFile) }),
    ...(webhooks === undefined ? {} : { webhooks }),
    ...(config.pagesDir === undefined ? {} : { pages: await readPages(config.pagesDir) }),
    walletKeys: await readWalletKeys(config.walletKeySource),
    tls: await readPair('TLS', config.tls),
    clock: Date.now
  }
}

interface PairFiles { certFile: string, keyFile: string }

async function readPair (setting: string, { certFile, keyFile }: PairFiles): Promise<{ certificate: string, privateKey: string }> {
  return {
    certificate: await readCertificateFile(`${setting}_CERT_FILE`, certFile, PAIR_ADVICE),
    privateKey: await readPrivateKeyFile(`${setting}_KEY_FILE`, keyFile, PAIR_ADVICE)
  }
}

async function readPages (folder: string): Promise<Site> {
  try {
    return await readSite(folder)
  } catch (error) {
    if (!(error instanceof PortalError)) throw error
    throw new ConfigError([`PAGES_DIR: ${error.message}`])
  }
}

async function readIpfsSecret (path: string): Promise<string> {
  const text = (await readNamedFile('IPFS_API_SECRET_FILE', path, IPFS_ADVICE)).trim()
  if (!/^[!-~]{32,256}$/.test(text)) throw new ConfigError([`IPFS_API_SECRET_FILE ${path} must hold 32 to 256 characters without blanks: ${IPFS_ADVICE}`])
  return text
}
