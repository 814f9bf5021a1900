import { isClientError } from '../errors.ts'

/** How often a wrap is made again before the refusal is passed on. */
const TRIES = 3

/**
 * Runs `submit`, which makes a wrap and registers it, again while the ledger has that wrap under another name. Who sees a wrap
 * before it is committed can register its hash first: a new wrap of the same content, whose hash nobody knows yet, then stands.
 */
export async function withFreshWrap<T> (submit: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await submit()
    } catch (error) {
      if (tried === TRIES || !isClientError(error, 'REFUSED') || error.details['gatewayCode'] !== 'WRAP_EXISTS') throw error
    }
  }
}
