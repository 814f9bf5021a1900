import { Type } from 'typebox'
import type { TString } from 'typebox'

interface Limit { setting: string, byDefault: number }

/**
 * What keeps one caller from taking a gateway away from all others, each with the setting that changes it. Requests are
 * counted by the minute, by all gateways of a hospital on one PostgreSQL together. The defaults leave room for a hundred people
 * at one address, as behind a hospital's own proxy.
 */
const LIMITS = {
  /**
   * Requests from one address (an IPv6 /64 counts as one) that bring no credentials; counted apart, those whose credentials do not hold.
   */
  requestsPerAddress: { setting: 'LIMIT_REQUESTS_PER_ADDRESS', byDefault: 12_000 },
  /** Statements from one address that are no patient's own: each costs signatures and the peer's time. */
  statementsPerAddress: { setting: 'LIMIT_STATEMENTS_PER_ADDRESS', byDefault: 1_200 },
  /** The same of those that end or stop something (operations with `stops`), which no others use up. */
  stopsPerAddress: { setting: 'LIMIT_STOPS_PER_ADDRESS', byDefault: 1_200 },
  /** Requests of one person by token or of one patient by session. */
  requestsPerCaller: { setting: 'LIMIT_REQUESTS_PER_CALLER', byDefault: 1_200 },
  /** Writes of one person or one patient; statements of a patient that need no session count once their signature was seen. */
  writesPerCaller: { setting: 'LIMIT_WRITES_PER_CALLER', byDefault: 300 },
  /** Access requests that the ledger decides in an hour: of one member of staff, and of the whole hospital. */
  accessPerPerson: { setting: 'LIMIT_ACCESS_PER_PERSON', byDefault: 3_600 },
  accessPerOrganization: { setting: 'LIMIT_ACCESS_PER_ORGANIZATION', byDefault: 100_000 },
  /** Requests of one other gateway, known by its certificate. */
  requestsPerPeer: { setting: 'LIMIT_REQUESTS_PER_PEER', byDefault: 12_000 },
  /** Uploads at once of one person, patient or other gateway. */
  uploadsPerCaller: { setting: 'LIMIT_UPLOADS_PER_CALLER', byDefault: 16 },
  /** Unfinished resumable uploads of one person or patient, and the hours after which they are removed. */
  openUploadsPerCaller: { setting: 'LIMIT_OPEN_UPLOADS_PER_CALLER', byDefault: 64 },
  uploadHours: { setting: 'LIMIT_UPLOAD_HOURS', byDefault: 24 },
  /** Streams followed at once, each by a connection that stays: of one person, and through this gateway. */
  followsPerCaller: { setting: 'LIMIT_FOLLOWS_PER_CALLER', byDefault: 16 },
  follows: { setting: 'LIMIT_FOLLOWS', byDefault: 512 },
  /** Connections of all but gateways, of one address, and of one other gateway. */
  connections: { setting: 'LIMIT_CONNECTIONS', byDefault: 4_096 },
  connectionsPerAddress: { setting: 'LIMIT_CONNECTIONS_PER_ADDRESS', byDefault: 256 },
  connectionsPerPeer: { setting: 'LIMIT_CONNECTIONS_PER_PEER', byDefault: 128 },
  /** Reads of the ledger at once for callers that nobody knows yet, of one address half of them; others wait a little, then 503. */
  openReads: { setting: 'LIMIT_OPEN_READS', byDefault: 16 },
  /** Milliseconds that this process is late with what it has to do, on average: beyond it, what comes is refused. */
  delayMs: { setting: 'LIMIT_DELAY_MS', byDefault: 1_000 },
  /** Seconds in which a JSON body must have come, and between two pieces of a stream in either direction. */
  bodySeconds: { setting: 'LIMIT_BODY_SECONDS', byDefault: 15 },
  idleStreamSeconds: { setting: 'LIMIT_IDLE_STREAM_SECONDS', byDefault: 30 },
  /** Bytes a second at which a body must come and an answer be read, looked at twice in a row, each time over `idleStreamSeconds`. */
  bytesPerSecond: { setting: 'LIMIT_BYTES_PER_SECOND', byDefault: 1_024 },
  /** Bytes stored that no record names yet: of one person or patient, and of one other gateway. */
  unnamedBytesPerCaller: { setting: 'LIMIT_UNNAMED_BYTES_PER_CALLER', byDefault: 64 * 2 ** 30 },
  unnamedBytesPerPeer: { setting: 'LIMIT_UNNAMED_BYTES_PER_PEER', byDefault: 256 * 2 ** 30 },
  /** The same of all staff together, and of all patients together; of it nobody takes more than a share of what the others leave. */
  unnamedBytes: { setting: 'LIMIT_UNNAMED_BYTES', byDefault: 512 * 2 ** 30 },
  /** Bytes of the disk that stay free for what stops something: once fewer are, all other writes are refused. */
  reservedBytes: { setting: 'LIMIT_RESERVED_BYTES', byDefault: 256 * 2 ** 20 }
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof LIMITS
export type Limits = Readonly<Record<LimitName, number>>

const entries = Object.entries(LIMITS) as [LimitName, Limit][]

export const DEFAULT_LIMITS = Object.fromEntries(entries.map(([name, { byDefault }]) => [name, byDefault])) as Limits

const Whole = Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,14}$', description: 'whole number above 0' }))

/** The settings of the limits, for the schema of the environment. */
export const LIMIT_SETTINGS = Object.fromEntries(entries.map(([, { setting }]) => [setting, Whole])) as Record<string, TString>

/** Limits as an environment that fits `LIMIT_SETTINGS` sets them. */
export function readLimits (environment: Record<string, string | undefined>): Limits {
  return Object.fromEntries(entries.map(([name, { setting, byDefault }]) => {
    const value = environment[setting]
    return [name, value === undefined || value === '' ? byDefault : Number(value)]
  })) as Limits
}
