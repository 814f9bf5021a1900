import { deriveKeyRing, exportSecret } from '@epione/crypto'
import { bytesNeedle, textNeedle } from './search.ts'
import type { Needle } from './search.ts'

/** A person's phrase, any three words of it that stand together (two may by chance), and every secret derived from it (I1). */
export function keyNeedles (who: string, phrase: string, categories: readonly string[] = []): Needle[] {
  const [keys, words] = [deriveKeyRing(phrase), phrase.split(' ')]
  const secrets = {
    identity: keys.identity(), kfragSigning: keys.kfragSigning(), receiving: keys.receiving(), requestSigning: keys.requestSigning()
  }
  return [
    textNeedle(`${who}: phrase`, phrase),
    ...words.slice(2).map((_, i) => textNeedle(`${who}: words from ${String(i)}`, words.slice(i, i + 3).join(' '))),
    ...Object.entries(secrets).map(([name, key]) => bytesNeedle(`${who}: ${name}`, exportSecret(key))),
    bytesNeedle(`${who}: search cache`, keys.searchCacheKey()),
    ...categories.flatMap((category) => [
      bytesNeedle(`${who}: compartment ${category}`, exportSecret(keys.compartment(category))),
      bytesNeedle(`${who}: label salt ${category}`, keys.labelSalt(category))
    ])
  ]
}
