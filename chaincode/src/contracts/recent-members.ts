/** How long (ms) a query may go by members that another transaction read: one that is removed reads on for no longer. */
const RECENT_MS = 1_000

/**
 * Members of the network as this process read them last, for each channel. A query that takes them from here asks the peer once less;
 * a transaction never may, as its read set must hold what it judged by, and be the same on every endorser.
 */
export class RecentMembers {
  readonly #channels = new Map<string, { mspIds: ReadonlySet<string>, readAt: number }>()
  readonly #now: () => number

  constructor (now: () => number = () => performance.now()) {
    this.#now = now
  }

  note (channel: string, mspIds: readonly string[]): void {
    this.#channels.set(channel, { mspIds: new Set(mspIds), readAt: this.#now() })
  }

  /** True when the organisation was a member a moment ago; false says nothing. */
  has (channel: string, mspId: string): boolean {
    const known = this.#channels.get(channel)
    return known !== undefined && this.#now() - known.readAt < RECENT_MS && known.mspIds.has(mspId)
  }
}
