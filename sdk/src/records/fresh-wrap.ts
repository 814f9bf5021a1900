import { isClientError } from '../errors.ts'
import type { ClientError } from '../errors.ts'

/** How often a wrap is made again before the refusal is passed on. */
const TRIES = 3
/** Another made the same wrap's name theirs, or the patient raised the issue of the search key meanwhile. */
const PASSING = ['WRAP_EXISTS', 'INDEX_OUTDATED']

/**
 * Runs `submit`, which makes a wrap and an index entry and registers them, again while the ledger has that wrap under another name, or a
 * newer issue of the search key. Who sees a wrap
 * before it is committed can register its hash first: a new wrap of the same content, whose hash nobody knows yet, then stands.
 */
export async function withFreshWrap<T> (submit: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await submit()
    } catch (error) {
      if (tried === TRIES || !isClientError(error, 'REFUSED') || !isPassing(error)) throw error
    }
  }
}

const isPassing = ({ details: { gatewayCode } }: ClientError): boolean => PASSING.some((code) => code === gatewayCode)
