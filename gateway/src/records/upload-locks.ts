import type { Lock, Locker, RequestRelease } from '@tus/server'
import { GatewayError } from '../errors.ts'

interface Held { requestRelease: RequestRelease, released: Promise<void> }

/** How long (ms) a request waits for another that writes to the same upload, or hashes it, to end. */
const WAIT_MS = 20_000

/**
 * One request at a time for each upload of this process: the next one asks the former to end (a connection that hangs would keep it for
 * long otherwise) and waits without work. The library's own locker spins while it waits.
 */
export class UploadLocks implements Locker {
  readonly #held = new Map<string, Held>()

  newLock (id: string): Lock {
    let release: (() => void) | undefined
    return {
      lock: async (signal, requestRelease) => {
        const until = AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS)])
        for (let held = this.#held.get(id); held !== undefined; held = this.#held.get(id)) {
          await held.requestRelease()
          await Promise.race([held.released, ended(until)])
          if (until.aborted) throw new GatewayError('UPLOAD_CONFLICT', 'another request writes to this upload: ask again where it is')
        }
        const { promise, resolve } = Promise.withResolvers<undefined>()
        release = () => { resolve(undefined) }
        this.#held.set(id, { requestRelease, released: promise })
      },
      unlock: () => {
        this.#held.delete(id)
        release?.()
        return Promise.resolve()
      }
    }
  }
}

async function ended (signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise<void>((resolve) => { signal.addEventListener('abort', () => { resolve() }, { once: true }) })
}
