import type { FabricConnection } from '@epione/ledger/fabric'

/** Follows the blocks of several peers and tells when all of them have one. */
export class LedgerHeights {
  readonly #abort = new AbortController()
  readonly #following: Promise<void>[]
  readonly #heights: bigint[]
  readonly #waiting = new Set<{ blockNumber: bigint, resolve: () => void, reject: (error: unknown) => void }>()

  private constructor (connections: readonly FabricConnection[], heights: bigint[]) {
    this.#heights = heights
    this.#following = connections.map((connection, i) => this.#follow(connection, i))
  }

  static async follow (connections: readonly FabricConnection[]): Promise<LedgerHeights> {
    return new LedgerHeights(connections, await Promise.all(connections.map((c) => c.height())))
  }

  /** Resolves once every peer has committed the block. */
  async reached (blockNumber: bigint): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#waiting.add({ blockNumber, resolve, reject })
      this.#settle()
    })
  }

  async close (): Promise<void> {
    this.#abort.abort()
    await Promise.all(this.#following)
  }

  async #follow (connection: FabricConnection, index: number): Promise<void> {
    try {
      for await (const { blockNumber } of connection.blocks(this.#heights[index] ?? 0n, this.#abort.signal)) {
        this.#heights[index] = blockNumber + 1n
        this.#settle()
      }
    } catch (error) {
      for (const waiter of this.#waiting) waiter.reject(error)
      this.#waiting.clear()
    }
  }

  #settle (): void {
    for (const waiter of this.#waiting) {
      if (!this.#heights.every((height) => height > waiter.blockNumber)) continue
      this.#waiting.delete(waiter)
      waiter.resolve()
    }
  }
}
