import { CryptoError, deriveKeyRing } from '@epione/crypto'
import type { KeyRing } from '@epione/crypto'
import { ClientError, messageOf } from '../errors.ts'

/** @throws {ClientError} PHRASE_INVALID, saying which word is wrong but not what it is */
export function keysOfPhrase (phrase: string): KeyRing {
  try {
    return deriveKeyRing(phrase)
  } catch (error) {
    if (error instanceof CryptoError) {
      throw new ClientError('PHRASE_INVALID', `The phrase is refused: ${messageOf(error)}.`, {}, { cause: error })
    }
    throw error
  }
}
