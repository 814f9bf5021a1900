import { createReencryptor } from '../../gateway/src/proxy/reencryptor.ts'
import type { Reencryptor } from '../../gateway/src/proxy/reencryptor.ts'

/** E1 and V1 open a cfrag (33 bytes each): swapping them gives valid points that fit no proof. */
function falsify (cfrag: Uint8Array): Uint8Array {
  return Uint8Array.from([...cfrag.subarray(33, 66), ...cfrag.subarray(0, 33), ...cfrag.subarray(66)])
}

/** The curve's work of a proxy whose every cfrag is false; its gateway signs them as it signs good ones. */
export function createLyingReencryptor (): Reencryptor {
  const honest = createReencryptor(1)
  return {
    ...honest,
    reencrypt: async (task) => {
      const cfrag = await honest.reencrypt(task)
      return cfrag === null ? null : falsify(cfrag)
    }
  }
}
