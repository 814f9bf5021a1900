import { join } from 'node:path'
import { LedgerClient, readNetworkVersions } from '@epione/ledger/client'
import type { ProvenVersion } from '@epione/ledger/client'
import { LedgerError } from '@epione/protocol'
import { connectFabric } from '@epione/ledger/fabric'
import { checkDeployedCode } from '@epione/ledger/contract'
import { AnchorError } from '../errors.ts'
import { connectChain, requireChain } from '../chain/client.ts'
import { ContractChain } from '../chain/contract-chain.ts'
import { loadNetwork } from '../chain/networks.ts'
import { Submitter } from '../chain/submitter.ts'
import { BatchStore } from '../store/batch-store.ts'
import { BlockStore } from '../store/block-store.ts'
import { openDatabase } from '../store/database.ts'
import { Journal } from '../store/journal.ts'
import { loadOrCreateAccount } from '../store/sealed-key.ts'
import { Alarms } from './alarms.ts'
import { AnchorService } from './anchor-service.ts'
import { createLogger, describeError } from './logger.ts'
import { GatewayMailbox } from './mailbox.ts'
import { readCertificateFile, readContractFile, readNetworkFile, readPrivateKeyFile, readWalletKey } from './settings.ts'
import type { AnchorRecord } from '@epione/protocol'
import type { FabricConnection } from '@epione/ledger/fabric'
import type { LocalAccount } from 'viem'
import type { EvmNetwork } from '../chain/networks.ts'
import type { Logger } from './logger.ts'
import type { NetworkFile, Settings } from './settings.ts'

/** The parts of one running service. */
export interface Assembly {
  network: EvmNetwork
  ledger: NetworkFile
  fabric: FabricConnection
  /** What the ledger says that the network was founded on. */
  /** Every version of the network document, proven from that of NETWORK_FILE up. */
  readVersions: () => Promise<ProvenVersion[]>
  chain: ContractChain
  submitter: Submitter
  blocks: BlockStore
  batches: BatchStore
  service: AnchorService
  mailbox: GatewayMailbox
  alarms: Alarms
  log: Logger
  close: () => Promise<void>
}

/** Witness and submitter of an organisation, made at the first call. */
export async function openAccounts ({ dataDir, walletKeyFile }: Settings): Promise<{ witness: LocalAccount, submitter: LocalAccount }> {
  const key = await readWalletKey(walletKeyFile)
  return {
    witness: await loadOrCreateAccount(join(dataDir, 'witness.key'), 'witness', key),
    submitter: await loadOrCreateAccount(join(dataDir, 'submitter.key'), 'submitter', key)
  }
}

/** The organisation's own peers, under its gateway's identity. Throws `SETTINGS_INVALID`. */
export async function openLedger (settings: Settings, ledger: NetworkFile): Promise<{ fabric: FabricConnection, client: LedgerClient }> {
  const own = ledger.organizations.find(({ mspId }) => mspId === settings.mspId)
  if (own === undefined) throw new AnchorError('SETTINGS_INVALID', `NETWORK_FILE lists no organisation ${settings.mspId}.`)
  const identity = {
    mspId: settings.mspId,
    certificate: await readCertificateFile('FABRIC_CERT_FILE', settings.fabric.certFile),
    privateKey: await readPrivateKeyFile('FABRIC_KEY_FILE', settings.fabric.keyFile)
  }
  const tlsCaPem = await readCertificateFile('NETWORK_FILE: tlsCaFile', own.tlsCaFile)
  const fabric = connectFabric({
    peers: own.peers.map((peer) => ({ ...peer, tlsCaPem })),
    channel: ledger.channel,
    chaincode: ledger.chaincode,
    identity
  })
  return { fabric, client: new LedgerClient(fabric.portFor(identity)) }
}

