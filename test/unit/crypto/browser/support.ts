import { sha256, utf8 } from '@epione/crypto'
import type { RandomSource } from '@epione/crypto'

export { listKfrag } from '../list-kfrag.ts'
export { collect, streamOf } from '../streams.ts'

/* What the vectors take from ../support.ts, without Node: the same bytes for the same name. */

export function seeded (name: string): RandomSource {
  let counter = 0
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let offset = 0; offset < length; offset += 32) {
      bytes.set(sha256(utf8(`${name}/${counter++}`)).subarray(0, Math.min(32, length - offset)), offset)
    }
    return bytes
  }
}
