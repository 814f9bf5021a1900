import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkSchema, NetworkDocument } from '@epione/protocol'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { findSettingFaults, nameFile, whyUnreadable } from '@epione/host'
import { AnchorError } from '../errors.ts'
import type { Address } from 'viem'
import type { Static } from 'typebox'

const Text = Type.String({ pattern: '\\S' })
const Milliseconds = Type.String({ pattern: '^[0-9]{1,9}$' })
const AddressHex = Type.Unsafe<Address>(Type.String({ pattern: '^0x[0-9a-fA-F]{40}$' }))

/** Environment of the anchor service and its admin commands; nothing else of the process reads it (STYLE 27). */
export const Environment = Type.Object({
  ORGANIZATION_ID: Text,
  MSP_ID: Text,
  NETWORK_FILE: Text,
  LISTEN_HOST: Type.Optional(Text),
  LISTEN_PORT: Type.String({ pattern: '^(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$' }),
  DATA_DIR: Text,
  FABRIC_CERT_FILE: Text,
  FABRIC_KEY_FILE: Text,
  GATEWAY_URL: Type.String({ pattern: '^https://' }),
  TLS_CERT_FILE: Text,
  TLS_KEY_FILE: Text,
  WALLET_KEY_FILE: Text,
  CONTRACT_FILE: Text,
  EVM_NETWORK: Type.Optional(Text),
  EVM_RPC_URL: Type.Optional(Type.String({ pattern: '^https?://' })),
  NETWORKS_FILE: Type.Optional(Text),
  BATCH_INTERVAL_MS: Type.Optional(Milliseconds),
  TURN_TIMEOUT_MS: Type.Optional(Milliseconds),
  MAX_AGE_MS: Type.Optional(Milliseconds),
  LOG_LEVEL: Type.Optional(Type.Union([Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')]))
})

/** Batches gather blocks for this long (ms). */
const BATCH_INTERVAL_MS = 2_000
/** Silence (ms) after which the next organisation steps in. */
const TURN_TIMEOUT_MS = 15_000
/** A day in ms: then even records of anchors are anchored. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000

const { networkId, name, members } = NetworkDocument.properties
const { mspId, id, kind } = members.items.properties
const NetworkFile = Type.Object({
  networkId,
  name,
  /** What the ledger must have been founded on. */
  document: NetworkDocument,
  channel: Text,
  chaincode: Text,
  organizations: Type.Array(Type.Object({
    mspId,
    id,
    name: members.items.properties.name,
    kind,
    tlsCaFile: Text,
    peers: Type.Array(Type.Object({ address: Text, tlsName: Text }))
  }), { minItems: 1 })
})
export type NetworkFile = Static<typeof NetworkFile>

/** Where the contract was deployed. */
export const ContractFile = Type.Object({
  chainId: Type.Integer({ minimum: 1 }),
  address: AddressHex,
  deploymentBlock: Type.Integer({ minimum: 0 }),
  witnesses: Type.Array(AddressHex, { minItems: 1 })
})
export type ContractFile = Static<typeof ContractFile>

export type Settings = ReturnType<typeof readSettings>

/** Reads the settings. Throws `SETTINGS_INVALID` naming every one that is missing or malformed. */
// The shape is given by what is returned.
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types
export function readSettings (environment: Record<string, string | undefined>) {
  const faults = findSettingFaults(Environment, environment, Value.Check)
  if (faults.length > 0) throw new AnchorError('SETTINGS_INVALID', `Correct these settings of the anchor service: ${faults.join(', ')}.`)
  const given = environment as Static<typeof Environment>
  return {
    organizationId: given.ORGANIZATION_ID,
    mspId: given.MSP_ID,
    networkFile: given.NETWORK_FILE,
    listen: { host: given.LISTEN_HOST ?? '127.0.0.1', port: Number(given.LISTEN_PORT) },
    dataDir: given.DATA_DIR,
    fabric: { certFile: given.FABRIC_CERT_FILE, keyFile: given.FABRIC_KEY_FILE },
    gatewayUrl: given.GATEWAY_URL,
    tls: { certFile: given.TLS_CERT_FILE, keyFile: given.TLS_KEY_FILE },
    walletKeyFile: given.WALLET_KEY_FILE,
    contractFile: given.CONTRACT_FILE,
    evm: {
      network: given.EVM_NETWORK ?? 'goerli',
      rpcUrl: given.EVM_RPC_URL,
      networksFile: given.NETWORKS_FILE ?? join(import.meta.dirname, '..', '..', 'networks.json')
    },
    timing: {
      batchIntervalMs: Number(given.BATCH_INTERVAL_MS ?? BATCH_INTERVAL_MS),
      turnTimeoutMs: Number(given.TURN_TIMEOUT_MS ?? TURN_TIMEOUT_MS),
      maxAgeMs: Number(given.MAX_AGE_MS ?? MAX_AGE_MS)
    },
    logLevel: given.LOG_LEVEL ?? 'info'
  }
}

/** network.json. Throws `SETTINGS_INVALID`. */
export async function readNetworkFile (file: string): Promise<NetworkFile> {
  return await readJson(NetworkFile, file, 'NETWORK_FILE')
}

/** What was deployed. Throws `SETTINGS_INVALID` when nothing was yet. */
export async function readContractFile (file: string): Promise<ContractFile> {
  return await readJson(ContractFile, file, 'CONTRACT_FILE')
}

/** The key that seals others, 32 bytes. Throws `SETTINGS_INVALID`. */
export async function readWalletKey (file: string): Promise<Uint8Array> {
  const text = (await readNamedFile('WALLET_KEY_FILE', file)).trim()
  if (!/^[0-9a-f]{64}$/.test(text)) throw new AnchorError('SETTINGS_INVALID', 'WALLET_KEY_FILE must hold 32 bytes in lowercase hex.')
  return Buffer.from(text, 'hex')
}

/** Text of a file that a setting names. Throws `SETTINGS_INVALID` naming both. */
export async function readNamedFile (name: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new AnchorError('SETTINGS_INVALID', `${nameFile(name, file)} cannot be read (${whyUnreadable(error)}): put it there again, from a backup or by make up.`)
  }
}

/** Text of a PEM file that begins with a whole certificate. Throws `SETTINGS_INVALID`. */
export async function readCertificateFile (name: string, file: string): Promise<string> {
  return await readPemFile(name, file, (pem) => new X509Certificate(pem))
}

/** Text of a PEM file that holds a whole private key. Throws `SETTINGS_INVALID`. */
export async function readPrivateKeyFile (name: string, file: string): Promise<string> {
  return await readPemFile(name, file, createPrivateKey)
}

async function readPemFile (name: string, file: string, parse: (pem: string) => unknown): Promise<string> {
  const pem = await readNamedFile(name, file)
  try {
    parse(pem)
  } catch {
    // The parser's own words may quote what it read.
    throw new AnchorError('SETTINGS_INVALID', `${name} ${file} is torn: put it there again, from a backup or by make up.`)
  }
  return pem
}

async function readJson<S extends typeof NetworkFile | typeof ContractFile> (schema: S, file: string, name: string): Promise<Static<S>> {
  try {
    return checkSchema(schema, JSON.parse(await readFile(file, 'utf8')), name)
  } catch (cause) {
    throw new AnchorError('SETTINGS_INVALID', `${name} cannot be used (${cause instanceof Error
      ? cause.message
      : String(cause)}): run make up or make anchor-deploy.`, { cause })
  }
}
