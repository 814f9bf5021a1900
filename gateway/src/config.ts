import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { findSettingFaults } from '@epione/host'
import { isBlock } from './http/addresses.ts'
import { LIMIT_SETTINGS, readLimits } from './http/limits.ts'
import type { Limits } from './http/limits.ts'
import { readTokenSettings, TOKEN_SETTINGS } from './http/token-settings.ts'
import type { TokenSettings } from './http/token-settings.ts'

const File = Type.String({ minLength: 1, description: 'path of a file' })
const HttpsUrl = Type.String({ pattern: '^https://[^/]+$', description: 'https origin without a path' })
const Port = Type.String({
  pattern: '^(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$',
  description: 'a port number'
})
const Blocks = Type.Refine(
  Type.String({ description: 'IP addresses, or blocks as 10.0.0.0/8, with commas between' }),
  (text) => text.split(',').every((block) => isBlock(block.trim()))
)

/** 64 GiB: larger than any imaging study, small enough that one upload cannot fill a store unseen. */
const DEFAULT_MAX_CONTENT_BYTES = 64 * 2 ** 30

/** Five weeks: a monthly backup and some days to spare. */
const DEFAULT_BACKUP_KEEP_DAYS = 35

/** Environment of the gateway process; nothing else of the process reads it (STYLE 27). */
export const Environment = Type.Object({
  MSP_ID: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9.-]{0,63}$' }),
  ORGANIZATION_ID: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
  LISTEN_HOST: Type.Optional(Type.String({ minLength: 1 })),
  LISTEN_PORT: Port,
  METRICS_PORT: Type.Optional(Port),
  PUBLIC_URL: HttpsUrl,
  DATA_DIR: Type.String({ minLength: 1 }),
  TLS_CERT_FILE: File,
  TLS_KEY_FILE: File,
  NETWORK_FILE: File,
  FABRIC_CERT_FILE: File,
  FABRIC_KEY_FILE: File,
  REGISTRAR_CERT_FILE: File,
  REGISTRAR_KEY_FILE: File,
  CA_REGISTRAR_CERT_FILE: File,
  CA_REGISTRAR_KEY_FILE: File,
  WALLET_KEY_FILE: Type.Optional(File),
  WALLET_KEY: Type.Optional(Type.String({ minLength: 1, description: 'the key in hex' })),
  WALLET_KEY_COMMAND: Type.Optional(Type.String({ pattern: '^/', description: 'absolute path of a program' })),
  ...TOKEN_SETTINGS,
  OIDC_MAPPING_FILE: Type.Optional(File),
  WEBHOOKS_FILE: Type.Optional(File),
  WEBHOOK_HOSTS: Type.Optional(Type.String({ pattern: '^[^,:]+(?::[^,:]+)*:[0-9]{1,5}(?:,[^,]+:[0-9]{1,5})*$', description: 'HOST:PORT, with commas between' })),
  WEBHOOK_ADDRESSES: Type.Optional(Blocks),
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://', description: 'postgresql URL' })),
  LOG_LEVEL: Type.Optional(Type.String({ pattern: '^(fatal|error|warn|info|debug|trace|silent)$' })),
  TRACES_URL: Type.Optional(Type.String({
    pattern: '^(https://|http://(127\\.0\\.0\\.1|\\[::1\\]|localhost)[:/])', description: 'https address of a collector, or http on this machine\'s loopback'
  })),
  PAGES_DIR: Type.Optional(Type.String({ minLength: 1, description: 'folder of a built copy of the pages' })),
  TRUSTED_PROXIES: Type.Optional(Blocks),
  MAX_CONTENT_BYTES: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,14}$' })),
  IPFS_API_URL: Type.Optional(Type.String({ pattern: '^http://(127\\.0\\.0\\.1|\\[::1\\]|localhost):[0-9]{1,5}$', description: 'http origin of the RPC interface of a Kubo node, on this machine\'s loopback' })),
  IPFS_API_SECRET_FILE: Type.Optional(File),
  BACKUP_KEEP_DAYS: Type.Optional(Type.String({ pattern: '^(0|[1-9][0-9]{0,3})$', description: 'days, up to 9999' }))
})

const SETTINGS = { properties: { ...Environment.properties, ...LIMIT_SETTINGS }, required: Environment.required }

/** Where the keys of the wallet come from: the one setting of the three that is given, and its value. */
export interface WalletKeySource { setting: (typeof WALLET_KEY_SETTINGS)[number], value: string }
const WALLET_KEY_SETTINGS = ['WALLET_KEY_FILE', 'WALLET_KEY', 'WALLET_KEY_COMMAND'] as const

/** Receivers are in a file; where they may be is said beside it, so that neither alone opens a way into the hospital's network. */
export interface WebhookSettings { file: string | undefined, hosts: readonly string[], addresses: readonly string[] }

