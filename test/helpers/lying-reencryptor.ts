import { createReencryptor } from '../../gateway/src/proxy/reencryptor.ts'
import type { Reencryptor } from '../../gateway/src/proxy/reencryptor.ts'
import { falsifyBatch } from './falsify.ts'

/** The curve's work of a proxy whose every answer is false in one cfrag while it lies; its gateway signs them as it signs good ones. */
export function createLyingReencryptor (isLying: () => boolean = () => true): Reencryptor {
  const honest = createReencryptor(1)
  return {
    ...honest,
    reencrypt: async (task, origin) => {
      const { batch, broken } = await honest.reencrypt(task, origin)
      return { batch: batch === null || !isLying() ? batch : falsifyBatch(batch), broken }
    }
  }
}
