import { readFileSync } from 'node:fs'
import { CryptoError, deriveKeyRing, fromHex, generatePhrase, validatePhrase } from '@epione/crypto'
import t from 'tap'
import { refuses } from './support.ts'

const { vectors } = JSON.parse(
  readFileSync(new URL('../../vectors/bip39.json', import.meta.url), 'utf8')
) as { vectors: [string, string][] }
const [, PHRASE] = vectors[1] ?? ['', '']

t.test('entropy gives the phrases that BIP39 publishes', (t) => {
  for (const [entropy, phrase] of vectors) {
    const bytes = fromHex(entropy)
    t.equal(generatePhrase(bytes.length === 32 ? 24 : 12, (length) => {
      t.equal(length, bytes.length)
      return bytes
    }), phrase)
    t.doesNotThrow(() => validatePhrase(phrase))
  }
  t.end()
})

t.test('a new phrase has 24 words, is valid and is another one each time', (t) => {
  const phrases = Array.from({ length: 20 }, () => generatePhrase())
  t.equal(new Set(phrases).size, 20)
  for (const phrase of phrases) {
    t.equal(phrase.split(' ').length, 24)
    validatePhrase(phrase)
  }
  t.end()
})

t.test('a wrong word is named by its position and never repeated', (t) => {
  const words = PHRASE.split(' ')
  words[2] = 'hospitals'
  words[4] = 'secretword'
  t.throws(() => validatePhrase(words.join(' ')), { code: 'PHRASE_INVALID', message: /word 3, 5/ })
  try {
    validatePhrase(words.join(' '))
  } catch (error) {
    t.notMatch((error as CryptoError).message, /secretword|hospitals/)
  }
  t.end()
})

t.test('exchanged words are found by the checksum', (t) => {
  const words = PHRASE.split(' ')
  const exchanged = [words[1], words[0], ...words.slice(2)].join(' ')
  t.throws(() => validatePhrase(exchanged), { code: 'PHRASE_INVALID', message: /checksum/ })
  t.end()
})

t.test('a phrase of another number of words is refused', (t) => {
  for (const phrase of ['', 'abandon', PHRASE.split(' ').slice(1).join(' '), `${PHRASE} zoo`]) {
    refuses(t, 'PHRASE_INVALID', () => validatePhrase(phrase), `${phrase.split(' ').length} words`)
    refuses(t, 'PHRASE_INVALID', () => deriveKeyRing(phrase), 'no keys either')
  }
  t.end()
})

t.test('capitals and surplus spaces of a typed phrase do not change its keys', (t) => {
  const typed = `  ${PHRASE.toUpperCase().replaceAll(' ', ' \n ')} `
  t.ok(deriveKeyRing(typed).identity().publicKey().equals(deriveKeyRing(PHRASE).identity().publicKey()))
  t.end()
})
