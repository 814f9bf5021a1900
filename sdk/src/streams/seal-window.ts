import { concatBytes, leafCid, sealContent, toHex } from '@epione/crypto'
import type { SecretKey } from '@epione/crypto'
import { once } from '../files/once.ts'
import type { MeasuredWindow } from './queued.ts'

/** Seals the plaintext of one window under a fresh content key, as its device. */
export async function sealWindow (
  { stream, number, key }: { stream: string, number: number, key: SecretKey }, plaintext: Uint8Array
): Promise<{ window: MeasuredWindow, ciphertext: Uint8Array }> {
  const sealed = sealContent({ recordId: stream, recordVersion: number, authorKey: key.publicKey() }, once(plaintext))
  const pieces: Uint8Array[] = []
  for await (const piece of sealed.ciphertext) pieces.push(piece)
  const ciphertext = concatBytes(...pieces)
  const { contentHash, sizeBytes } = await sealed.result
  const window = {
    number, contentKey: toHex(sealed.contentKey), contentHash: toHex(contentHash), cid: leafCid(ciphertext), sizeBytes
  }
  sealed.contentKey.fill(0)
  return { window, ciphertext }
}
