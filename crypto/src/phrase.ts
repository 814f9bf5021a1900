import { entropyToMnemonic, mnemonicToEntropy, mnemonicToSeedSync, validateMnemonic } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import type { RandomSource } from './bytes.ts'
import { randomBytes } from './bytes.ts'
import { CryptoError } from './errors.ts'

const WORD_COUNTS = [12, 15, 18, 21, 24]

/** A new BIP39 phrase of English words: 24 words are 256 bits of entropy, 12 words 128. */
export function generatePhrase (words: 12 | 24 = 24, rng: RandomSource = randomBytes): string {
  return entropyToMnemonic(rng(words === 24 ? 32 : 16), wordlist)
}

/**
 * Throws `PHRASE_INVALID` unless `phrase` is a BIP39 phrase (12, 15, 18, 21 or 24 English words with a right
 * checksum). It names the position of a wrong word, never the word. Case and surplus spaces do not matter.
 */
export function validatePhrase (phrase: string): void {
  const words = normalizePhrase(phrase).split(' ')
  if (!WORD_COUNTS.includes(words.length)) {
    throw new CryptoError('PHRASE_INVALID', `a phrase has 12 to 24 words, this has ${words.length}`)
  }
  const wrong = words.flatMap((word, index) => wordlist.includes(word) ? [] : [index + 1])
  if (wrong.length > 0) throw new CryptoError('PHRASE_INVALID', `not in the word list: word ${wrong.join(', ')}`)
  if (!validateMnemonic(words.join(' '), wordlist)) {
    throw new CryptoError('PHRASE_INVALID', 'all words are known, but the checksum is wrong: a word is exchanged or misplaced')
  }
}

/** The 64-byte BIP39 seed (PBKDF2-SHA-512, no pass-phrase) of a valid phrase; throws `PHRASE_INVALID`. */
export function seedOfPhrase (phrase: string): Uint8Array {
  validatePhrase(phrase)
  return mnemonicToSeedSync(normalizePhrase(phrase))
}

/** The 16 to 32 bytes that the words of a valid phrase stand for; throws `PHRASE_INVALID`. */
export function entropyOfPhrase (phrase: string): Uint8Array {
  validatePhrase(phrase)
  return mnemonicToEntropy(normalizePhrase(phrase), wordlist)
}

/** The phrase of 16, 20, 24, 28 or 32 bytes of entropy. */
export function phraseOfEntropy (entropy: Uint8Array): string {
  return entropyToMnemonic(entropy, wordlist)
}

function normalizePhrase (phrase: string): string {
  return phrase.normalize('NFKD').trim().toLowerCase().split(/\s+/).join(' ')
}
