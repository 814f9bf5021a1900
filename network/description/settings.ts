import { join, resolve } from 'node:path'
import { NetworkError } from '../errors.ts'

/** Where the verbs of the network find and keep things; read from the environment once, at their start. */
export interface Settings {
  /** Folder of the project: holds `chaincode/`, `gateway/`, `network/`. */
  projectDir: string
  /** EPIONE_CONSORTIUM: description of the network. */
  consortiumFile: string
  /** EPIONE_ORGANIZATION: the one organisation of the description that this machine plays; without it, all of them. */
  organization: string | undefined
  /** EPIONE_STATE: folder of everything that one network makes. */
  stateDir: string
  /** EPIONE_CACHE: folder of the Fabric binaries that were built, shared by all networks. */
  cacheDir: string
  /** EPIONE_CHAINCODE: folder of the chaincode package that is run. */
  chaincodeDir: string
  /** EPIONE_ORDERERS: from which orderers peers take blocks, their own hospital's (`own`) or, for a long outage of it, any (`all`). */
  ordererChoice: 'own' | 'all'
  /** WATCH: whether Prometheus runs beside the network; undefined leaves it as it was. */
  watch: boolean | undefined
  /** PATH, on which Fabric's binaries are looked for. */
  searchPath: string
  /** Settings of the gateways that come from outside and are kept in their settings.env. */
  gatewayOverrides: Readonly<Record<string, string>>
  /** Settings of the identity providers that come from outside. */
  identityOverrides: Readonly<Record<string, string>>
  /** Settings of the anchor services that come from outside. */
  anchorOverrides: Readonly<Record<string, string>>
}

/** Variables that a gateway takes from the environment of `up`; in their values, `{id}` stands for the organisation. */
export const GATEWAY_PASS_THROUGH = [
  'BACKUP_KEEP_DAYS', 'DATABASE_URL', 'IPFS_API_SECRET_FILE', 'IPFS_API_URL', 'LOG_LEVEL', 'MAX_CONTENT_BYTES', 'PAGES_DIR', 'TRACES_URL', 'TRUSTED_PROXIES',
  'WEBHOOKS_FILE', 'WEBHOOK_HOSTS', 'WEBHOOK_ADDRESSES',
  'OIDC_ALGORITHMS', 'OIDC_AUDIENCE', 'OIDC_CA_FILE', 'OIDC_CLIENTS', 'OIDC_ISSUER', 'OIDC_JWKS_URL', 'OIDC_MAPPING_FILE', 'OIDC_TOKEN_TYPE'
] as const
/** What the names of a gateway's limits begin with; all of them pass through, too. */
export const GATEWAY_LIMITS = 'LIMIT_'
/** Variables that an identity provider takes from the environment of `up`. */
export const IDENTITY_PASS_THROUGH = ['ACCESS_TOKEN_SECONDS', 'SESSION_SECONDS', 'PORTAL_REDIRECT_URIS', 'ROTATE_KEYS_DAYS'] as const
/** Variables that an anchor service takes from the environment of a verb. */
export const ANCHOR_PASS_THROUGH = ['LOG_LEVEL', 'NETWORKS_FILE', 'BATCH_INTERVAL_MS', 'TURN_TIMEOUT_MS', 'MAX_AGE_MS'] as const

/**
 * Reads the settings of the network's verbs from an environment; relative paths count from the working directory. Throws
 * `settings-invalid`.
 */
export function readSettings (environment: NodeJS.ProcessEnv): Settings {
  const projectDir = join(import.meta.dirname, '..', '..')
  const path = (name: string, fallback: string): string => {
    const value = readVariable(environment, name)
    return value === undefined ? resolve(projectDir, fallback) : resolve(value)
  }
  const given = (names: readonly string[]): Record<string, string> => Object.fromEntries(names.flatMap((name) => {
    const value = readVariable(environment, name)
    return value === undefined ? [] : [[name, value]]
  }))
  return {
    projectDir,
    consortiumFile: path('EPIONE_CONSORTIUM', 'network/consortium.json'),
    organization: readVariable(environment, 'EPIONE_ORGANIZATION'),
    stateDir: path('EPIONE_STATE', '.state'),
    cacheDir: path('EPIONE_CACHE', '.cache'),
    chaincodeDir: path('EPIONE_CHAINCODE', 'chaincode'),
    ordererChoice: readOrdererChoice(environment['EPIONE_ORDERERS']),
    watch: readWatch(environment['WATCH']),
    searchPath: environment['PATH'] ?? '',
    gatewayOverrides: given([...GATEWAY_PASS_THROUGH, ...Object.keys(environment).filter((name) => name.startsWith(GATEWAY_LIMITS))]),
    identityOverrides: given(IDENTITY_PASS_THROUGH),
    anchorOverrides: given(ANCHOR_PASS_THROUGH)
  }
}

/** `EPIONE_STATE="$UNSET" make clean` must not remove the state folder that stands for "not said". */
function readVariable (environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = environment[name]
  if (value?.trim() === '') {
    throw new NetworkError('settings-invalid', `${name} is set but empty`, { advice: 'Give it a value, or unset it.' })
  }
  return value
}

function readWatch (value: string | undefined): boolean | undefined {
  if (value === undefined || value === '') return undefined
  if (value === '0' || value === '1') return value === '1'
  throw new NetworkError('settings-invalid', `WATCH is ${JSON.stringify(value)}`, {
    advice: 'Use 1 to run Prometheus beside the network, 0 to end it, or leave it unset to keep things as they are.'
  })
}

function readOrdererChoice (value: string | undefined): 'own' | 'all' {
  if (value === undefined || value === '' || value === 'own') return 'own'
  if (value === 'all') return 'all'
  throw new NetworkError('settings-invalid', `EPIONE_ORDERERS is ${JSON.stringify(value)}`, {
    advice: 'Use own or all, or leave it unset.'
  })
}
