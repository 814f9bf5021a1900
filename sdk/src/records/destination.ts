/** Where opened content goes: a file, or a blob of a page. */
export interface Destination {
  /** Refuses before anybody is asked what it could not take. */
  requireFree?: () => Promise<void>
  /** Takes all pieces and shows them when the source has ended well, never before and never half. */
  write: (pieces: AsyncIterable<Uint8Array>) => Promise<void>
}

/** Keeps opened content in memory until it is whole. */
export class MemoryDestination implements Destination {
  /** What was opened, once all of it is proven. */
  pieces: readonly Uint8Array[] | undefined

  async write (pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const kept: Uint8Array[] = []
    for await (const piece of pieces) kept.push(piece)
    this.pieces = kept
  }
}
