import { deriveKeyRing, exportSecret } from '@epione/crypto'
import { bytesNeedle, textNeedle } from './search.ts'
import type { Needle } from './search.ts'

/** A person's phrase, any two words of it that stand together, and every secret derived from it (invariant I1). */
export function keyNeedles (who: string, phrase: string, categories: readonly string[] = []): Needle[] {
  const [keys, words] = [deriveKeyRing(phrase), phrase.split(' ')]
  const secrets = {
    identity: keys.identity(), kfragSigning: keys.kfragSigning(), receiving: keys.receiving(), requestSigning: keys.requestSigning()
  }
  return [
    textNeedle(`${who}: phrase`, phrase),
    ...words.slice(1).map((word, i) => textNeedle(`${who}: words ${String(i)}`, `${words[i] ?? ''} ${word}`)),
    ...Object.entries(secrets).map(([name, key]) => bytesNeedle(`${who}: ${name}`, exportSecret(key))),
    bytesNeedle(`${who}: search cache`, keys.searchCacheKey()),
    ...categories.flatMap((category) => [
      bytesNeedle(`${who}: compartment ${category}`, exportSecret(keys.compartment(category))),
      bytesNeedle(`${who}: label salt ${category}`, keys.labelSalt(category))
    ])
  ]
}
