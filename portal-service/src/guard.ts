import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import process from 'node:process'
import { PortalError } from './errors.ts'
import { ownerOfConnection } from './connection-owner.ts'

export const COOKIE = 'epione-portal'

/** What a page asks by `fetch`: never an address that somebody opens, nor one that a foreign page embeds. */
export function requireFetch ({ 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination }: IncomingHttpHeaders): void {
  // Browsers send all three to loopback, and no page can say them otherwise: what lacks them is none of ours.
  if (site !== 'same-origin' || mode === 'navigate' || destination !== 'empty') {
    throw new PortalError('ORIGIN_FOREIGN', 'only the pages themselves may ask this')
  }
}

/** Other sites may begin a navigation, which then has no cookie, and ask nothing else. @throws {PortalError} ORIGIN_FOREIGN */
export function requireOwnOrigin (request: IncomingMessage, origin: string): void {
  const { origin: said, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers
  if (said !== undefined && said !== origin) throw new PortalError('ORIGIN_FOREIGN', 'no page of another origin may use this service')
  if (site === undefined || site === 'same-origin' || site === 'none') return
  if (request.method === 'GET' && mode === 'navigate' && request.headers['sec-fetch-dest'] === 'document') return
  throw new PortalError('ORIGIN_FOREIGN', 'no page of another site may use this service')
}

export function cookieOf ({ cookie = '' }: IncomingHttpHeaders): string {
  return cookie.split(';').map((part) => part.trim()).find((part) => part.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? ''
}

/** Host-only and for no script: a service of another port of this machine has another host name, and gets it from no link. */
export const cookieFor = (secret: string): string => `${COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Strict`

/**
 * Connections of other users of the machine get no answer at all, where the kernel says whose they are: elsewhere than on Linux ticket
 * and cookie stand alone.
 */
export class OwnConnections {
  readonly #uid: number | undefined
  readonly #known = new WeakMap<Socket, Promise<boolean>>()
  readonly #ownerOf: typeof ownerOfConnection

  constructor (ownerOf = ownerOfConnection, uid = process.platform === 'linux' ? process.getuid?.() : undefined) {
    this.#ownerOf = ownerOf
    this.#uid = uid
  }

  async isOwn (socket: Socket): Promise<boolean> {
    if (this.#uid === undefined) return true
    const known = this.#known.get(socket) ?? this.#look(socket, this.#uid)
    this.#known.set(socket, known)
    return await known
  }

  async #look (socket: Socket, uid: number): Promise<boolean> {
    return await this.#ownerOf(socket) === uid
  }
}