/** Settings of one gateway process, with every default applied. */
export interface Config {
  mspId: string
  organizationId: string
  listen: { host: string, port: number }
  /** Port of the loopback interface where its metrics are shown; nowhere when undefined. */
  metricsPort: number | undefined
  /** Where spans are sent by OTLP over HTTP; nothing is traced when undefined. */
  tracesUrl: string | undefined
  /** Origin under which clients and other gateways reach this gateway; audience of sessions. */
  publicUrl: string
  dataDir: string
  tls: { certFile: string, keyFile: string }
  networkFile: string
  /** Identity `gateway` of the organisation. */
  fabric: { certFile: string, keyFile: string }
  /** The registration desk: creator of patients' first directories. */
  registrar: { certFile: string, keyFile: string }
  /** May register client identities with the CA. */
  caRegistrar: { certFile: string, keyFile: string }
  walletKeySource: WalletKeySource
  oidc: TokenSettings
  /** File with the mapping of claims to certified attributes; without one, admins enrol. */
  claimMappingFile: string | undefined
  /** Receivers of webhooks, and to which hosts and, beside public ones, addresses they may be sent. */
  webhooks: WebhookSettings
  /** PostgreSQL; without it the store is SQLite under `dataDir`. */
  databaseUrl: string | undefined
  logLevel: string
  maxContentBytes: number
  /** The hospital's own Kubo node, where it has one. */
  ipfs: { url: string, secretFile: string | undefined } | undefined
  /** How long this hospital keeps backups of what it stores: what it destroys is gone from them, too, after so many days. */
  backupKeepDays: number
  /** Folder of a built copy of the portal that people are served at `publicUrl`; none is when undefined. */
  pagesDir: string | undefined
  /** Addresses, or blocks of them, of the hospital's own reverse proxies: what they say of a caller's address is believed. */
  trustedProxies: string[]
  limits: Limits
}

/** Settings that do not fit; names every fault at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly faults: readonly string[]

  constructor (faults: readonly string[]) {
    super(`the environment of the gateway has ${faults.length} fault(s):\n${faults.map((f) => `  ${f}`).join('\n')}`)
    this.faults = faults
  }
}

const listOf = (text: string | undefined): string[] => text?.split(',').map((one) => one.trim()) ?? []

/** Reads the settings from an environment. @throws {ConfigError} naming every missing and malformed setting. */
export function readConfig (environment: Record<string, string | undefined>): Config {
  const faults = findSettingFaults(SETTINGS, environment, Value.Check)
  const env = environment as Static<typeof Environment>
  const [walletKeySource, another] = WALLET_KEY_SETTINGS.flatMap((setting) =>
    env[setting] === undefined ? [] : [{ setting, value: env[setting] }])
  if (walletKeySource === undefined || another !== undefined) faults.push(`${WALLET_KEY_SETTINGS.join(', ')}: give one of these`)
  if (faults.length > 0 || walletKeySource === undefined) throw new ConfigError(faults)
  return {
    mspId: env.MSP_ID,
    organizationId: env.ORGANIZATION_ID,
    listen: { host: env.LISTEN_HOST ?? '127.0.0.1', port: Number(env.LISTEN_PORT) },
    metricsPort: env.METRICS_PORT === undefined ? undefined : Number(env.METRICS_PORT),
    tracesUrl: env.TRACES_URL,
    publicUrl: env.PUBLIC_URL,
    dataDir: env.DATA_DIR,
    tls: { certFile: env.TLS_CERT_FILE, keyFile: env.TLS_KEY_FILE },
    networkFile: env.NETWORK_FILE,
    fabric: { certFile: env.FABRIC_CERT_FILE, keyFile: env.FABRIC_KEY_FILE },
    registrar: { certFile: env.REGISTRAR_CERT_FILE, keyFile: env.REGISTRAR_KEY_FILE },
    caRegistrar: { certFile: env.CA_REGISTRAR_CERT_FILE, keyFile: env.CA_REGISTRAR_KEY_FILE },
    walletKeySource,
    oidc: readTokenSettings(env),
    claimMappingFile: env.OIDC_MAPPING_FILE,
    webhooks: { file: env.WEBHOOKS_FILE, hosts: listOf(env.WEBHOOK_HOSTS), addresses: listOf(env.WEBHOOK_ADDRESSES) },
    databaseUrl: env.DATABASE_URL,
    logLevel: env.LOG_LEVEL ?? 'info',
    maxContentBytes: env.MAX_CONTENT_BYTES === undefined ? DEFAULT_MAX_CONTENT_BYTES : Number(env.MAX_CONTENT_BYTES),
    ipfs: env.IPFS_API_URL === undefined ? undefined : { url: env.IPFS_API_URL, secretFile: env.IPFS_API_SECRET_FILE },
    backupKeepDays: env.BACKUP_KEEP_DAYS === undefined ? DEFAULT_BACKUP_KEEP_DAYS : Number(env.BACKUP_KEEP_DAYS),
    pagesDir: env.PAGES_DIR,
    trustedProxies: listOf(env.TRUSTED_PROXIES),
    limits: readLimits(environment)
  }
}
