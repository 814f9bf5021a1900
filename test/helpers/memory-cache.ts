import type { CacheStore } from '@epione/sdk'

/** Sealed indexes in memory. */
export class MemoryCache implements CacheStore {
  readonly files = new Map<string, Uint8Array>()

  async read (name: string): Promise<Uint8Array | undefined> {
    return await Promise.resolve(this.files.get(name))
  }

  async write (name: string, sealed: Uint8Array): Promise<void> {
    await Promise.resolve(this.files.set(name, sealed))
  }

  async remove (name: string): Promise<void> {
    await Promise.resolve(this.files.delete(name))
  }
}
