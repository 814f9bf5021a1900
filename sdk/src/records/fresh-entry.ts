import { isClientError } from '../errors.ts'

/** How often an entry is made again before the refusal is passed on. */
const TRIES = 3
/** The patient raised the issue of the search key meanwhile. */
const PASSING = 'INDEX_OUTDATED'

/** Runs `submit`, which makes an index entry and registers it, again while the ledger has a newer issue of the search key. */
export async function withFreshEntry<T> (submit: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await submit()
    } catch (error) {
      const isPassing = isClientError(error, 'REFUSED') && error.details['gatewayCode'] === PASSING
      if (tried === TRIES || !isPassing) throw error
    }
  }
}
