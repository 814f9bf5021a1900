import { ClientError } from '@epione/sdk'
import type { DeviceStore } from '@epione/sdk'

/** A device's store in memory, which can be full, or lose power before its nth write from now. */
export class MemoryDeviceStore implements DeviceStore {
  readonly entries = new Map<string, Uint8Array>()
  isFull = false
  diesAfter = Infinity

  async read (name: string): Promise<Uint8Array | undefined> {
    const bytes = this.entries.get(name)
    return await Promise.resolve(bytes === undefined ? undefined : Uint8Array.from(bytes))
  }

  async write (name: string, bytes: Uint8Array): Promise<void> {
    if (this.isFull) throw new ClientError('DISK_FULL', 'full')
    this.#live()
    this.entries.set(name, Uint8Array.from(bytes))
    await Promise.resolve()
  }

  async remove (name: string): Promise<void> {
    this.#live()
    this.entries.delete(name)
    await Promise.resolve()
  }

  async list (): Promise<string[]> {
    return await Promise.resolve([...this.entries.keys()])
  }

  #live (): void {
    if (this.diesAfter <= 0) throw new Error('the power is gone')
    this.diesAfter -= 1
  }
}
