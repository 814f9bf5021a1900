/** The size class of a content, as its manifest says it: exponent of the smallest power of two that is not below its bytes. */
export function sizeClassOf (sizeBytes: number): number {
  let exponent = 0
  while (2 ** exponent < sizeBytes) exponent += 1
  return exponent
}
