/** Where K and the first E1 lie in a batch (docs/protocol.md, "Batch proof"), 33 bytes each. */
const [GENERATOR_IMAGE, FIRST, POINT] = [98, 293, 33]

/** A batch (bytes) with K in the place of its first E1: a well-formed point that fits no proof. */
export function falsifyBatch (batch: Uint8Array): Uint8Array {
  const lie = Uint8Array.from(batch)
  lie.set(batch.subarray(GENERATOR_IMAGE, GENERATOR_IMAGE + POINT), FIRST)
  return lie
}
