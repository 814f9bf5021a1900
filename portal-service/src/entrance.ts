import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long (ms) an address from the terminal may be opened. */
const TICKET_LIFE_MS = 10 * 60_000
/** How long (ms) a browser stays let in without asking anything. */
const SESSION_IDLE_MS = 12 * 3_600_000
/** Browsers let in at once; the one that was silent for longest gives way. */
const SESSIONS_MAX = 4

interface Session { digest: Buffer, usedAt: number }

/**
 * Who is let in: whoever shows a ticket that the terminal printed, once and soon, and then the cookie that it was exchanged for. Both
 * are 256 random bits and live in this process alone, as digests.
 */
export class Entrance {
  readonly #now: () => number
  #ticket: { digest: Buffer, until: number } | undefined
  #sessions: Session[] = []

  constructor (now: () => number = Date.now) {
    this.#now = now
  }

  /** A new ticket; the one before counts no more. */
  printTicket (): string {
    const ticket = randomBytes(32).toString('base64url')
    this.#ticket = { digest: digest(ticket), until: this.#now() + TICKET_LIFE_MS }
    return ticket
  }

  /** What a browser shows from now on in exchange for a ticket; undefined for one that is false, used or old. */
  exchange (shown: string): string | undefined {
    const ticket = this.#ticket
    if (ticket === undefined || this.#now() >= ticket.until || !timingSafeEqual(digest(shown), ticket.digest)) return undefined
    this.#ticket = undefined
    const secret = randomBytes(32).toString('base64url')
    const kept = this.#sessions.toSorted((a, b) => b.usedAt - a.usedAt).slice(0, SESSIONS_MAX - 1)
    this.#sessions = [...kept, { digest: digest(secret), usedAt: this.#now() }]
    return secret
  }

  isLetIn (shown: string): boolean {
    const [now, shownDigest] = [this.#now(), digest(shown)]
    this.#sessions = this.#sessions.filter(({ usedAt }) => now - usedAt < SESSION_IDLE_MS)
    const session = this.#sessions.find((one) => timingSafeEqual(one.digest, shownDigest))
    if (session === undefined) return false
    session.usedAt = now
    return true
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
