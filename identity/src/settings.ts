import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { findSettingFaults } from '@epione/host'

const Text = Type.String({ minLength: 1 })
const Seconds = Type.String({ pattern: '^[1-9][0-9]{0,6}$', description: 'seconds' })

/** Environment of the process; nothing else of it is read. */
export const Environment = Type.Object({
  ISSUER: Type.String({ pattern: '^https://[^/?#@]+$', description: 'an https origin' }),
  ORGANIZATION_NAME: Text,
  LISTEN_HOST: Text,
  LISTEN_PORT: Type.String({ pattern: '^[1-9][0-9]{0,4}$', description: 'a port number' }),
  TLS_CERT_FILE: Text,
  TLS_KEY_FILE: Text,
  DATA_DIR: Text,
  SECRET_KEY_FILE: Text,
  AUDIENCE: Type.String({ pattern: '^https://[^#]+$', description: 'the https address of the hospital\'s gateway' }),
  PORTAL_REDIRECT_URIS: Type.Optional(Text),
  ACCESS_TOKEN_SECONDS: Type.Optional(Seconds),
  SESSION_SECONDS: Type.Optional(Seconds),
  ROTATE_KEYS_DAYS: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,2}$', description: 'days, 1 to 999' }))
})

/** An access token counts for five minutes: so long can somebody act whom the hospital has just shut out. */
const DEFAULT_ACCESS_TOKEN_SECONDS = 300
export const ACCESS_TOKEN_SECONDS_MAX = 3600
/** A shift: then everybody types their password again, however often their token was refreshed. */
const DEFAULT_SESSION_SECONDS = 12 * 3600
/** A key signs for a quarter of a year. */
const DEFAULT_ROTATE_KEYS_DAYS = 90

/** Settings of one identity provider, with every default applied. */
export interface Settings {
  issuer: string
  organizationName: string
  listen: { host: string, port: number }
  tls: { certFile: string, keyFile: string }
  /** Holds people.json, clients.json, signing-keys.json, and what is issued. */
  dataDir: string
  /** 32 bytes, hex: seals what is issued at rest. */
  secretKeyFile: string
  /** Of access tokens: the hospital's gateway. */
  audience: string
  /** Where pages that the hospital serves come back to: its gateway, and what else is set. */
  pagesRedirectUris: readonly string[]
  accessTokenSeconds: number
  /** How long one sign-in lasts, refreshing and all. */
  sessionSeconds: number
  /** After how long a further key signs tokens. */
  rotateKeysDays: number
}

/** Settings that do not fit; names every fault at once. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

/** @throws {SettingsError} */
export function readSettings (environment: Record<string, string | undefined>): Settings {
  const faults = findSettingFaults(Environment, environment, Value.Check)
  if (Number(environment['ACCESS_TOKEN_SECONDS'] ?? 0) > ACCESS_TOKEN_SECONDS_MAX) faults.push(`ACCESS_TOKEN_SECONDS is above ${String(ACCESS_TOKEN_SECONDS_MAX)}`)
  if (faults.length > 0) {
    throw new SettingsError(`the environment of the identity provider has ${String(faults.length)} fault(s):\n${faults.map((f) => `  ${f}`).join('\n')}`)
  }
  const env = environment as Static<typeof Environment>
  return {
    issuer: env.ISSUER,
    organizationName: env.ORGANIZATION_NAME,
    listen: { host: env.LISTEN_HOST, port: Number(env.LISTEN_PORT) },
    tls: { certFile: env.TLS_CERT_FILE, keyFile: env.TLS_KEY_FILE },
    dataDir: env.DATA_DIR,
    secretKeyFile: env.SECRET_KEY_FILE,
    audience: env.AUDIENCE,
    pagesRedirectUris: [`${env.AUDIENCE}/signed-in`, ...env.PORTAL_REDIRECT_URIS?.split(' ') ?? []],
    accessTokenSeconds: Number(env.ACCESS_TOKEN_SECONDS ?? DEFAULT_ACCESS_TOKEN_SECONDS),
    sessionSeconds: Number(env.SESSION_SECONDS ?? DEFAULT_SESSION_SECONDS),
    rotateKeysDays: Number(env.ROTATE_KEYS_DAYS ?? DEFAULT_ROTATE_KEYS_DAYS)
  }
}
