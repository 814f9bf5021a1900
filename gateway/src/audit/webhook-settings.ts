import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { NoticeFilter, WebhookName } from '@epione/protocol/api'
import { Type } from 'typebox'
import { ConfigError } from '../config.ts'
import type { WebhookSettings } from '../config.ts'
import { within } from '../http/addresses.ts'
import { readCertificateFile, readDocumentFile, readNamedFile } from '../named-files.ts'

const strict = { additionalProperties: false }

/** The file of an admin: to which receivers which notices are sent. */
const WebhookFile = Type.Object({
  format: Type.Literal(1),
  hooks: Type.Array(Type.Object({
    id: WebhookName,
    url: Type.String({ pattern: '^https://', maxLength: 2048 }),
    /** File with the secret that signs, in the form of Standard Webhooks: whsec_ and 24 to 64 bytes of base64. */
    secretFile: Type.String({ minLength: 1 }),
    /** File with the root of the receiver's certificate, where no public one is. */
    caFile: Type.Optional(Type.String({ minLength: 1 })),
    filter: Type.Optional(Type.Object(NoticeFilter.properties, strict))
  }, strict), { minItems: 1, maxItems: 32 })
}, strict)

export interface Webhook { id: string, url: URL, secret: string, ca?: string, filter: NoticeFilter }

/** Receivers, and where in the network these may be. */
export interface Webhooks {
  hooks: readonly Webhook[]
  /** Whether a connection may go to this address. */
  mayReach: (address: string) => boolean
  /** How long (ms) an answer may take in all; ten seconds when absent. */
  timeoutMs?: number
}

const SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/

/** Reads an admin's receivers; none without a file. @throws {ConfigError} */
export async function readWebhooks ({ file: path, hosts, addresses }: WebhookSettings): Promise<Webhooks | undefined> {
  if (path === undefined) return undefined
  const fault = (why: string): ConfigError => new ConfigError([`WEBHOOKS_FILE ${path} ${why}: docs/operations.md has an example`])
  const { hooks: listed } = await readDocumentFile(path, WebhookFile, fault)
  const ids = listed.map(({ id }) => id)
  if (new Set(ids).size !== ids.length) throw fault('names one receiver twice')
  const hooks: Webhook[] = []
  for (const { id, url: address, secretFile, caFile, filter = {} } of listed) {
    const url = parseUrl(address)
    if (url === undefined) throw fault(`gives ${id} no address without name and password`)
    if (!hosts.includes(hostOf(url))) throw fault(`sends ${id} to ${hostOf(url)}, which WEBHOOK_HOSTS does not list`)
    const secret = (await readNamedFile('secretFile', secretFile, 'put the secret of the receiver there')).trim()
    if (!SECRET.test(secret)) throw fault(`has a secret of ${id} that is not whsec_ and 24 to 64 bytes of base64`)
    hooks.push({ id, url, secret, filter, ...(caFile !== undefined && { ca: await readCertificateFile('caFile', caFile, 'put the root of the receiver there') }) })
  }
  return { hooks, mayReach: reachable(addresses) }
}

function parseUrl (text: string): URL | undefined {
  const url = URL.parse(text)
  return url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.hash !== '' ? undefined : url
}

/** `host:port` of an address, the port also where it is the usual one. */
export function hostOf ({ hostname, port }: Pick<URL, 'hostname' | 'port'>): string {
  return `${hostname}:${port === '' ? '443' : port}`
}

/** All that is given out of IPv6 (RFC 4291 §2.4); `::a.b.c.d`, which once was an IPv4 address, is not of it. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

/**
 * Public addresses, and those of the blocks that are listed. Everything else, such as loopback, private and link-local ones with the
 * metadata services of clouds, is where other services of the hospital trust who calls.
 */
export function reachable (blocks: readonly string[]): (address: string) => boolean {
  const isListed = within(blocks)
  return (address) => {
    if (isIP(address) === 0) return false
    // A mapped IPv4 address is the one within.
    const plain = ipaddr.process(address)
    const isPublic = plain.range() === 'unicast' && (plain.kind() === 'ipv4' || plain.match(GLOBAL_IPV6))
    return isPublic || isListed(plain.toString())
  }
}
