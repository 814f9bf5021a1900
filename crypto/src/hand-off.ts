/** One producer hands pieces to one consumer, each when the one before was taken: nothing piles up between them. */
export class HandOff implements AsyncIterable<Uint8Array> {
  #piece: Uint8Array | null = null
  #isEnded = false
  #isClosed = false
  #arrived = Promise.withResolvers<undefined>()
  #taken = Promise.withResolvers<undefined>()

  /** Resolves when the consumer took the piece; throws when it has stopped, or after `end`. */
  async put (piece: Uint8Array): Promise<void> {
    if (this.#isEnded || this.#isClosed) throw new TypeError('the input has ended')
    if (this.#piece !== null) throw new TypeError('the piece before was not awaited')
    this.#piece = piece
    this.#taken = Promise.withResolvers()
    this.#arrived.resolve(undefined)
    await this.#taken.promise
  }

  /** No more pieces will come. */
  end (): void {
    this.#isEnded = true
    this.#arrived.resolve(undefined)
  }

  async * [Symbol.asyncIterator] (): AsyncGenerator<Uint8Array, void, void> {
    try {
      for (;;) {
        await this.#arrived.promise
        const piece = this.#piece
        if (piece === null) return
        this.#piece = null
        if (!this.#isEnded) this.#arrived = Promise.withResolvers()
        this.#taken.resolve(undefined)
        yield piece
      }
    } finally {
      this.#isClosed = true
      this.#taken.resolve(undefined)
    }
  }
}
