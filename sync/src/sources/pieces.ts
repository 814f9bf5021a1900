const FIRST_BYTES = 4_096

/** Bytes that come in pieces: whoever sends single ones costs no object for each, and no copy of all before it. */
export class Pieces {
  #bytes = Buffer.alloc(FIRST_BYTES)
  #size = 0

  get sizeBytes (): number {
    return this.#size
  }

  add (piece: Uint8Array): void {
    const size = this.#size + piece.length
    if (size > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(size, 2 * this.#bytes.length))
      larger.set(this.#bytes.subarray(0, this.#size))
      this.#bytes = larger
    }
    this.#bytes.set(piece, this.#size)
    this.#size = size
  }

  /** All that came; it is overwritten by what is added after {@link clear}. */
  whole (): Buffer<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#size)
  }

  clear (): void {
    this.#size = 0
  }
}