/** The contract, after making sure of chain and code. Throws `CHAIN_MISMATCH`, `CONTRACT_MISSING`, `CONTRACT_REPLACED`. */
async function openContract (
  settings: Settings,
  ledger: NetworkFile
): Promise<{ network: EvmNetwork, client: ReturnType<typeof connectChain>, chain: ContractChain }> {
  const network = await loadNetwork(settings.evm.networksFile, settings.evm.network, settings.evm.rpcUrl)
  const { chainId, address, deploymentBlock } = await readContractFile(settings.contractFile)
  if (chainId !== network.chainId) {
    throw new AnchorError(
      'CHAIN_MISMATCH',
      `CONTRACT_FILE is of chain ${chainId}, but ${network.name} is chain ${network.chainId}: deploy on this network, or name the other.`
    )
  }
  const client = connectChain(network)
  await requireChain(client, network)
  const domain = { chainId, contract: address, networkId: ledger.networkId }
  checkDeployedCode(domain, await client.getCode({ address }))
  return { network, client, chain: new ContractChain({ client, domain, deploymentBlock: BigInt(deploymentBlock) }) }
}

/**
 * Says on the ledger that a batch is final. Where the local chain was replaced the ledger names that very batch already, with
 * its transaction on the lost chain: nothing more can be said of it there, and anchoring goes on.
 */
async function recordOnce (recorder: LedgerClient, mspId: string, network: EvmNetwork, record: AnchorRecord): Promise<void> {
  try {
    await recorder.recordAnchor(record)
  } catch (error) {
    if (!network.local || !(error instanceof LedgerError) || error.code !== 'ANCHOR_CONFLICT') throw error
    const known = (await recorder.getAnchor(record.batch)).find((entry) => entry.mspId === mspId)
    if (known?.root !== record.root || known.firstBlock !== record.firstBlock || known.lastBlock !== record.lastBlock) throw error
  }
}

/** Opens everything that a service works with. */
export async function assemble (settings: Settings): Promise<Assembly> {
  const log = createLogger(settings.logLevel)
  const ledger = await readNetworkFile(settings.networkFile)
  const { network, client, chain } = await openContract(settings, ledger)
  const { witness, submitter: account } = await openAccounts(settings)
  const own = ledger.organizations.find(({ mspId }) => mspId === settings.mspId)
  const mailbox = await GatewayMailbox.open({
    gatewayUrl: settings.gatewayUrl,
    tlsCaPem: await readCertificateFile('NETWORK_FILE: tlsCaFile', own?.tlsCaFile ?? ''),
    ...settings.tls
  })
  const { fabric, client: recorder } = await openLedger(settings, ledger)
  const database = openDatabase(settings.dataDir)
  const [blocks, batches, alarms] = [new BlockStore(database), new BatchStore(database), new Alarms(log)]
  if (network.local && batches.followChain(await chain.identity())) {
    log('warn', { contract: chain.domain.contract }, 'the local chain was replaced: all blocks are anchored again')
  }
  const onSendError = (error: unknown): void => {
    log(
      'warn',
      { err: describeError(error) },
      'the node refused a transaction, or answered too late'
    )
  }
  const submitter = new Submitter({ client, chain, network, account, journal: new Journal(database), clock: Date.now, onSendError })
  const service = new AnchorService({
    mspId: settings.mspId,
    members: ledger.organizations.map(({ mspId }) => mspId),
    network,
    chain,
    submitter,
    witness,
    blocks,
    batches,
    mailbox,
    record: async (record) => await recordOnce(recorder, settings.mspId, network, record),
    alarms,
    clock: Date.now,
    timing: settings.timing
  })
  return {
    network,
    ledger,
    fabric,
    readVersions: async () => await readNetworkVersions(recorder, ledger.document),
    chain,
    submitter,
    blocks,
    batches,
    service,
    mailbox,
    alarms,
    log,
    close: async () => {
      await mailbox.close()
      await fabric.close()
      database.close()
    }
  }
}
