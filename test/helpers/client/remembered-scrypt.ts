import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

/** The cost of keystores: half a second of a processor and more, each time. */
const N = 131_072
const { scrypt } = crypto
const derived = new Map<string, Buffer>()

/**
 * From now on this process derives the keys of a pass-phrase and a salt once, at the real cost: each command in it would do so again, as a
 * process of its own has to.
 */
export function rememberScrypt (): void {
  crypto.scrypt = ((passphrase: string, salt: Uint8Array, bytes: number, cost: crypto.ScryptOptions, done: Done) => {
    const name = JSON.stringify([passphrase, Buffer.from(salt).toString('hex'), bytes, cost])
    const keys = derived.get(name)
    if (cost.N !== N) scrypt(passphrase, salt, bytes, cost, done)
    else if (keys !== undefined) setImmediate(done, null, Buffer.from(keys))
    else {
      scrypt(passphrase, salt, bytes, cost, (error, fresh) => {
        if (error === null) derived.set(name, Buffer.from(fresh))
        done(error, fresh)
      })
    }
  }) as typeof crypto.scrypt
  syncBuiltinESMExports()
}

type Done = (error: Error | null, keys: Buffer) => void
