import { KeyRing } from './key-ring.ts'
import type { SecretKey } from './keys.ts'

/** What a limited key stands for: one signing key, which opens nothing and derives nothing. */
export class LimitedKeys extends KeyRing {
  /** Statement id of the `Delegate` that named it. */
  readonly delegateId: string
  readonly #key: SecretKey

  constructor ({ delegateId, key }: { delegateId: string, key: SecretKey }) {
    super({})
    this.delegateId = delegateId
    this.#key = key
  }

  /** The key that signs, whatever the number. */
  override identity (): SecretKey {
    return this.#key
  }

  /** A salt of zeros: its label is in no directory, so categories stay unnamed. */
  override labelSalt (): Uint8Array {
    return new Uint8Array(32)
  }
}
